// The service as an operator runs it: a process that is started, watched, stopped and, once in a while,
// killed.
#include "storage/outbox_store.hpp"
#include "tests/acceptance/program.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <httplib.h>

#include <csignal>
#include <thread>

namespace pao::tests {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

// The Ministry's Teams and store with the real process in front of them instead of the service in this one.
struct Operated {
  Ministry ministry;
  Person liaison = ministry.person("U-020");

  Operated() { ministry.stops(); }

  Settings settings(const std::string& clock_start = demo_morning) {
    Settings given =
        service_settings(ministry.teams(), "sqlite:" + (ministry.folder() / "store.db").string());
    given["clock.start"] = clock_start;
    return given;
  }

  json message(const std::string& text) const {
    json written = liaison.activity("message");
    written["text"] = text;
    return written;
  }

  int post(const ServiceProcess& service, const json& body) const {
    httplib::Client client("127.0.0.1", service.port());
    client.set_read_timeout(60s);
    const auto result = client.Post("/api/messages", {{"Authorization", "Bearer " + ministry.good_token()}},
                                    body.dump(), "application/json");
    return result ? result->status : 0;
  }
};

std::string get(int port, const std::string& path, int expected_status = 200) {
  httplib::Client client("127.0.0.1", port);
  client.set_read_timeout(60s);
  const auto result = client.Get(path);
  REQUIRE(result);
  CHECK(result->status == expected_status);
  return result->body;
}

// "name 3" or "name{label} 3" in the exposition; -1 when it is not there.
double sample(const std::string& metrics, const std::string& name) {
  const auto at = metrics.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::stod(metrics.substr(at + name.size() + 2));
}

}  // namespace

TEST_CASE("the process starts, answers and stops when told") {
  Operated operated;
  ServiceProcess service(operated.settings());
  MESSAGE("started in " << service.start_time().count() << " ms");
  CHECK(service.start_time() < 5s);
  CHECK(operated.post(service, operated.message("eco desde el proceso")) == 200);
  operated.liaison.receives("Eco: desde el proceso");
  service.signal(SIGTERM);
  const auto told = std::chrono::steady_clock::now();
  CHECK(service.wait() == 0);
  CHECK(std::chrono::steady_clock::now() - told < 1s);
}

TEST_CASE("a request in flight is answered when the service is told to stop, within a second") {
  Operated operated;
  ServiceProcess service(operated.settings());
  REQUIRE(operated.post(service, operated.message("eco primero")) == 200);  // keys and token are known now
  operated.liaison.receives("Eco: primero");

  // Another writer keeps the store for a while, so that the turn is under way when the signal comes.
  SQLite::Database held((operated.ministry.folder() / "store.db").string(), SQLite::OPEN_READWRITE, 5000);
  held.exec("BEGIN IMMEDIATE");
  int status = 0;
  std::thread sender([&] { status = operated.post(service, operated.message("eco en vuelo")); });
  std::this_thread::sleep_for(150ms);
  service.signal(SIGTERM);
  const auto told = std::chrono::steady_clock::now();
  std::this_thread::sleep_for(150ms);
  held.exec("ROLLBACK");
  CHECK(service.wait() == 0);
  CHECK(std::chrono::steady_clock::now() - told < 1s);
  sender.join();
  CHECK(status == 200);

  // Answered means stored: the reply goes out now or after the next start.
  operated.ministry.continues_at("2026-11-12T09:10:00-05:00");
  operated.liaison.receives("Eco: en vuelo");
  CHECK(operated.liaison.hears_nothing_more());
}

TEST_CASE("killed between the commit and the delivery, it delivers after the next start") {
  Operated operated;
  SimulatedTeams& teams = operated.ministry.teams();
  {
    ServiceProcess service(operated.settings());
    // The connector holds the reply and then lets the connection go without having taken it.
    teams.inject({.delay = 400ms, .reset = true});
    CHECK(operated.post(service, operated.message("eco no se pierde")) == 200);
    while (teams.refused_at().empty()) std::this_thread::sleep_for(1ms);
    service.signal(SIGKILL);
    CHECK(service.wait() == -1);
  }
  CHECK(teams.delivered().empty());
  CHECK(operated.ministry.registro_length() == 1);

  SUBCASE("by the same store") {
    // Later than the lease under which the killed process had it.
    ServiceProcess service(operated.settings("2026-11-12T09:10:00-05:00"));
    operated.liaison.receives("Eco: no se pierde");
    CHECK(operated.liaison.hears_nothing_more());
    CHECK(sample(get(service.port(), "/metrics"), "pao_deliveries_repeated_total") == 1);
  }
  SUBCASE("and the registro is whole") {
    const Ran verified = run_program({"registro", "verify"}, operated.settings());
    CHECK(verified.status == 0);
  }
}

TEST_CASE("health, readiness and metrics are open to the monitoring") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  liaison.says("eco uno");
  liaison.presses("eco", {{"texto", "dos"}});
  CHECK(ministry.post("{", "Bearer garbage").status == 401);
  CHECK(ministry.post("{").status == 400);

  const json health = json::parse(get(ministry.port(), "/healthz"));
  CHECK(health["alive"] == true);
  CHECK(health["version"] == PAO_VERSION);
  const json readiness = json::parse(get(ministry.port(), "/readyz"));
  CHECK(readiness["ready"] == true);
  CHECK(readiness["checks"]["store_read"] == "ok");
  CHECK(readiness["checks"]["store_write"] == "ok");

  ministry.settles();
  const std::string metrics = get(ministry.port(), "/metrics");
  CHECK(sample(metrics, "pao_turns_total{kind=\"message\"}") == 1);
  CHECK(sample(metrics, "pao_turns_total{kind=\"action\"}") == 1);
  CHECK(sample(metrics, "pao_requests_unauthorized_total") == 1);
  CHECK(sample(metrics, "pao_requests_malformed_total") == 1);
  CHECK(sample(metrics, "pao_deliveries_total{outcome=\"sent\"}") == 1);
  CHECK(sample(metrics, "pao_turn_seconds_count") == 2);
  CHECK(sample(metrics, "pao_outbox_pending") == 0);
  for (const char* name : {"Tobías", "Arrayán", "eco uno", "demo-aad"}) {
    CAPTURE(name);
    CHECK(metrics.find(name) == std::string::npos);
  }
}

TEST_CASE("the log tells ids and causes, never names, words or tokens") {
  Operated operated;
  Settings settings = operated.settings();
  settings["log.level"] = "debug";
  ServiceProcess service(settings);
  CHECK(operated.post(service, operated.message("eco Aurelio Buendía")) == 200);
  operated.liaison.receives("Aurelio Buendía");
  json unknown_verb = operated.liaison.activity("message");
  unknown_verb["value"] = {{"verb", "no.existe"}, {"dato", "palabra-secreta"}};
  CHECK(operated.post(service, unknown_verb) == 200);
  operated.liaison.receives("No se pudo completar");
  service.signal(SIGTERM);
  CHECK(service.wait() == 0);

  const std::string log = service.log();
  CHECK(log.find("turn.done") != std::string::npos);
  CHECK(log.find("turn.refused reference=PT-") != std::string::npos);
  CHECK(log.find("service.stopped") != std::string::npos);
  for (const std::string& kept_out :
       {std::string("Aurelio"), std::string("palabra-secreta"), std::string("Tobías"),
        std::string("Quien escribe"), std::string("simulated-secret"),
        operated.ministry.teams().access_token(), std::string("Bearer")}) {
    CAPTURE(kept_out);
    CHECK(log.find(kept_out) == std::string::npos);
  }
}

}  // namespace pao::tests
