// A server on a free port with an echo route, a GET route and one that waits to be let go.
#pragma once

#include "bot/http/server.hpp"

#include <condition_variable>
#include <mutex>
#include <stdexcept>

namespace pao::test {

// Handlers wait here until the test opens it.
class Gate {
 public:
  void wait() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void until_waiting(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

class TestServer {
 public:
  explicit TestServer(bot::http::Settings settings = {}) : server(settings) {
    using bot::http::Request;
    using bot::http::Response;
    server.route("POST", "/echo", [](const Request& request, Response& response) {
      response.body = std::string(request.body);
      response.content_type = "text/plain";
    });
    server.route("GET", "/healthz", [](const Request&, Response& response) {
      response.body = "ok";
      response.content_type = "text/plain";
    });
    server.route("POST", "/wait", [this](const Request&, Response& response) {
      gate.wait();
      response.body = "done";
    });
    server.route(
        "POST", "/small", [](const Request&, Response&) {}, 10);
    server.route("GET", "/throws", [](const Request&, Response& response) {
      response.body = "half";
      throw std::runtime_error("a secret");
    });
    server.route("GET", "/about", [](const Request& request, Response& response) {
      response.status = 202;
      response.headers.emplace_back("X-Seen", std::string(request.header("x-asked").value_or("nothing")));
      response.body = std::string(request.method) + " " + std::string(request.path) + " [" +
                      std::string(request.query) + "] " + std::string(request.remote_address);
    });
    server.route("GET", "/large",
                 [](const Request&, Response& response) { response.body.assign(8 * 1024 * 1024, 'x'); });
    if (!server.listen("127.0.0.1", 0)) throw std::runtime_error("listen failed");
    server.start();
  }
  ~TestServer() { gate.open(); }

  int port() const { return server.port(); }

  Gate gate;
  bot::http::Server server;
};

}  // namespace pao::test
