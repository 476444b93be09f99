// Somebody of the sample ministry who writes to the service from the keyboard: each line becomes an activity
// as Teams would post it, with a token that the simulated Teams vouches for.
#pragma once

#include "tests/support/signed_tokens.hpp"
#include "tests/support/simulated_teams.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace pao::tests {

inline constexpr const char* simulated_tenant = "aaaaaaaa-0000-4000-8000-000000000001";

class TypingPerson {
 public:
  // `service`: where the service listens ("http://127.0.0.1:3978"); `aad`: the Entra object id.
  TypingPerson(const SimulatedTeams& teams, const test::TestKey& key, std::string service, std::string aad);

  // Each gives what the service answered, in a line.
  std::string says(const std::string& text) const;
  std::string presses(const std::string& verb, const nlohmann::json& data) const;
  std::string opens_conversation() const;

  const std::string& conversation() const { return conversation_; }

 private:
  nlohmann::json activity(const std::string& type) const;
  std::string post(const nlohmann::json& activity) const;

  const SimulatedTeams& teams_;
  const test::TestKey& key_;
  const std::string service_, aad_, conversation_;
};

// What a line that begins with "!" asks of the simulated Teams ("!429 3", "!block"), done; a sentence about
// it, or the list of these words when it is none of them.
std::string take_order(const std::string& line, SimulatedTeams& teams, const TypingPerson& person);

}  // namespace pao::tests
