// A question whose answer waits for a text, and what becomes of it.
#pragma once

#include "handlers/consult/late_answers.hpp"
#include "handlers/renderers.hpp"
#include "storage/answers_store.hpp"
#include "storage/generated_answers_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pao::handlers::test {

using namespace std::chrono_literals;
using consult::WritingTask;
using storage::Session;
using storage::test::reading;
using storage::test::writing;

inline constexpr const char* question = "¿Qué pasa si registro el avance después del cierre?";

struct LateScene {
  Assistant assistant{storage::test::demo_morning, {.enabled = true, .wait = 20s}};
  Instant now = assistant.now();
  std::vector<WritingTask> tasks;

  // The answer's id.
  std::string asks(const std::string& words = question) {
    const Turn turn = assistant.text(liaison_dir, words);
    const Said said = assistant.take(turn);
    REQUIRE(said.outcome() == "answered");
    CHECK(said.reply.content.text.empty());
    CHECK(!said.reply.content.card);
    CHECK(said.field("late") == "true");
    return storage::answer_id(turn.conversation_id, turn.activity_id);
  }
  bool write(const std::function<Result<std::string>(const WritingTask&)>& writer) {
    const auto wrote = consult::write_one(
        assistant.database(), assistant.reference(),
        [&](const WritingTask& task, const consult::OnDraft&) {
          tasks.push_back(task);
          return writer(task);
        },
        [this] { return now; });
    REQUIRE(wrote);
    return *wrote;
  }
  bool write(const std::string& draft) {
    return write([&](const WritingTask&) -> Result<std::string> { return draft; });
  }
  std::optional<storage::OutboxMessage> message(const std::string& id) const {
    return reading(assistant.database(), [&](Session& s) { return storage::find_message(s, "late:" + id); });
  }
  // What goes out at that moment; nothing when it is not time.
  std::optional<Content> sends_at(Instant at) const {
    return writing(assistant.database(), [&](Session& s) -> std::optional<Content> {
      const auto due = storage::claim_due(s, at, at + 30s, 10);
      for (const auto& message : due) {
        if (message.kind != consult::late_answer_kind) continue;
        const auto content = render_message(s, *assistant.reference().current(), message, at);
        REQUIRE(content);
        return *content;
      }
      return std::nullopt;
    });
  }
  // The first sentence of the first criterion, with its mark: what nobody can object to.
  static std::string first_sentence(const WritingTask& task) {
    const std::string& text = task.criteria.front().text;
    const std::size_t stop = text.find(". ");
    return (stop == std::string::npos ? text.substr(0, text.size() - 1) : text.substr(0, stop)) + " [1].";
  }
};

}  // namespace pao::handlers::test
