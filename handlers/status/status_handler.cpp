#include "handlers/status/status_handler.hpp"

#include "cards/basic_card.hpp"
#include "cards/desk_card.hpp"
#include "cards/status_card.hpp"
#include "cards/texts.hpp"
#include "handlers/commitments.hpp"
#include "handlers/paging.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/report_window.hpp"
#include "handlers/scope.hpp"
#include "handlers/status/desk.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace pao::handlers::status {
namespace {

using procedure::ObligationState;

cards::StatusLine to_line(const Tracked& tracked, const std::map<std::string, std::string>& names,
                          Instant now) {
  const auto owner = names.find(tracked.owner_id);
  return {.obligation = tracked.obligation,
          .item_name = tracked.item_name,
          .owner_name = owner == names.end() ? "" : owner->second,
          .state = tracked.assessment.state,
          .business_days_left = tracked.assessment.business_days_left.value_or(0),
          .can_register = is_open_now(tracked, now),
          .reopened_until = tracked.reopened_until};
}

struct Gathered {
  std::vector<Tracked> pending;
  std::vector<procedure::ServiceRequest> requests;
  std::map<std::string, std::string> names;  // of the owners on the page
  std::vector<cards::CommitmentLine> commitments;
};

// The reason of one day of a count, in words: "día hábil 3", "Viernes Santo (Ley 51 de 1983)".
std::string reason_of(const procedure::CountedDay& day) {
  if (day.number > 0) return "día hábil " + std::to_string(day.number);
  std::vector<std::string> reasons;
  for (const procedure::NonBusinessReason& reason : day.reasons) {
    reasons.push_back(reason.norm.empty() ? reason.name : reason.name + " (" + reason.norm + ")");
  }
  return "no cuenta: " + cards::enumerate(reasons);
}

// The month is named because it is not always the one after the period (DOC-07).
std::string rule_in_words(const procedure::PracticeRules& rules, const procedure::CountExplanation& count) {
  const std::string month = iso_date(count.start + std::chrono::days{1}).substr(0, 7);
  return "Primeros " + std::to_string(rules.cutoff_business_day) + " días hábiles de " +
         cards::period_name(month) + ", según " + rules.name + ", vigencia " + std::to_string(rules.term) +
         ".";
}

Decision nothing_to_record() {
  return Reply{
      .content = {.card = cards::notice_card(
                      "No tiene pendientes de registro",
                      "Su rol no registra avances en ningún proceso. Puede preguntarme por los lineamientos "
                      "de las ocho prácticas.")},
      .trace = {.outcome = "status_empty"}};
}

}  // namespace

Result<Decision> StatusHandler::on_my_status(const Turn& turn) const {
  const Date today = local_date(turn.at);
  // The coordination answers for processes without an advisor.
  if (scopes_of(*turn.person, today).empty() &&
      procedure::may(*turn.person, procedure::Action::answer_consult, "", "", today)) {
    return advisor_status(turn);
  }
  return process_status(turn);
}

Result<Decision> StatusHandler::process_status(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::vector<ProcessScope> scopes = scopes_of(*turn.person, local_date(turn.at));
  cards::StatusView view;
  view.person_name = turn.person->name;
  view.as_of = turn.at;
  for (const ProcessScope& scope : scopes)
    view.process_names.push_back(reference->process_name(scope.process_id));

  Result<Gathered> gathered = database_.read([&](storage::Session& session) -> Result<Gathered> {
    Gathered found;
    for (const ProcessScope& scope : scopes) {
      Result<std::vector<Tracked>> tracked = track(session, *reference, scope.process_id, turn.at);
      if (!tracked) return tl::unexpected<Error>(tracked.error());
      for (Tracked& one : *tracked) {
        // What the process as a whole records, every owner of it may record (permissions.hpp).
        const bool mine = scope.whole || one.owner_id.empty() || one.owner_id == turn.person->id;
        if (mine && is_pending(one)) found.pending.push_back(std::move(one));
      }
      std::vector<procedure::ServiceRequest> open = storage::requests_of(session, scope.process_id, true);
      std::move(open.begin(), open.end(), std::back_inserter(found.requests));
    }
    sort_by_urgency(found.pending);
    for (const Tracked& one : found.pending) {
      if (one.owner_id.empty() || found.names.contains(one.owner_id)) continue;
      if (const auto owner = storage::find_person(session, one.owner_id))
        found.names[one.owner_id] = owner->name;
    }
    const Date today = local_date(turn.at);
    for (const procedure::Item& commitment : open_commitments(session, *turn.person, today))
      found.commitments.push_back(commitment_line(session, *reference, commitment, today));
    return found;
  });
  if (!gathered) return tl::unexpected<Error>(gathered.error());

  // Somebody without a role in a process may answer for what was agreed in a working session.
  if (scopes.empty() && gathered->commitments.empty()) return nothing_to_record();

  view.commitments = std::move(gathered->commitments);
  view.total = static_cast<int>(gathered->pending.size());
  view.requests = std::move(gathered->requests);
  view.page = page_of(turn, view.total, cards::status_page_size);
  for (const Tracked& one : gathered->pending) {
    if (one.reopened_until) {
      ++view.reopened;
      continue;
    }
    view.overdue += one.assessment.state == ObligationState::overdue;
    view.due_soon += one.assessment.state == ObligationState::due_soon;
    view.open += one.assessment.state == ObligationState::open;
  }
  const int first = view.page * cards::status_page_size;
  for (int i = first; i < std::min(view.total, first + cards::status_page_size); ++i) {
    view.lines.push_back(to_line(gathered->pending[static_cast<std::size_t>(i)], gathered->names, turn.at));
  }
  const Result<std::vector<std::string>> windows = open_windows(*reference, turn);
  if (!windows) return tl::unexpected<Error>(windows.error());
  std::string window_lines;
  for (const std::string& window : *windows) window_lines += window + "\n\n";
  return Decision(
      Reply{.content = {.text = turn.invoke ? "" : window_lines, .card = cards::status_card(view)},
            .trace = {.outcome = "status_shown",
                      .fields = {{"overdue", std::to_string(view.overdue)},
                                 {"due_soon", std::to_string(view.due_soon)},
                                 {"open", std::to_string(view.open)},
                                 {"commitments", std::to_string(view.commitments.size())}}}});
}

Result<Decision> StatusHandler::advisor_status(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  Result<std::vector<cards::DigestNote>> notes = database_.read(
      [&](storage::Session& session) { return desk_notes(session, *reference, *turn.person, turn.at); });
  if (!notes) return tl::unexpected<Error>(notes.error());
  if (notes->empty()) {
    return Decision(Reply{.content = {.card = cards::notice_card("Está al día", "Nada espera por usted.")},
                          .trace = {.outcome = "status_empty"}});
  }
  cards::DeskView view{
      .person_name = turn.person->name, .total = static_cast<int>(notes->size()), .as_of = turn.at};
  view.page = page_of(turn, view.total, cards::desk_page_size);
  const int first = view.page * cards::desk_page_size;
  view.notes.assign(notes->begin() + first,
                    notes->begin() + std::min(view.total, first + cards::desk_page_size));
  return Decision(
      Reply{.content = {.card = cards::desk_card(view)},
            .trace = {.outcome = "status_shown", .fields = {{"matters", std::to_string(view.total)}}}});
}

Result<std::vector<std::string>> StatusHandler::open_windows(const Reference& reference,
                                                             const Turn& turn) const {
  const Date today = local_date(turn.at);
  return database_.read([&](storage::Session& session) {
    std::vector<std::string> windows;
    for (const ProcessScope& scope : scopes_of(*turn.person, today)) {
      if (!scope.whole) continue;  // an owner does not validate
      const auto window = report_window(session, reference, scope.process_id, turn.at);
      if (!window || !window->is_open) continue;
      const int left = procedure::business_days_left(window->last_day, today, reference.calendar);
      windows.push_back("El reporte del " + cards::period_name(window->cycle) + " de " +
                        reference.process_name(scope.process_id) + " se valida hasta el " +
                        cards::long_date(window->last_day) + ": " + cards::days_left_phrase(left) + ".");
    }
    return windows;
  });
}

Result<Decision> StatusHandler::on_explain_due(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::optional<procedure::Period> period = procedure::parse_period(turn.value("periodo"));
  const procedure::PracticeRules* rules =
      period ? reference->rules_of(turn.value("practica"), period->year) : nullptr;
  if (!rules || rules->practice == procedure::practice::general) {
    return fail(ErrorCode::invalid, "explain: unknown practice or period",
                "Esta tarjeta ya no es válida. Escriba «qué me toca» para ver sus pendientes.");
  }
  const Result<procedure::CountExplanation> count =
      procedure::explain_due_date(*rules, *period, reference->calendar);
  if (!count) return tl::unexpected<Error>(count.error());

  cards::DueView view{.what = rules->name + ", " + cards::period_name(turn.value("periodo")),
                      .due_on = count->end,
                      .rule = rule_in_words(*rules, *count)};
  for (const procedure::CountedDay& day : count->days) view.days.push_back({day.day, reason_of(day)});
  return Decision(Reply{.content = {.card = cards::due_card(view)},
                        .trace = {.outcome = "due_explained", .fields = {{"due_on", iso_date(count->end)}}}});
}

}  // namespace pao::handlers::status
