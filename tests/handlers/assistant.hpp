// The sample ministry, the routes in front of it, and people who write and press: a turn is handled and its
// store step committed as the turn runner would do it, without registro and outbox.
#pragma once

#include "handlers/router.hpp"
#include "handlers/routes.hpp"
#include "tests/storage/demo_store.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace pao::handlers::test {

using Values = std::map<std::string, std::string>;

// Who is who in the sample ministry.
inline constexpr const char* leader_dir = "U-014";
inline constexpr const char* liaison_dir = "U-015";
inline constexpr const char* owner_dir = "U-017";
inline constexpr const char* other_owner_dir = "U-018";
inline constexpr const char* advisor_dir = "U-003";
inline constexpr const char* leader_com = "U-019";
inline constexpr const char* liaison_com = "U-020";
inline constexpr const char* owner_com = "U-021";
inline constexpr const char* advisor_com = "U-004";
inline constexpr const char* head = "U-001";
inline constexpr const char* coordination = "U-002";
inline constexpr const char* professional = "U-009";
inline constexpr const char* internal_control = "U-011";
inline constexpr const char* administrator = "U-013";
inline constexpr const char* stranger = "";

struct Said {
  std::string route;
  std::optional<Error> error;  // of the guard, the handler or the store step
  Reply reply;                 // empty when there is an error

  std::string outcome() const { return error ? "refused: " + error->detail : reply.trace.outcome; }
  // Text and card together.
  std::string shown() const {
    return reply.content.text + (reply.content.card ? reply.content.card->json : "");
  }
  bool shows(std::string_view part) const { return shown().find(part) != std::string::npos; }
  std::string field(const std::string& name) const {
    const auto found = reply.trace.fields.find(name);
    return found == reply.trace.fields.end() ? "" : found->second;
  }
};

class Assistant {
 public:
  explicit Assistant(std::string_view now = storage::test::demo_morning,
                     const consult::LateAnswersOptions& late_answers = {});

  void move_to(std::string_view now);

  // `person_id` empty: somebody who is not in the directory.
  Turn text(const std::string& person_id, const std::string& words) const;
  Turn press(const std::string& person_id, const std::string& verb, const Values& values = {}) const;

  Said take(const Turn& turn) const { return commit(decide(turn)); }
  // The two halves, for what happens between them.
  Handled decide(const Turn& turn) const { return router_.handle(turn); }
  Said commit(const Handled& handled) const;
  Said says(const std::string& person_id, const std::string& words) const {
    return take(text(person_id, words));
  }
  Said presses(const std::string& person_id, const std::string& verb, const Values& values = {}) const {
    return take(press(person_id, verb, values));
  }

  procedure::Person person(const std::string& person_id) const;
  storage::Database& database() const { return *store_.database; }
  const ReferenceSource& reference() const { return reference_; }
  const Features& features() const { return features_; }
  // The bytes of files, as the service keeps them.
  storage::FileFolder contents() const { return storage::FileFolder(store_.folder.path() / "files"); }
  Instant now() const { return now_; }
  // For what the demo does not hold: one statement.
  void change(std::string_view sql) const;

 private:
  Turn turn_of(const std::string& person_id) const;

  storage::test::DemoStore store_;
  ReferenceSource reference_;
  Features features_;
  Router router_;
  Instant now_;
  mutable int activities_ = 0;  // each turn is another activity
};

}  // namespace pao::handlers::test
