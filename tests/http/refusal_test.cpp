// What the front end refuses before any handler runs, and with which status.
#include "tests/http/raw_client.hpp"
#include "tests/http/server_fixture.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace pao::test;

namespace {

std::string head(const std::string& line, const std::string& headers = "") {
  return line + "\r\nHost: bot\r\n" + headers + "\r\n";
}

}  // namespace

TEST_CASE("hostile requests are refused with the right status and the connection is closed") {
  TestServer test;
  const std::string big(17 * 1024, 'a');
  std::string many;
  for (int i = 0; i < 70; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";

  const std::vector<std::pair<std::string, int>> cases = {
      {head("POST /echo HTTP/1.1", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n", 411},
      {head("POST /echo HTTP/1.1", "Transfer-Encoding: gzip, chunked\r\n"), 501},
      {head("POST /echo HTTP/1.1", "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n") + "abc", 411},
      {post("/echo", "abc", "Content-Encoding: gzip\r\n"), 415},
      {post("/echo", "abc", "Content-Type: multipart/form-data; boundary=x\r\n"), 415},
      {post("/echo", "abc", "Content-Length: 3\r\n"), 400},
      {post("/echo", "abc", "content-length: 4\r\n"), 400},
      {head("POST /echo HTTP/1.1", "Content-Length: 3a\r\n") + "abc", 400},
      {head("POST /echo HTTP/1.1", "Content-Length: +3\r\n") + "abc", 400},
      {head("POST /echo HTTP/1.1", "Content-Length: -1\r\n"), 400},
      {head("POST /echo HTTP/1.1", "Content-Length: 3, 3\r\n") + "abc", 400},
      {head("POST /echo HTTP/1.1", "Content-Length:\r\n"), 400},
      {head("POST /echo HTTP/1.1", "Content-Length: 99999999999\r\n"), 413},
      {head("POST /echo HTTP/1.1", "Content-Length: 99999999999999999999999999\r\n"), 413},
      {head("POST /echo HTTP/1.1", "Content-Length: 18446744073709551617\r\n"), 413},
      {head("POST /echo HTTP/1.1", "Content-Length: 262145\r\n"), 413},
      {post("/small", "12345678901"), 413},
      {post("/healthz", "abc"), 405},
      {post("/nowhere", "abc"), 404},
      {head("POST /echo HTTP/1.1"), 411},
      {post("/echo", "abc", "X-A: a%0d%0aX-B: b\r\n"), 400},
      {post("/echo", "abc", "X-A: a%0Ab\r\n"), 400},
      {post("/echo", "abc", "REMOTE_ADDR: 6.6.6.6\r\n"), 400},
      {post("/echo", "abc", "remote_port: 1\r\n"), 400},
      {post("/echo", "abc", "LOCAL_ADDR: 6.6.6.6\r\n"), 400},
      {post("/echo", "abc", "X-Big: " + big + "\r\n"), 431},
      {"GET /healthz HTTP/1.1\r\nX-Big: " + big, 431},
      {post("/echo", "abc", many), 431},
      {post("/echo", "abc", "X-A: a\r\n b\r\n"), 400},
      {post("/echo", "abc", "X-A : a\r\n"), 400},
      {post("/echo", "abc", "X A: a\r\n"), 400},
      {post("/echo", "abc", ": a\r\n"), 400},
      {post("/echo", "abc", "novalue\r\n"), 400},
      {post("/echo", "abc", std::string("X-A: a\0b\r\n", 10)), 400},
      {post("/echo", "abc", "X-A: a\x01\r\n"), 400},
      {post("/echo", "abc", "X-A: a\rb\r\n"), 400},
      {post("/echo", "abc", "X-A: a\nX-B: b\r\n"), 400},
      {post("/echo", "abc", "Host: other\r\n"), 400},
      {post("/echo", "abc", "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"), 400},
      {post("/echo", "abc", "Expect: 200-ok\r\n"), 417},
      {"GET /healthz HTTP/1.1\r\n\r\n", 400},
      {head("GET /healthz HTTP/2.0"), 505},
      {head("GET /healthz HTTP/0.9"), 505},
      {head("GET /healthz HTTP/1.2"), 505},
      {head("GET /healthz http/1.1"), 400},
      {head("GET /healthz HTTP/11"), 400},
      {head("GET /healthz"), 400},
      {head("GET  /healthz HTTP/1.1"), 400},
      {head("GET /healthz  HTTP/1.1"), 400},
      {head("get /healthz HTTP/1.1"), 400},
      {head("G\x01T /healthz HTTP/1.1"), 400},
      {head("GET http://bot/healthz HTTP/1.1"), 400},
      {head("CONNECT bot:443 HTTP/1.1"), 400},
      {head("OPTIONS * HTTP/1.1"), 400},
      {head("GET healthz HTTP/1.1"), 400},
      {head("GET /healthz#x HTTP/1.1"), 400},
      {head("GET /h\xc3\xa9 HTTP/1.1"), 400},
      {head("GET /" + std::string(3000, 'a') + " HTTP/1.1"), 414},
      {"\x16\x03\x01\x02\x01\x01\xfc\x03\x03", 400},
      {"\r\n\r\n", 400},
      {" GET /healthz HTTP/1.1\r\n\r\n", 400},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
  };
  for (const auto& [bytes, status] : cases) {
    CAPTURE(bytes.substr(0, 120));
    RawClient client(test.port());
    const RawReply reply = client.ask(bytes);
    CHECK(reply.status == status);
    CHECK(reply.has("Connection: close\r\n") == (reply.status != 0));
    CHECK(client.closed());
  }
  CHECK(ask_once(test.port(), get("/healthz")).status == 200);
}

TEST_CASE("paths are compared byte for byte: nothing is decoded or tidied up") {
  TestServer test;
  for (const char* path : {"/a%2Fb%00e", "/healthz%00", "/%68ealthz", "/healthz/", "//healthz", "/./healthz",
                           "/x/../healthz", "/HEALTHZ", "/", "/healthz;x", "/healthz%2e"}) {
    CAPTURE(path);
    const RawReply reply = ask_once(test.port(), get(path));
    CHECK(reply.status == 404);
    CHECK(reply.body == R"({"error":"not found"})");
  }
  CHECK(ask_once(test.port(), get("/healthz?x=%00%2F")).status == 200);
}

TEST_CASE("a wrong method on a known path is 405 and names the right ones") {
  TestServer test;
  const RawReply wrong = ask_once(test.port(), get("/echo"));
  CHECK(wrong.status == 405);
  CHECK(wrong.has("Allow: POST\r\n"));
  RawClient client(test.port());
  const RawReply unknown = client.ask("POTATO /healthz HTTP/1.1\r\nHost: bot\r\n\r\n");
  CHECK(unknown.status == 405);
  CHECK(unknown.has("Allow: GET, HEAD\r\n"));
  CHECK(client.ask(get("/healthz")).status == 200);  // without a body the connection goes on
}

TEST_CASE("a body above the limit is refused before it is read, and the answer arrives") {
  TestServer test;
  RawClient client(test.port());
  const std::string body(20 * 1024 * 1024, 'a');
  client.send(post("/echo", body));
  CHECK(client.reply().status == 413);
  CHECK(client.closed());
}

TEST_CASE("a body of exactly the limit is served") {
  TestServer test;
  const std::string body(256 * 1024, 'a');
  const RawReply reply = ask_once(test.port(), post("/echo", body));
  CHECK(reply.status == 200);
  CHECK(reply.body == body);
}

TEST_CASE("refusals are counted by status and say nothing about the software") {
  TestServer test;
  const RawReply reply = ask_once(test.port(), get("/nowhere"));
  CHECK_FALSE(reply.has("Server:"));
  CHECK(reply.has("Content-Type: application/json\r\n"));
  ask_once(test.port(), get("/nowhere"));
  ask_once(test.port(), get("/echo"));
  const auto stats = test.server.stats();
  CHECK(stats.refused == std::map<int, std::uint64_t>{{404, 2}, {405, 1}});
  CHECK(stats.answered_requests == 0);
}
