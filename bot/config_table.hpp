// The table of configuration keys: where each value goes, which fixes its type, and what is said about it.
// Internal to the configuration; bot/config.hpp reads and describes it.
#pragma once

#include "bot/config.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace pao::bot {

// Where a key's value goes, which also fixes its type.
using ConfigTarget =
    std::variant<std::function<std::string&(Config&)>, std::function<int&(Config&)>,
                 std::function<bool&(Config&)>, std::function<std::vector<std::string>&(Config&)>,
                 std::function<std::optional<Instant>&(Config&)>>;

struct ConfigField {
  const char* key;
  ConfigTarget target;
  const char* fallback;  // as it would be written in the environment
  int least = 0, most = 0;
  bool secret = false;
  const char* alias = nullptr;  // the name that the Teams SDK uses
  const char* meaning;
};

// In the order in which they are shown.
const std::vector<ConfigField>& config_fields();

// Secrets that may stand in the first line of a file of their own.
struct SecretFile {
  const char* key;
  std::string& (*target)(Config&);
};
std::span<const SecretFile> secret_files();

}  // namespace pao::bot
