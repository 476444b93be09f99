// Ways to obtain an access token for the bot itself. Each is a TokenSource: asked once, it answers with a
// token or with why not. Keeping tokens, sharing and pausing is AppToken's business.
#pragma once

#include "bot/auth/http_client.hpp"
#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pao::bot::auth {

struct IssuedToken {
  std::string text;                                     // sent verbatim
  std::chrono::milliseconds lasts{};                    // from now; 1 s to 24 h
  std::optional<std::chrono::milliseconds> refresh_in;  // when the issuer wants to be asked again
};

// unavailable: the service fails or asks to wait; refused: it does not accept our credentials; invalid: the
// configuration cannot work. `detail` names the OAuth error and the AADSTS number, nothing else of a reply.
struct NotIssued {
  Error error;
  std::chrono::milliseconds retry_after{};  // asked for by the service; zero: nothing said
};

using TokenAnswer = tl::expected<IssuedToken, NotIssued>;

// Safe from many threads at once.
using TokenSource = std::function<TokenAnswer(Instant now)>;

// `who` begins the detail of errors: "token service".
tl::unexpected<NotIssued> not_issued(ErrorCode code, std::string_view who, std::string detail,
                                     std::chrono::milliseconds retry_after = {});

// The reply of a token endpoint or of a managed identity. The life is `expires_in` (a number, or one in
// quotes) or `expires_on` (seconds since 1970), whichever is there. Status 404, 410, 429 and 5xx are failures
// that pass.
TokenAnswer read_token_reply(const HttpReply& reply, Instant now, std::string_view who);

// Percent-encoded for forms and queries (RFC 3986 unreserved characters stay).
std::string percent_encoded(std::string_view text);

}  // namespace pao::bot::auth
