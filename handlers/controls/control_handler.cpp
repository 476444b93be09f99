#include "handlers/controls/control_handler.hpp"

#include "cards/texts.hpp"
#include "handlers/controls/control_subjects.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/report_adjustments.hpp"
#include "storage/control_points_store.hpp"
#include "storage/guideline_versions_store.hpp"

#include <utility>

namespace pao::handlers::controls {
namespace {

using procedure::ControlPoint;
using procedure::ControlResult;

tl::unexpected<Error> old_card() {
  return fail(ErrorCode::invalid, "control: unknown subject",
              "Esta tarjeta ya no es válida. Escriba «puntos de control» para ver los que esperan.");
}

bool is_of(const Turn& turn, const Examined& examined) {
  return turn.value("punto") == procedure::to_word(examined.subject.control);
}

void add_if_pending(storage::Session& session, const Reference& reference, const procedure::Person& person,
                    const std::string& subject, Date today, std::vector<cards::ControlPending>& pending) {
  if (storage::is_control_confirmed(session, subject)) return;
  const std::optional<Examined> examined = examine(session, reference, subject);
  if (!examined || examined->made_by == person.id) return;
  if (!may_confirm(session, person, *examined, today)) return;
  pending.push_back({examined->subject.control, subject, examined->view.subject_name});
}

}  // namespace

std::vector<cards::ControlPending> pending_controls(storage::Session& session, const Reference& reference,
                                                    const procedure::Person& person, Instant now) {
  const Date today = local_date(now);
  std::vector<cards::ControlPending> pending;
  const auto add = [&](const std::string& subject) {
    add_if_pending(session, reference, person, subject, today, pending);
  };
  for (const auto& version : storage::guideline_versions(session)) {
    if (version.state == procedure::GuidelineState::approved) {
      add(procedure::guideline_subject(version.key.practice, version.key.term, version.key.version));
    }
  }
  const std::string month = procedure::to_text(month_before(today));
  add(procedure::register_subject(month));
  for (const procedure::Process& process : reference.processes) {
    if (process.advisor_id != person.id) continue;  // each advisor the own ones
    add(procedure::verification_subject(process.id, month));
    for (const std::string& request : adjustments_to_confirm(session, process.id)) {
      add(procedure::request_subject(request));
    }
  }
  return pending;
}

Result<Decision> ControlHandler::on_list(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const auto pending = pending_controls(session, *reference, *turn.person, turn.at);
    return Decision(Reply{
        .content = {.card = cards::control_list_card(pending)},
        .trace = {.outcome = "controls_listed", .fields = {{"pending", std::to_string(pending.size())}}}});
  });
}

Result<Decision> ControlHandler::on_open(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    std::optional<Examined> examined = examine(session, *reference, turn.value("asunto"));
    if (!examined || !is_of(turn, *examined)) return old_card();
    const Result<void> allowed = may_confirm(session, *turn.person, *examined, local_date(turn.at));
    if (!allowed) return tl::unexpected<Error>(allowed.error());
    examined->view.may_confirm = examined->made_by != turn.person->id;
    return Decision(
        Reply{.content = {.card = cards::control_card(examined->view)},
              .trace = {.outcome = "control_shown", .fields = {{"control", examined->view.subject}}}});
  });
}

Result<Decision> ControlHandler::on_confirm(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    std::optional<Examined> examined = examine(session, *reference, turn.value("asunto"));
    if (!examined || !is_of(turn, *examined)) return old_card();
    const procedure::Person& person = *turn.person;
    const Result<void> allowed = may_confirm(session, person, *examined, local_date(turn.at));
    if (!allowed) return tl::unexpected<Error>(allowed.error());

    cards::ControlView& view = examined->view;
    const auto correct = [&](const std::string& problem) -> Result<Reply> {
      view.may_confirm = true;
      view.problem = problem;
      view.typed_result = turn.value("resultado");
      view.typed_note = turn.value("observacion");
      return Reply{.content = {.card = cards::control_card(view)}, .trace = {.outcome = "form_incomplete"}};
    };
    const auto result = procedure::parse_control_result(turn.value("resultado"));
    if (!result) return correct("Elija el resultado.");
    const std::string note(turn.value("observacion"));
    const Result<void> checked =
        procedure::check_confirmation({*result, note, person.id, examined->made_by, examined->unreviewed});
    if (!checked) {
      if (checked.error().code == ErrorCode::invalid) return correct(checked.error().message);
      return tl::unexpected<Error>(checked.error());
    }
    const std::string before = view.result ? std::string(procedure::to_word(*view.result)) : "pendiente";
    storage::add_confirmation(session, {.control = view.control,
                                        .subject = view.subject,
                                        .process_id = examined->process_id,
                                        .result = *result,
                                        .note = note,
                                        .confirmed_by = person.id,
                                        .confirmed_at = turn.at});
    view.result = *result;
    view.note = note;
    view.confirmed_by_name = person.name;
    view.confirmed_at = turn.at;
    return Reply{.content = {.card = cards::control_confirmed_card(view)},
                 .trace = {.outcome = "control_confirmed",
                           .fields = {{"control", view.subject},
                                      {"activity", std::string(procedure::to_word(view.control))},
                                      {"process", examined->process_id},
                                      {"from", before},
                                      {"to", std::string(procedure::to_word(*result))},
                                      {"reason", note}}}};
  });
}

}  // namespace pao::handlers::controls
