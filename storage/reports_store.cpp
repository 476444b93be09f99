#include "storage/reports_store.hpp"

#include "storage/columns.hpp"
#include "storage/words.hpp"

namespace pao::storage {
namespace {

#define PAO_REPORT_COLUMNS                                                                             \
  "id, process_id, cycle, state, sent_at, response, responded_on, final_on, published_on, advisor_id," \
  " version, introduction, cut_off_at, sent_by, deadline_on, calendar, explanation, closed_at,"        \
  " published_by"

FollowUpReport report_of(const Row& row) {
  return {.id = row.string(0),
          .process_id = row.string(1),
          .cycle = row.string(2),
          .state = known(procedure::parse_report_state(row.text(3))),
          .sent_at = row.optional_instant(4),
          .response = row.string(5),
          .responded_on = row.date(6),
          .final_on = row.date(7),
          .published_on = row.date(8),
          .advisor_id = row.string(9),
          .version = static_cast<int>(row.integer(10)),
          .introduction = row.string(11),
          .cut_off_at = row.optional_instant(12),
          .sent_by = row.string(13),
          .deadline_on = row.date(14),
          .calendar = row.string(15),
          .explanation = row.string(16),
          .closed_at = row.optional_instant(17),
          .published_by = row.string(18)};
}

#define PAO_RESPONSE_COLUMNS                                                                  \
  "id, report_id, version, kind, person_id, role, practice, item_id, period, text, evidence," \
  " request_id, responded_at, resolution, resolution_reason, resolved_by, resolved_at"

ReportResponse response_of(const Row& row) {
  return {.id = row.string(0),
          .report_id = row.string(1),
          .version = static_cast<int>(row.integer(2)),
          .kind = known(procedure::parse_response_kind(row.text(3))),
          .person_id = row.string(4),
          .role = known(procedure::parse_role(row.text(5))),
          .practice = row.string(6),
          .item_id = row.string(7),
          .period = row.string(8),
          .text = row.string(9),
          .evidence = row.string(10),
          .request_id = row.string(11),
          .at = row.instant(12),
          .resolution = row.string(13),
          .resolution_reason = row.string(14),
          .resolved_by = row.string(15),
          .resolved_at = row.optional_instant(16)};
}

}  // namespace

std::string report_id_of(std::string_view process_id, std::string_view cycle) {
  return "REP-" + std::string(process_id) + "-" + std::string(cycle);
}

std::optional<FollowUpReport> find_report(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_REPORT_COLUMNS " FROM follow_up_reports WHERE id = $1", {id}, report_of);
}

std::optional<FollowUpReport> report_of_cycle(Session& session, std::string_view process_id,
                                              std::string_view cycle) {
  return session.first("SELECT " PAO_REPORT_COLUMNS
                       " FROM follow_up_reports WHERE process_id = $1 AND cycle = $2",
                       {process_id, cycle}, report_of);
}

std::optional<FollowUpReport> latest_report_of(Session& session, std::string_view process_id) {
  return session.first("SELECT " PAO_REPORT_COLUMNS
                       " FROM follow_up_reports WHERE process_id = $1 AND sent_at IS NOT NULL"
                       " ORDER BY sent_at DESC LIMIT 1",
                       {process_id}, report_of);
}

std::vector<FollowUpReport> reports_of(Session& session, std::string_view process_id) {
  return session.all("SELECT " PAO_REPORT_COLUMNS
                     " FROM follow_up_reports WHERE process_id = $1 ORDER BY cycle DESC",
                     {process_id}, report_of);
}

std::vector<FollowUpReport> reports_in_state(Session& session, procedure::ReportState state) {
  return session.all("SELECT " PAO_REPORT_COLUMNS
                     " FROM follow_up_reports WHERE state = $1 ORDER BY cycle, process_id",
                     {procedure::to_word(state)}, report_of);
}

std::vector<FollowUpReport> reports_sent_between(Session& session, Instant from, Instant until) {
  return session.all("SELECT " PAO_REPORT_COLUMNS
                     " FROM follow_up_reports WHERE (sent_at >= $1 AND sent_at < $2) OR id IN"
                     " (SELECT report_id FROM report_windows WHERE sent_at >= $1 AND sent_at < $2)"
                     " ORDER BY cycle, process_id",
                     {to_value(from), to_value(until)}, report_of);
}

bool add_report(Session& session, const FollowUpReport& report) {
  return session.run(
             "INSERT INTO follow_up_reports (id, process_id, cycle, state, advisor_id, introduction,"
             " cut_off_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (process_id, cycle) DO NOTHING",
             {std::string_view(report.id), std::string_view(report.process_id),
              std::string_view(report.cycle), procedure::to_word(report.state),
              text_or_null(report.advisor_id), std::string_view(report.introduction),
              to_value(report.cut_off_at)}) == 1;
}

Result<void> update_report(Session& session, const FollowUpReport& report, procedure::ReportState expected,
                           int expected_version) {
  const std::string responded_on = day_text(report.responded_on), final_on = day_text(report.final_on);
  const std::string published_on = day_text(report.published_on), deadline_on = day_text(report.deadline_on);
  const std::int64_t changed = session.run(
      "UPDATE follow_up_reports SET state = $4, sent_at = $5, response = $6, responded_on = $7, final_on ="
      " $8, published_on = $9, version = $10, introduction = $11, cut_off_at = $12, sent_by = $13,"
      " deadline_on = $14, calendar = $15, explanation = $16, closed_at = $17, published_by = $18"
      " WHERE id = $1 AND state = $2 AND version = $3",
      {std::string_view(report.id), procedure::to_word(expected), to_value(expected_version),
       procedure::to_word(report.state), to_value(report.sent_at), text_or_null(report.response),
       text_or_null(responded_on), text_or_null(final_on), text_or_null(published_on),
       to_value(report.version), std::string_view(report.introduction), to_value(report.cut_off_at),
       text_or_null(report.sent_by), text_or_null(deadline_on), std::string_view(report.calendar),
       std::string_view(report.explanation), to_value(report.closed_at), text_or_null(report.published_by)});
  if (changed == 1) return {};
  return fail(ErrorCode::conflict, "the report is no longer in the expected state",
              "Este reporte cambió mientras usted respondía. Ábralo de nuevo.");
}

void save_window(Session& session, const ReportWindowRow& window) {
  const std::string deadline_on = iso_date(window.deadline_on);
  session.run(
      "INSERT INTO report_windows AS w (report_id, version, sent_at, sent_by, deadline_on, calendar,"
      " explanation, outcome, closed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
      " ON CONFLICT (report_id, version) DO UPDATE SET deadline_on = excluded.deadline_on, calendar ="
      " excluded.calendar, explanation = excluded.explanation, outcome = excluded.outcome, closed_at ="
      " excluded.closed_at",
      {std::string_view(window.report_id), to_value(window.version), to_value(window.sent_at),
       text_or_null(window.sent_by), std::string_view(deadline_on), std::string_view(window.calendar),
       std::string_view(window.explanation), std::string_view(window.outcome), to_value(window.closed_at)});
}

std::vector<ReportWindowRow> windows_of(Session& session, std::string_view report_id) {
  return session.all(
      "SELECT report_id, version, sent_at, sent_by, deadline_on, calendar, explanation, outcome, closed_at"
      " FROM report_windows WHERE report_id = $1 ORDER BY version",
      {report_id}, [](const Row& row) {
        return ReportWindowRow{.report_id = row.string(0),
                               .version = static_cast<int>(row.integer(1)),
                               .sent_at = row.instant(2),
                               .sent_by = row.string(3),
                               .deadline_on = known(row.date(4)),
                               .calendar = row.string(5),
                               .explanation = row.string(6),
                               .outcome = row.string(7),
                               .closed_at = row.optional_instant(8)};
      });
}

void save_lines(Session& session, std::string_view report_id, procedure::ReportKind kind, int version,
                const std::vector<procedure::ReportLine>& lines) {
  session.run("DELETE FROM report_lines WHERE report_id = $1 AND kind = $2 AND version = $3",
              {report_id, procedure::to_word(kind), to_value(version)});
  std::int64_t position = 0;
  for (const procedure::ReportLine& line : lines) {
    const std::string due_on = iso_date(line.due_on);
    session.run(
        "INSERT INTO report_lines (report_id, kind, version, position, practice, item_id, period, item_name,"
        " due_on, record_id, recorded_at, state, review, alerts, treatment, reason) VALUES ($1, $2, $3, $4,"
        " $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        {report_id, procedure::to_word(kind), to_value(version), to_value(position++),
         std::string_view(line.practice), std::string_view(line.item_id), std::string_view(line.period),
         std::string_view(line.item_name), std::string_view(due_on), text_or_null(line.record_id),
         to_value(line.recorded_at), procedure::to_word(line.state),
         line.review ? Value{procedure::to_word(*line.review)} : Value{}, to_value(line.alerts),
         std::string_view(line.treatment), std::string_view(line.reason)});
  }
}

std::vector<procedure::ReportLine> lines_of(Session& session, std::string_view report_id,
                                            procedure::ReportKind kind, int version) {
  return session.all(
      "SELECT practice, item_id, period, item_name, due_on, record_id, recorded_at, state, review, alerts,"
      " treatment, reason FROM report_lines WHERE report_id = $1 AND kind = $2 AND version = $3"
      " ORDER BY position",
      {report_id, procedure::to_word(kind), to_value(version)}, [](const Row& row) {
        return procedure::ReportLine{.practice = row.string(0),
                                     .item_id = row.string(1),
                                     .period = row.string(2),
                                     .item_name = row.string(3),
                                     .due_on = known(row.date(4)),
                                     .record_id = row.string(5),
                                     .recorded_at = row.optional_instant(6),
                                     .state = known(procedure::parse_obligation_state(row.text(7))),
                                     .review = procedure::parse_review_state(row.text(8)),
                                     .alerts = static_cast<int>(row.integer(9)),
                                     .treatment = row.string(10),
                                     .reason = row.string(11)};
      });
}

ReportResponse add_response(Session& session, ReportResponse response) {
  const int year = static_cast<int>(std::chrono::year_month_day(local_date(response.at)).year());
  response.id = numbered_id("RSP", year, next_number(session, "response-" + std::to_string(year)), 4);
  session.run(
      "INSERT INTO report_responses (" PAO_RESPONSE_COLUMNS
      ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', '', NULL, NULL)",
      {std::string_view(response.id), std::string_view(response.report_id), to_value(response.version),
       procedure::to_word(response.kind), text_or_null(response.person_id), procedure::to_word(response.role),
       std::string_view(response.practice), std::string_view(response.item_id),
       std::string_view(response.period), std::string_view(response.text),
       std::string_view(response.evidence), text_or_null(response.request_id), to_value(response.at)});
  return response;
}

std::vector<ReportResponse> responses_of(Session& session, std::string_view report_id) {
  return session.all("SELECT " PAO_RESPONSE_COLUMNS
                     " FROM report_responses WHERE report_id = $1 ORDER BY responded_at, id",
                     {report_id}, response_of);
}

std::optional<ReportResponse> find_response(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_RESPONSE_COLUMNS " FROM report_responses WHERE id = $1", {id},
                       response_of);
}

bool resolve_response(Session& session, const ReportResponse& response) {
  return session.run(
             "UPDATE report_responses SET resolution = $2, resolution_reason = $3, resolved_by = $4,"
             " resolved_at = $5 WHERE id = $1 AND resolution = ''",
             {std::string_view(response.id), std::string_view(response.resolution),
              std::string_view(response.resolution_reason), text_or_null(response.resolved_by),
              to_value(response.resolved_at)}) == 1;
}

void save_adjustment(Session& session, const ReportAdjustment& adjustment) {
  session.run(
      "INSERT INTO report_adjustments AS a (report_id, practice, item_id, period, state, reason, source,"
      " adjusted_by, adjusted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
      " ON CONFLICT (report_id, practice, item_id, period) DO UPDATE SET state = excluded.state, reason ="
      " excluded.reason, source = excluded.source, adjusted_by = excluded.adjusted_by, adjusted_at ="
      " excluded.adjusted_at",
      {std::string_view(adjustment.report_id), std::string_view(adjustment.practice),
       std::string_view(adjustment.item_id), std::string_view(adjustment.period),
       procedure::to_word(adjustment.state), std::string_view(adjustment.reason),
       std::string_view(adjustment.source), std::string_view(adjustment.adjusted_by),
       to_value(adjustment.at)});
}

std::vector<ReportAdjustment> adjustments_of(Session& session, std::string_view report_id) {
  return session.all(
      "SELECT report_id, practice, item_id, period, state, reason, source, adjusted_by, adjusted_at"
      " FROM report_adjustments WHERE report_id = $1 ORDER BY practice, item_id, period",
      {report_id}, [](const Row& row) {
        return ReportAdjustment{.report_id = row.string(0),
                                .practice = row.string(1),
                                .item_id = row.string(2),
                                .period = row.string(3),
                                .state = known(procedure::parse_obligation_state(row.text(4))),
                                .reason = row.string(5),
                                .source = row.string(6),
                                .adjusted_by = row.string(7),
                                .at = row.instant(8)};
      });
}

void add_publication(Session& session, const ReportPublication& publication) {
  session.run(
      "INSERT INTO report_publications (report_id, document, fingerprint, published_by, published_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      {std::string_view(publication.report_id), std::string_view(publication.document),
       std::string_view(publication.fingerprint), std::string_view(publication.published_by),
       to_value(publication.at)});
}

std::optional<ReportPublication> find_publication(Session& session, std::string_view report_id) {
  return session.first(
      "SELECT report_id, document, fingerprint, published_by, published_at FROM report_publications"
      " WHERE report_id = $1",
      {report_id}, [](const Row& row) {
        return ReportPublication{row.string(0), row.string(1), row.string(2), row.string(3), row.instant(4)};
      });
}

ReportErratum add_erratum(Session& session, ReportErratum erratum) {
  erratum.number = 1 + static_cast<int>(session
                                            .first("SELECT COUNT(*) FROM report_errata WHERE report_id = $1",
                                                   {std::string_view(erratum.report_id)},
                                                   [](const Row& row) { return row.integer(0); })
                                            .value_or(0));
  session.run(
      "INSERT INTO report_errata (report_id, number, text, written_by, written_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      {std::string_view(erratum.report_id), to_value(erratum.number), std::string_view(erratum.text),
       std::string_view(erratum.written_by), to_value(erratum.at)});
  return erratum;
}

std::vector<ReportErratum> errata_of(Session& session, std::string_view report_id) {
  return session.all(
      "SELECT report_id, number, text, written_by, written_at FROM report_errata WHERE report_id = $1"
      " ORDER BY number",
      {report_id}, [](const Row& row) {
        return ReportErratum{row.string(0), static_cast<int>(row.integer(1)), row.string(2), row.string(3),
                             row.instant(4)};
      });
}

}  // namespace pao::storage
