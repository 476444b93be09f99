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
using storage::OutboxState;

constexpr int max_attempts_after_500 = 3;
constexpr milliseconds longest_retry_after = std::chrono::hours{1};

// The codes after which writing to the conversation is pointless, and what they say to an operator.
struct GoneCode {
  std::string_view code;
  bool uninstalled;
  std::string_view words;
};
constexpr std::array<GoneCode, 7> gone_codes{{
    {"BotNotInConversationRoster", true, "the app was removed from the conversation"},
    {"ConversationBlockedByUser", true, "the person blocked or removed the app"},
    {"MessageWritesBlocked", true, "the person blocked or removed the app"},
    {"ForbiddenOperationException", true, "the app is not installed for the person"},
    {"ForbiddenOperation", true, "the app is not installed for the person"},
    {"BotDisabledByAdmin", false, "an administrator of the tenant blocked the app"},
    {"ConversationNotFound", false, "the channel does not know the conversation"},
}};

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

std::string with_code(std::string words, std::string_view code) {
  return code.empty() ? words : words + " (" + std::string(code) + ")";
}

Verdict retry(std::string reason) {
  return {.outcome = Outcome::retry, .reason = std::move(reason)};
}

Verdict ended(OutboxState state, std::string reason) {
  return {.outcome = Outcome::ended, .state = state, .reason = std::move(reason)};
}

Verdict judge_refusal(int status, const std::string& code) {
  for (const GoneCode& gone : gone_codes) {
    if (code != gone.code || (status != 403 && status != 404)) continue;
    Verdict verdict = ended(OutboxState::unreachable, with_code(std::string(gone.words), code));
    verdict.uninstalled = gone.uninstalled;
    return verdict;
  }
  switch (status) {
    case 403:
      return ended(OutboxState::dead, with_code("the channel forbids it, HTTP 403", code));
    case 404:
      return ended(OutboxState::dead, with_code("not found at the channel, HTTP 404", code));
    case 413:
      return ended(OutboxState::dead, with_code("too large for the channel, HTTP 413", code));
    default:
      return ended(OutboxState::dead,
                   with_code("the channel refused it, HTTP " + std::to_string(status), code));
  }
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

Verdict judge(const Answer& answer, int attempts, Instant now) {
  if (answer.status >= 200 && answer.status < 300) return {.outcome = Outcome::sent};
  if (answer.status == 0) return retry("no answer from the channel: " + answer.failure);
  const std::string code = error_code(answer.body);
  Verdict verdict;
  switch (answer.status) {
    case 401:
      return {.outcome = Outcome::renew_token,
              .reason = with_code("the channel does not accept our token, HTTP 401", code)};
    case 412:
      return retry(with_code("another operation on the conversation was under way, HTTP 412", code));
    case 429:
      verdict = retry(with_code("the channel asks for a slower pace, HTTP 429", code));
      verdict.throttled = true;
      break;
    case 500:
      if (attempts >= max_attempts_after_500) {
        return ended(OutboxState::dead, with_code("the channel failed again and again, HTTP 500", code));
      }
      verdict = retry(with_code("the channel failed, HTTP 500", code));
      break;
    case 502:
    case 503:
    case 504:
      verdict =
          retry(with_code("a gateway of the channel failed, HTTP " + std::to_string(answer.status), code));
      break;
    default:
      return judge_refusal(answer.status, code);
  }
  verdict.pause = parse_retry_after(answer.retry_after, now);
  return verdict;
}

milliseconds growing_pause(int attempts, bool throttled, double random) {
  constexpr double longest_ms = 60'000;
  const double first_ms = throttled ? 4'000 : 1'000;
  const int doublings = std::clamp(attempts - 1, 0, 10);
  const double upper = std::min(longest_ms, first_ms * static_cast<double>(1 << doublings));
  return milliseconds{static_cast<std::int64_t>(upper * (0.5 + 0.5 * random))};
}

}  // namespace pao::bot::delivery
