#include "tests/support/simulated_teams.hpp"

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <random>
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

std::string error_body(const std::string& code) {
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
  std::map<std::string, std::pair<int, std::string>> refusing;  // conversation: status, code
  Weather weather;
  Storm storm;
  std::map<std::string, std::vector<std::string>> members;  // by conversation
  std::vector<Delivered> delivered;
  std::vector<Changed> changes;
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
    const std::string activity = R"(/teams/v3/conversations/([^/]+)/activities/([^/]+))";
    http_.Put(activity, [this](const auto& request, auto& response) {
      handle(request, response, [&] { change(request, response); });
    });
    http_.Delete(activity, [this](const auto& request, auto& response) {
      handle(request, response, [&] { change(request, response); });
    });
    http_.Get(R"(/teams/v3/conversations/([^/]+)/pagedmembers)", [this](const auto& request, auto& response) {
      handle(request, response, [&] { answer_members(request, response); });
    });
    http_.Get(R"(/teams/v3/conversations/([^/]+)/members/([^/]+))",
              [this](const auto& request, auto& response) {
                handle(request, response, [&] { answer_member(request, response); });
              });
  }

  // Any message that was ever delivered to the conversation can be changed.
  void change(const httplib::Request& request, httplib::Response& response) {
    const std::string conversation = request.matches[1], activity = request.matches[2];
    const auto is_there = [&](const Delivered& one) { return one.conversation == conversation; };
    if (std::none_of(delivered.begin(), delivered.end(), is_there)) {
      return answer(response, 404, error_body("ActivityNotFoundInConversation"));
    }
    changes.push_back({conversation, activity, request.body});
    answer(response, 200, json{{"id", activity}}.dump());
  }

  static json member_json(const std::string& aad) {
    return {{"id", "29:" + aad}, {"name", "Nombre"}, {"aadObjectId", aad}, {"userRole", "user"}};
  }

  // The continuation token is the number of the next member.
  void answer_members(const httplib::Request& request, httplib::Response& response) {
    const std::vector<std::string>& all = members[request.matches[1]];
    const std::string from = request.get_param_value("continuationToken");
    const std::size_t first = from.empty() ? 0 : std::stoul(from);
    const std::size_t size = std::stoul(request.get_param_value("pageSize"));
    json page{{"members", json::array()}};
    for (std::size_t i = first; i < std::min(all.size(), first + size); ++i) {
      page["members"].push_back(member_json(all[i]));
    }
    if (first + size < all.size()) page["continuationToken"] = std::to_string(first + size);
    answer(response, 200, page.dump());
  }

  void answer_member(const httplib::Request& request, httplib::Response& response) {
    for (const std::string& aad : members[request.matches[1]]) {
      const std::string wanted = request.matches[2];
      if (wanted == aad || wanted == "29:" + aad) return answer(response, 200, member_json(aad).dump());
    }
    answer(response, 404, error_body("MemberNotFoundInConversation"));
  }

  // A person's conversation has the same id each time, as in Teams.
  void create(const httplib::Request& request, httplib::Response& response) {
    const json body = json::parse(request.body, nullptr, false);
    if (body.is_object() && body.value("isGroup", false)) return create_thread(body, response);
    const json member = body.is_object() && body.value("members", json::array()).size() == 1
                            ? body["members"][0].value("id", json())
                            : json();
    if (!member.is_string()) return answer(response, 400, error_body("BadSyntax"));
    const std::string id = "a:" + member.get<std::string>();
    if (const auto found = refusing.find(id); found != refusing.end()) {
      return answer(response, found->second.first, error_body(found->second.second));
    }
    ++created;
    answer(response, 201, json{{"id", id}}.dump());
  }

  void create_thread(const json& body, httplib::Response& response) {
    const json channel = body.value(json::json_pointer("/channelData/channel/id"), json());
    if (!channel.is_string() || !body.contains("activity"))
      return answer(response, 400, error_body("BadSyntax"));
    const std::string activity = "sim-" + std::to_string(delivered.size() + 1);
    const std::string id = channel.get<std::string>() + ";messageid=" + activity;
    delivered.push_back({id, "", body["activity"].dump(), Clock::now()});
    answer(response, 201, json{{"id", id}, {"activityId", activity}}.dump());
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
      return answer(response, found->second.first, error_body(found->second.second));
    }
    std::optional<Fault> fault = next_fault(conversation);
    if (!fault) fault = fault_of_weather(request);
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

  // The same share in [0, 1) for the same try of the same message.
  double share_of(const std::string& body, int attempt, int question) const {
    std::mt19937_64 dice(std::hash<std::string>{}(body) ^ (weather.seed * 1'000'003) ^
                         static_cast<std::uint64_t>(attempt * 31 + question));
    dice.discard(3);
    return std::uniform_real_distribution<double>{}(dice);
  }

  std::optional<Fault> fault_of_weather(const httplib::Request& request) {
    if (weather.throttled + weather.failing + weather.resets <= 0) return std::nullopt;
    const int attempt = ++tries_[request.body];
    const double share = share_of(request.body, attempt, 0);
    Fault fault{.accept_first = share_of(request.body, attempt, 1) < 0.5};
    if (share < weather.throttled) {
      ++storm.throttled;
      return Fault{.status = 429, .retry_after = "1"};
    }
    if (share < weather.throttled + weather.failing) {
      constexpr std::array statuses{500, 502, 503, 504};
      fault.status = statuses[static_cast<std::size_t>(share_of(request.body, attempt, 2) * statuses.size())];
      if (fault.status == 503) fault.accept_first = false;
      ++storm.failed;
    } else if (share < weather.throttled + weather.failing + weather.resets) {
      fault.reset = true;
      ++storm.reset;
    } else {
      return std::nullopt;
    }
    if (fault.accept_first) ++storm.accepted_without_receipt;
    return fault;
  }

  void answer(httplib::Response& response, int status, const std::string& body) const {
    response.status = status;
    response.set_content(body, json_type);
    changed.notify_all();
  }

  std::string jwks_;
  std::map<std::string, int> tries_;  // of a body
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

Storm SimulatedTeams::storm() const {
  const std::lock_guard lock(server_->mutex);
  return server_->storm;
}

std::size_t SimulatedTeams::busiest_second() const {
  std::vector<Clock::time_point> times;
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
  std::map<std::string, std::vector<Clock::time_point>> times;
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
