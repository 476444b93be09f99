#include "tests/support/simulated_teams.hpp"

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace pao::tests {
namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::json;
using std::chrono::milliseconds;

constexpr const char* json_type = "application/json; charset=utf-8";

// httplib hides the socket of a request; it is the one whose peer is the client.
void reset_connection_of(const httplib::Request& request) {
  for (int fd = 3; fd < 4096; ++fd) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    sockaddr_in local{};
    socklen_t local_size = sizeof local;
    if (getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) != 0 || peer.sin_family != AF_INET)
      continue;
    if (getsockname(fd, reinterpret_cast<sockaddr*>(&local), &local_size) != 0) continue;
    if (ntohs(peer.sin_port) != request.remote_port || ntohs(local.sin_port) != request.local_port) continue;
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    shutdown(fd, SHUT_RDWR);
    return;
  }
}

std::string error_body(const char* code) {
  return json{{"error", {{"code", code}, {"message", "simulated"}}}}.dump();
}

bool is_faster_than(const std::vector<Clock::time_point>& times, std::size_t sends, milliseconds span) {
  for (std::size_t i = sends; i < times.size(); ++i) {
    if (times[i] - times[i - sends] < span) return true;
  }
  return false;
}

}  // namespace

class SimulatedTeams::Server {
 public:
  explicit Server(std::string jwks) : jwks_(std::move(jwks)) {
    http_.set_tcp_nodelay(true);
    http_.set_keep_alive_max_count(1'000'000);
    http_.set_keep_alive_timeout(30);
    http_.new_task_queue = [] { return new httplib::ThreadPool(64); };
    add_identity_routes();
    add_connector_routes();
    port = http_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { http_.listen_after_bind(); });
    while (!http_.is_running()) std::this_thread::yield();
  }

  ~Server() {
    http_.stop();
    thread_.join();
  }

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port); }

  int port = 0;
  mutable std::mutex mutex;  // guards everything below
  mutable std::condition_variable changed;
  std::string token = "simulated-token-1";
  std::deque<Fault> faults;
  std::map<std::string, const char*> refusing;  // conversation: code
  std::vector<Delivered> delivered;
  std::vector<Clock::time_point> refused;
  int requests = 0;
  int tokens = 0;
  int created = 0;

 private:
  void add_identity_routes() {
    http_.Get("/v1/.well-known/openidconfiguration", [this](const auto&, auto& response) {
      response.set_content(json{{"issuer", "https://api.botframework.com"},
                                {"jwks_uri", address() + "/v1/.well-known/keys"},
                                {"id_token_signing_alg_values_supported", {"RS256"}}}
                               .dump(),
                           json_type);
    });
    http_.Get("/v1/.well-known/keys",
              [this](const auto&, auto& response) { response.set_content(jwks_, json_type); });
    http_.Post("/oauth2/v2.0/token", [this](const auto&, auto& response) {
      const std::lock_guard lock(mutex);
      ++tokens;
      response.set_content(
          json{{"token_type", "Bearer"}, {"expires_in", 3599}, {"access_token", token}}.dump(), json_type);
    });
  }

  void add_connector_routes() {
    const auto send = [this](const httplib::Request& request, httplib::Response& response) {
      handle(request, response, [&] {
        delivered.push_back({request.matches[1], request.matches.size() > 2 ? request.matches[2].str() : "",
                             request.body, Clock::now()});
        answer(response, 201, json{{"id", "sim-" + std::to_string(delivered.size())}}.dump());
      });
    };
    http_.Post("/teams/v3/conversations", [this](const auto& request, auto& response) {
      handle(request, response, [&] { create(request, response); });
    });
    http_.Post(R"(/teams/v3/conversations/([^/]+)/activities)", send);
    http_.Post(R"(/teams/v3/conversations/([^/]+)/activities/([^/]+))", send);
    http_.Put(R"(/teams/v3/conversations/([^/]+)/activities/([^/]+))",
              [this](const auto& request, auto& response) {
                handle(request, response, [&] {
                  answer(response, 200, json{{"id", request.matches[2].str()}}.dump());
                });
              });
    http_.Get(R"(/teams/v3/conversations/([^/]+)/pagedmembers)", [this](const auto& request, auto& response) {
      handle(request, response, [&] { answer(response, 200, R"({"members":[]})"); });
    });
  }

  // A person's conversation has the same id each time, as in Teams.
  void create(const httplib::Request& request, httplib::Response& response) {
    const json body = json::parse(request.body, nullptr, false);
    const json member = body.is_object() && body.value("members", json::array()).size() == 1
                            ? body["members"][0].value("id", json())
                            : json();
    if (!member.is_string()) return answer(response, 400, error_body("BadSyntax"));
    const std::string id = "a:" + member.get<std::string>();
    if (const auto found = refusing.find(id); found != refusing.end()) {
      return answer(response, 403, error_body(found->second));
    }
    ++created;
    answer(response, 201, json{{"id", id}}.dump());
  }

  template <class Accept>
  void handle(const httplib::Request& request, httplib::Response& response, Accept accept) {
    std::unique_lock lock(mutex);
    ++requests;
    if (request.get_header_value("Authorization") != "Bearer " + token) {
      return answer(response, 401, error_body("Unauthorized"));
    }
    const std::string conversation = request.matches.size() > 1 ? request.matches[1].str() : "";
    if (const auto found = refusing.find(conversation); found != refusing.end()) {
      return answer(response, 403, error_body(found->second));
    }
    const std::optional<Fault> fault = next_fault(conversation);
    if (!fault) return accept();
    refused.push_back(Clock::now());
    if (fault->accept_first) accept();
    changed.notify_all();
    lock.unlock();
    std::this_thread::sleep_for(fault->delay);
    if (fault->reset) return reset_connection_of(request);
    if (fault->status == 0) {
      lock.lock();
      return fault->accept_first ? void() : accept();
    }
    answer(response, fault->status, fault->body);
    if (fault->retry_after) response.set_header("Retry-After", *fault->retry_after);
  }

  std::optional<Fault> next_fault(const std::string& conversation) {
    for (auto it = faults.begin(); it != faults.end(); ++it) {
      if (!it->conversation.empty() && it->conversation != conversation) continue;
      const Fault fault = *it;
      if (--it->times == 0) faults.erase(it);
      return fault;
    }
    return std::nullopt;
  }

  void answer(httplib::Response& response, int status, const std::string& body) const {
    response.status = status;
    response.set_content(body, json_type);
    changed.notify_all();
  }

  std::string jwks_;
  httplib::Server http_;
  std::thread thread_;
};

SimulatedTeams::SimulatedTeams(std::string jwks) : server_(std::make_unique<Server>(std::move(jwks))) {
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
  const std::lock_guard lock(server_->mutex);
  server_->refusing[conversation] = "BotNotInConversationRoster";
}
void SimulatedTeams::block(const std::string& conversation) {
  const std::lock_guard lock(server_->mutex);
  server_->refusing[conversation] = "ConversationBlockedByUser";
}
void SimulatedTeams::install(const std::string& conversation) {
  const std::lock_guard lock(server_->mutex);
  server_->refusing.erase(conversation);
}

std::vector<Delivered> SimulatedTeams::delivered() const {
  const std::lock_guard lock(server_->mutex);
  return server_->delivered;
}
std::vector<Delivered> SimulatedTeams::delivered_to(const std::string& conversation) const {
  std::vector<Delivered> all = delivered();
  std::erase_if(all, [&](const Delivered& one) { return one.conversation != conversation; });
  return all;
}
std::vector<Clock::time_point> SimulatedTeams::refused_at() const {
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

bool SimulatedTeams::wait_for(std::size_t messages, milliseconds patience) const {
  std::unique_lock lock(server_->mutex);
  return server_->changed.wait_for(lock, patience, [&] { return server_->delivered.size() >= messages; });
}

std::optional<std::string> SimulatedTeams::too_fast() const {
  std::map<std::string, std::vector<Clock::time_point>> times;
  for (const Delivered& one : delivered()) times[one.conversation].push_back(one.at);
  for (const auto& [conversation, at] : times) {
    if (is_faster_than(at, 7, std::chrono::seconds{1}) || is_faster_than(at, 8, std::chrono::seconds{2}) ||
        is_faster_than(at, 60, std::chrono::seconds{30})) {
      return conversation;
    }
  }
  return std::nullopt;
}

}  // namespace pao::tests
