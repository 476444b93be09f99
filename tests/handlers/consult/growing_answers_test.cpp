// Answers that are seen to grow while a language model writes them: what is shown, and how it ends.
#include "tests/handlers/consult/late_scene.hpp"

using namespace pao;
using namespace pao::handlers;
using consult::WritingTask;
using storage::Session;
using test::reading;
using namespace std::chrono_literals;
using Scene = test::LateScene;

namespace {

// The sentences of the first criterion, each with its mark.
std::vector<std::string> sentences(const WritingTask& task) {
  std::vector<std::string> all;
  std::string text = task.criteria.front().text + " ";
  for (std::size_t stop = text.find(". "); stop != std::string::npos; stop = text.find(". ")) {
    all.push_back(text.substr(0, stop) + " [1].");
    text.erase(0, stop + 2);
  }
  REQUIRE(all.size() >= 2);
  return all;
}

// A stage that shows everything at once and takes every end.
struct OpenStage {
  std::vector<std::string> steps;
  std::optional<Content> whole;
  bool stopped = false;

  consult::StageFor stage() {
    return [this](const std::string&) -> consult::Stage {
      return {.begin = [] {},
              .show =
                  [this](std::string_view text) {
                    if (!stopped && (steps.empty() || steps.back() != text)) steps.emplace_back(text);
                    return !stopped;
                  },
              .shown = [this] { return steps.empty() ? std::string() : steps.back(); },
              .finish =
                  [this](const Content& content) {
                    whole = content;
                    const auto left = stopped ? consult::Shown::Left::stop : consult::Shown::Left::nothing;
                    return consult::Shown{left, "s-1"};
                  }};
    };
  }
};

bool write_on(Scene& scene, OpenStage& stage, const consult::Writer& writer) {
  const auto wrote = consult::write_one(
      scene.assistant.database(), scene.assistant.reference(), writer, [&] { return scene.now; },
      stage.stage());
  REQUIRE(wrote);
  return *wrote;
}

// As a model writes it: a few letters at a time.
bool types(const consult::OnDraft& on_draft, std::string& draft, const std::string& more) {
  for (std::size_t at = 0; at < more.size(); at += 7) {
    draft += more.substr(at, 7);
    if (!on_draft(draft)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("an answer grows sentence by sentence, and only by what the criteria support (R-06)") {
  Scene scene;
  const std::string id = scene.asks();
  OpenStage stage;
  std::vector<std::string> said;
  REQUIRE(write_on(
      scene, stage, [&](const WritingTask& task, const consult::OnDraft& on_draft) -> Result<std::string> {
        said = sentences(task);
        std::string draft;
        CHECK(types(on_draft, draft, said[0] + " El plazo se amplía 45 días hábiles [1]. " + said[1]));
        return draft;
      }));
  // The last sentence may go on until the end, so it comes with the whole.
  CHECK(stage.steps == std::vector<std::string>{said[0]});
  REQUIRE(stage.whole);
  CHECK(stage.whole->generated);
  CHECK(stage.whole->text.rfind(said[0] + " " + said[1], 0) == 0);
  CHECK(stage.whole->text.find("45") == std::string::npos);
  CHECK(scene.message(id)->state == storage::OutboxState::sent);
}

TEST_CASE("an answer that breaks off says so, and the criterion's own words follow (R-06)") {
  struct Row {
    const char* what;
    std::function<Result<std::string>(const std::string& draft)> end;
  };
  const Row rows[] = {
      {"cut", [](const std::string&) { return fail(ErrorCode::unavailable, "cut"); }},
      {"more that is wrong than right",
       [](const std::string& draft) -> Result<std::string> {
         return draft +
                " El plazo es de 45 días [1]. El plazo es de 99 días [1]. El plazo es de 77 días [1].";
       }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Scene scene;
    const std::string id = scene.asks();
    OpenStage stage;
    std::string first;
    REQUIRE(write_on(scene, stage,
                     [&](const WritingTask& task, const consult::OnDraft& on_draft) -> Result<std::string> {
                       first = sentences(task)[0];
                       std::string draft;
                       CHECK(types(on_draft, draft, first + " Y"));
                       return row.end(first);
                     }));
    REQUIRE(stage.whole);
    CHECK(stage.whole->text.rfind(first, 0) == 0);
    CHECK(stage.whole->text.find("No pude terminar esta respuesta") != std::string::npos);
    CHECK(stage.whole->generated);
    CHECK(stage.whole->citations.size() == 1);
    const auto sent = scene.sends_at(scene.now);
    REQUIRE(sent);
    CHECK(sent->card);
    CHECK(!sent->generated);
    CHECK(scene.message(id)->state == storage::OutboxState::sending);
  }
}

TEST_CASE("an answer that is too late for the wait breaks off, for the plain one has left (R-06)") {
  Scene scene;
  scene.asks();
  OpenStage stage;
  REQUIRE(write_on(scene, stage,
                   [&](const WritingTask& task, const consult::OnDraft& on_draft) -> Result<std::string> {
                     std::string draft;
                     CHECK(types(on_draft, draft, sentences(task)[0] + " Y"));
                     scene.now += 21s;
                     CHECK(scene.sends_at(scene.now)->card);
                     return sentences(task)[0];
                   }));
  REQUIRE(stage.whole);
  CHECK(stage.whole->text.find("No pude terminar esta respuesta") != std::string::npos);
  CHECK(!scene.sends_at(scene.now));
}

TEST_CASE("a person who stops an answer gets no more of it, and nobody writes on") {
  Scene scene;
  const std::string id = scene.asks();
  OpenStage stage;
  std::size_t written = 0;
  REQUIRE(write_on(scene, stage,
                   [&](const WritingTask& task, const consult::OnDraft& on_draft) -> Result<std::string> {
                     std::string draft;
                     CHECK(types(on_draft, draft, sentences(task)[0] + " Y"));
                     stage.stopped = true;
                     CHECK_FALSE(types(on_draft, draft, std::string(1'000, 'x')));
                     written = draft.size() - sentences(task)[0].size();
                     return fail(ErrorCode::refused, "nobody wants the rest");
                   }));
  CHECK(written < 20);
  CHECK(scene.message(id)->state == storage::OutboxState::obsolete);
  CHECK(!scene.sends_at(scene.now + 30s));
  const auto kept =
      reading(scene.assistant.database(), [&](Session& s) { return storage::find_generated(s, id); });
  CHECK(kept->flaws == "stopped");
}
