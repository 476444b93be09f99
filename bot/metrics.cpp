#include "bot/metrics.hpp"

#include <fmt/format.h>

namespace pao::bot {

void Histogram::observe(std::chrono::nanoseconds duration) {
  const double seconds = std::chrono::duration<double>(duration).count();
  std::size_t bucket = 0;
  while (bucket < bounds_seconds.size() && seconds > bounds_seconds[bucket]) ++bucket;
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_nanoseconds_.fetch_add(static_cast<std::uint64_t>(duration.count()), std::memory_order_relaxed);
}

void Histogram::append(std::string& out, const std::string& name, const std::string& help) const {
  append_header(out, name, help, "histogram");
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < bounds_seconds.size(); ++i) {
    total += buckets_[i].load(std::memory_order_relaxed);
    append_sample(out, name + "_bucket", fmt::format("{{le=\"{}\"}}", bounds_seconds[i]),
                  static_cast<double>(total));
  }
  total += buckets_.back().load(std::memory_order_relaxed);
  append_sample(out, name + "_bucket", "{le=\"+Inf\"}", static_cast<double>(total));
  append_sample(out, name + "_sum", "",
                static_cast<double>(sum_nanoseconds_.load(std::memory_order_relaxed)) / 1e9);
  append_sample(out, name + "_count", "", static_cast<double>(total));
}

void append_header(std::string& out, const std::string& name, const std::string& help,
                   const std::string& type) {
  out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void append_sample(std::string& out, const std::string& name, const std::string& labels, double value) {
  out += fmt::format("{}{} {}\n", name, labels, value);
}

void append_counter(std::string& out, const std::string& name, const std::string& help, std::uint64_t value) {
  append_header(out, name, help, "counter");
  append_sample(out, name, "", static_cast<double>(value));
}

void append_turn_metrics(std::string& out, const TurnMetrics& metrics) {
  append_header(out, "pao_turns_total", "Turns handled, by kind", "counter");
  append_sample(out, "pao_turns_total", "{kind=\"message\"}", static_cast<double>(metrics.messages));
  append_sample(out, "pao_turns_total", "{kind=\"action\"}", static_cast<double>(metrics.actions));
  append_sample(out, "pao_turns_total", "{kind=\"other\"}", static_cast<double>(metrics.others));
  append_counter(out, "pao_turns_repeated_total", "Activities seen before, answered as the first time",
                 metrics.repeated);
  append_counter(out, "pao_turns_late_total", "Invokes answered with a progress card before they were done",
                 metrics.late);
  append_counter(out, "pao_turns_refused_total", "Turns refused: not allowed, stale or invalid",
                 metrics.refused);
  append_counter(out, "pao_turns_failed_total", "Turns that failed through a fault of the service",
                 metrics.failed);
  append_counter(out, "pao_requests_unauthorized_total", "Requests refused with 401 or 403",
                 metrics.unauthorized);
  append_counter(out, "pao_requests_malformed_total", "Requests refused with 400", metrics.malformed);
  append_header(out, "pao_service_urls_total", "Service URLs of authenticated activities, by what vouches",
                "counter");
  const auto& urls = metrics.service_url;
  append_sample(out, "pao_service_urls_total", "{trust=\"claimed\"}", static_cast<double>(urls.claimed));
  append_sample(out, "pao_service_urls_total", "{trust=\"remembered\"}",
                static_cast<double>(urls.remembered));
  append_sample(out, "pao_service_urls_total", "{trust=\"none\"}", static_cast<double>(urls.none));
  append_sample(out, "pao_service_urls_total", "{trust=\"development\"}",
                static_cast<double>(urls.development));
  append_sample(out, "pao_service_urls_total", "{trust=\"refused\"}", static_cast<double>(urls.refused));
  metrics.duration.append(out, "pao_turn_seconds", "From the parsed request to the durable answer");
}

}  // namespace pao::bot
