#include "bot/status_endpoints.hpp"

#include "storage/jobs_store.hpp"
#include "storage/outbox_store.hpp"
#include "storage/reference_revision.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pao::bot {
namespace {

void append_outcomes(std::string& out, const char* family, const char* help,
                     const delivery::DeliveryCounters& counters) {
  append_header(out, family, help, "counter");
  const auto outcome = [&](const char* name, std::uint64_t value) {
    append_sample(out, family, fmt::format("{{outcome=\"{}\"}}", name), static_cast<double>(value));
  };
  outcome("sent", counters.sent);
  outcome("obsolete", counters.obsolete);
  outcome("unreachable", counters.unreachable);
  outcome("dead", counters.dead);
}

void append_delivery(std::string& out, const delivery::DeliveryCounters& counters) {
  append_outcomes(out, "pao_deliveries_total", "Messages that reached an end, by outcome", counters);
  append_counter(out, "pao_deliveries_retried_total", "Sends that failed and were put back",
                 counters.retried);
  append_counter(out, "pao_deliveries_throttled_total", "Answers 429 of the channel", counters.throttled);
  append_counter(out, "pao_deliveries_repeated_total", "Messages sent again after a lease ran out",
                 counters.repeated);
  append_counter(out, "pao_deliveries_unconfirmed_total", "Sends that may have arrived without a receipt",
                 counters.unconfirmed);
  append_header(out, "pao_delivery_seconds", "From due to receipt", "histogram");
  for (std::size_t i = 0; i < counters.latency.size(); ++i) {
    append_sample(out, "pao_delivery_seconds_bucket",
                  fmt::format("{{le=\"{}\"}}", static_cast<double>(delivery::latency_bounds_ms[i]) / 1000),
                  static_cast<double>(counters.latency[i]));
  }
  append_sample(out, "pao_delivery_seconds_bucket", "{le=\"+Inf\"}", static_cast<double>(counters.sent));
  append_sample(out, "pao_delivery_seconds_sum", "", static_cast<double>(counters.latency_sum_ms) / 1000);
  append_sample(out, "pao_delivery_seconds_count", "", static_cast<double>(counters.sent));
}

void append_mail(std::string& out, const delivery::DeliveryCounters& counters) {
  append_outcomes(out, "pao_mails_total", "Mails that reached an end, by outcome", counters);
  append_counter(out, "pao_mails_retried_total", "Mails that the server did not take and were put back",
                 counters.retried);
  append_counter(out, "pao_mails_repeated_total", "Mails taken up again after a lease ran out",
                 counters.repeated);
  append_counter(out, "pao_mails_unconfirmed_total", "Mails that left without an answer and may have arrived",
                 counters.unconfirmed);
}

void append_server(std::string& out, const http::Stats& stats) {
  append_header(out, "pao_http_connections", "Open connections", "gauge");
  append_sample(out, "pao_http_connections", "", static_cast<double>(stats.open_connections));
  append_counter(out, "pao_http_requests_total", "Requests answered by a handler", stats.answered_requests);
  append_header(out, "pao_http_refused_total", "Requests refused before a handler, by status", "counter");
  for (const auto& [status, count] : stats.refused) {
    append_sample(out, "pao_http_refused_total", fmt::format("{{status=\"{}\"}}", status),
                  static_cast<double>(count));
  }
}

void append_jobs(std::string& out, storage::Database& database) {
  const auto runs = database.read([](storage::Session& session) { return storage::all_runs(session); });
  if (!runs || runs->empty()) return;
  const auto seconds = [](Instant at) { return static_cast<double>(at.time_since_epoch().count()) / 1000; };
  append_header(out, "pao_job_last_success_seconds", "When each job last did its work, in Unix time",
                "gauge");
  for (const storage::JobRun& run : *runs) {
    append_sample(out, "pao_job_last_success_seconds", fmt::format("{{job=\"{}\"}}", run.name),
                  run.succeeded_at ? seconds(*run.succeeded_at) : 0);
  }
  append_header(out, "pao_job_failures", "Failures of each job in a row", "gauge");
  for (const storage::JobRun& run : *runs)
    append_sample(out, "pao_job_failures", fmt::format("{{job=\"{}\"}}", run.name), run.failures);
}

}  // namespace

Readiness check_readiness(storage::Database& database, const std::vector<auth::DaysLeft>& credentials) {
  const auto revision =
      database.read([](storage::Session& session) { return storage::reference_revision(session); });
  const Result<void> written = database.write([](storage::Session&) {});
  nlohmann::json checks = {{"store_read", revision ? "ok" : revision.error().detail},
                           {"store_write", written ? "ok" : written.error().detail}};
  if (revision) checks["reference_revision"] = *revision;
  for (const auth::DaysLeft& left : credentials) checks[left.what + "_days_left"] = left.days;
  if (const auto runs = database.read([](storage::Session& session) { return storage::all_runs(session); })) {
    for (const storage::JobRun& run : *runs) {
      checks["jobs"][run.name] = {
          {"last_run", iso_instant(run.started_at)}, {"result", run.result}, {"failures", run.failures}};
    }
  }
  const bool ready = revision && written;
  return {ready, nlohmann::json{{"ready", ready}, {"checks", checks}}.dump()};
}

std::string metrics_text(const TurnMetrics& turns, const delivery::DeliveryCounters& delivery,
                         const delivery::DeliveryCounters& mail, const http::Stats& server,
                         storage::Database& database, const std::vector<auth::DaysLeft>& credentials) {
  std::string out;
  append_turn_metrics(out, turns);
  append_delivery(out, delivery);
  append_mail(out, mail);
  append_server(out, server);
  if (!credentials.empty())
    append_header(out, "pao_credential_days_left", "Days until a secret or certificate ends", "gauge");
  for (const auth::DaysLeft& left : credentials) {
    append_sample(out, "pao_credential_days_left", fmt::format("{{credential=\"{}\"}}", left.what),
                  static_cast<double>(left.days));
  }
  append_jobs(out, database);
  if (const auto waiting =
          database.read([](storage::Session& session) { return storage::count_waiting(session); })) {
    append_header(out, "pao_outbox_pending", "Messages that wait to be sent", "gauge");
    append_sample(out, "pao_outbox_pending", "", static_cast<double>(*waiting));
  }
  return out;
}

}  // namespace pao::bot
