#include "bot/messages_endpoint.hpp"

#include "bot/log.hpp"
#include "bot/protocol/invoke_answers.hpp"
#include "bot/protocol/invokes.hpp"

#include <algorithm>
#include <utility>

namespace pao::bot {

MessagesEndpoint::MessagesEndpoint(auth::TokenValidator* validator, Policy policy,
                                   storage::Database& database, TurnRunner& runner, Clock token_clock,
                                   TurnMetrics& metrics, delivery::ShowTyping show_typing)
    : validator_(validator),
      policy_(std::move(policy)),
      database_(database),
      runner_(runner),
      token_clock_(std::move(token_clock)),
      metrics_(metrics),
      show_typing_(std::move(show_typing)) {
}

void MessagesEndpoint::on_post(const http::Request& request, http::Response& response) {
  std::shared_ptr<const auth::Claims> claims;
  if (validator_) {
    auth::TokenValidator::Verified verified =
        validator_->validate(request.header("Authorization"), token_clock_());
    if (!verified) {
      if (verified.error().kind == auth::Denial::missing)
        response.headers.emplace_back("WWW-Authenticate", "Bearer");
      return refuse(response, {auth::http_status(verified.error().kind), verified.error().reason});
    }
    claims = std::move(*verified);
  }
  const Result<protocol::Activity> activity = protocol::parse_activity(request.body);
  if (!activity) return refuse(response, {400, activity.error().detail});
  if (const std::optional<Refusal> refusal = check_sender(claims.get(), *activity))
    return refuse(response, *refusal);
  if (const std::optional<Refusal> refusal = check_upload(*activity)) return refuse(response, *refusal);
  if (activity->type != "invoke") return run_message(*activity, response);
  const protocol::InvokeKind* kind = protocol::find_invoke(activity->invoke_name);
  if (kind == nullptr) {
    response.status = 501;
    return;
  }
  run_invoke(*activity, kind->budget, request, response);
}

// The service URL has been checked with the sender.
std::unique_ptr<delivery::TypingIndicator> MessagesEndpoint::typing_for(
    const protocol::Activity& activity) const {
  if (!show_typing_ || activity.conversation_type != "personal") return nullptr;
  return show_typing_({.id = activity.conversation_id,
                       .kind = activity.conversation_type,
                       .service_url = activity.service_url,
                       .tenant_id = activity.tenant_id});
}

void MessagesEndpoint::run_message(const protocol::Activity& activity, http::Response& response) {
  std::unique_ptr<delivery::TypingIndicator> typing;
  budget_.run(
      policy_.typing_after, [&] { typing = typing_for(activity); },
      [&] { respond(response, runner_.run(activity)); });
}

// The answer comes from the work, or before it when the work takes too long.
void MessagesEndpoint::run_invoke(const protocol::Activity& activity, std::chrono::milliseconds budget,
                                  const http::Request& request, http::Response& response) {
  const std::string body(request.early == nullptr ? std::string_view{} : request.body);
  std::unique_ptr<delivery::TypingIndicator> typing;  // until the promised outcome is stored
  const auto overrun = [&] {
    const std::optional<storage::ActivityOutcome> outcome =
        body.empty() ? std::nullopt : runner_.answer_late(activity, body);
    if (!outcome) return;
    http::Response early;
    respond(early, *outcome);
    request.early->give(early);
    if (protocol::finishes_late(activity)) typing = typing_for(activity);
  };
  budget_.run(std::min(budget, policy_.longest_budget), overrun,
              [&] { respond(response, runner_.run(activity)); });
}

void MessagesEndpoint::respond(http::Response& response, Result<storage::ActivityOutcome> outcome) {
  if (!outcome) return refuse(response, {503, outcome.error().detail});
  response.status = outcome->status;
  response.body = std::move(outcome->body);
  if (!response.body.empty()) response.content_type = "application/json; charset=utf-8";
}

std::optional<MessagesEndpoint::Refusal> MessagesEndpoint::check_sender(
    const auth::Claims* claims, const protocol::Activity& activity) const {
  if (!claims) {
    // Nobody proved anything, so our answers go nowhere but where they may go anyway.
    const auto address = auth::check_service_url(activity.service_url, policy_.connector_hosts);
    return address ? std::nullopt : std::optional(Refusal{403, address.error().detail});
  }
  const auto trust = validator_->check_activity(*claims, activity.channel_id, activity.service_url,
                                                [&] { return known_service_url(activity.conversation_id); });
  if (!trust) {
    if (!claims->service_url) ++metrics_.service_url.refused;
    return Refusal{auth::http_status(trust.error().kind), trust.error().reason};
  }
  count(*trust);
  // An emulator may know of no tenant; its token is of our registration all the same.
  if (claims->emulator && activity.tenant_id.empty()) return std::nullopt;
  const auto& tenants = policy_.allowed_tenants;
  if (std::find(tenants.begin(), tenants.end(), activity.tenant_id) == tenants.end()) {
    return Refusal{403, "tenant is not served"};
  }
  return std::nullopt;
}

// What is stored as a place to upload to was looked at once and for all.
std::optional<MessagesEndpoint::Refusal> MessagesEndpoint::check_upload(
    const protocol::Activity& activity) const {
  const auto* answer = std::get_if<handlers::FileAnswer>(&activity.signal);
  if (answer == nullptr || !answer->accepted) return std::nullopt;
  const auto address = auth::check_service_url(answer->upload_url, policy_.file_hosts);
  return address ? std::nullopt : std::optional(Refusal{403, "upload: " + address.error().detail});
}

std::optional<std::string> MessagesEndpoint::known_service_url(const std::string& conversation_id) const {
  const auto conversation = database_.read(
      [&](storage::Session& session) { return storage::find_conversation(session, conversation_id); });
  if (!conversation || !*conversation) return std::nullopt;
  return (*conversation)->service_url;
}

void MessagesEndpoint::count(auth::ServiceUrlTrust trust) const {
  switch (trust) {
    case auth::ServiceUrlTrust::claimed:
      ++metrics_.service_url.claimed;
      break;
    case auth::ServiceUrlTrust::remembered:
      ++metrics_.service_url.remembered;
      break;
    case auth::ServiceUrlTrust::none:
      ++metrics_.service_url.none;
      break;
    case auth::ServiceUrlTrust::development:
      ++metrics_.service_url.development;
      break;
  }
}

void MessagesEndpoint::refuse(http::Response& response, const Refusal& refusal) {
  response.status = refusal.status;
  if (refusal.status == 503) response.headers.emplace_back("Retry-After", "5");
  if (refusal.status == 400) ++metrics_.malformed;
  if (refusal.status == 401 || refusal.status == 403) ++metrics_.unauthorized;
  log::warn("request.refused", {{"status", std::to_string(refusal.status)}, {"cause", refusal.cause}});
}

}  // namespace pao::bot
