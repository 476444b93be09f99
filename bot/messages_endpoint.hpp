// POST /api/messages: is the sender who the token says, what was said, run the turn, answer.
#pragma once

#include "bot/auth/service_url.hpp"
#include "bot/auth/token_validator.hpp"
#include "bot/clock.hpp"
#include "bot/delivery/typing_indicator.hpp"
#include "bot/http/message.hpp"
#include "bot/invoke_budget.hpp"
#include "bot/metrics.hpp"
#include "bot/protocol/activity.hpp"
#include "bot/turn_runner.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace pao::bot {

class MessagesEndpoint {
 public:
  struct Policy {
    std::vector<std::string> allowed_tenants;  // asked only when tokens are
    auth::HostRules connector_hosts;           // where our own token may go
    auth::HostRules file_hosts;                // where files of people lie; never with our token
    // Tests do not wait for the budgets of protocol::invoke_kinds().
    std::chrono::milliseconds longest_budget = std::chrono::seconds{8};
    // After how long the writer of a message sees that it is being worked on.
    std::chrono::milliseconds typing_after = std::chrono::seconds{1};
  };

  // `validator` null: identity.mode none, everybody on loopback is believed. `token_clock` is the machine's,
  // also when the service's own clock starts elsewhere.
  MessagesEndpoint(auth::TokenValidator* validator, Policy policy, storage::Database& database,
                   TurnRunner& runner, Clock token_clock, TurnMetrics& metrics,
                   delivery::ShowTyping show_typing = {});

  // Status codes of reference 1.10: 400 malformed, 401 not believed, 403 believed but not allowed, 501 an
  // invoke we do not know, 503 keys or disk are away (the channel sends again). Reasons go to the log, not
  // into the body. An invoke whose work takes longer than its budget is answered before it is done, and while
  // slow work goes on in a personal conversation the typing indicator is shown there.
  void on_post(const http::Request& request, http::Response& response);

 private:
  struct Refusal {
    int status;
    std::string cause;
  };
  std::optional<Refusal> check_sender(const auth::Claims* claims, const protocol::Activity& activity) const;
  std::optional<Refusal> check_upload(const protocol::Activity& activity) const;
  std::unique_ptr<delivery::TypingIndicator> typing_for(const protocol::Activity& activity) const;
  void run_message(const protocol::Activity& activity, http::Response& response);
  void run_invoke(const protocol::Activity& activity, std::chrono::milliseconds budget,
                  const http::Request& request, http::Response& response);
  void respond(http::Response& response, Result<storage::ActivityOutcome> outcome);
  std::optional<std::string> known_service_url(const std::string& conversation_id) const;
  void count(auth::ServiceUrlTrust trust) const;
  void refuse(http::Response& response, const Refusal& refusal);

  auth::TokenValidator* validator_;
  Policy policy_;
  storage::Database& database_;
  TurnRunner& runner_;
  Clock token_clock_;
  TurnMetrics& metrics_;
  delivery::ShowTyping show_typing_;
  InvokeBudget budget_;
};

}  // namespace pao::bot
