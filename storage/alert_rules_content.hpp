// The early alert rules that come with the program (storage/content/alert_rules.txt).
#pragma once

#include "handlers/procedure/alert_conditions.hpp"
#include "handlers/procedure/result.hpp"

#include <string_view>
#include <vector>

namespace pao::storage {

// `invalid` with the line when a block cannot be read: an unknown word, a missing part, the same id twice.
Result<std::vector<procedure::AlertRule>> parse_alert_rules(std::string_view text);

// The shipped ones, read once. Empty only if the shipped file cannot be read, which a test excludes.
const std::vector<procedure::AlertRule>& alert_rules();

}  // namespace pao::storage
