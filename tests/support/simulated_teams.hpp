// A Teams that lives on loopback: the identity provider and the connector as the service sees them, with
// every fault the real one shows. It remembers what it accepted, in order and with times, and reports when a
// conversation was written to faster than the platform allows.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pao::tests {

// What the next requests of the connector get instead of being accepted.
struct Fault {
  int status = 0;  // 0: accepted after the delay
  int times = 1;
  std::optional<std::string> retry_after = {};
  std::string body = R"({"error":{"code":"Injected"}})";
  std::chrono::milliseconds delay{0};
  bool reset = false;             // the connection is torn down without an answer
  bool accept_first = false;      // recorded as delivered before the fault happens: only the answer is lost
  std::string conversation = {};  // hits requests of that conversation only; empty: any
};

// A message the connector accepted.
struct Delivered {
  std::string conversation;  // as in the path, decoded
  std::string reply_to;      // activity in the path, decoded; empty for a message of its own
  std::string body;
  std::chrono::steady_clock::time_point at;
};

class SimulatedTeams {
 public:
  // Listens on a free port of 127.0.0.1. `jwks` is served as the channel's keys.
  explicit SimulatedTeams(std::string jwks = R"({"keys":[]})");
  ~SimulatedTeams();
  SimulatedTeams(const SimulatedTeams&) = delete;
  SimulatedTeams& operator=(const SimulatedTeams&) = delete;

  std::string service_url() const;  // "http://127.0.0.1:PORT/teams/"
  std::string openid_metadata_url() const;
  std::string token_url() const;

  // The bearer that the token address gives and the connector accepts. Another one revokes the first.
  std::string access_token() const;
  void set_access_token(std::string token);

  void inject(const Fault& fault);                  // behind those injected before
  void uninstall(const std::string& conversation);  // 403 BotNotInConversationRoster from now on
  void block(const std::string& conversation);      // 403 ConversationBlockedByUser
  void install(const std::string& conversation);    // undoes both

  std::vector<Delivered> delivered() const;
  std::vector<Delivered> delivered_to(const std::string& conversation) const;
  std::vector<std::chrono::steady_clock::time_point> refused_at() const;  // injected faults, in order
  int requests() const;                                                   // of the connector, accepted or not
  int tokens_issued() const;
  int conversations_created() const;

  // Waits until that many messages were accepted; false when they were not in time.
  bool wait_for(std::size_t messages, std::chrono::milliseconds patience = std::chrono::seconds{10}) const;

  // The first conversation whose messages came faster than 7 in 1 s, 8 in 2 s or 60 in 30 s; nothing when
  // none did.
  std::optional<std::string> too_fast() const;

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

}  // namespace pao::tests
