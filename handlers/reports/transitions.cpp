#include "handlers/reports/transitions.hpp"

#include "cards/documents/report_html.hpp"
#include "cards/documents/report_json.hpp"
#include "cards/texts.hpp"
#include "handlers/period_control.hpp"
#include "handlers/procedure/plain_language.hpp"
#include "handlers/report_adjustments.hpp"
#include "handlers/report_lines.hpp"
#include "handlers/reports/notices.hpp"
#include "handlers/reports/report_model.hpp"
#include "handlers/reports/report_turns.hpp"
#include "storage/mail_outbox.hpp"
#include "storage/people_store.hpp"
#include "storage/sha256.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::reports {
namespace {

using procedure::ReportEvent;
using procedure::ReportKind;
using procedure::ReportState;
using storage::FollowUpReport;

constexpr std::chrono::days final_report_waits{30};  // in the outbox

// Card and mail for each person of the audience, under keys of their own: a delivery result each.
Result<int> enqueue_for_audience(storage::Session& session, const Reference& reference,
                                 const FollowUpReport& report, ReportKind kind, Instant now,
                                 Instant expires_at) {
  const Result<procedure::ReportModel> model = build_model(session, reference, report, kind, now);
  if (!model) return tl::unexpected<Error>(model.error());
  const bool preventive = kind == ReportKind::preventive;
  const std::string stem = delivery_stem(report, kind);
  std::string subject = cards::report_title(*model);
  if (preventive && report.deadline_on)
    subject += ". Responda hasta el " + cards::long_date(*report.deadline_on);
  const std::string text = cards::report_text(*model), html = cards::report_html(*model);
  int people = 0;
  for (const procedure::Person& person :
       audience_of(session, reference, report.process_id, local_date(now))) {
    storage::enqueue(session, {.key = stem + ":teams:" + person.id,
                               .kind = preventive ? preventive_kind : final_kind,
                               .priority = storage::Priority::notice,
                               .lane = "person:" + person.aad_object_id,
                               .aad_object_id = person.aad_object_id,
                               .subject = report.id,
                               .text = std::to_string(report.version),
                               .not_before = now,
                               .expires_at = expires_at,
                               .created_at = now});
    storage::enqueue_mail(session, {.key = stem + ":mail:" + person.id,
                                    .person_id = person.id,
                                    .about = report.id,
                                    .subject = subject,
                                    .text = text,
                                    .html = html,
                                    .not_before = now,
                                    .expires_at = expires_at,
                                    .created_at = now});
    ++people;
  }
  return people;
}

Result<void> mark_recommendations_sent(storage::Session& session, std::string_view report_id) {
  for (storage::Recommendation one : storage::recommendations_of(session, report_id)) {
    if (one.state != procedure::RecommendationState::draft) continue;
    one.state = procedure::RecommendationState::sent;
    if (Result<void> done =
            storage::update_recommendation(session, one, procedure::RecommendationState::draft);
        !done) {
      return done;
    }
  }
  return {};
}

// The process never had them: they are no part of what becomes final.
void drop_drafts(storage::Session& session, const Reference& reference, const FollowUpReport& report,
                 Instant now) {
  std::vector<std::string> dropped;
  for (const storage::Recommendation& one : storage::recommendations_of(session, report.id)) {
    if (one.state != procedure::RecommendationState::draft) continue;
    storage::remove_recommendation(session, one.id);
    note(session, "recommendation.dropped", report.id,
         {{"recommendation", one.id}, {"from", "borrador"}, {"reason", "el reporte pasó a final"}}, now);
    dropped.push_back(one.id);
  }
  if (dropped.empty()) return;
  tell_advisor(session, reference, report.process_id,
               {.report_id = report.id,
                .what = "dropped",
                .title = "Recomendaciones que no salieron",
                .sentence = "Pasó a final " + report_words(reference, report) +
                            ". Estas recomendaciones seguían en borrador y se descartaron: " +
                            cards::enumerate(dropped) + "."},
               now);
}

Result<void> become_final(storage::Session& session, const Reference& reference, FollowUpReport& report,
                          Instant now) {
  report.final_on = local_date(now);
  auto sent = preventive_lines(session, reference, report, now);
  if (!sent) return tl::unexpected<Error>(sent.error());
  const auto lines = final_lines(session, reference, report, *std::move(sent), now);
  if (!lines) return tl::unexpected<Error>(lines.error());
  storage::save_lines(session, report.id, ReportKind::final_report, report.version, *lines);
  drop_drafts(session, reference, report, now);
  return {};
}

}  // namespace

void keep_window(storage::Session& session, const FollowUpReport& report, const char* outcome,
                 std::optional<Instant> closed_at) {
  if (!report.sent_at || !report.deadline_on) return;
  storage::save_window(session, {.report_id = report.id,
                                 .version = report.version,
                                 .sent_at = *report.sent_at,
                                 .sent_by = report.sent_by,
                                 .deadline_on = *report.deadline_on,
                                 .calendar = report.calendar,
                                 .explanation = report.explanation,
                                 .outcome = outcome,
                                 .closed_at = closed_at});
}

std::string delivery_stem(const FollowUpReport& report, ReportKind kind) {
  const bool preventive = kind == ReportKind::preventive;
  return "report:" + report.id + (preventive ? ":v" + std::to_string(report.version) : ":final");
}

std::vector<procedure::Person> audience_of(storage::Session& session, const Reference& reference,
                                           std::string_view process_id, Date today) {
  std::vector<procedure::Person> audience;
  const procedure::Process* process = reference.process(process_id);
  if (process) {
    if (auto leader = storage::find_person(session, process->leader_id); leader && leader->active) {
      audience.push_back(std::move(*leader));
    }
  }
  for (procedure::Person& liaison :
       storage::people_with_role(session, procedure::Role::liaison, process_id, today)) {
    const bool known = std::any_of(audience.begin(), audience.end(),
                                   [&](const procedure::Person& one) { return one.id == liaison.id; });
    if (!known) audience.push_back(std::move(liaison));
  }
  return audience;
}

Result<std::string> advance(storage::Session& session, const Reference& reference, FollowUpReport& report,
                            ReportEvent event, Instant now) {
  const ReportState before = report.state;
  const Result<ReportState> after = procedure::next_state(before, event, open_matters(session, report));
  if (!after) return tl::unexpected<Error>(after.error());
  const bool was_open = procedure::awaits_answers(before);
  report.state = *after;
  if (was_open && !procedure::awaits_answers(*after)) {
    const Instant end = report.deadline_on ? procedure::closing_instant(*report.deadline_on) : now;
    report.closed_at = std::min(now, end);
    report.response = procedure::outcome_word(last_words(session, reference, report));
    keep_window(session, report, "cerrada", report.closed_at);
  }
  if (before != ReportState::final_version && *after == ReportState::final_version) {
    if (const Result<void> done = become_final(session, reference, report, now); !done) {
      return tl::unexpected<Error>(done.error());
    }
  }
  const Result<void> stored = storage::update_report(session, report, before, report.version);
  if (!stored) return tl::unexpected<Error>(stored.error());
  return std::string(procedure::to_word(before));
}

std::vector<std::string> language_problems(storage::Session& session, const FollowUpReport& report) {
  std::vector<std::string> problems;
  for (const procedure::LanguageProblem& problem : procedure::check_language(report.introduction)) {
    problems.push_back("Introducción. " + problem.sentence);
  }
  for (const storage::Recommendation& one : storage::recommendations_of(session, report.id)) {
    if (one.state != procedure::RecommendationState::draft) continue;
    for (const procedure::LanguageProblem& problem :
         procedure::check_recommendation(one.observed, one.suggestion, one.target_on)) {
      problems.push_back("Recomendación " + one.id + ". " + problem.sentence);
    }
  }
  return problems;
}

Result<Sent> send_preventive(storage::Session& session, const Reference& reference, FollowUpReport& report,
                             const std::string& advisor_id, Instant now) {
  const bool again = report.state != ReportState::draft;
  const ReportState before = report.state;
  const int version_before = report.version;
  if (again && report.deadline_on && !procedure::is_in_time(*report.deadline_on, now)) {
    return fail(ErrorCode::refused, "the window has closed",
                "El plazo de este reporte ya terminó. Ya no se puede reemplazar.");
  }
  const Result<ReportState> after =
      procedure::next_state(before, again ? ReportEvent::substitute : ReportEvent::send, {});
  if (!after) return tl::unexpected<Error>(after.error());
  const std::vector<std::string> problems = language_problems(session, report);
  if (!problems.empty()) {
    return fail(ErrorCode::invalid, "plain language", "El reporte no se envió. " + problems.front());
  }
  if (unconfirmed_verification(session, reference, report.process_id, report.cycle)) {
    return fail(ErrorCode::refused, "the verification is not confirmed",
                "El reporte no se envió. Antes confirme el punto de control de la actividad 4, verificar lo "
                "registrado. Está en «puntos de control».");
  }
  if (again) {
    keep_window(session, report, "sustituido", now);
    ++report.version;
  }
  if (again || !report.cut_off_at) report.cut_off_at = now;
  auto lines = build_lines(session, reference, report.process_id, report.cycle, *report.cut_off_at);
  if (!lines) return tl::unexpected<Error>(lines.error());
  const procedure::PracticeRules* general = reference.rules_of(procedure::practice::general);
  const procedure::ValidationWindow window = procedure::open_window(
      now, reference.calendar,
      general ? general->validation_window_business_days : procedure::validation_business_days);
  report.state = *after;
  report.sent_at = now;
  report.sent_by = advisor_id;
  report.deadline_on = window.last_day;
  report.calendar = window.calendar;
  report.explanation = window.explanation;
  storage::save_lines(session, report.id, ReportKind::preventive, report.version, *lines);
  keep_window(session, report, "abierta", std::nullopt);
  if (const Result<void> done = mark_recommendations_sent(session, report.id); !done) {
    return tl::unexpected<Error>(done.error());
  }
  if (const Result<void> done = storage::update_report(session, report, before, version_before); !done) {
    return tl::unexpected<Error>(done.error());
  }
  const Result<int> people = enqueue_for_audience(session, reference, report, ReportKind::preventive, now,
                                                  procedure::closing_instant(window.last_day));
  if (!people) return tl::unexpected<Error>(people.error());
  return Sent{.from = std::string(procedure::to_word(before)), .people = *people};
}

bool needs_comment(const storage::Recommendation& recommendation) {
  // Imported history knows no comments.
  return recommendation.state == procedure::RecommendationState::not_applicable &&
         recommendation.advisor_comment.empty() && recommendation.answered_at.has_value();
}

bool takes_comment(const FollowUpReport& report, const storage::Recommendation& recommendation) {
  if (report.state == ReportState::published) return needs_comment(recommendation);
  return recommendation.state == procedure::RecommendationState::not_applicable;
}

Result<Sent> publish(storage::Session& session, const Reference& reference, FollowUpReport& report,
                     const std::string& advisor_id, Instant now) {
  for (const storage::Recommendation& one : storage::recommendations_of(session, report.id)) {
    if (!needs_comment(one)) continue;
    return fail(ErrorCode::refused, "a no_procede without comment of the advisor",
                "Falta su comentario en la recomendación " + one.id +
                    ", que el proceso marcó «no procede». Escríbalo con el botón «Recomendaciones».");
  }
  Result<std::string> before = advance(session, reference, report, ReportEvent::publish, now);
  if (!before) return tl::unexpected<Error>(before.error());
  report.published_on = local_date(now);
  report.published_by = advisor_id;
  const Result<void> stored = storage::update_report(session, report, ReportState::published, report.version);
  if (!stored) return tl::unexpected<Error>(stored.error());
  const auto model = build_model(session, reference, report, ReportKind::final_report, now);
  if (!model) return tl::unexpected<Error>(model.error());
  const std::string document = cards::report_json(*model);
  storage::add_publication(session, {.report_id = report.id,
                                     .document = document,
                                     .fingerprint = storage::sha256_hex(document),
                                     .published_by = advisor_id,
                                     .at = now});
  const Result<int> people = enqueue_for_audience(session, reference, report, ReportKind::final_report, now,
                                                  now + final_report_waits);
  if (!people) return tl::unexpected<Error>(people.error());
  return Sent{.from = std::move(*before), .people = *people};
}

}  // namespace pao::handlers::reports
