// Answers that appear while they are made: every row of reference 3.12, over real sockets.
#include "bot/delivery/streamed_answer.hpp"
#include "bot/delivery/typing_indicator.hpp"
#include "bot/protocol/routes.hpp"
#include "tests/support/simulated_teams.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace pao;
using namespace pao::bot;
using namespace pao::bot::delivery;
using namespace std::chrono_literals;
using nlohmann::json;
using pao::tests::SimulatedTeams;
using Left = StreamEnd::Left;

namespace {

// Time passes when the answer rests, or when a test lets it; the channel's own clock is the machine's, so a
// pace of a second is really waited for.
struct StreamScene {
  SimulatedTeams teams;
  auth::HttpClient http{{.allow_loopback = true}};
  std::string token = teams.access_token();
  int renewed = 0;
  std::chrono::milliseconds added{0};

  ConnectorCall call() {
    return make_connector_call([this](const auth::HttpRequest& request) { return http.send(request); },
                               {.token = [this]() -> Result<std::string> { return token; },
                                .forget_token =
                                    [this](const std::string&) {
                                      ++renewed;
                                      token = teams.access_token();
                                    },
                                .check_address = [](const std::string& url) -> Result<void> {
                                  if (url.find("//127.0.0.1:") != std::string::npos) return {};
                                  return fail(ErrorCode::refused, "host is not on the list");
                                }});
  }

  StreamClock clock() {
    return {.now =
                [this] {
                  return std::chrono::time_point_cast<std::chrono::milliseconds>(
                             std::chrono::system_clock::now()) +
                         added;
                },
            .rest = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }};
  }

  storage::Conversation conversation(const std::string& id = "a:1", const std::string& kind = "personal") {
    storage::Conversation known;
    known.id = id;
    known.kind = kind;
    known.service_url = teams.service_url();
    return known;
  }

  StreamedAnswer answer(const std::string& id = "a:1", const std::string& kind = "personal") {
    return StreamedAnswer(conversation(id, kind), call(), clock(), {.pace = 1'000ms});
  }

  void rest() { std::this_thread::sleep_for(1'010ms); }
};

std::vector<std::string> kinds(const SimulatedTeams& teams) {
  std::vector<std::string> found;
  for (const auto& step : teams.stream_steps()) found.push_back(step.type);
  return found;
}

Answer refusal(int status, const std::string& code, const std::string& message) {
  return {.status = status, .body = json{{"error", {{"code", code}, {"message", message}}}}.dump()};
}

}  // namespace

TEST_CASE("each answer to a step of a stream has one meaning (reference 3.12; checklist 15)") {
  struct Row {
    Answer answer;
    StreamVerdict verdict;
  };
  const std::string not_allowed = "ContentStreamNotAllowed";
  const std::vector<Row> rows = {
      {{.status = 201, .body = R"({"id":"s"})"}, StreamVerdict::accepted},
      {{.status = 202}, StreamVerdict::accepted},
      {refusal(202, "ContentStreamSequenceOrderPreConditionFailed", "out of order"), StreamVerdict::accepted},
      {refusal(400, "BadRequest", "should contain the previously streamed content"), StreamVerdict::plain},
      {refusal(403, not_allowed, "Content stream is not allowed"), StreamVerdict::plain},
      {refusal(403, not_allowed, "Content stream is already completed"), StreamVerdict::plain},
      {refusal(403, not_allowed, "finished due to exceeded streaming time"), StreamVerdict::update},
      {refusal(403, not_allowed, "Content stream was canceled by user"), StreamVerdict::cancelled},
      {refusal(403, not_allowed, "Message size too large"), StreamVerdict::plain},
      {refusal(413, "MessageSizeTooBig", "too large"), StreamVerdict::plain},
      {{.status = 429, .retry_after = "2"}, StreamVerdict::wait},
      {refusal(400, "BadArgument", "streaming api is not enabled"), StreamVerdict::plain},
      {{.status = 405}, StreamVerdict::plain},
      {{.status = 412}, StreamVerdict::wait},
      {{.status = 503}, StreamVerdict::wait},
      {{.failure = "reset"}, StreamVerdict::wait},
      {{.status = 401}, StreamVerdict::plain},
  };
  for (const Row& row : rows) {
    CAPTURE(row.answer.status);
    CAPTURE(row.answer.body);
    CHECK(judge_step(row.answer) == row.verdict);
  }
}

TEST_CASE("an answer grows: what is being done, the text so far, the whole with its sources") {
  StreamScene scene;
  StreamedAnswer answer = scene.answer();
  answer.inform("Busco en los lineamientos…");
  answer.show("No se muestra: ");  // too soon
  scene.rest();
  answer.show("No se muestra: El avance");
  answer.inform("tarde");  // text was shown already
  scene.rest();
  answer.show("Otro comienzo, que no continúa");  // waits for the end
  answer.show("No se muestra: El avance se registra");
  const StreamEnd end = answer.finish({.text = "No se muestra: El avance se registra cada mes [1].",
                                       .generated = true,
                                       .citations = {{.title = "PLA-05", .excerpt = "cada mes"}},
                                       .feedback = true});
  CHECK(end.left == Left::nothing);
  CHECK(kinds(scene.teams) == std::vector<std::string>{"informative", "streaming", "streaming", "final"});
  const auto steps = scene.teams.stream_steps();
  CHECK(steps[1].text == "No se muestra: El avance");
  CHECK(steps[2].text == "No se muestra: El avance se registra");
  for (std::size_t i = 1; i < steps.size(); ++i) CHECK(steps[i].at - steps[i - 1].at >= 950ms);
  REQUIRE(scene.teams.delivered().size() == 1);
  CHECK(end.activity_id == scene.teams.delivered()[0].id);
  const json body = json::parse(scene.teams.delivered()[0].body);
  CHECK(body["type"] == "message");
  REQUIRE(body["entities"].size() == 2);
  CHECK(body["entities"][0]["additionalType"] == json::array({"AIGeneratedContent"}));
  CHECK(body["entities"][1] ==
        json{{"type", "streaminfo"}, {"streamType", "final"}, {"streamId", end.activity_id}});
  CHECK(body["channelData"]["feedbackLoop"]["type"] == "default");
  CHECK(body["channelData"]["streamId"] == end.activity_id);
}

TEST_CASE("where streams are not allowed nothing is shown, and the answer is left to the outbox") {
  StreamScene scene;
  SUBCASE("a group is not even tried") {
    StreamedAnswer answer = scene.answer("19:g@thread.v2", "groupChat");
    answer.inform("Busco…");
    answer.show("texto");
    CHECK(answer.finish({.text = "texto"}).left == Left::post);
    CHECK(scene.teams.requests() == 0);
  }
  SUBCASE("405") {
    StreamedAnswer answer = scene.answer("19:looks-personal", "personal");
    answer.show("texto");
    answer.show("texto y más");
    CHECK(answer.finish({.text = "texto"}).left == Left::post);
    CHECK(scene.teams.requests() == 1);
  }
  SUBCASE("ContentStreamNotAllowed") {
    scene.teams.refuse_streams("Content stream is not allowed");
    StreamedAnswer answer = scene.answer();
    answer.inform("Busco…");
    CHECK(answer.finish({.text = "texto"}).left == Left::post);
  }
  SUBCASE("nothing was shown before the end") {
    StreamedAnswer answer = scene.answer();
    CHECK(answer.finish({.text = "texto"}).left == Left::post);
    CHECK(scene.teams.requests() == 0);
  }
  SUBCASE("a removed app") {
    storage::Conversation gone = scene.conversation();
    gone.installed = false;
    StreamedAnswer answer(gone, scene.call(), scene.clock());
    answer.show("texto");
    CHECK(answer.finish({.text = "texto"}).left == Left::post);
    CHECK(scene.teams.requests() == 0);
  }
  CHECK(scene.teams.delivered().empty());
}

TEST_CASE("a person who stops the stream gets nothing more") {
  StreamScene scene;
  StreamedAnswer answer = scene.answer();
  answer.show("texto");
  scene.teams.refuse_streams("Content stream was canceled by user");
  scene.rest();
  answer.show("texto y más");
  CHECK(answer.is_cancelled());
  const int requests = scene.teams.requests();
  const StreamEnd end = answer.finish({.text = "texto y más"});
  CHECK(end.left == Left::stop);
  CHECK(scene.teams.requests() == requests);
  CHECK_FALSE(row_after_stream(end, {}));
}

TEST_CASE("a stream over its time is finished by an update of what was shown") {
  StreamScene scene;
  StreamedAnswer answer = scene.answer();
  answer.show("texto");
  SUBCASE("by our own clock") {
    scene.added = 111s;
  }
  SUBCASE("because the channel says so") {
    scene.teams.refuse_streams("Content stream finished due to exceeded streaming time");
    scene.rest();
  }
  answer.show("texto y más");
  const StreamEnd end = answer.finish({.text = "texto y más"});
  CHECK(end.left == Left::update);
  CHECK(end.activity_id == "stream-1");
  const auto row = row_after_stream(end, {.key = "k", .conversation_id = "a:1", .reply_to = "in-1"});
  REQUIRE(row);
  CHECK(row->operation == storage::OutboxOperation::update);
  CHECK(row->reply_to == "stream-1");
}

TEST_CASE("a 429 is waited for, steps in between are left out, and the end arrives") {
  StreamScene scene;
  StreamedAnswer answer = scene.answer();
  answer.show("a");
  scene.rest();
  scene.teams.inject({.status = 429, .retry_after = "2"});
  answer.show("ab");
  scene.rest();
  answer.show("abc");  // still quiet
  CHECK(answer.finish({.text = "abcd"}).left == Left::nothing);
  CHECK(kinds(scene.teams) == std::vector<std::string>{"streaming", "final"});
}

TEST_CASE("who makes an answer writes to a stream and leaves nothing to do when it was shown whole") {
  StreamScene scene;
  const storage::OutboxMessage base{.key = "k", .conversation_id = "a:1", .reply_to = "in-1"};
  const handlers::AnswerMaker make = [&](handlers::AnswerStream& stream) -> Result<handlers::Content> {
    stream.inform("Busco…");
    CHECK_FALSE(stream.is_cancelled());
    return handlers::Content{.text = "El avance se registra cada mes.", .generated = true};
  };
  StreamedAnswer personal = scene.answer();
  const auto nothing = stream_answer(personal, make, base);
  REQUIRE(nothing);
  CHECK_FALSE(*nothing);
  CHECK(scene.teams.delivered().size() == 1);

  StreamedAnswer group = scene.answer("19:g@thread.v2", "groupChat");
  const auto row = stream_answer(group, make, base);
  REQUIRE(row);
  REQUIRE(*row);
  CHECK((*row)->text == "El avance se registra cada mes.");
  CHECK((*row)->extras.find("generated") != std::string::npos);
  CHECK((*row)->reply_to == "in-1");

  StreamedAnswer failing = scene.answer("a:2");
  const auto failed = stream_answer(
      failing,
      [](handlers::AnswerStream&) -> Result<handlers::Content> { return fail(ErrorCode::unavailable, "x"); },
      base);
  CHECK_FALSE(failed);
}

TEST_CASE("an end whose receipt is lost becomes an update, which is the same either way") {
  StreamScene scene;
  StreamedAnswer answer = scene.answer();
  answer.show("a");
  scene.teams.inject({.reset = true, .accept_first = true});
  const StreamEnd end = answer.finish({.text = "ab"});
  CHECK(end.left == Left::update);
  CHECK(end.activity_id == "stream-1");
}

TEST_CASE("a call outside the outbox renews a refused token once and goes to allowed hosts only") {
  StreamScene scene;
  scene.teams.set_access_token("renewed");
  const Answer answer = scene.call()(
      {.method = Method::get, .url = bot::protocol::team_url(scene.teams.service_url(), "19:t")});
  CHECK(answer.status == 404);
  CHECK(scene.renewed == 1);
  CHECK(scene.teams.requests() == 2);
  scene.teams.inject({.status = 401, .times = 9});
  CHECK(scene.call()({.method = Method::get, .url = scene.teams.service_url()}).status != 200);
  const int before = scene.teams.requests();
  const Answer elsewhere = scene.call()({.url = "https://example.com/"});
  CHECK(elsewhere.status == 0);
  CHECK_FALSE(elsewhere.left);
  CHECK(scene.teams.requests() == before);
}

TEST_CASE("while something slow runs the indicator is shown again and again, and ends with it") {
  StreamScene scene;
  {
    const TypingIndicator typing(scene.conversation(), scene.call(), 30ms);
    for (int i = 0; i < 500 && scene.teams.typing_in("a:1") < 3; ++i) std::this_thread::sleep_for(5ms);
  }
  const int shown = scene.teams.typing_in("a:1");
  CHECK(shown >= 3);
  std::this_thread::sleep_for(70ms);
  CHECK(scene.teams.typing_in("a:1") == shown);
  scene.teams.uninstall("a:2");
  { const TypingIndicator refused(scene.conversation("a:2"), scene.call(), 1ms); }
  CHECK(scene.teams.typing_in("a:2") == 0);
}
