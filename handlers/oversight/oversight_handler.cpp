#include "handlers/oversight/oversight_handler.hpp"

#include "cards/oversight_card.hpp"
#include "cards/texts.hpp"
#include "handlers/oversight/plan_view.hpp"
#include "handlers/oversight_reading.hpp"
#include "handlers/paging.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/request_states.hpp"
#include "handlers/subjects.hpp"
#include "storage/columns.hpp"
#include "storage/items_store.hpp"
#include "storage/oversight_store.hpp"
#include "storage/people_store.hpp"
#include "storage/request_events_store.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::oversight {
namespace {

using procedure::Action;

Decision shown(const Turn& turn, cards::Card card, const Reading& read) {
  Reply reply{.content = {.card = std::move(card)},
              .trace = {.outcome = "oversight_shown",
                        .fields = {{"read", read.what},
                                   {"process", read.process_id},
                                   {"item", read.item_id},
                                   {"term", read.term == 0 ? "" : std::to_string(read.term)},
                                   {"page", std::to_string(read.page)}}}};
  return keep_reading(turn, std::move(reply), read);
}

std::string percent(const std::optional<double>& value) {
  return value ? cards::decimal(*value) + " %" : "sin dato";
}

std::string figures(const std::optional<double>& planned, const std::optional<double>& reported) {
  return "Programado " + percent(planned) + ", reportado " + percent(reported) + ".";
}

cards::PlanLine line_of(const PlanActivity& activity) {
  std::string detail = activity.plan;
  if (activity.weight > 0) detail += ", peso " + cards::decimal(activity.weight) + " %";
  if (!activity.goal.empty()) detail += ", meta: " + activity.goal;
  if (!activity.objective.empty()) detail += ", objetivo " + activity.objective;
  if (activity.ends_on) detail += ", hasta el " + cards::long_date(*activity.ends_on);
  return {activity.id, activity.name, detail, figures(activity.planned, activity.reported)};
}

std::string count_text(int count, const char* one, const char* several) {
  return std::to_string(count) + " " + (count == 1 ? one : several);
}

std::string summary_of(const ProcessPlan& plan) {
  return figures(plan.planned, plan.reported) + " " +
         count_text(plan.counts.on_time, "registro oportuno", "registros oportunos") + ", " +
         count_text(plan.counts.late, "extemporáneo", "extemporáneos") + " y " +
         count_text(plan.counts.missing, "sin registrar", "sin registrar") + ".";
}

cards::PlanRecordLine record_line(const PlanTask& task, const PlanPeriod& period) {
  std::string words = figures(period.planned, period.reported) + " " +
                      cards::obligation_state_name(period.state) + ". Vence el " +
                      cards::long_date(period.due_on) + ".";
  if (period.recorded_at) {
    const std::string timeliness = cards::timeliness_name(period.timeliness);
    words += " Registrado el " + cards::long_instant(*period.recorded_at) +
             (timeliness.empty() ? "." : ": " + timeliness + ".");
  }
  return {task.id + ", " + cards::period_name(period.period), words, period.description, period.justification,
          period.evidence};
}

// From a card that named no vigencia, or of an activity whose dates have changed since.
tl::unexpected<Error> not_of_that_term(const std::string& id, int term) {
  return fail(ErrorCode::not_found, "the activity does not run in that year",
              "La actividad " + id + " no es de la vigencia " + std::to_string(term) +
                  ". Abra los planes del proceso y elija la otra vigencia.");
}

std::string response_words(const std::string& response) {
  if (response == "aceptado") return "El proceso lo aceptó";
  if (response == "justificado") return "El proceso justificó con evidencias";
  if (response == "ajuste_solicitado") return "El proceso pidió un ajuste";
  return "El proceso no se pronunció";
}

cards::FinishedReportLine report_line(const storage::FinishedReport& report) {
  std::string detail;
  if (report.sent_at)
    detail += "Se envió a validar el " + cards::long_date(local_date(*report.sent_at)) + ". ";
  detail += response_words(report.response);
  if (report.responded_on) detail += " el " + cards::long_date(*report.responded_on);
  detail += ".";
  if (report.final_on) detail += " Final desde el " + cards::long_date(*report.final_on) + ".";
  if (report.published_on) detail += " Publicado el " + cards::long_date(*report.published_on) + ".";
  return {report.id, cards::period_name(report.cycle), detail};
}

// What was asked for in the windows and how it was answered.
std::vector<cards::AdjustmentLine> adjustments_of(storage::Session& session, const std::string& process_id) {
  std::vector<cards::AdjustmentLine> lines;
  for (const procedure::ServiceRequest& request : storage::requests_of(session, process_id, false)) {
    if (request.type != "SS-4" || !request.answered_on) continue;
    std::string detail = request.subject;
    if (const auto review = storage::find_review(session, request.id)) {
      detail += ". Decía: " + review->report_said + ". La evidencia muestra: " + review->evidence_shows;
    }
    if (!request.reason.empty()) detail += ". Motivo: " + request.reason;
    lines.push_back({request.id + ": " + cards::request_state_name(request.state) + ", " +
                         cards::long_date(*request.answered_on),
                     detail});
  }
  return lines;
}

std::string read_words(const Reference& reference, const storage::OversightRead& read) {
  const std::map<std::string, std::string> content = storage::texts_from_json(read.content);
  const auto field = [&](const char* name) {
    const auto found = content.find(name);
    return found == content.end() ? std::string() : found->second;
  };
  std::string words = field("what");
  if (!read.subject.empty()) words += " de " + reference.process_name(read.subject);
  if (!field("item").empty()) words += ", " + field("item");
  if (!field("term").empty()) words += ", vigencia " + field("term");
  return words;
}

}  // namespace

Result<Decision> OversightHandler::on_list(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Date today = local_date(turn.at);
  if (const std::string named = process_in(*reference, turn.text); !named.empty()) {
    const Result<void> may = procedure::may(*turn.person, Action::read_plans, named, "", today);
    if (!may) return tl::unexpected<Error>(may.error());
    return plan_card(turn, named);
  }
  const Result<int> term = term_of(turn);
  if (!term) return tl::unexpected<Error>(term.error());
  std::vector<std::pair<std::string, std::string>> readable;
  for (const procedure::Process& process : reference->processes) {
    if (procedure::may(*turn.person, Action::read_plans, process.id, "", today))
      readable.emplace_back(process.id, process.name);
  }
  cards::OversightListView view{.term = *term,
                                .other_term = other_term(*term, today),
                                .total = static_cast<int>(readable.size()),
                                .notice = oversight_notice};
  view.page = page_of(turn, view.total, cards::oversight_list_size);
  const int first = view.page * cards::oversight_list_size;
  for (int i = first; i < std::min(view.total, first + cards::oversight_list_size); ++i)
    view.processes.push_back(readable[static_cast<std::size_t>(i)]);
  return shown(turn, cards::oversight_list_card(view),
               {.what = "procesos", .term = *term, .page = view.page});
}

Result<Decision> OversightHandler::on_plan(const Turn& turn) const {
  return plan_card(turn, std::string(turn.value("proceso")));
}

Result<int> OversightHandler::term_of(const Turn& turn) const {
  return database_.read([&](storage::Session& session) {
    return term_named(session, turn.value("vigencia"), local_date(turn.at));
  });
}

Result<Decision> OversightHandler::plan_card(const Turn& turn, const std::string& process_id) const {
  const Result<int> term = term_of(turn);
  if (!term) return tl::unexpected<Error>(term.error());
  const auto reference = reference_for(reference_, *term);
  if (!reference) return tl::unexpected<Error>(reference.error());
  const Result<ProcessPlan> plan = database_.read(
      [&](storage::Session& session) { return plan_of(session, **reference, process_id, *term, turn.at); });
  if (!plan) return tl::unexpected<Error>(plan.error());
  cards::PlanOverview view{.process_id = process_id,
                           .process_name = (*reference)->process_name(process_id),
                           .term = *term,
                           .other_term = other_term(*term, local_date(turn.at)),
                           .summary = summary_of(*plan),
                           .total = static_cast<int>(plan->activities.size()),
                           .as_of = turn.at,
                           .notice = oversight_notice};
  view.page = page_of(turn, view.total, cards::plan_page_size);
  const int first = view.page * cards::plan_page_size;
  for (int i = first; i < std::min(view.total, first + cards::plan_page_size); ++i)
    view.activities.push_back(line_of(plan->activities[static_cast<std::size_t>(i)]));
  return shown(turn, cards::plan_overview_card(view),
               {.what = "planes", .process_id = process_id, .term = *term, .page = view.page});
}

Result<Decision> OversightHandler::on_activity(const Turn& turn) const {
  const Result<int> term = term_of(turn);
  if (!term) return tl::unexpected<Error>(term.error());
  const auto known = reference_for(reference_, *term);
  if (!known) return tl::unexpected<Error>(known.error());
  const Reference& reference = **known;
  const std::string id(turn.value("elemento"));
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const auto item = storage::find_item(session, id);
    if (!item || item->kind != procedure::ItemKind::plan_activity) {
      return fail(ErrorCode::refused, "not an activity of a plan",
                  "No autorizado: la vista es de las actividades del módulo Planes.");
    }
    if (!runs_in(*item, *term)) return not_of_that_term(id, *term);
    const Result<ProcessPlan> plan = plan_of(session, reference, item->process_id, *term, turn.at);
    if (!plan) return tl::unexpected<Error>(plan.error());
    const auto activity = std::find_if(plan->activities.begin(), plan->activities.end(),
                                       [&](const PlanActivity& one) { return one.id == id; });
    if (activity == plan->activities.end()) return fail(ErrorCode::internal, "an activity without a plan");
    std::vector<cards::PlanRecordLine> records;
    for (const PlanTask& task : activity->tasks) {
      for (const PlanPeriod& period : task.periods) {
        if (period.state != procedure::ObligationState::future || period.reported)
          records.push_back(record_line(task, period));
      }
    }
    const int other = other_term(*term, local_date(turn.at));
    cards::PlanActivityView view{.process_id = item->process_id,
                                 .process_name = reference.process_name(item->process_id),
                                 .term = *term,
                                 .other_term = runs_in(*item, other) ? other : 0,
                                 .activity = line_of(*activity),
                                 .total = static_cast<int>(records.size()),
                                 .notice = oversight_notice};
    view.page = page_of(turn, view.total, cards::plan_records_size);
    const int first = view.page * cards::plan_records_size;
    for (int i = first; i < std::min(view.total, first + cards::plan_records_size); ++i)
      view.records.push_back(std::move(records[static_cast<std::size_t>(i)]));
    return shown(turn, cards::plan_activity_card(view),
                 {.what = "actividad",
                  .process_id = item->process_id,
                  .item_id = id,
                  .term = *term,
                  .page = view.page});
  });
}

Result<Decision> OversightHandler::on_reports(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::string process_id(turn.value("proceso"));
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    cards::FinishedReportsView view{.process_id = process_id,
                                    .process_name = reference->process_name(process_id),
                                    .adjustments = adjustments_of(session, process_id),
                                    .notice = oversight_notice};
    for (const storage::FinishedReport& report : storage::finished_reports(session, process_id))
      view.reports.push_back(report_line(report));
    return shown(turn, cards::finished_reports_card(view), {.what = "reportes", .process_id = process_id});
  });
}

Result<Decision> OversightHandler::on_reads(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    cards::OversightReadsView view{.total = static_cast<int>(storage::count_oversight_reads(session))};
    view.page = page_of(turn, view.total, cards::oversight_reads_size);
    for (const storage::OversightRead& read : storage::oversight_reads(
             session, cards::oversight_reads_size, view.page * cards::oversight_reads_size)) {
      const auto person = storage::find_person(session, read.reader);
      view.reads.push_back({read.at, person ? person->name : read.reader, read_words(*reference, read)});
    }
    return Decision(Reply{
        .content = {.card = cards::oversight_reads_card(view)},
        .trace = {.outcome = "oversight_reads_shown", .fields = {{"reads", std::to_string(view.total)}}}});
  });
}

}  // namespace pao::handlers::oversight
