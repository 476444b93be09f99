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

// How often requests fail, in shares of 1. What happens to the n-th try of a message is decided by its body
// and the seed, so that a run can be repeated whatever its timing.
struct Weather {
  double throttled = 0;  // 429, Retry-After 1
  double failing = 0;    // 500, 502, 503 and 504 in equal parts; half of all but 503 had been accepted before
  double resets = 0;     // the connection is torn down; half of them had been accepted before
  std::uint64_t seed = 1;
};

// How often the weather struck.
struct Storm {
  int throttled = 0;
  int failed = 0;
  int reset = 0;
  int accepted_without_receipt = 0;  // of the two above
  int over_limit = 0;                // refused because `Limits` say so, beside all of the above
};

// What the platform allows; 0: as much as anybody wants. Above it the answer is 429 with Retry-After 1.
struct Limits {
  bool conversation_windows = false;  // 7 in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in an hour
  std::size_t tenant_per_second = 0;
};

struct SimulatedTeam {
  std::string name;
  std::string aad_group_id;
  std::map<std::string, std::string> channels;  // id: name; "" of General
};

struct Reaction {
  std::string conversation, activity, type;
  bool set = true;  // false: taken back
};

// One accepted step of a streamed answer.
struct StreamStep {
  std::string conversation;
  std::string stream_id;
  std::string type;  // "informative", "streaming", "final"
  std::string text;
  std::chrono::steady_clock::time_point at;
};

// What became of a message that was changed or taken away.
struct Changed {
  std::string conversation;
  std::string activity;
  std::string body;  // empty: taken away
  bool targeted = false;
};

// A message the connector accepted.
struct Delivered {
  std::string conversation;  // as in the path, decoded
  std::string reply_to;      // activity in the path, decoded; empty for a message of its own
  std::string body;
  std::chrono::steady_clock::time_point at;
  std::string id = {};           // that the channel gave it
  std::string targeted_to = {};  // the one person of a group who sees it
};

class SimulatedTeams {
 public:
  // Listens on that port of 127.0.0.1, 0: a free one. `jwks` is served as the channel's keys.
  explicit SimulatedTeams(std::string jwks = R"({"keys":[]})", int port = 0);
  ~SimulatedTeams();
  SimulatedTeams(const SimulatedTeams&) = delete;
  SimulatedTeams& operator=(const SimulatedTeams&) = delete;

  int port() const;
  std::string service_url() const;  // "http://127.0.0.1:PORT/teams/"
  std::string openid_metadata_url() const;
  std::string token_url() const;

  // The bearer that the token address gives and the connector accepts. Another one revokes the first.
  std::string access_token() const;
  void set_access_token(std::string token);

  void inject(const Fault& fault);                  // behind those injected before
  void uninstall(const std::string& conversation);  // 403 BotNotInConversationRoster from now on
  void block(const std::string& conversation);      // 403 ConversationBlockedByUser
  void refuse(const std::string& conversation, int status, const std::string& code);
  void install(const std::string& conversation);  // undoes all three

  // Who is in a conversation, by Entra object id; nobody before the first call.
  void set_members(const std::string& conversation, std::vector<std::string> members);

  void set_team(const std::string& id, SimulatedTeam team);
  void set_limits(const Limits& limits);

  // A file that can be downloaded without a token; gives its address. `content` may be large.
  std::string offer_download(const std::string& name, std::string content);
  // Where a file of that name may be put, in ranges.
  std::string upload_url(const std::string& name) const;
  std::optional<std::string> uploaded(const std::string& name) const;  // once it is whole
  std::vector<std::string> upload_ranges() const;
  std::vector<std::string> tokens_at_files() const;  // must stay empty: files are fetched without our token
  void redirect_files(bool redirects);               // downloads answer 302 towards another host

  // Every step of a stream gets 403 ContentStreamNotAllowed with that message; "": streams are allowed.
  void refuse_streams(const std::string& message);

  // From now on every request of the connector may fail, independently of what was injected.
  void set_weather(const Weather& weather);

  std::vector<Delivered> delivered() const;
  std::vector<Changed> changed() const;
  std::vector<Reaction> reactions() const;
  std::vector<StreamStep> stream_steps() const;
  int typing_in(const std::string& conversation) const;  // indicators
  std::size_t delivered_count() const;
  std::vector<Delivered> delivered_to(const std::string& conversation) const;
  std::vector<std::chrono::steady_clock::time_point> refused_at() const;  // injected faults, in order
  int requests() const;                                                   // of the connector, accepted or not
  int tokens_issued() const;
  int conversations_created() const;
  Storm storm() const;

  // Waits until that many messages were accepted; false when they were not in time.
  bool wait_for(std::size_t messages, std::chrono::milliseconds patience = std::chrono::seconds{10}) const;

  // The most messages accepted within one second.
  std::size_t busiest_second() const;

  // The first conversation whose messages came faster than 7 in 1 s, 8 in 2 s, 60 in 30 s or 1,800 in an
  // hour; nothing when none did.
  std::optional<std::string> too_fast() const;

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

}  // namespace pao::tests
