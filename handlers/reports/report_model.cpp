#include "handlers/reports/report_model.hpp"

#include "cards/documents/report_json.hpp"
#include "handlers/report_adjustments.hpp"
#include "handlers/report_lines.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::reports {
namespace {

using procedure::ReportKind;
using procedure::ReportLine;
using storage::FollowUpReport;

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

procedure::Role role_of(const Reference& reference, const FollowUpReport& report,
                        std::string_view person_id) {
  const procedure::Process* process = reference.process(report.process_id);
  return process && process->leader_id == person_id ? procedure::Role::leader : procedure::Role::liaison;
}

// What an SS-4 asks for, in the words of who filed it.
std::string asked_words(const procedure::ServiceRequest& request) {
  const std::string asked = request.requested_value.empty() ? request.subject : request.requested_value;
  const bool stops = asked.ends_with('.');
  return request.justification.empty() ? asked : asked + (stops ? " " : ". ") + request.justification;
}

std::vector<procedure::ReportAnswer> answers_in(storage::Session& session, const Reference& reference,
                                                const FollowUpReport& report) {
  std::vector<procedure::ReportAnswer> answers;
  for (const storage::ReportResponse& said : storage::responses_of(session, report.id)) {
    if (!still_counts(said, report)) continue;
    answers.push_back({.id = said.id,
                       .kind = said.kind,
                       .person_name = storage::person_name(session, said.person_id),
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
                       .person_name = storage::person_name(session, request.filed_by),
                       .role = role_of(reference, report, request.filed_by),
                       .item_id = request.item_id,
                       .text = asked_words(request),
                       .evidence = request.evidence,
                       .request_id = request.id,
                       .at = request.filed_at,
                       .resolution = resolution_of(request),
                       .resolution_reason = resolution_reason(session, request)});
  }
  std::stable_sort(answers.begin(), answers.end(),
                   [](const auto& left, const auto& right) { return left.at < right.at; });
  return answers;
}

bool says_the_same(const procedure::ReportRecommendation& left,
                   const procedure::ReportRecommendation& right) {
  return left.state == right.state && left.improvement_id == right.improvement_id &&
         left.reason == right.reason && left.advisor_comment == right.advisor_comment;
}

// From the document: rows that change afterwards must not change what its fingerprint is of.
Result<procedure::ReportModel> published_model(storage::Session& session,
                                               const storage::ReportPublication& publication) {
  Result<procedure::ReportModel> model = cards::read_report_json(publication.document);
  if (!model) return model;
  model->fingerprint = publication.fingerprint;
  for (const storage::ReportErratum& erratum : storage::errata_of(session, publication.report_id)) {
    model->errata.push_back(erratum.text);
  }
  for (const storage::Recommendation& now : storage::recommendations_of(session, model->id)) {
    const auto before = std::find_if(model->recommendations.begin(), model->recommendations.end(),
                                     [&](const auto& one) { return one.id == now.id; });
    if (before != model->recommendations.end() && !says_the_same(*before, shown(now)))
      model->later.push_back(shown(now));
  }
  return model;
}

// The lines that were sent, as they stand by the end of the window. What an SS has put into the plan
// meanwhile, or taken out of it, is a matter of the next cycle: the process was not asked about it.
void stand_as(std::vector<ReportLine>& sent, const std::vector<ReportLine>& today) {
  for (ReportLine& line : sent) {
    const auto now = std::find_if(today.begin(), today.end(), [&](const ReportLine& one) {
      return is_same(one, line.practice, line.item_id, line.period);
    });
    if (now != today.end()) line = *now;
  }
}

}  // namespace

Result<std::vector<ReportLine>> final_lines(storage::Session& session, const Reference& reference,
                                            const FollowUpReport& report, std::vector<ReportLine> sent,
                                            Instant now) {
  std::vector<ReportLine> stored =
      storage::lines_of(session, report.id, ReportKind::final_report, report.version);
  if (!stored.empty()) return stored;
  const Result<std::vector<ReportLine>> today =
      build_lines(session, reference, report.process_id, report.cycle, final_cut_off(report, now));
  if (!today) return today;
  stand_as(sent, *today);
  for (const storage::ReportResponse& said : storage::responses_of(session, report.id)) {
    const bool accepted = said.resolution == "aceptada" || said.resolution == "aceptada_en_parte";
    if (said.kind != procedure::ResponseKind::justified || !accepted || said.item_id.empty()) continue;
    for (ReportLine& line : sent) {
      if (!is_same(line, said.practice, said.item_id, said.period)) continue;
      line.treatment = "justificada";
      line.reason = said.resolution_reason;
    }
  }
  for (const storage::ReportAdjustment& adjusted : storage::adjustments_of(session, report.id)) {
    for (ReportLine& line : sent) {
      if (!is_same(line, adjusted.practice, adjusted.item_id, adjusted.period)) continue;
      line.state = adjusted.state;
      line.treatment = "ajustada";
      line.reason = adjusted.reason + " (" + adjusted.source + ")";
    }
  }
  return sent;
}

procedure::ReportRecommendation shown(const storage::Recommendation& one) {
  return {one.id,    one.practice,       one.observed, one.suggestion,      one.target_on,
          one.state, one.improvement_id, one.reason,   one.advisor_comment, one.reiterates};
}

std::vector<storage::Recommendation> recommendations_in(storage::Session& session,
                                                        const FollowUpReport& report) {
  std::vector<storage::Recommendation> all = storage::recommendations_of(session, report.id);
  if (report.state == procedure::ReportState::draft) return all;
  std::erase_if(all, [](const auto& one) { return one.state == procedure::RecommendationState::draft; });
  return all;
}

bool still_counts(const storage::ReportResponse& said, const FollowUpReport& report) {
  return said.kind != procedure::ResponseKind::accepted || said.version == report.version;
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
  if (kind == ReportKind::final_report) {
    if (const auto published = storage::find_publication(session, report.id)) {
      return published_model(session, *published);
    }
  }
  Result<std::vector<ReportLine>> before = preventive_lines(session, reference, report, now);
  if (!before) return tl::unexpected<Error>(before.error());
  procedure::ReportModel model{.id = report.id,
                               .process_id = report.process_id,
                               .process_name = reference.process_name(report.process_id),
                               .cycle = report.cycle,
                               .kind = kind,
                               .version = report.version,
                               .state = report.state,
                               .advisor_name = storage::person_name(session, report.advisor_id),
                               .cut_off_at = report.cut_off_at.value_or(now),
                               .sent_at = report.sent_at,
                               .deadline_on = report.deadline_on,
                               .explanation = report.explanation,
                               .introduction = report.introduction};
  if (const procedure::Process* process = reference.process(report.process_id)) {
    model.leader_name = storage::person_name(session, process->leader_id);
  }
  for (const storage::Recommendation& one : recommendations_in(session, report)) {
    model.recommendations.push_back(shown(one));
  }
  if (kind == ReportKind::preventive) {
    model.lines = std::move(*before);
  } else {
    Result<std::vector<ReportLine>> after = final_lines(session, reference, report, *before, now);
    if (!after) return tl::unexpected<Error>(after.error());
    model.cut_off_at = final_cut_off(report, now);
    model.changes = procedure::changes_between(*before, *after);
    model.lines = std::move(*after);
    model.outcome = report.response;
    model.answers = answers_in(session, reference, report);
    for (const storage::ReportErratum& erratum : storage::errata_of(session, report.id)) {
      model.errata.push_back(erratum.text);
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
