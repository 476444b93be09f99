// The sample ministry with the real service in front of it: a store with the demo data, a Teams on loopback
// that signs its tokens, people who write and press. The service's clock stands where the test says; tokens
// are of the machine's time, as always.
//
// A timeline moves the clock of the running service. With its jobs on, what is due at a moment is done when
// the call that leads there returns.
//
//   Ministry ministry;                                        // 12 November 2026, 9:00 in Bogotá
//   Person liaison = ministry.person("U-020");
//   Seen card = liaison.says("qué me toca");
//   Pressed form = liaison.presses(card.button("Registrar"));
//   ministry.moves_to("2026-11-13T08:00:00-05:00");
#pragma once

#include "bot/app.hpp"
#include "handlers/tracking.hpp"
#include "storage/database.hpp"
#include "storage/registro_store.hpp"
#include "tests/acceptance/moved_clock.hpp"
#include "tests/acceptance/seen.hpp"
#include "tests/storage/temporary_store.hpp"
#include "tests/support/signed_tokens.hpp"
#include "tests/support/simulated_teams.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pao::tests {

inline constexpr const char* demo_tenant = "aaaaaaaa-0000-4000-8000-000000000001";
inline constexpr const char* demo_morning = "2026-11-12T09:00:00-05:00";

using Settings = std::map<std::string, std::string>;  // configuration by key ("server.port")
using Values = std::map<std::string, std::string>;    // of a card

// One RSA key for all tests of the program: making one is slow.
const test::TestKey& channel_key();

// The demo in a SQLite file of its own: imported once a program, copied for each test.
void copy_demo_store(const std::filesystem::path& to);

// Configuration of a service in front of that Teams and that store. Port 0; no jobs.
Settings service_settings(const SimulatedTeams& teams, const std::string& storage_url);

// Environment variables for the settings.
std::map<std::string, std::string> environment_of(const Settings& settings);

struct Answered {
  int status = 0;
  std::string body;
  std::map<std::string, std::string> headers;  // names in lower case
};

struct Pressed {
  int status = 0;
  Seen shown;  // empty unless the status is 200
};

class Ministry;

// Somebody in a conversation with the assistant: the personal one, or a group that they write in. A value;
// outlived by the ministry.
class Person {
 public:
  // Writes and waits for the answer to that message.
  Seen says(const std::string& text) const;
  // Writes and does not wait; the status of the request.
  int sends(const std::string& text) const;
  // Presses a button: its own values, and what was typed into the card.
  Pressed presses(const SeenButton& button, const Values& typed = {}) const;
  Pressed presses(const std::string& verb, const Values& values = {}) const;
  // Teams says that the conversation was opened; each time in the way of one of its events.
  int opens_conversation(const std::string& event = "installationUpdate") const;

  // The next message that was not asked for, or was not looked at yet, and shows this.
  Seen receives(const std::string& part) const;
  // Nothing is left that was not looked at, also when everything stored was sent.
  bool hears_nothing_more() const;

  // The same person in a group chat with others; `mentioning` puts the assistant's name before each text.
  Person in_group(const std::string& conversation) const;
  Person mentioning() const;

  const std::string& aad() const { return aad_; }
  const std::string& conversation() const { return conversation_; }

  // An activity of this person here, as Teams would send it, with an id of its own.
  nlohmann::json activity(const std::string& type) const;

 private:
  friend class Ministry;
  Person(Ministry& ministry, std::string aad);

  nlohmann::json message(const std::string& text) const;

  Ministry* ministry_;
  std::string aad_;
  std::string conversation_;
  std::string conversation_type_ = "personal";
  bool mentions_ = false;
};

class Ministry {
 public:
  // `fill_store` makes the store's file: the demo, or what a timeline begins with instead.
  explicit Ministry(const std::string& clock_start = demo_morning, const Settings& more = {},
                    void (*fill_store)(const std::filesystem::path& to) = copy_demo_store);
  ~Ministry();
  Ministry(const Ministry&) = delete;
  Ministry& operator=(const Ministry&) = delete;

  Person person(const std::string& id);        // of the directory: "U-020"
  Person stranger(const std::string& aad_id);  // of the tenant, not of the directory

  // Puts the clock there, from where it runs on; later than now.
  void moves_to(const std::string& at);
  // The same, and time stands still until the next move: for what holds to the second.
  void stands_at(const std::string& at);

  // The service stops and is started again on the same store, at that moment of the demo's time.
  void continues_at(const std::string& clock_start, const Settings& more = {});
  // The same with the daily jobs running.
  void day_begins_at(const std::string& clock_start);
  void stops();

  // Waits until nothing that could be sent is left.
  void settles();

  // POST /api/messages with a good token (or the header given; "" sends none).
  Answered post(const std::string& body) const;
  Answered post(const std::string& body, const std::string& authorization) const;
  std::string good_token(const nlohmann::json& claims = nlohmann::json::object(),
                         const nlohmann::json& header = nlohmann::json::object()) const;

  SimulatedTeams& teams() { return teams_; }
  storage::Database& store() { return *store_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  int port() const { return app_->port(); }

  // For what the demo does not hold, or not yet: one statement.
  void change(std::string_view sql);

  std::vector<storage::RegistroEntry> registro();
  bool registro_has(std::string_view part);  // in the content of an entry
  std::int64_t registro_length();
  // State word of an obligation at a moment ("vencida"); the test fails when there is none.
  std::string state_of(const std::string& process, const std::string& item, const std::string& period,
                       const std::string& at);

 private:
  friend class Person;

  // Waits until the service has done every job that is due; there are none without "jobs.enabled".
  void jobs_are_done();

  // Of the deliveries to a conversation the first not yet taken that fits; waits for it.
  template <class Fits>
  std::optional<Delivered> take(const std::string& conversation, Fits fits);

  SimulatedTeams teams_;
  storage::test::TemporaryFolder folder_;
  std::unique_ptr<storage::Database> store_;
  MovedClock clock_;
  bool has_jobs_ = false;
  std::unique_ptr<bot::App> app_;
  std::string token_;
  std::set<std::size_t> taken_;  // numbers of deliveries
};

}  // namespace pao::tests
