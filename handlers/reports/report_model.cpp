#include "handlers/reports/report_model.hpp"

#include "handlers/procedure/period.hpp"
#include "handlers/tracking.hpp"
#include "storage/alerts_store.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"
#include "storage/recommendations_store.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace pao::handlers::reports {
namespace {

using procedure::ReportKind;
using procedure::ReportLine;
using procedure::RequestState;
using storage::FollowUpReport;

std::string name_of(storage::Session& session, std::string_view person_id) {
  const auto person = storage::find_person(session, person_id);
  return person ? person->name : "";
}

// How many alerts went out about each obligation: a step counts once, whoever was told.
std::map<std::string, int> alerts_by_obligation(storage::Session& session, Date since) {
  std::map<std::string, std::set<std::string>> steps;
  for (const std::string& key : storage::told_alert_keys(session, since, since)) {
    const auto first = key.find('|'), last = key.rfind('|');
    if (first == std::string::npos) continue;
    steps[key.substr(0, first)].insert(key.substr(0, last));
  }
  std::map<std::string, int> counts;
  for (const auto& [obligation, told] : steps) counts[obligation] = static_cast<int>(told.size());
  return counts;
}

bool is_decided(RequestState state) {
  switch (state) {
    case RequestState::approved:
    case RequestState::rejected:
    case RequestState::applied:
    case RequestState::closed:
    case RequestState::closed_unanswered:
    case RequestState::withdrawn:
      return true;
    default:
      return false;
  }
}

std::string request_resolution(const procedure::ServiceRequest& request) {
  switch (request.state) {
    case RequestState::approved:
    case RequestState::applied:
      return "aceptada";
    case RequestState::rejected:
      return "rechazada";
    case RequestState::closed:
      return request.decision == "rechazada" ? "rechazada" : "aceptada";
    case RequestState::closed_unanswered:
      return "cerrada sin respuesta";
    case RequestState::withdrawn:
      return "anulada";
    default:
      return "";
  }
}

// When the window ended: what is recorded later belongs to the next cycle.
Instant final_cut_off(const FollowUpReport& report, Instant now) {
  Instant end = now;
  if (report.closed_at) end = std::min(end, *report.closed_at);
  if (report.deadline_on) end = std::min(end, procedure::closing_instant(*report.deadline_on));
  return end;
}

bool is_same(const ReportLine& line, std::string_view practice, std::string_view item,
             std::string_view period) {
  return line.practice == practice && line.item_id == item && line.period == period;
}

std::vector<procedure::ReportRecommendation> recommendations_in(storage::Session& session,
                                                                std::string_view report_id) {
  std::vector<procedure::ReportRecommendation> shown;
  for (const storage::Recommendation& one : storage::recommendations_of(session, report_id)) {
    shown.push_back({one.id, one.practice, one.observed, one.suggestion, one.target_on, one.state,
                     one.improvement_id, one.reason, one.advisor_comment, one.reiterates});
  }
  return shown;
}

procedure::Role role_of(const Reference& reference, const FollowUpReport& report,
                        std::string_view person_id) {
  const procedure::Process* process = reference.process(report.process_id);
  return process && process->leader_id == person_id ? procedure::Role::leader : procedure::Role::liaison;
}

std::vector<procedure::ReportAnswer> answers_in(storage::Session& session, const Reference& reference,
                                                const FollowUpReport& report) {
  std::vector<procedure::ReportAnswer> answers;
  for (const storage::ReportResponse& said : storage::responses_of(session, report.id)) {
    answers.push_back({.id = said.id,
                       .kind = said.kind,
                       .person_name = name_of(session, said.person_id),
                       .role = said.role,
                       .practice = said.practice,
                       .item_id = said.item_id,
                       .period = said.period,
                       .text = said.text,
                       .evidence = said.evidence,
                       .request_id = said.request_id,
                       .at = said.at,
                       .resolution = said.resolution,
                       .resolution_reason = said.resolution_reason});
  }
  for (const procedure::ServiceRequest& request : adjustment_requests(session, report)) {
    answers.push_back({.id = request.id,
                       .kind = procedure::ResponseKind::adjustment_requested,
                       .person_name = name_of(session, request.filed_by),
                       .role = role_of(reference, report, request.filed_by),
                       .item_id = request.item_id,
                       .text = request.subject,
                       .evidence = request.evidence,
                       .request_id = request.id,
                       .at = request.filed_at,
                       .resolution = request_resolution(request),
                       .resolution_reason = request.reason.empty() ? request.decision : request.reason});
  }
  std::stable_sort(answers.begin(), answers.end(),
                   [](const auto& left, const auto& right) { return left.at < right.at; });
  return answers;
}

}  // namespace

Result<std::vector<ReportLine>> build_lines(storage::Session& session, const Reference& reference,
                                            std::string_view process_id, std::string_view cycle,
                                            Instant cut_off) {
  const std::optional<procedure::Period> quarter = procedure::parse_period(cycle);
  if (!quarter || quarter->kind != procedure::Periodicity::quarterly) {
    return fail(ErrorCode::invalid, "a cycle is a quarter, like 2026-T3");
  }
  const Result<std::vector<Tracked>> tracked =
      track_year(session, reference, process_id, quarter->year, cut_off);
  if (!tracked) return tl::unexpected<Error>(tracked.error());
  std::map<std::pair<std::string, Instant>, std::string> ids;
  std::map<std::pair<std::string, std::string>, procedure::ReviewState> reviews;
  for (const procedure::ProgressRecord& record : storage::records_of(session, process_id, quarter->year)) {
    ids.emplace(std::pair(record.item_id, record.recorded_at), record.id);
    reviews.insert_or_assign({record.item_id, record.period}, record.review);
  }
  const auto alerts = alerts_by_obligation(session, procedure::first_day(*quarter));
  std::vector<ReportLine> lines;
  for (const Tracked& one : *tracked) {
    if (!procedure::belongs_to_cycle(one.obligation, cycle)) continue;
    ReportLine line{.practice = one.obligation.practice,
                    .item_id = one.obligation.item_id,
                    .period = one.obligation.period,
                    .item_name = one.item_name,
                    .due_on = one.obligation.due_on,
                    .recorded_at = one.recorded_at,
                    .state = one.assessment.state};
    if (line.recorded_at && *line.recorded_at > cut_off) line.recorded_at.reset();
    if (line.recorded_at) {
      if (const auto id = ids.find({line.item_id, *line.recorded_at}); id != ids.end()) {
        line.record_id = id->second;
      }
      const auto review = reviews.find({line.item_id, line.period});
      if (review != reviews.end()) line.review = review->second;
    }
    const auto told = alerts.find(procedure::obligation_key(one.obligation));
    if (told != alerts.end()) line.alerts = told->second;
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::vector<ReportLine>> preventive_lines(storage::Session& session, const Reference& reference,
                                                 const FollowUpReport& report, Instant now) {
  if (report.sent_at) {
    std::vector<ReportLine> sent =
        storage::lines_of(session, report.id, ReportKind::preventive, report.version);
    if (!sent.empty()) return sent;
  }
  return build_lines(session, reference, report.process_id, report.cycle, report.cut_off_at.value_or(now));
}

Result<std::vector<ReportLine>> final_lines(storage::Session& session, const Reference& reference,
                                            const FollowUpReport& report, Instant now) {
  std::vector<ReportLine> stored =
      storage::lines_of(session, report.id, ReportKind::final_report, report.version);
  if (!stored.empty()) return stored;
  Result<std::vector<ReportLine>> lines =
      build_lines(session, reference, report.process_id, report.cycle, final_cut_off(report, now));
  if (!lines) return lines;
  for (const storage::ReportResponse& said : storage::responses_of(session, report.id)) {
    const bool accepted = said.resolution == "aceptada" || said.resolution == "aceptada_en_parte";
    if (said.kind != procedure::ResponseKind::justified || !accepted || said.item_id.empty()) continue;
    for (ReportLine& line : *lines) {
      if (!is_same(line, said.practice, said.item_id, said.period)) continue;
      line.treatment = "justificada";
      line.reason = said.resolution_reason;
    }
  }
  for (const storage::ReportAdjustment& adjusted : storage::adjustments_of(session, report.id)) {
    for (ReportLine& line : *lines) {
      if (!is_same(line, adjusted.practice, adjusted.item_id, adjusted.period)) continue;
      line.state = adjusted.state;
      line.treatment = "ajustada";
      line.reason = adjusted.reason + " (" + adjusted.source + ")";
    }
  }
  return lines;
}

std::vector<procedure::ServiceRequest> adjustment_requests(storage::Session& session,
                                                           const FollowUpReport& report) {
  std::vector<procedure::ServiceRequest> found;
  if (!report.sent_at || !report.deadline_on) return found;
  Instant first_sent = *report.sent_at;
  for (const storage::ReportWindowRow& window : storage::windows_of(session, report.id)) {
    first_sent = std::min(first_sent, window.sent_at);
  }
  for (procedure::ServiceRequest& request : storage::requests_of(session, report.process_id, false)) {
    // Imported requests know their day only: midnight of it.
    const bool inside = local_date(request.filed_at) >= local_date(first_sent) &&
                        procedure::is_in_time(*report.deadline_on, request.filed_at);
    if (request.type == "SS-4" && inside) found.push_back(std::move(request));
  }
  std::reverse(found.begin(), found.end());
  return found;
}

bool is_approved(const procedure::ServiceRequest& request) {
  return request_resolution(request) == "aceptada";
}

procedure::OpenMatters open_matters(storage::Session& session, const FollowUpReport& report) {
  procedure::OpenMatters open;
  for (const procedure::ServiceRequest& request : adjustment_requests(session, report)) {
    open.open_adjustments += !is_decided(request.state);
  }
  for (const storage::ReportResponse& said : storage::responses_of(session, report.id)) {
    open.pending_justifications += said.kind == procedure::ResponseKind::justified && said.resolution.empty();
  }
  return open;
}

procedure::LastWords last_words(storage::Session& session, const Reference& reference,
                                const FollowUpReport& report) {
  procedure::LastWords words;
  for (const procedure::ReportAnswer& said : answers_in(session, reference, report)) {
    if (said.resolution == "anulada") continue;  // withdrawn: as if not said
    (said.role == procedure::Role::leader ? words.of_leader : words.of_liaison) = said.kind;
  }
  return words;
}

Result<procedure::ReportModel> build_model(storage::Session& session, const Reference& reference,
                                           const FollowUpReport& report, ReportKind kind, Instant now) {
  Result<std::vector<ReportLine>> before = preventive_lines(session, reference, report, now);
  if (!before) return tl::unexpected<Error>(before.error());
  procedure::ReportModel model{.id = report.id,
                               .process_id = report.process_id,
                               .process_name = reference.process_name(report.process_id),
                               .cycle = report.cycle,
                               .kind = kind,
                               .version = report.version,
                               .state = report.state,
                               .advisor_name = name_of(session, report.advisor_id),
                               .cut_off_at = report.cut_off_at.value_or(now),
                               .sent_at = report.sent_at,
                               .deadline_on = report.deadline_on,
                               .explanation = report.explanation,
                               .introduction = report.introduction};
  if (const procedure::Process* process = reference.process(report.process_id)) {
    model.leader_name = name_of(session, process->leader_id);
  }
  model.recommendations = recommendations_in(session, report.id);
  if (kind == ReportKind::preventive) {
    model.lines = std::move(*before);
  } else {
    Result<std::vector<ReportLine>> after = final_lines(session, reference, report, now);
    if (!after) return tl::unexpected<Error>(after.error());
    model.cut_off_at = final_cut_off(report, now);
    model.changes = procedure::changes_between(*before, *after);
    model.lines = std::move(*after);
    model.outcome = report.response;
    model.answers = answers_in(session, reference, report);
    for (const storage::ReportErratum& erratum : storage::errata_of(session, report.id)) {
      model.errata.push_back(erratum.text);
    }
    if (const auto published = storage::find_publication(session, report.id)) {
      model.fingerprint = published->fingerprint;
    }
  }
  model.practices = procedure::figures_of(model.lines, model.recommendations);
  return model;
}

Result<procedure::ReportModel> model_of_cycle(storage::Session& session, const Reference& reference,
                                              std::string_view process_id, std::string_view cycle,
                                              ReportKind kind, Instant now) {
  if (!reference.process(process_id)) {
    return fail(ErrorCode::not_found, "there is no process \"" + std::string(process_id) + "\"");
  }
  if (const auto report = storage::report_of_cycle(session, process_id, cycle)) {
    return build_model(session, reference, *report, kind, now);
  }
  if (kind == ReportKind::final_report) {
    return fail(ErrorCode::not_found, "the process has no report of that cycle yet");
  }
  FollowUpReport draft{.id = storage::report_id_of(process_id, cycle),
                       .process_id = std::string(process_id),
                       .cycle = std::string(cycle),
                       .advisor_id = reference.process(process_id)->advisor_id};
  return build_model(session, reference, draft, kind, now);
}

}  // namespace pao::handlers::reports
