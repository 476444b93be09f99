#include "bot/client/local_connector.hpp"

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

namespace pao::bot::client {

struct LocalConnector::Server {
  httplib::Server http;
  std::thread thread;
  std::mutex one_call;
  Listener listener;
  std::string conversation_id, member_json;
  std::atomic<int> next_id{1};

  void answer_id(httplib::Response& response, int status) {
    response.status = status;
    response.set_content(R"({"id":"local-)" + std::to_string(next_id++) + R"("})", "application/json");
  }

  void receive(const std::string& conversation, const std::string& body, bool update) {
    const std::lock_guard lock(one_call);
    listener({conversation, body, update});
  }

  void add_routes() {
    http.Post(R"(/v3/conversations/([^/]+)/activities(?:/[^/]+)?)",
              [this](const httplib::Request& request, httplib::Response& response) {
                receive(request.matches[1], request.body, false);
                answer_id(response, 201);
              });
    http.Put(R"(/v3/conversations/([^/]+)/activities/[^/]+)",
             [this](const httplib::Request& request, httplib::Response& response) {
               receive(request.matches[1], request.body, true);
               answer_id(response, 200);
             });
    http.Post("/v3/conversations", [this](const httplib::Request& request, httplib::Response& response) {
      const auto asked = nlohmann::json::parse(request.body, nullptr, false);
      if (asked.is_object() && asked.contains("activity"))
        receive(conversation_id, asked["activity"].dump(), false);
      response.status = 201;
      response.set_content(nlohmann::json{{"id", conversation_id}}.dump(), "application/json");
    });
    http.Get(R"(/v3/conversations/[^/]+/members/[^/]+)",
             [this](const httplib::Request&, httplib::Response& response) {
               response.set_content(member_json, "application/json");
             });
    http.Get(R"(/v3/conversations/[^/]+/members)",
             [this](const httplib::Request&, httplib::Response& response) {
               response.set_content("[" + member_json + "]", "application/json");
             });
    http.Get(R"(/v3/conversations/[^/]+/(?:pagedmembers|pagedMembers))",
             [this](const httplib::Request&, httplib::Response& response) {
               response.set_content(R"({"members":[)" + member_json + "]}", "application/json");
             });
  }
};

LocalConnector::LocalConnector(std::string conversation_id, std::string member_json, Listener listener)
    : server_(std::make_unique<Server>()) {
  server_->listener = std::move(listener);
  server_->conversation_id = std::move(conversation_id);
  server_->member_json = std::move(member_json);
  server_->http.set_tcp_nodelay(true);
  server_->http.set_keep_alive_timeout(1);  // stopping waits for idle connections this long
  server_->http.set_keep_alive_max_count(1000);
  server_->http.set_payload_max_length(1024 * 1024);
  server_->add_routes();
  const int port = server_->http.bind_to_any_port("127.0.0.1");
  if (port <= 0) throw std::runtime_error("no free port on 127.0.0.1");
  service_url_ = "http://127.0.0.1:" + std::to_string(port) + "/";
  server_->thread = std::thread([this] { server_->http.listen_after_bind(); });
  while (!server_->http.is_running()) std::this_thread::yield();  // a stop before this would be lost
}

LocalConnector::~LocalConnector() {
  server_->http.stop();
  server_->thread.join();
}

}  // namespace pao::bot::client
