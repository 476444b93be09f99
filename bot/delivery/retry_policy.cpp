#include "bot/delivery/retry_policy.hpp"

#include "bot/protocol/json_reader.hpp"

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace pao::bot::delivery {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr milliseconds longest_retry_after = std::chrono::hours{1};
// How long a tenant that blocked the app is left alone.
constexpr milliseconds suspension_pause = std::chrono::minutes{10};

// What an answer means, first match wins; status 0 and an empty code fit any. Reference 5.4, line by line.
struct Meaning {
  int status;
  std::string_view code;
  Outcome outcome;
  Cause cause;
};
constexpr std::array meanings{
    Meaning{403, "BotDisabledByAdmin", Outcome::retry, Cause::tenant_suspended},
    Meaning{403, "BotNotInConversationRoster", Outcome::ended, Cause::app_removed},
    Meaning{404, "BotNotInConversationRoster", Outcome::ended, Cause::app_removed},
    Meaning{403, "ConversationBlockedByUser", Outcome::ended, Cause::blocked},
    Meaning{403, "MessageWritesBlocked", Outcome::ended, Cause::blocked},
    Meaning{403, "ForbiddenOperationException", Outcome::ended, Cause::not_installed},
    Meaning{403, "ForbiddenOperation", Outcome::ended, Cause::not_installed},
    Meaning{403, "InvalidBotApiHost", Outcome::switch_host, Cause::wrong_host},
    Meaning{403, "NotEnoughPermissions", Outcome::ended, Cause::no_permission},
    Meaning{403, "ContentStreamNotAllowed", Outcome::ended, Cause::streaming_refused},
    Meaning{403, "ConversationNotFound", Outcome::reopen_conversation, Cause::conversation_not_found},
    Meaning{404, "ConversationNotFound", Outcome::reopen_conversation, Cause::conversation_not_found},
    Meaning{404, "ActivityNotFoundInConversation", Outcome::ended, Cause::activity_not_found},
    Meaning{400, "ServiceError", Outcome::ended, Cause::refused},
    Meaning{403, "ServiceError", Outcome::ended, Cause::refused},
    Meaning{400, "Unknown", Outcome::ended, Cause::refused},
    Meaning{403, "Unknown", Outcome::ended, Cause::refused},
    Meaning{400, "MessageSizeTooBig", Outcome::ended, Cause::too_large},
    Meaning{400, "", Outcome::ended, Cause::malformed},
    Meaning{404, "TARGETED_MESSAGE_EXPIRED_OR_DELETED", Outcome::ended, Cause::activity_not_found},
    Meaning{401, "BotNotRegistered", Outcome::renew_token, Cause::not_registered},
    Meaning{401, "", Outcome::renew_token, Cause::token_refused},
    Meaning{403, "", Outcome::ended, Cause::forbidden},
    Meaning{404, "", Outcome::ended, Cause::not_found},
    Meaning{405, "", Outcome::ended, Cause::not_allowed_here},
    Meaning{412, "", Outcome::retry, Cause::concurrent},
    Meaning{413, "", Outcome::ended, Cause::too_large},
    Meaning{429, "", Outcome::retry, Cause::throttled},
    Meaning{500, "", Outcome::retry, Cause::channel_failed},
    Meaning{502, "", Outcome::retry, Cause::gateway_failed},
    Meaning{503, "", Outcome::retry, Cause::gateway_failed},
    Meaning{504, "", Outcome::retry, Cause::gateway_failed},
    Meaning{0, "", Outcome::ended, Cause::refused},
};

const Meaning& meaning_of(int status, std::string_view code) {
  return *std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& row) {
    return (row.status == 0 || row.status == status) && (row.code.empty() || row.code == code);
  });
}

// Told in the message only, under several codes (botframework-sdk#6184).
bool names_another_region(std::string_view body) {
  return body.find("different region") != std::string_view::npos;
}

std::string code_text(const json& code) {
  constexpr std::size_t longest = 64;
  std::string text = code.is_string()           ? code.get<std::string>()
                     : code.is_number_integer() ? code.dump()
                                                : std::string{};
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  // Words instead of a code ("Bad Argument") lose their blanks; anything else is not repeated in a log.
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text.size() <= longest && std::all_of(text.begin(), text.end(), is_plain) ? text : std::string{};
}

std::string nested_code(const json& body) {
  const auto message = body.find("message");
  if (message != body.end() && message->is_string()) {
    const auto inner = protocol::read_json(message->get_ref<const std::string&>());
    if (inner && inner->is_object() && inner->contains("subCode")) return code_text((*inner)["subCode"]);
  }
  const std::string number = code_text(body["errorCode"]);
  return number == "209" ? "MessageWritesBlocked" : number;
}

bool is_unconfirmed(const Answer& answer) {
  if (answer.status == 0) return answer.left;
  return answer.status == 500 || answer.status == 502 || answer.status == 504;
}

Verdict without_answer(const Answer& answer) {
  return {.outcome = Outcome::retry,
          .cause = answer.left ? Cause::no_answer : Cause::not_connected,
          .detail = answer.failure};
}

Verdict of_refusal(const Answer& answer, Instant now) {
  const std::string code = error_code(answer.body);
  const Meaning& meaning = meaning_of(answer.status, code);
  Verdict verdict{.outcome = meaning.outcome,
                  .cause = meaning.cause,
                  .detail = "HTTP " + std::to_string(answer.status) + (code.empty() ? "" : " " + code)};
  if (answer.status == 403 && names_another_region(answer.body)) {
    verdict.outcome = Outcome::switch_host;
    verdict.cause = Cause::wrong_region;
  }
  verdict.throttled = verdict.cause == Cause::throttled;
  verdict.tenant_suspended = verdict.cause == Cause::tenant_suspended;
  verdict.uninstalled = verdict.cause == Cause::app_removed || verdict.cause == Cause::blocked ||
                        verdict.cause == Cause::not_installed;
  if (verdict.outcome == Outcome::retry) verdict.pause = parse_retry_after(answer.retry_after, now);
  if (verdict.tenant_suspended && !verdict.pause) verdict.pause = suspension_pause;
  return verdict;
}

}  // namespace

std::string error_code(std::string_view body) {
  if (body.empty() || body.front() == '<') return {};
  auto parsed = protocol::read_json(body);
  if (!parsed || !parsed->is_object()) return {};
  const auto error = parsed->find("error");
  if (error != parsed->end()) {
    if (error->is_object() && error->contains("code")) return code_text((*error)["code"]);
    return code_text(*error);
  }
  return parsed->contains("errorCode") ? nested_code(*parsed) : std::string{};
}

std::string answered_id(std::string_view body, const char* member) {
  if (body.empty()) return {};
  const auto parsed = protocol::read_json(body);
  if (!parsed || !parsed->is_object()) return {};
  const auto id = parsed->find(member);
  return id != parsed->end() && id->is_string() ? id->get<std::string>() : std::string{};
}

std::optional<milliseconds> parse_retry_after(std::string_view header, Instant now) {
  if (header.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto read = std::from_chars(header.data(), header.data() + header.size(), seconds);
  if (read.ec == std::errc{} && read.ptr == header.data() + header.size()) {
    if (seconds < 0) return std::nullopt;
    return std::min(milliseconds{std::chrono::seconds{std::min<std::int64_t>(seconds, 3600)}},
                    longest_retry_after);
  }
  const time_t date = curl_getdate(std::string(header).c_str(), nullptr);
  if (date < 0) return std::nullopt;
  const Instant until{std::chrono::seconds{date}};
  return std::clamp(until - now, milliseconds{0}, longest_retry_after);
}

Verdict judge(const Answer& answer, const SentBefore& before, bool repeatable, Instant now) {
  if (answer.status >= 200 && answer.status < 300) return {.outcome = Outcome::sent};
  Verdict verdict = answer.status == 0 ? without_answer(answer) : of_refusal(answer, now);
  verdict.unconfirmed = !repeatable && is_unconfirmed(answer);
  const bool again_500 = answer.status == 500 && before.ended_in_500;
  if (verdict.unconfirmed && (again_500 || before.unconfirmed + 1 >= max_unconfirmed_sends)) {
    verdict.outcome = Outcome::ended;
    verdict.detail += ", without a receipt again and again";
  }
  return verdict;
}

milliseconds next_pause(milliseconds previous, bool throttled, double random) {
  constexpr double longest_ms = 60'000;
  const double shortest_ms = throttled ? 2'000 : 500;
  const double upper_ms = 3 * std::max(shortest_ms, static_cast<double>(previous.count()));
  const double chosen_ms = shortest_ms + random * (upper_ms - shortest_ms);
  return milliseconds{static_cast<std::int64_t>(std::min(longest_ms, chosen_ms))};
}

}  // namespace pao::bot::delivery
