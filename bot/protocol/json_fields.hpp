// Single fields out of JSON that was read already. What is optional and of another type is absent; texts lose
// control characters, ids are never altered.
#pragma once

#include "handlers/procedure/result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>

namespace pao::bot::protocol {

inline constexpr std::size_t max_id_bytes = 1024;  // the longest seen is about 250
inline constexpr std::size_t max_name_bytes = 256;

// Null when `object` is no object or has no such member.
const nlohmann::json* member(const nlohmann::json& object, const char* name);

// "" when it is absent, of another type, or longer.
std::string optional_text(const nlohmann::json& object, const char* name,
                          std::size_t max_bytes = max_id_bytes);

// An id that may be absent: "" unless it is one. What an id is compared with is never an altered text.
std::string optional_id(const nlohmann::json& object, const char* name);

// An id that must be there; `invalid` otherwise. Ids are compared byte by byte and put into keys and paths.
Result<std::string> needed_id(const nlohmann::json& object, const char* name);

// An id that may be absent; present, it has to be one.
Result<std::string> possible_id(const nlohmann::json& object, const char* name);

}  // namespace pao::bot::protocol
