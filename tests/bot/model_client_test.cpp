// The client of a language model against a server on this machine that behaves badly on purpose.
#include "bot/answers/model_client.hpp"

#include "bot/log.hpp"
#include "tests/bot/captured_log.hpp"

#include <doctest/doctest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <future>
#include <thread>

using namespace pao;
using namespace pao::bot;
using namespace pao::bot::answers;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr const char* secret = "sk-secreto-1234567890";

std::string answer_of(const std::string& text) {
  return json{{"choices", {{{"message", {{"role", "assistant"}, {"content", text}}}}}}}.dump();
}

// One event of a streamed answer.
std::string piece_of(const std::string& text) {
  return "data: " + json{{"choices", {{{"delta", {{"content", text}}}}}}}.dump() + "\n\n";
}
constexpr const char* end_of_stream = "data: [DONE]\n\n";

// Streams these events with a pause before each; `stays_open`: without ever ending the answer.
httplib::Server::Handler streams(const std::vector<std::string>& events, std::chrono::milliseconds pause = {},
                                 const std::atomic<bool>* stays_open_until = nullptr) {
  return [=](const httplib::Request&, httplib::Response& response) {
    response.set_chunked_content_provider(
        "text/event-stream; charset=utf-8",
        [=, at = std::size_t{0}](std::size_t, httplib::DataSink& sink) mutable {
          std::this_thread::sleep_for(pause);
          if (at < events.size()) return sink.write(events[at].data(), events[at].size()) && ++at > 0;
          if (stays_open_until != nullptr && !*stays_open_until) {
            std::this_thread::sleep_for(5ms);
            return true;
          }
          sink.done();
          return true;
        });
  };
}

class ModelServer {
 public:
  explicit ModelServer(httplib::Server::Handler handler) {
    server_.Post(".*", [this, handler](const httplib::Request& request, httplib::Response& response) {
      ++calls;
      handler(request, response);
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~ModelServer() {
    ending.store(true);
    server_.stop();
    thread_.join();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  std::atomic<int> calls = 0;
  std::atomic<bool> ending = false;

 private:
  httplib::Server server_;
  std::thread thread_;
  int port_ = 0;
};

struct Caller {
  std::atomic<bool> stopping = false;
  auth::HttpClient http{{.allow_loopback = true, .is_cancelled = [this] { return stopping.load(); }}};
  std::chrono::steady_clock::time_point now{};
  ModelClient client;

  explicit Caller(const std::string& endpoint, const std::function<void(ModelOptions&)>& change = {})
      : client(
            [&] {
              ModelOptions options{.endpoint = endpoint,
                                   .model = "modelo",
                                   .key = secret,
                                   .hosts = {.allowed = {}, .allow_loopback = true},
                                   .timeout = 400ms,
                                   .max_reply_bytes = 16 * 1024};
              if (change) change(options);
              return options;
            }(),
            [this](const auth::HttpRequest& request) { return http.send(request); }, [this] { return now; }) {
  }

  Result<std::string> write(const handlers::consult::OnDraft& on_draft = {}) {
    return client.write(
        {"Use solo los criterios.", "¿cuál es el plazo?", {{"PLA-05", "Plazo", "Son 5 días hábiles."}}},
        on_draft);
  }
};

}  // namespace

TEST_CASE(
    "the question and the criteria go to the endpoint, the key in its header, and the text comes back") {
  httplib::Request seen;
  ModelServer server([&](const httplib::Request& request, httplib::Response& response) {
    seen = request;
    response.set_content(answer_of("Son 5 días hábiles [1]."), "application/json");
  });
  Caller caller(server.url() + "/v1/");
  CHECK(caller.write() == "Son 5 días hábiles [1].");
  CHECK(seen.path == "/v1/chat/completions");
  CHECK(seen.get_header_value("Authorization") == std::string("Bearer ") + secret);
  const json body = json::parse(seen.body);
  CHECK(body["model"] == "modelo");
  CHECK(body["stream"] == true);
  CHECK(body["messages"][0]["role"] == "system");
  CHECK(body["messages"][1]["content"].get<std::string>().find("[1] PLA-05. Plazo: Son 5 días hábiles.") !=
        std::string::npos);
  CHECK(body["messages"][1]["content"].get<std::string>().find("¿cuál es el plazo?") != std::string::npos);
}

TEST_CASE("azure has the deployment in its address and the key in a header of its own") {
  httplib::Request seen;
  ModelServer server([&](const httplib::Request& request, httplib::Response& response) {
    seen = request;
    response.set_content(answer_of("Sí [1]."), "application/json");
  });
  Caller caller(server.url(), [](ModelOptions& options) { options.azure = true; });
  CHECK(caller.write() == "Sí [1].");
  CHECK(seen.path == "/openai/deployments/modelo/chat/completions");
  CHECK(seen.get_param_value("api-version") == "2024-10-21");
  CHECK(seen.get_header_value("api-key") == secret);
  CHECK(!seen.has_header("Authorization"));
  CHECK(!json::parse(seen.body).contains("model"));
}

TEST_CASE("a model that behaves badly is no answer, and neither its words nor the key reach the log") {
  struct Row {
    const char* what;
    httplib::Server::Handler handler;
  };
  const auto says = [](int status, const std::string& body, const char* type = "application/json") {
    return [=](const httplib::Request&, httplib::Response& response) {
      response.status = status;
      response.set_content(body, type);
    };
  };
  const Row rows[] = {
      {"500", says(500, answer_of("TEXTO"))},
      {"401", says(401, R"({"error":"TEXTO"})")},
      {"redirect",
       [](const httplib::Request&, httplib::Response& r) { r.set_redirect("http://127.0.0.1:1/TEXTO"); }},
      {"HTML", says(200, "<html><body>TEXTO</body></html>", "text/html")},
      {"cut JSON", says(200, answer_of("TEXTO").substr(0, 20))},
      {"empty", says(200, "")},
      {"a list", says(200, "[]")},
      {"no choices", says(200, R"({"choices":[]})")},
      {"a choice that is none", says(200, R"({"choices":["TEXTO"]})")},
      {"a number for a text", says(200, R"({"choices":[{"message":{"content":42}}]})")},
      {"null for a text", says(200, R"({"choices":[{"message":{"content":null}}]})")},
      {"no message", says(200, R"({"choices":[{"text":"TEXTO"}]})")},
      {"not UTF-8", says(200, "{\"choices\":[{\"message\":{\"content\":\"\xff\xfe\"}}]}")},
      {"deep", says(200, std::string(5000, '[') + std::string(5000, ']'))},
      {"a text of 12 KB", says(200, answer_of(std::string(12 * 1024, 'x')))},
      {"huge", says(200, answer_of(std::string(1024 * 1024, 'x')))},
      {"cut",
       [](const httplib::Request&, httplib::Response& r) {
         r.set_content_provider(1000, "application/json",
                                [](std::size_t, std::size_t, httplib::DataSink& sink) {
                                  sink.write("{\"choices\"", 10);
                                  return false;
                                });
       }},
  };
  const test::CapturedLog log;
  log::set_level("debug");
  for (const Row& row : rows) {
    CAPTURE(row.what);
    ModelServer server(row.handler);
    Caller caller(server.url());
    CHECK(!caller.write());
    CHECK(server.calls == 1);  // no second try, no redirect followed
  }
  log::set_level("info");
  const std::string text = log.text();
  CHECK(text.find("answer.model_failed") != std::string::npos);
  CHECK(text.find("TEXTO") == std::string::npos);
  CHECK(text.find("secreto") == std::string::npos);
  CHECK(text.find("plazo") == std::string::npos);
}

TEST_CASE("a model that is silent or drips is given up when the time is over, or the service stops") {
  ModelServer* self = nullptr;
  const auto drips = [&](const httplib::Request&, httplib::Response& response) {
    response.set_chunked_content_provider("application/json", [&](std::size_t, httplib::DataSink& sink) {
      if (self->ending) return false;
      std::this_thread::sleep_for(20ms);
      return sink.write(" ", 1);
    });
  };
  {
    ModelServer server(drips);
    self = &server;
    Caller caller(server.url());
    const auto started = std::chrono::steady_clock::now();
    CHECK(!caller.write());
    CHECK(std::chrono::steady_clock::now() - started < 2s);
  }
  ModelServer server(drips);
  self = &server;
  Caller caller(server.url(), [](ModelOptions& options) { options.timeout = 60s; });
  auto written = std::async(std::launch::async, [&] { return caller.write().has_value(); });
  while (server.calls == 0) std::this_thread::yield();
  caller.stopping = true;
  REQUIRE(written.wait_for(5s) == std::future_status::ready);
  CHECK(!written.get());
}

TEST_CASE(
    "a model that says when to come back is left alone until then, one that fails three times for a while") {
  int status = 429;
  ModelServer server([&](const httplib::Request&, httplib::Response& response) {
    response.status = status;
    if (status == 429) response.set_header("Retry-After", "60");
    response.set_content(status == 200 ? answer_of("Sí [1].") : "", "application/json");
  });
  Caller caller(server.url());
  CHECK(!caller.write());
  CHECK(server.calls == 1);
  status = 200;
  caller.now += 59s;
  CHECK(!caller.write());
  CHECK(server.calls == 1);
  caller.now += 1s;
  CHECK(caller.write());

  status = 500;
  for (int i = 0; i < 3; ++i) CHECK(!caller.write());
  CHECK(server.calls == 5);
  CHECK(!caller.write());
  CHECK(server.calls == 5);
  caller.now += 31s;
  status = 200;
  CHECK(caller.write());
  CHECK(server.calls == 6);
}

TEST_CASE("nothing is sent to an address that is not allowed") {
  int sent = 0;
  for (const char* endpoint :
       {"http://api.example.com/v1", "https://evil.example.com/v1", "https://10.0.0.1/v1",
        "https://api.example.com:8443/v1", "https://key@api.example.com/v1",
        "https://api.example.com.evil.example/v1", "http://127.0.0.1:9/v1", "nonsense"}) {
    CAPTURE(endpoint);
    ModelClient client(
        {.endpoint = endpoint, .model = "m", .key = secret, .hosts = {.allowed = {"api.example.com"}}},
        [&](const auth::HttpRequest&) -> Result<auth::HttpReply> {
          ++sent;
          return auth::HttpReply{.status = 200, .body = answer_of("x"), .headers = {}};
        },
        [] { return std::chrono::steady_clock::time_point{}; });
    const auto written = client.write({"", "", {}});
    REQUIRE(!written);
    CHECK(written.error().code == ErrorCode::invalid);
  }
  CHECK(sent == 0);
}

TEST_CASE("a streamed text is seen while it grows, each time from its beginning") {
  ModelServer server(
      streams({piece_of("Son 5 "), piece_of("días hábiles"), piece_of(" [1]."), end_of_stream}, 15ms));
  Caller caller(server.url());
  std::vector<std::string> seen;
  CHECK(caller.write([&](std::string_view draft) {
    seen.emplace_back(draft);
    return true;
  }) == "Son 5 días hábiles [1].");
  CHECK(seen == std::vector<std::string>{"Son 5 ", "Son 5 días hábiles", "Son 5 días hábiles [1]."});
  CHECK(server.calls == 1);
}

TEST_CASE("a stream that has said all is an answer, also when the endpoint never hangs up") {
  std::atomic<bool> ending = false;
  ModelServer server(streams({piece_of("Sí [1]."), end_of_stream}, 0ms, &ending));
  Caller caller(server.url(), [](ModelOptions& options) { options.timeout = 60s; });
  const auto started = std::chrono::steady_clock::now();
  CHECK(caller.write() == "Sí [1].");
  CHECK(std::chrono::steady_clock::now() - started < 10s);
  ending = true;
}

TEST_CASE("a stream that is cut, broken, endless or too long is no answer") {
  std::atomic<bool> ending = false;
  struct Row {
    const char* what;
    httplib::Server::Handler handler;
  };
  const Row rows[] = {
      {"cut between events", streams({piece_of("Son 5 días hábiles [1].")})},
      {"cut inside an event", streams({piece_of("Son 5 "), piece_of("días").substr(0, 20)})},
      {"garbage", streams({piece_of("Son 5 "), "data: <html>TEXTO\n\n", end_of_stream})},
      {"its own error",
       streams({piece_of("Son 5 "), "data: {\"error\":{\"message\":\"TEXTO\"}}\n\n", end_of_stream})},
      {"filtered", streams({piece_of("Son 5 "),
                            R"(data: {"choices":[{"delta":{},"finish_reason":"content_filter"}]})"
                            "\n\n",
                            end_of_stream})},
      {"silent after a while", streams({piece_of("Son 5 ")}, 0ms, &ending)},
      {"a text of 12 KB",
       streams({piece_of(std::string(6'000, 'x')), piece_of(std::string(6'000, 'x')), end_of_stream})},
      {"more than any answer",
       streams(std::vector<std::string>(2'000, ": " + std::string(100, 'x') + "\n\n"))},
      {"nothing", streams({end_of_stream, "data: x\n\n"})},
  };
  const test::CapturedLog log;
  log::set_level("debug");
  for (const Row& row : rows) {
    CAPTURE(row.what);
    ending = false;
    ModelServer server(row.handler);
    Caller caller(server.url());
    const auto text = caller.write();
    CHECK((!text || text->empty()));
    CHECK(server.calls == 1);
    ending = true;
  }
  log::set_level("info");
  CHECK(log.text().find("TEXTO") == std::string::npos);
  CHECK(log.text().find("hábiles") == std::string::npos);
}

TEST_CASE("whoever does not want the rest ends the call, and the model is not to blame") {
  std::atomic<bool> ending = false;
  ModelServer server(streams({piece_of("Son 5 "), piece_of("días.")}, 0ms, &ending));
  Caller caller(server.url(), [](ModelOptions& options) { options.timeout = 60s; });
  for (int i = 0; i < 4; ++i) {
    const auto text = caller.write([](std::string_view) { return false; });
    REQUIRE(!text);
    CHECK(text.error().code == ErrorCode::refused);
  }
  CHECK(server.calls == 4);  // no pause after the third
  ending = true;
}

TEST_CASE("an endpoint that knows no streams is asked for the whole text, from then on at once") {
  std::vector<bool> streamed;
  ModelServer server([&](const httplib::Request& request, httplib::Response& response) {
    const bool wants_stream = json::parse(request.body)["stream"];
    streamed.push_back(wants_stream);
    response.status = wants_stream ? 400 : 200;
    response.set_content(answer_of("Sí [1]."), "application/json");
  });
  Caller caller(server.url());
  CHECK(caller.write() == "Sí [1].");
  CHECK(caller.write() == "Sí [1].");
  CHECK(streamed == std::vector<bool>{true, false, false});
  // A question that is refused either way says nothing about streams.
  ModelServer strict([&](const httplib::Request& request, httplib::Response& response) {
    streamed.push_back(json::parse(request.body)["stream"]);
    response.status = 422;
  });
  Caller other(strict.url());
  streamed.clear();
  CHECK(!other.write());
  CHECK(!other.write());
  CHECK(streamed == std::vector<bool>{true, false, true, false});
}
