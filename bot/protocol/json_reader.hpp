// JSON from outside, read under limits: nesting is bounded, what nobody needs is not kept, broken text is
// repaired instead of refused.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace pao::bot::protocol {

// Deepest nesting that is read, kept or not. Teams stays below 10; 64 leaves room and costs nothing.
inline constexpr int max_json_depth = 64;

// Whether the member `key` of `parent` is kept. `parent` is "" for members of the outermost object; members
// that lie deeper than one object below it are kept with the member they belong to.
using KeepMember = bool (*)(std::string_view parent, std::string_view key);

// The value, without the members that `keep` turns away (nullptr keeps all). Nothing when it is not JSON or
// nests too deep. Byte sequences that are not UTF-8 and lone surrogate escapes become U+FFFD.
std::optional<nlohmann::json> read_json(std::string_view text, KeepMember keep = nullptr);

// The text with every byte sequence that is not UTF-8, and every `\uD800`–`\uDFFF` escape without its
// partner, replaced by U+FFFD.
std::string repair_json_text(std::string_view text);

}  // namespace pao::bot::protocol
