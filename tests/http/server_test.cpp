#include "bot/http/server.hpp"

#include "tests/http/raw_client.hpp"
#include "tests/http/server_fixture.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

using namespace pao::test;
using namespace std::chrono_literals;
using pao::bot::http::Settings;
using Steady = std::chrono::steady_clock;

namespace {

void allow_many_sockets() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

double milliseconds_of(const std::function<void()>& work) {
  const auto start = Steady::now();
  work();
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

}  // namespace

TEST_CASE("a handler sees the request and its answer goes out") {
  TestServer test;
  RawClient client(test.port());
  const RawReply reply = client.ask("GET /about?a=1&b HTTP/1.1\r\nHost: bot\r\nX-ASKED:  yes \r\n\r\n");
  CHECK(reply.status == 202);
  CHECK(reply.has("X-Seen: yes\r\n"));
  CHECK(reply.body == "GET /about [a=1&b] 127.0.0.1");
  CHECK_FALSE(reply.has("Server:"));
  CHECK_FALSE(reply.has("Connection:"));
}

TEST_CASE("a connection serves many requests, one after the other") {
  TestServer test;
  RawClient client(test.port());
  for (int i = 0; i < 200; ++i) {
    const std::string body = "body " + std::to_string(i);
    const RawReply reply = client.ask(post("/echo", body));
    REQUIRE(reply.status == 200);
    REQUIRE(reply.body == body);
  }
  CHECK(test.server.stats().accepted_connections == 1);
  CHECK(test.server.stats().answered_requests == 200);
}

TEST_CASE("requests that arrive together are answered in order, refusals among them") {
  TestServer test;
  RawClient client(test.port());
  std::string bytes;
  for (int i = 0; i < 50; ++i) bytes += post("/echo", std::to_string(i)) + get("/nowhere");
  client.send(bytes);
  for (int i = 0; i < 50; ++i) {
    CHECK(client.reply().body == std::to_string(i));
    CHECK(client.reply().status == 404);
  }
}

TEST_CASE("a request cut into single bytes is put together") {
  TestServer test;
  RawClient client(test.port());
  for (char c : post("/echo", "hola")) client.send({&c, 1});
  CHECK(client.reply().body == "hola");
}

TEST_CASE("the connection is closed when the peer wants it or speaks HTTP/1.0") {
  TestServer test;
  RawClient asked(test.port());
  CHECK(asked.ask(post("/echo", "a", "Connection: keep-alive, Close\r\n")).has("Connection: close\r\n"));
  CHECK(asked.closed());
  RawClient old(test.port());
  CHECK(old.ask("GET /healthz HTTP/1.0\r\n\r\n").body == "ok");
  CHECK(old.closed());
}

TEST_CASE("HEAD has the head of GET and no body") {
  TestServer test;
  RawClient client(test.port());
  client.send("HEAD /healthz HTTP/1.1\r\nHost: bot\r\n\r\n");
  const RawReply reply = client.reply(false);
  CHECK(reply.status == 200);
  CHECK(reply.has("Content-Length: 2\r\n"));
  client.send("HEAD /nowhere HTTP/1.1\r\nHost: bot\r\n\r\n");
  CHECK(client.reply(false).status == 404);
  CHECK(client.ask(get("/healthz")).body == "ok");
}

TEST_CASE("Expect: 100-continue is answered before the body is sent") {
  TestServer test;
  RawClient client(test.port());
  const std::string request = post("/echo", "hola", "Expect: 100-continue\r\n");
  CHECK(client.ask(request.substr(0, request.size() - 4)).status == 100);
  CHECK(client.ask("hola").body == "hola");
  RawClient refused(test.port());
  CHECK(refused.ask("POST /small HTTP/1.1\r\nHost: b\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n")
            .status == 413);
}

TEST_CASE("an exception of a handler becomes an empty 500") {
  TestServer test;
  RawClient client(test.port());
  const RawReply reply = client.ask(get("/throws"));
  CHECK(reply.status == 500);
  CHECK(reply.body.empty());
  CHECK_FALSE(reply.has("secret"));
  CHECK(client.ask(get("/healthz")).status == 200);
}

TEST_CASE("an answer larger than the socket's buffer arrives whole, also at a slow reader") {
  TestServer test(Settings{.workers = 1});
  RawClient slow(test.port());
  slow.send(get("/large") + get("/healthz"));
  CHECK(ask_once(test.port(), get("/healthz")).body == "ok");  // the only worker is not held up
  CHECK(slow.reply().body.size() == 8 * 1024 * 1024);
  CHECK(slow.reply().body == "ok");
}

TEST_CASE("idle, mute and slow connections do not delay others") {
  allow_many_sockets();
  TestServer test;
  std::vector<RawClient> idle;
  for (int i = 0; i < 1000; ++i) {
    idle.emplace_back(test.port());
    REQUIRE(idle.back().ask(get("/healthz")).status == 200);
  }
  std::vector<RawClient> others;
  for (int i = 0; i < 64; ++i) others.emplace_back(test.port());  // mute
  for (int i = 0; i < 64; ++i) {
    others.emplace_back(test.port());
    others.back().send("POST /echo HTTP/1.1\r\nHos");
  }
  for (int i = 0; i < 64; ++i) {
    others.emplace_back(test.port());
    others.back().send("POST /echo HTTP/1.1\r\nHost: bot\r\nContent-Length: 1000\r\n\r\nabc");
  }
  const double probe = milliseconds_of([&] { CHECK(ask_once(test.port(), get("/healthz")).status == 200); });
  const double again = milliseconds_of([&] { CHECK(idle.front().ask(get("/healthz")).status == 200); });
  MESSAGE("new connection ", probe, " ms, idle one ", again, " ms");
  CHECK(probe < 1000);
  CHECK(again < 1000);
  CHECK(test.server.stats().open_connections >= 1192);
}

TEST_CASE("deadlines end mute, slow and silent connections") {
  Settings settings;
  settings.limits.head_deadline = 100ms;
  settings.limits.body_deadline = 100ms;
  settings.limits.keep_alive = 100ms;
  TestServer test(settings);
  RawClient mute(test.port());
  CHECK(mute.closed());
  RawClient slow_head(test.port());
  CHECK(slow_head.ask("GET /heal").status == 408);
  CHECK(slow_head.closed());
  RawClient slow_body(test.port());
  CHECK(slow_body.ask("POST /echo HTTP/1.1\r\nHost: bot\r\nContent-Length: 10\r\n\r\nabc").status == 408);
  RawClient silent(test.port());
  CHECK(silent.ask(get("/healthz")).status == 200);
  CHECK(silent.closed());
  CHECK(test.server.stats().expired_connections == 4);
}

TEST_CASE("the head's deadline counts from its first byte, however often more bytes come") {
  Settings settings;
  settings.limits.head_deadline = 200ms;
  TestServer test(settings);
  RawClient client(test.port());
  client.send("GET /healthz HTTP/1.1\r\nX: ");
  std::jthread drip([&](std::stop_token stop) {
    while (!stop.stop_requested()) {
      client.send("a");
      std::this_thread::sleep_for(10ms);
    }
  });
  CHECK(client.reply().status == 408);
}

TEST_CASE("a full queue is answered 503 with Retry-After at once") {
  Settings settings;
  settings.workers = 1;
  settings.limits.queued_requests = 2;
  TestServer test(settings);
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back(test.port());
    clients.back().send(post("/wait", "a"));
    if (i == 0) test.gate.until_waiting(1);
  }
  while (test.server.stats().queued_requests < 2) std::this_thread::yield();
  RawClient extra(test.port());
  const RawReply reply = extra.ask(post("/wait", "a"));
  CHECK(reply.status == 503);
  CHECK(reply.has("Retry-After: 1\r\n"));
  test.gate.open();
  for (RawClient& client : clients) CHECK(client.reply().body == "done");
  CHECK(extra.ask(post("/echo", "later")).body == "later");
}

TEST_CASE("more connections than allowed are refused, the others go on") {
  Settings settings;
  settings.limits.connections = 2;
  TestServer test(settings);
  RawClient first(test.port());
  RawClient second(test.port());
  CHECK(first.ask(get("/healthz")).status == 200);
  CHECK(second.ask(get("/healthz")).status == 200);
  RawClient third(test.port());
  CHECK(third.reply().status == 503);
  CHECK(first.ask(get("/healthz")).status == 200);
}

TEST_CASE("stop lets requests in flight finish and takes less than a second") {
  TestServer test;
  RawClient idle(test.port());
  CHECK(idle.ask(get("/healthz")).status == 200);
  RawClient busy(test.port());
  busy.send(post("/wait", "a"));
  test.gate.until_waiting(1);
  bool clean = false;
  auto stopping =
      std::async(std::launch::async, [&] { return milliseconds_of([&] { clean = test.server.stop(); }); });
  CHECK(idle.closed());
  test.gate.open();
  const RawReply reply = busy.reply();
  CHECK(reply.body == "done");
  CHECK(reply.has("Connection: close\r\n"));
  CHECK(busy.closed());
  CHECK(stopping.get() < 1000);
  CHECK(clean);
  CHECK_THROWS(RawClient(test.port()));
}

TEST_CASE("stop does not wait for a handler that overruns, and may be called twice") {
  TestServer test;
  RawClient busy(test.port());
  busy.send(post("/wait", "a"));
  test.gate.until_waiting(1);
  CHECK(milliseconds_of([&] { CHECK_FALSE(test.server.stop()); }) < 1000);
  CHECK(busy.reply().status == 0);
  CHECK_FALSE(test.server.stop());
}

TEST_CASE("a port that is taken is said at start") {
  TestServer test;
  pao::bot::http::Server second;
  const auto listening = second.listen("127.0.0.1", test.port());
  REQUIRE_FALSE(listening);
  CHECK(listening.error().code == pao::ErrorCode::unavailable);
}
