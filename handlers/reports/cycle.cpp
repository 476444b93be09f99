#include "handlers/reports/cycle.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/procedure/period.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/report_adjustments.hpp"
#include "handlers/report_lines.hpp"
#include "handlers/reports/notices.hpp"
#include "handlers/reports/report_model.hpp"
#include "handlers/reports/report_turns.hpp"
#include "handlers/reports/transitions.hpp"
#include "storage/recommendations_store.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace pao::handlers::reports {
namespace {

using procedure::ReportEvent;
using procedure::ReportState;
using storage::FollowUpReport;
using storage::Session;

constexpr std::chrono::days recommendation_time{30};
// After a long stop nobody is told of what ended weeks ago.
constexpr std::chrono::days closing_told_for{7};

// The first business-day instant to build on, and by when to send.
Result<Date> cycle_day(const Reference& reference, std::string_view cycle, int business_day) {
  const auto quarter = procedure::parse_period(cycle);
  if (!quarter) return fail(ErrorCode::invalid, "not a cycle");
  return reference.calendar.add_business_days(procedure::last_day(*quarter), business_day);
}

Result<bool> build_draft(Session& session, const Reference& reference, const procedure::Process& process,
                         const std::string& cycle, Instant now) {
  FollowUpReport report{.id = storage::report_id_of(process.id, cycle),
                        .process_id = process.id,
                        .cycle = cycle,
                        .advisor_id = process.advisor_id,
                        .cut_off_at = now};
  if (!storage::add_report(session, report)) return false;
  const auto lines = build_lines(session, reference, process.id, cycle, now);
  if (!lines) return tl::unexpected<Error>(lines.error());
  const Date target = local_date(now) + recommendation_time;
  for (const storage::Recommendation& before : storage::unanswered_before(session, process.id, cycle)) {
    storage::add_recommendation(session,
                                {.report_id = report.id,
                                 .process_id = process.id,
                                 .practice = before.practice,
                                 .observed = before.observed,
                                 .suggestion = before.suggestion,
                                 .target_on = target,
                                 .reiterates = before.id},
                                cycle);
  }
  for (procedure::ReportRecommendation& one : procedure::suggested_recommendations(*lines, target)) {
    storage::add_recommendation(session,
                                {.report_id = report.id,
                                 .process_id = process.id,
                                 .practice = one.practice,
                                 .observed = one.observed,
                                 .suggestion = one.suggestion,
                                 .target_on = one.target_on},
                                cycle);
  }
  note(session, "report.drafted", report.id, {{"to", "borrador"}, {"lines", std::to_string(lines->size())}},
       now);
  return true;
}

Result<bool> extend(Session& session, const Reference& reference, FollowUpReport& report, Instant now) {
  if (!report.sent_at || !report.deadline_on) return false;
  const procedure::PracticeRules* general = reference.rules_of(procedure::practice::general);
  const procedure::ValidationWindow window{.sent_on = local_date(*report.sent_at),
                                           .business_days = general ? general->validation_window_business_days
                                                                    : procedure::validation_business_days,
                                           .last_day = *report.deadline_on,
                                           .calendar = report.calendar,
                                           .explanation = report.explanation};
  const auto longer = procedure::extended(window, reference.calendar);
  if (!longer) return false;
  report.deadline_on = longer->last_day;
  report.calendar = longer->calendar;
  report.explanation = longer->explanation;
  const auto stored = storage::update_report(session, report, report.state, report.version);
  if (!stored) return tl::unexpected<Error>(stored.error());
  keep_window(session, report, "abierta", std::nullopt);
  note(session, "report.extended", report.id,
       {{"from", iso_date(window.last_day)},
        {"to", iso_date(longer->last_day)},
        {"calendar", longer->calendar}},
       now);
  tell(session, reference, report.process_id,
       {.report_id = report.id,
        .what = "extended:" + iso_date(longer->last_day),
        .title = "El plazo se amplió",
        .sentence = "Se declaró un día no hábil. Ahora puede responder " + report_words(reference, report) +
                    " hasta el " + cards::long_date(longer->last_day) + "."},
       audience_only, now);
  return true;
}

// Told in the digest: add_closed.
Result<void> close(Session& session, const Reference& reference, FollowUpReport& report, Instant now) {
  const Result<std::string> from = advance(session, reference, report, ReportEvent::close_window, now);
  if (!from) return tl::unexpected<Error>(from.error());
  note(session, "report.window_closed", report.id,
       {{"from", *from},
        {"to", std::string(procedure::to_word(report.state))},
        {"reason", report.response},
        {"closed_at", iso_instant(*report.closed_at)}},
       now);
  return {};
}

Result<int> end_recommendations(Session& session, const FollowUpReport& report, Instant now) {
  int ended = 0;
  for (storage::Recommendation one : storage::recommendations_of(session, report.id)) {
    if (one.state != procedure::RecommendationState::sent) continue;
    one.state = procedure::RecommendationState::unanswered;
    const auto stored = storage::update_recommendation(session, one, procedure::RecommendationState::sent);
    if (!stored) return tl::unexpected<Error>(stored.error());
    note(session, "recommendation.unanswered", report.id,
         {{"recommendation", one.id}, {"from", "enviada"}, {"to", "sin_respuesta"}}, now);
    ++ended;
  }
  return ended;
}

bool has_ended(const FollowUpReport& report, Instant now) {
  return report.deadline_on && !procedure::is_in_time(*report.deadline_on, now);
}

// Reports whose recommendations can still wait for an answer: all but drafts and those of earlier cycles.
std::vector<FollowUpReport> with_recommendations(Session& session) {
  std::vector<FollowUpReport> found;
  for (const ReportState state : {ReportState::sent, ReportState::in_validation, ReportState::in_adjustment,
                                  ReportState::final_version, ReportState::published}) {
    for (FollowUpReport& report : storage::reports_in_state(session, state))
      found.push_back(std::move(report));
  }
  return found;
}

std::vector<FollowUpReport> in_validation(Session& session) {
  std::vector<FollowUpReport> reports = storage::reports_in_state(session, ReportState::in_validation);
  for (FollowUpReport& report : storage::reports_in_state(session, ReportState::sent)) {
    reports.push_back(std::move(report));
  }
  return reports;
}

bool has_answered(Session& session, const FollowUpReport& report, const procedure::Person& person) {
  const auto responses = storage::responses_of(session, report.id);
  const auto requests = adjustment_requests(session, report);
  return std::any_of(
             responses.begin(), responses.end(),
             [&](const auto& said) { return said.person_id == person.id && still_counts(said, report); }) ||
         std::any_of(requests.begin(), requests.end(),
                     [&](const auto& request) { return request.filed_by == person.id; });
}

DigestLine line_for(const Reference& reference, const FollowUpReport& report, const std::string& person_id,
                    const std::string& step, std::string text, int urgency, std::optional<Date> due_on) {
  return {.person_id = person_id,
          .key = "validacion/" + report.id + "|" + step,
          .title = "Reporte del " + cards::period_name(report.cycle) + ", " +
                   reference.process_name(report.process_id),
          .text = std::move(text),
          .urgency = urgency,
          .button = DigestButton{"Ver el reporte", cards::verb::report_view, {{"reporte", report.id}}},
          .process_id = report.process_id,
          .due_on = due_on};
}

void add_reminders(Session& session, const Reference& reference, std::string_view person_id, Instant now,
                   std::vector<DigestLine>& lines) {
  const Date today = local_date(now);
  for (const FollowUpReport& report : in_validation(session)) {
    if (!report.sent_at || !report.deadline_on || has_ended(report, now)) continue;
    const procedure::ValidationWindow window{.sent_on = local_date(*report.sent_at),
                                             .last_day = *report.deadline_on};
    const auto step = procedure::reminder_step(window, today, reference.calendar);
    if (!step) continue;
    const int left = procedure::business_days_left(*report.deadline_on, today, reference.calendar);
    for (const procedure::Person& person : audience_of(session, reference, report.process_id, today)) {
      if ((!person_id.empty() && person.id != person_id) || has_answered(session, report, person)) continue;
      lines.push_back(line_for(reference, report, person.id,
                               "v" + std::to_string(report.version) + "|" + std::to_string(*step),
                               cards::due_phrase(*report.deadline_on, left) +
                                   ". Puede aceptarlo, justificarlo con evidencia o pedir un ajuste.",
                               left, report.deadline_on));
    }
  }
}

// A window that ended by itself is told in the next digest: nobody has to do anything about it before that,
// and it would be a second card of the same morning.
void add_closed(Session& session, const Reference& reference, std::string_view person_id, Instant now,
                std::vector<DigestLine>& lines) {
  for (const FollowUpReport& report : with_recommendations(session)) {
    if (!report.deadline_on || report.closed_at != procedure::closing_instant(*report.deadline_on)) continue;
    if (now < *report.closed_at || now >= *report.closed_at + closing_told_for) continue;
    const char* next = report.state == ReportState::in_adjustment ? "El asesor decide lo que está pendiente."
                                                                  : "El reporte pasó a final.";
    for (const procedure::Person& person :
         audience_of(session, reference, report.process_id, local_date(now))) {
      if (!person_id.empty() && person.id != person_id) continue;
      lines.push_back(
          line_for(reference, report, person.id, "v" + std::to_string(report.version) + "|cerrada",
                   std::string("Terminó el plazo para responder este reporte. ") + next, 0, std::nullopt));
    }
  }
}

void add_advisor_lines(Session& session, const Reference& reference, std::string_view person_id, Instant now,
                       std::vector<DigestLine>& lines) {
  struct Duty {
    ReportState state;
    const char* step;
    const char* text;
  };
  constexpr Duty duties[] = {
      {ReportState::draft, "borrador", "El borrador está listo. Revíselo y envíelo al proceso hasta el "},
      {ReportState::in_adjustment, "ajustes",
       "Decida lo que dijo el proceso y pase el reporte a final hasta el "},
      {ReportState::final_version, "final", "El reporte final está listo. Publíquelo hasta el "}};
  const Date today = local_date(now);
  for (const Duty& duty : duties) {
    for (const FollowUpReport& report : storage::reports_in_state(session, duty.state)) {
      const procedure::Process* process = reference.process(report.process_id);
      if (!process || process->advisor_id.empty()) continue;
      if (!person_id.empty() && process->advisor_id != person_id) continue;
      Date due = today;
      if (report.state == ReportState::draft) {
        if (const auto day = cycle_day(reference, report.cycle, send_by_business_day)) due = *day;
      } else if (report.deadline_on) {
        const Date ended = report.closed_at ? std::min(local_date(*report.closed_at), *report.deadline_on)
                                            : *report.deadline_on;
        due = procedure::final_report_due(ended, last_decision(session, report), reference.calendar);
      }
      lines.push_back(line_for(reference, report, process->advisor_id, duty.step,
                               duty.text + cards::long_date(due) + ".",
                               procedure::business_days_left(due, today, reference.calendar), std::nullopt));
    }
  }
}

}  // namespace

Result<int> build_drafts(storage::Database& database, const Reference& reference, std::string_view cycle,
                         Instant now) {
  return database.write([&, named = std::string(cycle)](Session& session) -> Result<int> {
    int built = 0;
    for (const procedure::Process& process : reference.processes) {
      const Result<bool> is_new = build_draft(session, reference, process, named, now);
      if (!is_new) return tl::unexpected<Error>(is_new.error());
      built += *is_new;
    }
    return built;
  });
}

Result<int> build_due_drafts(storage::Database& database, const Reference& reference, Instant now) {
  const std::string cycle = procedure::last_closed_cycle(local_date(now));
  const Result<Date> day = cycle_day(reference, cycle, drafts_on_business_day);
  if (!day) return tl::unexpected<Error>(day.error());
  if (local_date(now) < *day) return 0;
  return build_drafts(database, reference, cycle, now);
}

Result<WindowsDone> look_after_windows(storage::Database& database, const Reference& reference, Instant now) {
  return database.write([&](Session& session) -> Result<WindowsDone> {
    WindowsDone done;
    for (FollowUpReport& report : in_validation(session)) {
      const Result<bool> longer = extend(session, reference, report, now);
      if (!longer) return tl::unexpected<Error>(longer.error());
      done.extended += *longer;
      if (!has_ended(report, now)) continue;
      if (const auto closed = close(session, reference, report, now); !closed) {
        return tl::unexpected<Error>(closed.error());
      }
      ++done.closed;
    }
    for (const FollowUpReport& report : with_recommendations(session)) {
      if (!has_ended(report, now)) continue;
      const Result<int> ended = end_recommendations(session, report, now);
      if (!ended) return tl::unexpected<Error>(ended.error());
      done.unanswered += *ended;
    }
    for (FollowUpReport& report : storage::reports_in_state(session, ReportState::in_adjustment)) {
      const auto open = open_matters(session, report);
      if (open.open_adjustments > 0 || open.pending_justifications > 0) continue;
      const Result<std::string> from = advance(session, reference, report, ReportEvent::resolve, now);
      if (!from) return tl::unexpected<Error>(from.error());
      note(session, "report.final", report.id, {{"from", *from}, {"to", "final"}}, now);
      ++done.settled;
    }
    return done;
  });
}

Result<std::vector<DigestLine>> validation_lines(Session& session, const Reference& reference,
                                                 std::string_view person_id, Instant now) {
  std::vector<DigestLine> lines;
  add_reminders(session, reference, person_id, now, lines);
  add_closed(session, reference, person_id, now, lines);
  add_advisor_lines(session, reference, person_id, now, lines);
  return lines;
}

}  // namespace pao::handlers::reports
