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

using namespace std::chrono_literals;
using nlohmann::json;

constexpr const char* question = "¿Qué pasa si registro el avance después del cierre?";

class Model {
 public:
  // What it writes of the criteria that it is given; nothing: it fails.
  using Writes = std::function<std::string(const std::string& criteria)>;

  // A text that it writes bit by bit; `whole`: it says at the end that this was all.
  struct Bit {
    std::string text;
    std::chrono::milliseconds after{0};
  };
  struct Script {
    std::vector<Bit> bits;
    bool whole = true;
  };
  using Plays = std::function<Script(const std::string& criteria)>;

  explicit Model(Writes writes)
      : Model([writes](const std::string& criteria, httplib::Response& response) {
          const std::string text = writes(criteria);
          response.status = text.empty() ? 500 : 200;
          response.set_content(json{{"choices", {{{"message", {{"content", text}}}}}}}.dump(),
                               "application/json");
        }) {}

  explicit Model(Plays plays)
      : Model([this, plays](const std::string& criteria, httplib::Response& response) {
          const Script script = plays(criteria);
          response.set_chunked_content_provider(
              "text/event-stream",
              [this, script, at = std::size_t{0}](std::size_t, httplib::DataSink& sink) mutable {
                if (at == script.bits.size()) {
                  if (script.whole) sink.write("data: [DONE]\n\n", 14);
                  sink.done();
                  return true;
                }
                const Bit& bit = script.bits[at++];
                std::this_thread::sleep_for(bit.after);
                ++bits_written;
                const std::string event =
                    "data: " + json{{"choices", {{{"delta", {{"content", bit.text}}}}}}}.dump() + "\n\n";
                return sink.write(event.data(), event.size());
              });
        }) {}

  ~Model() {
    server_.stop();
    thread_.join();
  }
  Settings settings() const {
    return {{"answers.generation.endpoint", "http://127.0.0.1:" + std::to_string(port_) + "/v1"},
            {"answers.generation.model", "prueba"}};
  }

  std::atomic<int> bits_written = 0;

 private:
  using Answers = std::function<void(const std::string& criteria, httplib::Response& response)>;

  explicit Model(Answers answers) {
    server_.Post("/v1/chat/completions",
                 [answers](const httplib::Request& request, httplib::Response& response) {
                   answers(json::parse(request.body)["messages"][1]["content"], response);
                 });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }

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

// The sentences of the criteria, each with its mark.
std::vector<std::string> supported(const std::string& criteria) {
  std::vector<std::string> all;
  for (int number = 1; criteria.find("[" + std::to_string(number) + "] ") != std::string::npos; ++number) {
    const std::string mark = " [" + std::to_string(number) + "]";
    const std::size_t from = criteria.find(": ", criteria.find(mark.substr(1))) + 2;
    std::string text = criteria.substr(from, criteria.find('\n', from) - from) + " ";
    for (std::size_t stop = text.find(". "); stop != std::string::npos; stop = text.find(". ")) {
      all.push_back(text.substr(0, stop) + mark + ".");
      text.erase(0, stop + 2);
    }
  }
  REQUIRE(all.size() >= 3);
  return all;
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

TEST_CASE("an answer is seen to grow by supported sentences, at the pace of the channel (R-06)") {
  std::vector<std::string> said;
  const Model model([&](const std::string& criteria) {
    said = supported(criteria);
    return Model::Script{{{said[0] + " "},
                          {"El plazo se amplía 99 días hábiles [1]. ", 2'500ms},
                          {said[1] + " ", 100ms},
                          {said[2].substr(0, 5), 2'500ms},
                          {said[2].substr(5), 100ms}}};
  });
  Ministry ministry(demo_morning, model.settings());
  const Person liaison = ministry.person("U-020");
  CHECK(liaison.sends(question) == 200);
  const Seen answer = liaison.receives("inteligencia artificial");
  CHECK(!answer.is_card());
  CHECK(!answer.shows("99 días"));
  CHECK(liaison.hears_nothing_more());

  const auto steps = ministry.teams().stream_steps();
  REQUIRE(steps.size() == 4);
  CHECK(steps[0].type == "informative");
  CHECK(steps[1].type == "streaming");
  CHECK(steps[1].text == said[0]);
  CHECK(steps[2].type == "streaming");
  CHECK(steps[3].type == "final");
  for (std::size_t i = 2; i < steps.size(); ++i) {
    CHECK(steps[i].text.size() > steps[i - 1].text.size());
    CHECK(steps[i].text.rfind(steps[i - 1].text, 0) == 0);
    CHECK(steps[i].at - steps[i - 1].at >= 1s);
  }
  const json final_message = json::parse(ministry.teams().delivered().back().body);
  CHECK(final_message.dump().find("AIGeneratedContent") != std::string::npos);
  CHECK(final_message.dump().find("citation") != std::string::npos);
  CHECK(final_message["channelData"].contains("feedbackLoop"));
}

TEST_CASE(
    "an answer that breaks off under the eyes of its reader says so, and the criterion follows (R-06)") {
  const Model model([&](const std::string& criteria) {
    const std::vector<std::string> said = supported(criteria);
    return Model::Script{{{said[0] + " "}, {said[1].substr(0, 8), 1'700ms}, {said[1].substr(8, 4), 100ms}},
                         false};
  });
  Ministry ministry(demo_morning, model.settings());
  const Person liaison = ministry.person("U-020");
  CHECK(liaison.sends(question) == 200);
  const Seen broken_off = liaison.receives("No pude terminar esta respuesta");
  CHECK(broken_off.shows("[1]"));
  const Seen plain = liaison.receives("PLA-");
  CHECK(plain.is_card());
  CHECK(liaison.hears_nothing_more());
  const auto steps = ministry.teams().stream_steps();
  REQUIRE(steps.size() == 3);
  CHECK(steps[2].type == "final");
  CHECK(steps[2].text.rfind(steps[1].text, 0) == 0);
}

TEST_CASE("who stops an answer hears no more of it, and the model does not write on") {
  Model model([&](const std::string& criteria) {
    Model::Script script{{{supported(criteria)[0] + " "}}};
    for (int i = 0; i < 100; ++i) script.bits.push_back({"y ", 100ms});
    return script;
  });
  Ministry ministry(demo_morning, model.settings());
  ministry.teams().refuse_streams("Content stream was canceled by user");
  const Person liaison = ministry.person("U-020");
  CHECK(liaison.sends(question) == 200);
  CHECK(liaison.hears_nothing_more());
  CHECK(model.bits_written < 50);
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
