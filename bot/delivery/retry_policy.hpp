// What the channel's answer means for a message: delivered, try again, or never (reference 5.4, 6.3). Pure.
#pragma once

#include "handlers/procedure/bogota_time.hpp"
#include "storage/outbox_store.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pao::bot::delivery {

// What came back for one request.
struct Answer {
  int status = 0;  // HTTP; 0 when none arrived
  std::string body = {};
  std::string retry_after = {};  // the header as sent
  std::string trace = {};        // MS-CV, for the channel's support
  std::string failure = {};      // why no answer arrived, in words
};

enum class Outcome {
  sent,
  retry,
  renew_token,  // refused our token: once more with a fresh one
  ended,
};

struct Verdict {
  Outcome outcome = Outcome::ended;
  storage::OutboxState state = storage::OutboxState::dead;  // when ended
  std::optional<std::chrono::milliseconds> pause = {};      // the channel asked for it
  bool throttled = false;
  bool uninstalled = false;  // the app is not there, or the person blocked it: write there no more
  std::string reason = {};   // English words and the channel's code; no text of its message
};

// `attempts` counts this one. A 500 is tried three times at the most; 412, 429, 502, 503, 504 and broken
// connections until the message expires, although a request whose answer was lost may have arrived.
Verdict judge(const Answer& answer, int attempts, Instant now);

// The pause before the attempt after `attempts`: doubles from half a second (a throttled request from two
// seconds) to a minute, each spread evenly over its upper half. `random` in [0, 1).
std::chrono::milliseconds growing_pause(int attempts, bool throttled, double random);

// The channel's error code in a body of any of its shapes: {"error":{"code"}}, {"errorCode", "message" with
// JSON inside}. "" for an empty, an HTML and any other body. Letters, digits, ".", "_", "-" only.
std::string error_code(std::string_view body);

// Seconds or an HTTP date (RFC 9110 10.2.3); at most an hour. Nothing when it is neither.
std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view header, Instant now);

// The `id` member of a successful answer; "" when there is none.
std::string answered_id(std::string_view body, const char* member = "id");

}  // namespace pao::bot::delivery
