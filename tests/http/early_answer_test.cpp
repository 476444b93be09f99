// An answer given in a handler's place while it still works.
#include "bot/http/server.hpp"
#include "tests/http/raw_client.hpp"
#include "tests/http/server_fixture.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace pao::test;
using pao::bot::http::Request;
using pao::bot::http::Response;

namespace {

// A route whose answer somebody else gives; the handler waits at the gate.
class EarlyServer {
 public:
  EarlyServer() {
    server.route("POST", "/early", [this](const Request& request, Response& response) {
      std::thread other([&] {
        given += request.early->give({.status = 200,
                                      .content_type = "text/plain",
                                      .body = "early",
                                      .headers = {{"X-Bad", "a\r\nb"}, {"X-Good", "yes"}}});
        given += request.early->give({.body = "again"});
      });
      other.join();
      gate.wait();
      response.body = "late";
      ++ended;
    });
    server.route("GET", "/now", [](const Request&, Response& response) { response.body = "now"; });
    REQUIRE(server.listen("127.0.0.1", 0));
    server.start();
  }
  ~EarlyServer() { gate.open(); }

  Gate gate;
  std::atomic<int> given{0}, ended{0};
  pao::bot::http::Server server{{.limits = {}, .workers = 2}};
};

}  // namespace

TEST_CASE("an early answer goes out whole, once, and the connection serves on while the handler works") {
  EarlyServer early;
  RawClient client(early.server.port());
  const RawReply first = client.ask(post("/early", "body"));
  CHECK(first.status == 200);
  CHECK(first.body == "early");
  CHECK(first.has("Content-Type: text/plain"));
  CHECK(first.has("X-Good: yes"));
  CHECK_FALSE(first.has("X-Bad"));
  early.gate.until_waiting(1);
  CHECK(early.given == 1);
  CHECK(early.ended == 0);

  CHECK(client.ask(get("/now")).body == "now");  // the other worker
  early.gate.open();
  while (early.ended == 0) std::this_thread::yield();
  CHECK(client.ask(get("/now")).body == "now");  // what the handler gave was dropped
  CHECK(early.server.stats().answered_requests == 3);
}

TEST_CASE("after an early answer requests that came together are answered in order") {
  EarlyServer early;
  RawClient client(early.server.port());
  client.send(post("/early", "a") + get("/now"));
  CHECK(client.reply().body == "early");
  CHECK(client.reply().body == "now");
}

TEST_CASE("an early answer to who asks to close closes") {
  EarlyServer early;
  RawClient client(early.server.port());
  const RawReply reply = client.ask(post("/early", "a", "Connection: close\r\n"));
  CHECK(reply.body == "early");
  CHECK(reply.has("Connection: close"));
  CHECK(client.closed());
}

TEST_CASE("a handler that returned first is not answered for") {
  std::atomic<pao::bot::http::EarlyAnswer*> seen{nullptr};
  pao::bot::http::Server server;
  server.route("POST", "/own", [&](const Request& request, Response& response) {
    seen = request.early;
    response.body = "own";
  });
  REQUIRE(server.listen("127.0.0.1", 0));
  server.start();
  RawClient client(server.port());
  CHECK(client.ask(post("/own", "a")).body == "own");
  CHECK(seen.load() != nullptr);
}
