// The text for Prometheus: every line in its grammar, histograms that add up.
#include "bot/metrics.hpp"

#include "bot/status_endpoints.hpp"
#include "tests/storage/temporary_store.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <map>
#include <regex>
#include <sstream>

using namespace pao::bot;
using namespace std::chrono_literals;

namespace {

// The samples by name and labels. Fails on a line that the format does not allow, a sample without its HELP
// and TYPE before it, a family that comes twice, or a sample that comes twice.
std::map<std::string, double> parsed(const std::string& text) {
  static const std::regex header(R"(# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+))");
  static const std::regex sample(
      R"re(([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-z_]+="[^"\\\n]*"(,[a-z_]+="[^"\\\n]*")*\})? (\S+))re");
  REQUIRE_FALSE(text.empty());
  CHECK(text.back() == '\n');
  std::map<std::string, std::string> types;
  std::map<std::string, double> samples;
  std::string family;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    std::smatch match;
    if (std::regex_match(line, match, header)) {
      family = match[2];
      if (match[1] == "TYPE") CHECK(types.emplace(family, match[3]).second);
      continue;
    }
    REQUIRE(std::regex_match(line, match, sample));
    const std::string name = match[1];
    const bool is_histogram = types[family] == "histogram";
    CHECK((name == family || (is_histogram && (name == family + "_bucket" || name == family + "_sum" ||
                                               name == family + "_count"))));
    CHECK((types[family] == "counter" || types[family] == "gauge" || is_histogram));
    CHECK(samples.emplace(name + match[2].str(), std::stod(match[4])).second);
  }
  return samples;
}

// Buckets rise and the last one is the count.
void check_histogram(const std::map<std::string, double>& samples, const std::string& name) {
  std::map<double, double> buckets;
  const std::string prefix = name + "_bucket{le=\"";
  for (const auto& [key, value] : samples) {
    if (key.rfind(prefix, 0) != 0) continue;
    const std::string bound = key.substr(prefix.size(), key.size() - prefix.size() - 2);
    buckets[bound == "+Inf" ? HUGE_VAL : std::stod(bound)] = value;
  }
  REQUIRE(buckets.size() > 2);
  double before = 0;
  for (const auto& [bound, value] : buckets) {
    CHECK(value >= before);
    before = value;
  }
  CHECK(buckets.rbegin()->first == HUGE_VAL);
  CHECK(buckets.rbegin()->second == samples.at(name + "_count"));
}

}  // namespace

TEST_CASE("durations fall into their buckets, the bounds included") {
  Histogram histogram;
  for (const auto duration : {500us, 501us, 1000us}) histogram.observe(duration);
  histogram.observe(10s);
  histogram.observe(11s);
  std::string text;
  histogram.append(text, "test_seconds", "A test");
  const auto samples = parsed(text);
  check_histogram(samples, "test_seconds");
  CHECK(samples.at("test_seconds_bucket{le=\"0.0005\"}") == 1);
  CHECK(samples.at("test_seconds_bucket{le=\"0.001\"}") == 3);
  CHECK(samples.at("test_seconds_bucket{le=\"10\"}") == 4);
  CHECK(samples.at("test_seconds_bucket{le=\"+Inf\"}") == 5);
  CHECK(samples.at("test_seconds_sum") == doctest::Approx(21.002001));
}

TEST_CASE("everything that the service counts is valid Prometheus text") {
  pao::storage::test::TemporaryStore store;
  TurnMetrics turns;
  turns.messages = 3;
  turns.refused = 123456789;
  turns.duration.observe(3ms);
  delivery::DeliveryCounters delivery;
  for (const auto took : {3ms, 70ms, 9000000ms}) {
    ++delivery.sent;
    delivery.record_latency(took);
  }
  delivery::DeliveryCounters mail;
  mail.retried = 7;
  ++mail.ended(pao::storage::OutboxState::unreachable);
  http::Stats server;
  server.refused = {{413, 2}, {431, 1}};
  const auto samples = parsed(metrics_text(turns, delivery, mail, server, *store.database));
  CHECK(samples.at("pao_turns_total{kind=\"message\"}") == 3);
  CHECK(samples.at("pao_turns_refused_total") == 123456789);
  CHECK(samples.at("pao_http_refused_total{status=\"413\"}") == 2);
  CHECK(samples.at("pao_deliveries_total{outcome=\"sent\"}") == 3);
  CHECK(samples.at("pao_mails_total{outcome=\"sent\"}") == 0);
  CHECK(samples.at("pao_mails_total{outcome=\"unreachable\"}") == 1);
  CHECK(samples.at("pao_mails_retried_total") == 7);
  CHECK(samples.at("pao_outbox_pending") == 0);
  check_histogram(samples, "pao_turn_seconds");
  check_histogram(samples, "pao_delivery_seconds");
}

TEST_CASE("a service that can read and write its store is ready") {
  pao::storage::test::TemporaryStore store;
  const Readiness readiness = check_readiness(*store.database);
  CHECK(readiness.ready);
  const auto body = nlohmann::json::parse(readiness.body);
  CHECK(body.at("ready") == true);
  CHECK(body.at("checks").at("store_write") == "ok");
}
