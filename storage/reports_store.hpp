// Follow-up reports (reportes de seguimiento): state, windows, lines, what the process answered, what was
// adjusted, and the published document.
#pragma once

#include "handlers/procedure/follow_up_report.hpp"
#include "handlers/procedure/validation_window.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct FollowUpReport {
  std::string id;  // "REP-DIR-2026-T3"
  std::string process_id;
  std::string cycle;  // "2026-T3"
  procedure::ReportState state = procedure::ReportState::draft;
  std::optional<Instant> sent_at;  // none: still a draft
  std::string response;            // outcome; empty: none yet
  std::optional<Date> responded_on;
  std::optional<Date> final_on;
  std::optional<Date> published_on;
  std::string advisor_id;
  int version = 1;
  std::string introduction;
  std::optional<Instant> cut_off_at;
  std::string sent_by;
  std::optional<Date> deadline_on;  // last day of the window, frozen at sending
  std::string calendar;
  std::string explanation;
  std::optional<Instant> closed_at;  // the window closed early, or by the job
  std::string published_by;
};

std::string report_id_of(std::string_view process_id, std::string_view cycle);  // "REP-DIR-2026-T3"

std::optional<FollowUpReport> find_report(Session& session, std::string_view id);
std::optional<FollowUpReport> report_of_cycle(Session& session, std::string_view process_id,
                                              std::string_view cycle);
// The last one that was sent to the process; nothing when none was.
std::optional<FollowUpReport> latest_report_of(Session& session, std::string_view process_id);
// Of one process, newest cycle first.
std::vector<FollowUpReport> reports_of(Session& session, std::string_view process_id);
// In that state, by cycle and process.
std::vector<FollowUpReport> reports_in_state(Session& session, procedure::ReportState state);

// Of which a version was sent in [from, until), by cycle and process: for whoever checks windows and lines.
std::vector<FollowUpReport> reports_sent_between(Session& session, Instant from, Instant until);

// False when the process has a report of that cycle already.
bool add_report(Session& session, const FollowUpReport& report);

// Writes every field; `conflict` when the report is no longer in the expected state and version.
Result<void> update_report(Session& session, const FollowUpReport& report, procedure::ReportState expected,
                           int expected_version);

// ---- Windows ----

struct ReportWindowRow {
  std::string report_id;
  int version = 1;
  Instant sent_at;
  std::string sent_by;
  Date deadline_on;
  std::string calendar;
  std::string explanation;
  std::string outcome;  // "abierta", "sustituido", "cerrada"
  std::optional<Instant> closed_at;
};
void save_window(Session& session, const ReportWindowRow& window);
std::vector<ReportWindowRow> windows_of(Session& session, std::string_view report_id);

// ---- Lines ----

void save_lines(Session& session, std::string_view report_id, procedure::ReportKind kind, int version,
                const std::vector<procedure::ReportLine>& lines);
std::vector<procedure::ReportLine> lines_of(Session& session, std::string_view report_id,
                                            procedure::ReportKind kind, int version);

// ---- What the process answered ----

struct ReportResponse {
  std::string id;
  std::string report_id;
  int version = 1;
  procedure::ResponseKind kind = procedure::ResponseKind::accepted;
  std::string person_id;
  procedure::Role role = procedure::Role::liaison;
  std::string practice, item_id, period;  // the line; empty: the whole
  std::string text;
  std::string evidence;
  std::string request_id;
  Instant at;
  std::string resolution;
  std::string resolution_reason;
  std::string resolved_by;
  std::optional<Instant> resolved_at;
};
// Gives it its id ("RSP-2026-0001").
ReportResponse add_response(Session& session, ReportResponse response);
std::vector<ReportResponse> responses_of(Session& session, std::string_view report_id);
std::optional<ReportResponse> find_response(Session& session, std::string_view id);
// False when it was resolved before.
bool resolve_response(Session& session, const ReportResponse& response);

// ---- Adjustments ----

struct ReportAdjustment {
  std::string report_id;
  std::string practice, item_id, period;
  procedure::ObligationState state;
  std::string reason;
  std::string source;
  std::string adjusted_by;
  Instant at;
};
void save_adjustment(Session& session, const ReportAdjustment& adjustment);
std::vector<ReportAdjustment> adjustments_of(Session& session, std::string_view report_id);

// ---- Publication ----

struct ReportPublication {
  std::string report_id;
  std::string document;     // bytes as published
  std::string fingerprint;  // SHA-256 of them
  std::string published_by;
  Instant at;
};
void add_publication(Session& session, const ReportPublication& publication);
std::optional<ReportPublication> find_publication(Session& session, std::string_view report_id);

struct ReportErratum {
  std::string report_id;
  int number = 0;
  std::string text;
  std::string written_by;
  Instant at;
};
ReportErratum add_erratum(Session& session, ReportErratum erratum);
std::vector<ReportErratum> errata_of(Session& session, std::string_view report_id);

}  // namespace pao::storage
