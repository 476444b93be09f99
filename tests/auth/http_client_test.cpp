#include "bot/auth/http_client.hpp"

#include <doctest/doctest.h>
#include <httplib.h>

#include <chrono>
#include <mutex>
#include <set>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using pao::ErrorCode;
using pao::bot::auth::HttpClient;
using pao::bot::auth::HttpRequest;

namespace {

class LocalServer {
 public:
  LocalServer() {
    server.set_tcp_nodelay(true);
    server.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response&) {
      std::lock_guard lock(mutex_);
      connections_.insert(request.remote_port);
      return httplib::Server::HandlerResponse::Unhandled;
    });
    const auto echo = [](const httplib::Request& request, httplib::Response& response) {
      response.status = 201;
      response.set_header("X-Method", request.method);
      response.set_header("X-Expect", request.get_header_value("Expect"));
      response.set_header("X-Sent", request.get_header_value("X-Sent"));
      response.set_content(request.body, "text/plain");
    };
    server.Get("/echo", echo);
    server.Post("/echo", echo);
    server.Put("/echo", echo);
    server.Delete("/echo", echo);
    server.Get("/redirect",
               [](const httplib::Request&, httplib::Response& response) { response.set_redirect("/echo"); });
    server.Get("/slow", [](const httplib::Request&, httplib::Response& response) {
      std::this_thread::sleep_for(400ms);
      response.set_content("late", "text/plain");
    });
    port = server.bind_to_any_port("127.0.0.1");
    thread = std::thread([this] { server.listen_after_bind(); });
    while (!server.is_running()) std::this_thread::yield();
  }
  ~LocalServer() {
    server.stop();
    thread.join();
  }
  std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port) + path; }
  std::size_t connections() const {
    std::lock_guard lock(mutex_);
    return connections_.size();
  }

  httplib::Server server;
  int port = 0;
  std::thread thread;

 private:
  mutable std::mutex mutex_;
  std::set<int> connections_;  // by the caller's port
};

}  // namespace

TEST_CASE("methods, headers and bodies arrive; the connection is kept; nobody waits for 100 Continue") {
  LocalServer server;
  HttpClient client({.allow_loopback = true});
  for (const char* method : {"POST", "PUT", "GET", "DELETE", "POST"}) {
    CAPTURE(method);
    const bool body = method[0] == 'P';
    const auto reply = client.send({.method = method,
                                    .url = server.url("/echo"),
                                    .headers = {{"X-Sent", "yes"}},
                                    .body = body ? std::string(5000, 'b') : ""});
    REQUIRE(reply);
    CHECK(reply->status == 201);
    CHECK(reply->body == (body ? std::string(5000, 'b') : ""));
    CHECK(reply->header("x-method") == method);
    CHECK(reply->header("x-sent") == "yes");
    CHECK(reply->header("x-expect").empty());
  }
  CHECK(server.connections() == 1);
}

TEST_CASE("redirects are replies, not followed") {
  LocalServer server;
  HttpClient client({.allow_loopback = true});
  const auto reply = client.send({.url = server.url("/redirect")});
  REQUIRE(reply);
  CHECK(reply->status == 302);
  CHECK(reply->header("location") == "/echo");
}

TEST_CASE("time, size and address are bounded") {
  LocalServer server;
  HttpClient client({.allow_loopback = true});
  const auto late = client.send({.url = server.url("/slow"), .timeout = 50ms});
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::unavailable);
  const HttpRequest exact{
      .method = "POST", .url = server.url("/echo"), .body = std::string(1000, 'a'), .max_reply_bytes = 1000};
  CHECK(client.send(exact));
  HttpRequest longer = exact;
  longer.body += 'a';
  const auto large = client.send(longer);
  REQUIRE_FALSE(large);
  CHECK(large.error().code == ErrorCode::unavailable);
  CHECK(client.send(exact));  // the failure before does no harm
}

TEST_CASE("plain http, odd schemes and line ends in headers are refused before anything is sent") {
  LocalServer server;
  HttpClient strict;
  const std::string local = server.url("/echo");
  for (const std::string& url : {local, std::string("http://example.com/"), std::string("file:///etc/passwd"),
                                 std::string("https://user@example.com/"), std::string("")}) {
    CAPTURE(url);
    const auto reply = strict.send({.url = url});
    REQUIRE_FALSE(reply);
    CHECK(reply.error().code == ErrorCode::invalid);
  }
  HttpClient loopback({.allow_loopback = true});
  CHECK_FALSE(loopback.send({.url = "http://example.com/"}));
  CHECK_FALSE(loopback.send({.url = local, .headers = {{"X-Sent", "a\r\nX-B: b"}}}));
  CHECK(server.connections() == 0);
}

TEST_CASE("a port where nobody listens is unavailable") {
  std::string url;
  {
    LocalServer gone;
    url = gone.url("/echo");
  }
  HttpClient client({.allow_loopback = true});
  const auto reply = client.send({.url = url});
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == ErrorCode::unavailable);
}
