#include "tests/faults/campaign.hpp"

#include "storage/conversations_store.hpp"
#include "storage/database.hpp"
#include "storage/outbox_store.hpp"
#include "tests/faults/victim.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

namespace pao::tests {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;
using storage::OutboxMessage;
using storage::OutboxState;
using storage::Session;

constexpr const char* tenant = "aaaaaaaa-0000-4000-8000-000000000001";
constexpr const char* app_id = "11111111-2222-4333-8444-555555555555";
constexpr const char* prefix = "campaign:";

// The text of a message is its key: that is how a delivery is recognised.
std::string key_of(std::size_t recipient, std::size_t number) {
  return fmt::format("{}{:06}:{:03}", prefix, recipient, number);
}

template <class Value>
Value must(Result<Value> result) {
  if (!result) throw std::runtime_error("the store fails: " + result.error().detail);
  if constexpr (!std::is_void_v<Value>) return std::move(*result);
}

std::map<std::string, std::string> settings_of(const CampaignOptions& options, const SimulatedTeams& teams,
                                               const std::string& storage_url) {
  return {{"server.port", "0"},
          {"storage.url", storage_url},
          {"identity.client_id", app_id},
          {"identity.client_secret", "simulated-secret"},
          {"identity.tenant_id", tenant},
          {"identity.openid_metadata_url", teams.openid_metadata_url()},
          {"identity.token_url", teams.token_url()},
          {"connector.allow_loopback", "true"},
          {"connector.fallback_service_url", teams.service_url()},
          {"delivery.requests_per_second", std::to_string(options.requests_per_second)},
          {"delivery.lease_seconds", std::to_string(options.lease_seconds)},
          {"jobs.enabled", "false"},
          {"log.level", "warn"}};
}

void store_recipient(Session& session, const CampaignOptions& options, const std::string& service_url,
                     std::size_t recipient, Instant now) {
  storage::Conversation conversation;
  conversation.id = fmt::format("a:recipient-{:06}", recipient);
  conversation.kind = "personal";
  conversation.service_url = service_url;
  conversation.tenant_id = tenant;
  conversation.bot_id = std::string("28:") + app_id;
  conversation.aad_object_id = fmt::format("aad-{:06}", recipient);
  conversation.last_inbound_at = now;
  storage::save_conversation(session, conversation);
  const std::size_t messages = recipient < options.talkative ? options.conversation_length : 1;
  for (std::size_t number = 0; number < messages; ++number) {
    OutboxMessage message;
    message.key = message.text = key_of(recipient, number);
    message.kind = "notice";
    message.priority = storage::Priority::broadcast;
    message.lane = message.conversation_id = conversation.id;
    message.aad_object_id = conversation.aad_object_id;
    message.not_before = message.created_at = now;
    message.expires_at = now + std::chrono::hours{24};
    storage::enqueue(session, message);
  }
}

void store_audience(storage::Database& database, const CampaignOptions& options,
                    const std::string& service_url) {
  const Instant now = std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
  must(database.write([&](Session& session) {
    for (std::size_t recipient = 0; recipient < options.recipients; ++recipient) {
      store_recipient(session, options, service_url, recipient, now);
    }
  }));
}

std::int64_t waiting(storage::Database& database) {
  return must(database.read([](Session& session) { return storage::count_waiting(session); }));
}

// Lets the program send until nothing waits, killing it on the way. Gives how often it was killed.
int send_everything(storage::Database& database, const SimulatedTeams& teams, const CampaignOptions& options,
                    const std::map<std::string, std::string>& settings) {
  const auto log = options.folder / "service.log";
  const auto until = SteadyClock::now() + options.patience;
  const std::int64_t all = waiting(database);
  int kills = 0;
  auto victim = std::make_unique<Victim>(options.program, settings, log);
  for (std::int64_t left = all; left > 0; left = waiting(database)) {
    if (SteadyClock::now() > until) throw std::runtime_error("the campaign does not end");
    if (!victim->is_alive()) throw std::runtime_error("the program ended; its log: " + log.string());
    const auto delivered = static_cast<std::int64_t>(teams.delivered_count());
    if (kills < options.kills && delivered >= all * (kills + 1) / (options.kills + 1)) {
      victim->kill();
      ++kills;
      victim = std::make_unique<Victim>(options.program, settings, log);
    }
    std::this_thread::sleep_for(milliseconds{5});
  }
  return kills;
}

// Compares what the channel accepted with what the store says.
void compare(const std::vector<Delivered>& delivered, const std::vector<OutboxMessage>& stored,
             CampaignResult& result) {
  std::map<std::string, std::int64_t> times;  // by key
  std::map<std::string, std::string> latest;  // by conversation: the key delivered last
  for (const Delivered& one : delivered) {
    const std::string key = json::parse(one.body).value("text", "");
    ++times[key];
    std::string& last = latest[one.conversation];
    if (key < last) ++result.out_of_order;
    last = std::max(last, key);
  }
  result.delivered = static_cast<std::int64_t>(delivered.size());
  for (const OutboxMessage& message : stored) {
    const std::int64_t count = times[message.key];
    const bool has_end = message.state != OutboxState::pending && message.state != OutboxState::sending;
    if (!has_end || (message.state == OutboxState::sent && count == 0)) ++result.lost;
    if (count > 1) result.repeated += count - 1;
    result.repeated_uncounted += std::max<std::int64_t>(0, count - 1 - message.unconfirmed);
  }
}

void read_outcomes(storage::Database& database, CampaignResult& result) {
  for (const storage::StateCount& count :
       must(database.read([](Session& session) { return storage::count_by_state(session, prefix); }))) {
    result.in_some_state += count.messages;
    result.unconfirmed += count.unconfirmed;
    (count.state == OutboxState::sent   ? result.sent
     : count.state == OutboxState::dead ? result.gave_up
                                        : result.otherwise) += count.messages;
  }
}

}  // namespace

bool CampaignResult::is_good() const {
  constexpr std::size_t platform_limit = 50;
  return messages == in_some_state && lost == 0 && repeated_uncounted == 0 && out_of_order == 0 &&
         too_fast.empty() && refused_by_limits == 0 && busiest_second <= platform_limit;
}

CampaignResult run_campaign(const CampaignOptions& options) {
  const auto started = SteadyClock::now();
  SimulatedTeams teams;
  teams.set_weather(options.weather);
  teams.set_limits({.conversation_windows = true, .tenant_per_second = 50});
  const std::string url = "sqlite:" + (options.folder / "store.db").string();
  const auto database = must(storage::Database::open(url));
  store_audience(*database, options, teams.service_url());
  CampaignResult result;
  result.messages = waiting(*database);
  result.kills = send_everything(*database, teams, options, settings_of(options, teams, url));
  result.took = std::chrono::duration_cast<milliseconds>(SteadyClock::now() - started);

  read_outcomes(*database, result);
  compare(teams.delivered(), must(database->read([&](Session& session) {
            return storage::list_outbox(session, std::nullopt, static_cast<int>(result.messages));
          })),
          result);
  result.too_fast = teams.too_fast().value_or("");
  result.busiest_second = teams.busiest_second();
  result.storm = teams.storm();
  result.refused_by_limits = result.storm.over_limit;
  return result;
}

json to_json(const CampaignResult& result) {
  return {{"good", result.is_good()},
          {"messages", result.messages},
          {"outcomes",
           {{"sent", result.sent},
            {"dead", result.gave_up},
            {"otherwise", result.otherwise},
            {"sum", result.in_some_state}}},
          {"lost", result.lost},
          {"deliveries", result.delivered},
          {"repeated", result.repeated},
          {"repeated_uncounted", result.repeated_uncounted},
          {"unconfirmed_sends", result.unconfirmed},
          {"out_of_order", result.out_of_order},
          {"window_violation", result.too_fast},
          {"busiest_second", result.busiest_second},
          {"refused_by_limits", result.refused_by_limits},
          {"kills", result.kills},
          {"faults",
           {{"throttled", result.storm.throttled},
            {"failed", result.storm.failed},
            {"reset", result.storm.reset},
            {"accepted_without_receipt", result.storm.accepted_without_receipt}}},
          {"seconds", static_cast<double>(result.took.count()) / 1000}};
}

}  // namespace pao::tests
