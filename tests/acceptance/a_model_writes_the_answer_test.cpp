// With a language model configured the service writes answers from the criteria, and whatever the model does,
// people get an answer.
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>
#include <httplib.h>

#include <atomic>
#include <functional>
#include <thread>

namespace pao::tests {
namespace {

constexpr const char* question = "¿Qué pasa si registro el avance después del cierre?";

class Model {
 public:
  // What it writes of the criteria that it is given; nothing: it fails.
  using Writes = std::function<std::string(const std::string& criteria)>;

  explicit Model(Writes writes) : writes_(std::move(writes)) {
    server_.Post(
        "/v1/chat/completions", [this](const httplib::Request& request, httplib::Response& response) {
          const auto body = nlohmann::json::parse(request.body);
          const std::string text = writes_(body["messages"][1]["content"]);
          response.status = text.empty() ? 500 : 200;
          response.set_content(nlohmann::json{{"choices", {{{"message", {{"content", text}}}}}}}.dump(),
                               "application/json");
        });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~Model() {
    server_.stop();
    thread_.join();
  }
  Settings settings() const {
    return {{"answers.generation.endpoint", "http://127.0.0.1:" + std::to_string(port_) + "/v1"},
            {"answers.generation.model", "prueba"}};
  }

 private:
  Writes writes_;
  httplib::Server server_;
  std::thread thread_;
  int port_ = 0;
};

// The first sentence of the first criterion, with its mark.
std::string first_sentence(const std::string& criteria) {
  const std::size_t from = criteria.find(": ", criteria.find("[1]")) + 2;
  const std::size_t line = criteria.find('\n', from), stop = criteria.find(". ", from);
  return criteria.substr(from, std::min(line - 1, stop) - from) + " [1].";
}

}  // namespace

TEST_CASE(
    "a question gets one answer, written from the criteria and labelled, and its buttons still work (R-06)") {
  const Model model(first_sentence);
  Ministry ministry(demo_morning, model.settings());
  const Person liaison = ministry.person("U-020");
  CHECK(liaison.sends(question) == 200);
  const Seen answer = liaison.receives("[1]");
  CHECK(!answer.is_card());
  CHECK(answer.shows("[1]"));
  CHECK(answer.shows("inteligencia artificial"));
  CHECK(liaison.hears_nothing_more());
  // The person saw that it was being written.
  const auto steps = ministry.teams().stream_steps();
  REQUIRE(steps.size() == 2);
  CHECK(steps.front().type == "informative");
  CHECK(steps.back().type == "final");
}

TEST_CASE("a model that fails or invents makes nobody wait: the criterion's own words come at once (R-06)") {
  for (const Model::Writes& writes :
       {Model::Writes([](const std::string&) { return ""; }),
        Model::Writes([](const std::string&) { return "El plazo es de 99 días [1]."; })}) {
    const Model model(writes);
    Ministry ministry(demo_morning, model.settings());
    const Person liaison = ministry.person("U-020");
    CHECK(liaison.sends(question) == 200);
    const Seen answer = liaison.receives("PLA-");
    CHECK(answer.is_card());
    CHECK(answer.shows("PLA-"));
    CHECK(liaison.hears_nothing_more());
  }
}

TEST_CASE("where the channel takes no streams the answer comes as an ordinary message (R-06)") {
  const Model model(first_sentence);
  Ministry ministry(demo_morning, model.settings());
  ministry.teams().refuse_streams("Content stream is not allowed");
  const Person liaison = ministry.person("U-020");
  CHECK(liaison.says(question).shows("[1]"));
  CHECK(liaison.hears_nothing_more());
}

}  // namespace pao::tests
