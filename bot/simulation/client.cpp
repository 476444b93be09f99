#include "bot/simulation/client.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace pao::bot::simulation {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr const char* tenant = "00000000-0000-0000-0000-000000000001";
constexpr int tries = 6;  // of the channel, when the service answers 503

json envelope(const procedure::Person& person, const std::string& type, const std::string& id, Instant now) {
  return {
      {"type", type},
      {"id", id},
      {"timestamp", iso_instant(now)},
      {"channelId", "msteams"},
      {"serviceUrl", "https://smba.trafficmanager.net/amer/"},
      {"from", {{"id", "29:" + person.id}, {"aadObjectId", person.aad_object_id}}},
      {"recipient", {{"id", "28:simulation"}}},
      {"conversation",
       {{"id", Clients::conversation_of(person)}, {"conversationType", "personal"}, {"tenantId", tenant}}},
      {"channelData", {{"tenant", {{"id", tenant}}}}},
      {"locale", "es-CO"}};
}

Pressed answer_of(const std::string& body) {
  Pressed pressed{.stored = true};
  const json wrapper = json::parse(body, nullptr, false);
  if (!wrapper.is_object() || !wrapper.contains("value")) return pressed;
  const json& value = wrapper["value"];
  if (value.is_string()) pressed.text = value.get<std::string>();
  if (value.is_object() && value.value("type", "") == "AdaptiveCard")
    pressed.shown = client::text_of_card(value);
  if (value.is_object() && value.contains("message")) pressed.text = value.value("message", "");
  return pressed;
}

}  // namespace

std::optional<storage::ActivityOutcome> Clients::send(const std::string& id, const std::string& body) {
  ++turns_;
  service_.allow_faults(true);
  std::optional<storage::ActivityOutcome> answered;
  for (int attempt = 0; attempt < tries && !answered; ++attempt) {
    if (attempt > 0) service_.set_time(service_.now() + 15s);
    Result<storage::ActivityOutcome> outcome = service_.receive(body);
    if (outcome) answered = std::move(*outcome);
  }
  if (answered && dice_.happens(faults_.repeated)) {
    ++repeated_;
    service_.set_time(service_.now() + 15s);
    const Result<storage::ActivityOutcome> again = service_.receive(body);
    if (again && (again->status != answered->status || again->body != answered->body))
      differing_.push_back(id);
  }
  service_.allow_faults(false);
  return answered;
}

void Clients::install(const procedure::Person& person) {
  const std::string id = next_id();
  json body = envelope(person, "conversationUpdate", id, service_.now());
  body["membersAdded"] = {{{"id", "28:simulation"}}, {{"id", "29:" + person.id}}};
  send(id, body.dump());
}

void Clients::remove(const procedure::Person& person) {
  const std::string id = next_id();
  json body = envelope(person, "installationUpdate", id, service_.now());
  body["action"] = "remove";
  send(id, body.dump());
}

Pressed Clients::say(const procedure::Person& person, const std::string& text) {
  const std::string id = next_id();
  json body = envelope(person, "message", id, service_.now());
  body["text"] = text;
  if (!send(id, body.dump())) return {};
  channel_.deliver(service_, 60s);
  read_deliveries();
  Pressed pressed{.stored = true};
  for (const Delivered& one : inboxes_[person.id]) {
    if (one.kind != "reply") continue;
    pressed.shown = one.shown;
    pressed.text = one.text;
  }
  return pressed;
}

Pressed Clients::press(const procedure::Person& person, const std::string& verb, const std::string& data_json,
                       const std::map<std::string, std::string>& inputs) {
  const std::string id = next_id();
  json data = json::parse(data_json, nullptr, false);
  if (!data.is_object()) data = json::object();
  for (const auto& [name, value] : inputs) data[name] = value;
  json body = envelope(person, "invoke", id, service_.now());
  body["name"] = "adaptiveCard/action";
  body["value"] = {{"action", {{"type", "Action.Execute"}, {"verb", verb}, {"data", std::move(data)}}},
                   {"trigger", "manual"}};
  const auto answered = send(id, body.dump());
  return answered ? answer_of(answered->body) : Pressed{};
}

void Clients::read_deliveries() {
  for (Delivered& one : channel_.take_delivered()) {
    today_.push_back(one);
    if (one.conversation.starts_with("a:")) inboxes_[one.conversation.substr(2)].push_back(std::move(one));
  }
}

}  // namespace pao::bot::simulation
