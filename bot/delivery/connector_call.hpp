// One call of the connector at a time, for what is not a message of the outbox: typing, streams, members,
// teams, reactions.
#pragma once

#include "bot/auth/http_client.hpp"
#include "bot/delivery/connector_client.hpp"
#include "bot/delivery/retry_policy.hpp"

#include <chrono>
#include <functional>

namespace pao::bot::delivery {

// Blocks until the answer is there; an answer without status says why none came. Safe from many threads when
// what it was made of is.
using ConnectorCall = std::function<Answer(const Request& request)>;

// Calls with our token, only where it may go. After a 401 the token is fetched anew and the call repeated,
// once.
struct CallAccess {
  std::function<Result<std::string>()> token;
  std::function<void(const std::string& refused)> forget_token;
  std::function<Result<void>(const std::string& url)> check_address;
};
ConnectorCall make_connector_call(auth::HttpSend send, CallAccess access,
                                  std::chrono::milliseconds longest = std::chrono::seconds{15});

}  // namespace pao::bot::delivery
