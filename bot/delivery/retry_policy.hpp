// What the channel's answer means for a message: delivered, try again, or never (reference 5.4, 6.3). Pure.
//
// The channel has no key that would make a send idempotent and no way to ask whether a message arrived. So an
// outcome is `unconfirmed` when the whole request had left us and no receipt came: no answer at all, 500, 502
// or 504. After a pause in which a sign of it may come back (storage::confirm_arrival) it is sent again, at
// most max_unconfirmed_sends times in all, and each one is counted with the message: that many times more a
// person may have read it. 500 is not said in passing (reference 5.4): it gets one careful repetition after a
// longer pause, and when that is answered 500 too, an operator decides. What was cut before has nothing to do
// with it. A request that did not leave as a whole, and every answer
// that says "not accepted", is repeated freely until the message expires; so is what has the same effect
// however often it arrives.
#pragma once

#include "bot/delivery/end_reasons.hpp"
#include "handlers/procedure/bogota_time.hpp"

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
  bool left = true;              // the whole request was handed to the network
};

enum class Outcome {
  sent,
  retry,
  renew_token,          // refused our token: once more with a fresh one
  reopen_conversation,  // unknown there: once more in a personal conversation opened anew
  switch_host,          // the wrong service address: once more at the cloud's own
  ended,
};

struct Verdict {
  Outcome outcome = Outcome::ended;
  Cause cause = Cause::refused;                         // unless sent
  std::optional<std::chrono::milliseconds> pause = {};  // the channel asked for it
  bool throttled = false;
  bool unconfirmed = false;       // it may have arrived
  bool uninstalled = false;       // the app is not there, or the person blocked it: write there no more
  bool tenant_suspended = false;  // nobody of the tenant can be written to for now
  std::string detail = {};        // status and the channel's code; no text of its message
};

inline constexpr int max_unconfirmed_sends = 4;

// The sends of this message before this one, as its row tells.
struct SentBefore {
  int unconfirmed = 0;        // without receipt
  bool ended_in_500 = false;  // the last one
};

// `repeatable`: the request has
// the same effect however often it arrives (opening a conversation), so that nothing about it is unconfirmed.
Verdict judge(const Answer& answer, const SentBefore& before, bool repeatable, Instant now);

// The pause before the next try: decorrelated jitter, evenly between the shortest pause (half a second, of a
// throttled request two) and three times the previous one, at most a minute. `previous` 0: the first pause.
// `random` in [0, 1).
std::chrono::milliseconds next_pause(std::chrono::milliseconds previous, bool throttled, double random);

// The channel's error code in a body of any of its shapes: {"error":{"code"}}, {"errorCode", "message" with
// JSON inside}. "" for an empty, an HTML and any other body. Letters, digits, ".", "_", "-" only.
std::string error_code(std::string_view body);

// Seconds or an HTTP date (RFC 9110 10.2.3); at most an hour. Nothing when it is neither.
std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view header, Instant now);

// The `id` member of a successful answer; "" when there is none.
std::string answered_id(std::string_view body, const char* member = "id");

}  // namespace pao::bot::delivery
