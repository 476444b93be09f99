// base64url without padding (RFC 4648 section 5), the form of JSON web tokens.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pao::bot::auth {

std::string base64url_encode(std::string_view bytes);

// Strict: nothing for a character outside the alphabet (padding too), an impossible length, or spare bits
// that are not zero, so that no two texts stand for the same bytes.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace pao::bot::auth
