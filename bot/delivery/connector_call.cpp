#include "bot/delivery/connector_call.hpp"

#include <utility>

namespace pao::bot::delivery {
namespace {

const char* name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::put:
      return "PUT";
    case Method::del:
      return "DELETE";
    case Method::post:
      break;
  }
  return "POST";
}

Answer call_once(const auth::HttpSend& send, const Request& request, const std::string& token,
                 std::chrono::milliseconds longest) {
  const auto reply = send({.method = name_of(request.method),
                           .url = request.url,
                           .headers = {{"Authorization", "Bearer " + token},
                                       {"Content-Type", "application/json; charset=utf-8"},
                                       {"User-Agent", "pao-teams"}},
                           .body = request.body,
                           .timeout = longest});
  if (!reply) return {.failure = reply.error().detail};
  return {.status = reply->status,
          .body = reply->body,
          .retry_after = std::string(reply->header("retry-after")),
          .trace = std::string(reply->header("ms-cv"))};
}

}  // namespace

ConnectorCall make_connector_call(auth::HttpSend send, CallAccess access, std::chrono::milliseconds longest) {
  return [send = std::move(send), access = std::move(access), longest](const Request& request) -> Answer {
    if (const auto allowed = access.check_address(request.url); !allowed) {
      return {.failure = allowed.error().detail, .left = false};
    }
    Answer answer;
    for (int attempt = 0; attempt < 2; ++attempt) {
      const auto token = access.token();
      if (!token) return {.failure = token.error().detail, .left = false};
      answer = call_once(send, request, *token, longest);
      if (answer.status != 401) break;
      access.forget_token(*token);
    }
    return answer;
  };
}

}  // namespace pao::bot::delivery
