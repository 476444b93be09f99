#include "tests/simulated_teams/person.hpp"

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <sstream>
#include <utility>

namespace pao::tests {

using nlohmann::json;

namespace {

constexpr const char* orders =
    "!429 [N]  !500 [N]  !502 [N]  !reset [N]  !slow [N]   the next N requests of the service (one)\n"
    "!block  !uninstall  !install   what the person did with the app\n"
    "!open                          the person opens the conversation\n"
    "!press VERB [JSON]             the person presses a button: !press pendientes.ver {\"pagina\":\"0\"}";

std::string new_id() {
  static std::atomic<long> last{1'700'000'000'000};
  return std::to_string(++last);
}

Instant machine_now() {
  return std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now());
}

}  // namespace

TypingPerson::TypingPerson(const SimulatedTeams& teams, const test::TestKey& key, std::string service,
                           std::string aad)
    : teams_(teams),
      key_(key),
      service_(std::move(service)),
      aad_(std::move(aad)),
      conversation_("a:" + aad_) {
}

json TypingPerson::activity(const std::string& type) const {
  return {{"type", type},
          {"id", new_id()},
          {"timestamp", iso_instant(machine_now())},
          {"channelId", "msteams"},
          {"serviceUrl", teams_.service_url()},
          {"locale", "es-CO"},
          {"from", {{"id", "29:" + aad_}, {"name", "Quien escribe"}, {"aadObjectId", aad_}}},
          {"recipient", {{"id", std::string("28:") + test::test_app_id}, {"name", "PAO Teams"}}},
          {"conversation",
           {{"id", conversation_}, {"conversationType", "personal"}, {"tenantId", simulated_tenant}}},
          {"channelData", {{"tenant", {{"id", simulated_tenant}}}}}};
}

std::string TypingPerson::post(const json& activity) const {
  httplib::Client client(service_);
  client.set_read_timeout(std::chrono::seconds{20});
  const json claims = test::channel_claims(machine_now(), {{"serviceurl", teams_.service_url()}});
  const auto result = client.Post("/api/messages", {{"Authorization", "Bearer " + key_.token(claims)}},
                                  activity.dump(), "application/json; charset=utf-8");
  if (!result) return "the service does not answer at " + service_ + ": " + to_string(result.error());
  return std::to_string(result->status) + (result->body.empty() ? "" : " " + result->body);
}

std::string TypingPerson::says(const std::string& text) const {
  json message = activity("message");
  message["textFormat"] = "plain";
  message["text"] = text;
  return post(message);
}

std::string TypingPerson::presses(const std::string& verb, const json& data) const {
  json invoke = activity("invoke");
  invoke["name"] = "adaptiveCard/action";
  invoke["value"] = {{"action", {{"type", "Action.Execute"}, {"verb", verb}, {"data", data}}},
                     {"trigger", "manual"}};
  return post(invoke);
}

std::string TypingPerson::opens_conversation() const {
  json said = activity("installationUpdate");
  said["action"] = "add";
  return post(said);
}

std::string take_order(const std::string& line, SimulatedTeams& teams, const TypingPerson& person) {
  std::istringstream words(line.substr(1));
  std::string order;
  words >> order;
  if (order == "press") {
    std::string verb, rest;
    words >> verb;
    std::getline(words, rest);
    const json data = json::parse(rest.find('{') == std::string::npos ? "{}" : rest, nullptr, false);
    if (verb.empty() || !data.is_object()) return orders;
    return person.presses(verb, data);
  }
  if (order == "open") return person.opens_conversation();
  if (order == "block") return teams.block(person.conversation()), "blocked from now on";
  if (order == "uninstall") return teams.uninstall(person.conversation()), "uninstalled from now on";
  if (order == "install") return teams.install(person.conversation()), "the app is there again";
  Fault fault;
  if (!(words >> fault.times) || fault.times < 1) fault.times = 1;
  if (order == "429") {
    fault.status = 429;
    fault.retry_after = "2";
  } else if (order == "500" || order == "502") {
    fault.status = order == "500" ? 500 : 502;
  } else if (order == "reset") {
    fault.reset = true;
  } else if (order == "slow") {
    fault.delay = std::chrono::seconds{3};
  } else {
    return orders;
  }
  teams.inject(fault);
  return "the next " + std::to_string(fault.times) + " requests: " + order;
}

}  // namespace pao::tests
