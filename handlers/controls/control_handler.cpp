#include "handlers/controls/control_handler.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/controls/control_subjects.hpp"
#include "handlers/period_control.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/request_states.hpp"
#include "handlers/report_adjustments.hpp"
#include "storage/control_points_store.hpp"
#include "storage/guideline_versions_store.hpp"
#include "storage/people_store.hpp"
#include "storage/reports_store.hpp"
#include "storage/requests_store.hpp"

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
  if (!examined || !examined->is_decided || is_own_work(*examined, person)) return;
  if (!may_confirm(session, person, *examined, today)) return;
  pending.push_back({examined->subject.control, subject, examined->view.subject_name});
}

// The last month, and the quarter whose report waits to be sent.
std::vector<std::string> periods_to_confirm(storage::Session& session, std::string_view process_id,
                                            const std::string& month) {
  std::vector<std::string> periods = {month};
  for (const storage::FollowUpReport& report : storage::reports_of(session, process_id)) {
    if (report.state == procedure::ReportState::draft) periods.push_back(report.cycle);
  }
  return periods;
}

// The advisor of the process; the coordination when it is the advisor's own decision.
std::vector<procedure::Person> who_confirms(storage::Session& session, const procedure::Process& process,
                                            const Examined& examined, Date today) {
  const auto advisor = storage::find_person(session, process.advisor_id);
  if (advisor && !is_own_work(examined, *advisor) && may_confirm(session, *advisor, examined, today))
    return {*advisor};
  auto people = storage::people_with_role(session, procedure::Role::coordination, "", today);
  std::erase_if(people, [&](const procedure::Person& one) { return is_own_work(examined, one); });
  return people;
}

tl::unexpected<Error> undecided() {
  return fail(ErrorCode::refused, "the SS is not decided",
              "Esta solicitud aún no está decidida. El punto de control se confirma después, y lo confirma "
              "otra persona.");
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
  const bool coordinates = procedure::holds_role(person, procedure::Role::coordination, "", today);
  for (const procedure::Process& process : reference.processes) {
    const bool advises = process.advisor_id == person.id;
    if (advises) {
      for (const std::string& period : periods_to_confirm(session, process.id, month)) {
        if (const auto subject = unconfirmed_verification(session, reference, process.id, period))
          add(*subject);
      }
    }
    if (!advises && !coordinates) continue;
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
    const bool own = is_own_work(*examined, *turn.person);
    examined->view.may_confirm = examined->is_decided && !own;
    examined->view.why_not = !examined->is_decided ? "La solicitud aún no está decidida. Se confirma después."
                             : own                 ? "Esto lo hizo usted. Lo confirma otra persona."
                                                   : "";
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
    if (!examined->is_decided) return undecided();

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

Result<std::vector<DigestLine>> adjustment_lines(storage::Session& session, const Reference& reference,
                                                 std::string_view person_id, Instant now) {
  const Date today = local_date(now);
  std::vector<DigestLine> lines;
  for (const procedure::Process& process : reference.processes) {
    for (const std::string& request : adjustments_to_confirm(session, process.id)) {
      const std::string subject = procedure::request_subject(request);
      const std::optional<Examined> examined = examine(session, reference, subject);
      const auto stored = storage::find_request(session, request);
      if (!examined || !stored) continue;
      for (const procedure::Person& person : who_confirms(session, process, *examined, today)) {
        if (!person_id.empty() && person.id != person_id) continue;
        lines.push_back(
            {.person_id = person.id,
             .key = "pertinencia/" + procedure::first_number(*stored) + "|1",
             .title = "Punto de control por confirmar: solicitud " + request + ", " + process.name,
             .text = "La solicitud ya está decidida. Falta que usted confirme que la decisión fue pertinente "
                     "(actividad 6); mientras tanto el reporte no pasa a final.",
             .urgency = 1,
             .button = DigestButton{"Confirmar",
                                    cards::verb::control_open,
                                    {{"punto", std::string(to_word(ControlPoint::adjustment))},
                                     {"asunto", subject}}},
             .process_id = process.id,
             .rule = "pertinencia.punto_de_control"});
      }
    }
  }
  return lines;
}

}  // namespace pao::handlers::controls
