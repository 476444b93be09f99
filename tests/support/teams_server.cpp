#include "tests/support/teams_server.hpp"

#include <algorithm>
#include <array>
#include <random>

namespace pao::tests {

using std::chrono::milliseconds;
using Json = nlohmann::json;

namespace {

constexpr milliseconds longest_stream{120'000};

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

}  // namespace

std::string teams_error(const std::string& code, const std::string& message) {
  return Json{{"error", {{"code", code}, {"message", message}}}}.dump();
}

bool is_faster_than(const std::vector<std::chrono::steady_clock::time_point>& times, std::size_t sends,
                    milliseconds span) {
  for (std::size_t i = sends; i < times.size(); ++i) {
    if (times[i] - times[i - sends] < span) return true;
  }
  return false;
}

SimulatedTeams::Server::Server(std::string jwks, int wanted) : jwks_(std::move(jwks)) {
  http_.set_tcp_nodelay(true);
  http_.set_keep_alive_max_count(1'000'000);
  http_.set_keep_alive_timeout(30);
  http_.new_task_queue = [] { return new httplib::ThreadPool(64); };
  add_identity_routes();
  add_connector_routes();
  add_directory_routes();
  add_batch_routes();
  add_file_routes();
  if (wanted == 0) {
    port = http_.bind_to_any_port("127.0.0.1");
  } else {
    port = http_.bind_to_port("127.0.0.1", wanted) ? wanted : -1;
  }
  if (port < 0) throw std::runtime_error("the port is taken");
  thread_ = std::thread([this] { http_.listen_after_bind(); });
  while (!http_.is_running()) std::this_thread::yield();
}

SimulatedTeams::Server::~Server() {
  http_.stop();
  thread_.join();
}

void SimulatedTeams::Server::add_identity_routes() {
  http_.Get("/v1/.well-known/openidconfiguration", [this](const auto&, auto& response) {
    response.set_content(Json{{"issuer", "https://api.botframework.com"},
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
    response.set_content(Json{{"token_type", "Bearer"}, {"expires_in", 3599}, {"access_token", token}}.dump(),
                         json_type);
  });
}

void SimulatedTeams::Server::add_connector_routes() {
  const auto on = [this](void (Server::*handler)(const httplib::Request&, httplib::Response&)) {
    return [this, handler](const httplib::Request& request, httplib::Response& response) {
      handle(request, response, [&] { (this->*handler)(request, response); });
    };
  };
  const std::string activities = R"(/teams/v3/conversations/([^/]+)/activities)";
  const std::string activity = activities + "/([^/]+)";
  http_.Post("/teams/v3/conversations", on(&Server::create));
  http_.Post(activities, on(&Server::send));
  http_.Post(activity, on(&Server::send));
  http_.Put(activity, on(&Server::change));
  http_.Delete(activity, on(&Server::change));
}

void SimulatedTeams::Server::send(const httplib::Request& request, httplib::Response& response) {
  const Json body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) return answer(response, 400, teams_error("BadSyntax"));
  for (const Json& entity : body.value("entities", Json::array())) {
    if (entity.value("type", "") == "streaminfo") return stream(request, body, entity, response);
  }
  if (body.value("type", "") == "typing") {
    ++typing[request.matches[1]];
    return answer(response, 201, Json{{"id", "typing"}}.dump());
  }
  if (request.has_param("isTargetedActivity")) return send_targeted(request, body, response);
  keep(request, response);
}

void SimulatedTeams::Server::keep(const httplib::Request& request, httplib::Response& response) {
  const std::string id = "sim-" + std::to_string(delivered.size() + 1);
  delivered.push_back({.conversation = request.matches[1],
                       .reply_to = request.matches.size() > 2 ? request.matches[2].str() : "",
                       .body = request.body,
                       .at = Clock::now(),
                       .id = id});
  answer(response, 201, Json{{"id", id}}.dump());
}

// Only in groups and channels, and only with a reader (reference 3.13).
void SimulatedTeams::Server::send_targeted(const httplib::Request& request, const Json& body,
                                           httplib::Response& response) {
  const Json recipient = body.value("recipient", Json::object());
  const bool is_group = request.matches[1].str().rfind("19:", 0) == 0;
  if (!is_group || !recipient.value("isTargeted", false) || recipient.value("id", "").empty()) {
    return answer(response, 400, teams_error("BadArgument"));
  }
  keep(request, response);
  delivered.back().targeted_to = recipient.value("id", "");
}

void SimulatedTeams::Server::stream(const httplib::Request& request, const Json& body, const Json& info,
                                    httplib::Response& response) {
  const std::string conversation = request.matches[1];
  if (conversation.rfind("19:", 0) == 0) return answer(response, 405, "");
  if (!stream_refusal.empty()) {
    return answer(response, 403, teams_error("ContentStreamNotAllowed", stream_refusal));
  }
  const std::string type = info.value("streamType", "");
  std::string id = info.value("streamId", "");
  const auto now = Clock::now();
  if (id.empty()) {
    if (type == "final" || info.value("streamSequence", 0) != 1) {
      return answer(response, 400, teams_error("BadRequest", "missing stream id"));
    }
    id = "stream-" + std::to_string(streams_.size() + 1);
    streams_[id] = {.conversation = conversation, .started = now};
  }
  const auto found = streams_.find(id);
  if (found == streams_.end() || found->second.conversation != conversation) {
    return answer(response, 400, teams_error("BadRequest", "unknown stream id"));
  }
  Stream& one = found->second;
  const auto refuse = [&](int status, const char* code, const char* message) {
    answer(response, status, teams_error(code, message));
  };
  if (one.ended) return refuse(403, "ContentStreamNotAllowed", "Content stream is already completed");
  if (now - one.started > longest_stream) {
    return refuse(403, "ContentStreamNotAllowed", "Content stream finished due to exceeded streaming time");
  }
  if (one.sequence > 0 && now - one.last < milliseconds{900}) {
    response.set_header("Retry-After", "1");
    return refuse(429, "Throttled", "API calls quota exceeded");
  }
  const std::string text = body.value("text", "");
  if (type != "informative" && text.rfind(one.text, 0) != 0) {
    return refuse(400, "BadRequest", "should contain the previously streamed content");
  }
  if (type == "final") return end_stream(request, info, response);
  const int sequence = info.value("streamSequence", 0);
  if (sequence <= one.sequence) {
    return refuse(202, "ContentStreamSequenceOrderPreConditionFailed", "out of order");
  }
  if (type == "informative" && one.has_text) return refuse(400, "BadRequest", "informative after text");
  one.sequence = sequence;
  one.last = now;
  if (type == "streaming") {
    one.text = text;
    one.has_text = true;
  }
  stream_steps.push_back({conversation, id, type, text, now});
  const bool is_first = !info.contains("streamId");
  answer(response, is_first ? 201 : 202, is_first ? Json{{"id", id}}.dump() : "{}");
}

void SimulatedTeams::Server::end_stream(const httplib::Request& request, const Json& info,
                                        httplib::Response& response) {
  const Json body = Json::parse(request.body);
  if (body.value("type", "") != "message" || info.contains("streamSequence")) {
    return answer(response, 400, teams_error("BadRequest", "a final step is a message without sequence"));
  }
  const std::string id = info.value("streamId", "");
  streams_[id].ended = true;
  stream_steps.push_back({request.matches[1], id, "final", body.value("text", ""), Clock::now()});
  delivered.push_back(
      {.conversation = request.matches[1], .body = request.body, .at = Clock::now(), .id = id});
  answer(response, 202, "{}");
}

const Delivered* SimulatedTeams::Server::find_delivered(const std::string& conversation,
                                                        const std::string& activity) const {
  const auto found = std::find_if(delivered.begin(), delivered.end(), [&](const Delivered& one) {
    return one.conversation == conversation && one.id == activity;
  });
  return found == delivered.end() ? nullptr : &*found;
}

void SimulatedTeams::Server::change(const httplib::Request& request, httplib::Response& response) {
  const std::string conversation = request.matches[1], activity = request.matches[2];
  const Delivered* message = find_delivered(conversation, activity);
  const bool is_stream = streams_.contains(activity) && streams_[activity].conversation == conversation;
  if ((message == nullptr && !is_stream) || removed_.contains(conversation + '\n' + activity)) {
    return answer(response, 404, teams_error("ActivityNotFoundInConversation"));
  }
  // What one person sees alone can be changed only by who says so again, and without naming the reader.
  const bool targeted = request.has_param("isTargetedActivity");
  if (message != nullptr && targeted == message->targeted_to.empty()) {
    return answer(response, targeted ? 400 : 404,
                  teams_error(targeted ? "INVALID_TARGETED_MESSAGE_ID" : "ActivityNotFoundInConversation"));
  }
  const Json body = Json::parse(request.body, nullptr, false);
  if (targeted && body.is_object() && body.contains("recipient")) {
    return answer(response, 400, teams_error("BadArgument"));
  }
  changes.push_back({conversation, activity, request.body, targeted});
  if (request.method == "DELETE") removed_.insert(conversation + '\n' + activity);
  answer(response, 200, Json{{"id", activity}}.dump());
}

// A person's conversation has the same id each time, as in Teams.
void SimulatedTeams::Server::create(const httplib::Request& request, httplib::Response& response) {
  const Json body = Json::parse(request.body, nullptr, false);
  if (body.is_object() && body.value("isGroup", false)) return create_thread(body, response);
  const Json member = body.is_object() && body.value("members", Json::array()).size() == 1
                          ? body["members"][0].value("id", Json())
                          : Json();
  if (!member.is_string()) return answer(response, 400, teams_error("BadSyntax"));
  const std::string id = "a:" + member.get<std::string>();
  if (const auto found = refusing.find(id); found != refusing.end()) {
    return answer(response, found->second.first, teams_error(found->second.second));
  }
  ++created;
  answer(response, 201, Json{{"id", id}}.dump());
}

void SimulatedTeams::Server::create_thread(const Json& body, httplib::Response& response) {
  const Json channel = body.value(Json::json_pointer("/channelData/channel/id"), Json());
  if (!channel.is_string() || !body.contains("activity"))
    return answer(response, 400, teams_error("BadSyntax"));
  const std::string activity = "sim-" + std::to_string(delivered.size() + 1);
  const std::string id = channel.get<std::string>() + ";messageid=" + activity;
  delivered.push_back(
      {.conversation = id, .body = body["activity"].dump(), .at = Clock::now(), .id = activity});
  answer(response, 201, Json{{"id", id}, {"activityId", activity}}.dump());
}

void SimulatedTeams::Server::handle(const httplib::Request& request, httplib::Response& response,
                                    const std::function<void()>& accept) {
  std::unique_lock lock(mutex);
  ++requests;
  if (request.get_header_value("Authorization") != "Bearer " + token) {
    return answer(response, 401, teams_error("Unauthorized"));
  }
  const std::string conversation = request.matches.size() > 1 ? request.matches[1].str() : "";
  if (const auto found = refusing.find(conversation); found != refusing.end()) {
    return answer(response, found->second.first, teams_error(found->second.second));
  }
  std::optional<Fault> fault = next_fault(conversation);
  if (!fault) fault = fault_of_weather(request);
  if (!fault) {
    if (const auto wait = over_limit(conversation)) {
      ++storm.over_limit;
      response.set_header("Retry-After", std::to_string(*wait));
      return answer(response, 429, teams_error("Throttled"));
    }
    return accept();
  }
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

// The seconds to wait when this request would break a window; nothing when it keeps to all of them.
std::optional<int> SimulatedTeams::Server::over_limit(const std::string& conversation) {
  const auto now = Clock::now();
  const auto is_over = [&](std::deque<Clock::time_point>& times, std::size_t sends, milliseconds span) {
    return times.size() >= sends && now - times[times.size() - sends] < span;
  };
  std::deque<Clock::time_point>& tenant = sent_at_[""];
  if (limits.tenant_per_second > 0 && is_over(tenant, limits.tenant_per_second, milliseconds{1'000}))
    return 1;
  if (limits.conversation_windows && !conversation.empty()) {
    std::deque<Clock::time_point>& times = sent_at_[conversation];
    if (is_over(times, 7, milliseconds{1'000}) || is_over(times, 8, milliseconds{2'000})) return 1;
    if (is_over(times, 60, milliseconds{30'000}) || is_over(times, 1800, std::chrono::hours{1})) return 5;
    times.push_back(now);
  }
  tenant.push_back(now);
  return std::nullopt;
}

std::optional<Fault> SimulatedTeams::Server::next_fault(const std::string& conversation) {
  for (auto it = faults.begin(); it != faults.end(); ++it) {
    if (!it->conversation.empty() && it->conversation != conversation) continue;
    const Fault fault = *it;
    if (--it->times == 0) faults.erase(it);
    return fault;
  }
  return std::nullopt;
}

// The same share in [0, 1) for the same try of the same message.
double SimulatedTeams::Server::share_of(const std::string& body, int attempt, int question) const {
  std::mt19937_64 dice(std::hash<std::string>{}(body) ^ (weather.seed * 1'000'003) ^
                       static_cast<std::uint64_t>(attempt * 31 + question));
  dice.discard(3);
  return std::uniform_real_distribution<double>{}(dice);
}

std::optional<Fault> SimulatedTeams::Server::fault_of_weather(const httplib::Request& request) {
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

void SimulatedTeams::Server::answer(httplib::Response& response, int status, const std::string& body) const {
  response.status = status;
  response.set_content(body, json_type);
  changed.notify_all();
}

}  // namespace pao::tests
