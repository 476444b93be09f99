#include "tests/support/simulated_teams.hpp"

#include "tests/support/teams_server.hpp"

#include <algorithm>

namespace pao::tests {

using std::chrono::milliseconds;

SimulatedTeams::SimulatedTeams(std::string jwks, int port)
    : server_(std::make_unique<Server>(std::move(jwks), port)) {
}
SimulatedTeams::~SimulatedTeams() = default;

std::string SimulatedTeams::service_url() const {
  return server_->address() + "/teams/";
}
std::string SimulatedTeams::openid_metadata_url() const {
  return server_->address() + "/v1/.well-known/openidconfiguration";
}
std::string SimulatedTeams::token_url() const {
  return server_->address() + "/oauth2/v2.0/token";
}

std::string SimulatedTeams::access_token() const {
  const std::lock_guard lock(server_->mutex);
  return server_->token;
}
void SimulatedTeams::set_access_token(std::string token) {
  const std::lock_guard lock(server_->mutex);
  server_->token = std::move(token);
}

void SimulatedTeams::inject(const Fault& fault) {
  const std::lock_guard lock(server_->mutex);
  server_->faults.push_back(fault);
}
void SimulatedTeams::uninstall(const std::string& conversation) {
  refuse(conversation, 403, "BotNotInConversationRoster");
}
void SimulatedTeams::block(const std::string& conversation) {
  refuse(conversation, 403, "ConversationBlockedByUser");
}
void SimulatedTeams::refuse(const std::string& conversation, int status, const std::string& code) {
  const std::lock_guard lock(server_->mutex);
  server_->refusing[conversation] = {status, code};
}
void SimulatedTeams::set_members(const std::string& conversation, std::vector<std::string> members) {
  const std::lock_guard lock(server_->mutex);
  server_->members[conversation] = std::move(members);
}
void SimulatedTeams::set_weather(const Weather& weather) {
  const std::lock_guard lock(server_->mutex);
  server_->weather = weather;
}
void SimulatedTeams::install(const std::string& conversation) {
  const std::lock_guard lock(server_->mutex);
  server_->refusing.erase(conversation);
}

int SimulatedTeams::port() const {
  return server_->port;
}
void SimulatedTeams::set_team(const std::string& id, SimulatedTeam team) {
  const std::lock_guard lock(server_->mutex);
  server_->teams[id] = std::move(team);
}
void SimulatedTeams::set_limits(const Limits& limits) {
  const std::lock_guard lock(server_->mutex);
  server_->limits = limits;
}
std::string SimulatedTeams::offer_download(const std::string& name, std::string content) {
  const std::lock_guard lock(server_->mutex);
  server_->files[name] = std::move(content);
  return server_->address() + "/files/download/" + name;
}
std::string SimulatedTeams::upload_url(const std::string& name) const {
  return server_->address() + "/files/upload/" + name;
}
std::optional<std::string> SimulatedTeams::uploaded(const std::string& name) const {
  const std::lock_guard lock(server_->mutex);
  const auto found = server_->uploads.find(name);
  return found == server_->uploads.end() ? std::nullopt : std::optional(found->second);
}
std::vector<std::string> SimulatedTeams::upload_ranges() const {
  const std::lock_guard lock(server_->mutex);
  return server_->upload_ranges;
}
std::vector<std::string> SimulatedTeams::tokens_at_files() const {
  const std::lock_guard lock(server_->mutex);
  return server_->file_tokens;
}
void SimulatedTeams::redirect_files(bool redirects) {
  const std::lock_guard lock(server_->mutex);
  server_->redirects_files = redirects;
}
void SimulatedTeams::refuse_streams(const std::string& message) {
  const std::lock_guard lock(server_->mutex);
  server_->stream_refusal = message;
}
std::vector<Reaction> SimulatedTeams::reactions() const {
  const std::lock_guard lock(server_->mutex);
  return server_->reactions;
}
std::vector<StreamStep> SimulatedTeams::stream_steps() const {
  const std::lock_guard lock(server_->mutex);
  return server_->stream_steps;
}
int SimulatedTeams::typing_in(const std::string& conversation) const {
  const std::lock_guard lock(server_->mutex);
  const auto found = server_->typing.find(conversation);
  return found == server_->typing.end() ? 0 : found->second;
}

std::vector<Delivered> SimulatedTeams::delivered() const {
  const std::lock_guard lock(server_->mutex);
  return server_->delivered;
}
std::vector<Changed> SimulatedTeams::changed() const {
  const std::lock_guard lock(server_->mutex);
  return server_->changes;
}
std::size_t SimulatedTeams::delivered_count() const {
  const std::lock_guard lock(server_->mutex);
  return server_->delivered.size();
}
std::vector<Delivered> SimulatedTeams::delivered_to(const std::string& conversation) const {
  std::vector<Delivered> all = delivered();
  std::erase_if(all, [&](const Delivered& one) { return one.conversation != conversation; });
  return all;
}
std::vector<std::chrono::steady_clock::time_point> SimulatedTeams::refused_at() const {
  const std::lock_guard lock(server_->mutex);
  return server_->refused;
}
int SimulatedTeams::requests() const {
  const std::lock_guard lock(server_->mutex);
  return server_->requests;
}
int SimulatedTeams::tokens_issued() const {
  const std::lock_guard lock(server_->mutex);
  return server_->tokens;
}
int SimulatedTeams::conversations_created() const {
  const std::lock_guard lock(server_->mutex);
  return server_->created;
}

Storm SimulatedTeams::storm() const {
  const std::lock_guard lock(server_->mutex);
  return server_->storm;
}

std::size_t SimulatedTeams::busiest_second() const {
  std::vector<std::chrono::steady_clock::time_point> times;
  for (const Delivered& one : delivered()) times.push_back(one.at);
  std::sort(times.begin(), times.end());
  std::size_t most = 0;
  for (std::size_t first = 0, last = 0; last < times.size(); ++last) {
    while (times[last] - times[first] >= std::chrono::seconds{1}) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

bool SimulatedTeams::wait_for(std::size_t messages, milliseconds patience) const {
  std::unique_lock lock(server_->mutex);
  return server_->changed.wait_for(lock, patience, [&] { return server_->delivered.size() >= messages; });
}

std::optional<std::string> SimulatedTeams::too_fast() const {
  std::map<std::string, std::vector<std::chrono::steady_clock::time_point>> times;
  for (const Delivered& one : delivered()) times[one.conversation].push_back(one.at);
  for (const auto& [conversation, at] : times) {
    if (is_faster_than(at, 7, std::chrono::seconds{1}) || is_faster_than(at, 8, std::chrono::seconds{2}) ||
        is_faster_than(at, 60, std::chrono::seconds{30}) || is_faster_than(at, 1800, std::chrono::hours{1})) {
      return conversation;
    }
  }
  return std::nullopt;
}

}  // namespace pao::tests
