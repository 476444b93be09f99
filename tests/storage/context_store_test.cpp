#include "storage/context_store.hpp"

#include "tests/storage/temporary_store.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;

namespace {

ConversationContext context(std::string actor, Instant at) {
  return {.conversation_id = "a:1",
          .actor = std::move(actor),
          .practice = "planes",
          .criterion = "PLA-05",
          .question = "¿hasta cuándo?",
          .follow_ups = 2,
          .at = at};
}

}  // namespace

TEST_CASE("a conversation keeps one context a person, and what is too old is deleted") {
  const TemporaryFolder folder;
  const auto store = open_store(folder.url());
  const Instant nine = instant("2026-11-09T09:00:00-05:00");
  const Instant ten = instant("2026-11-09T10:00:00-05:00");
  writing(*store, [&](Session& session) {
    save_context(session, context("U-1", nine), nine);
    save_context(session, context("U-2", nine), nine);
    CHECK(find_context(session, "a:1", "U-1")->question == "¿hasta cuándo?");
    CHECK(find_context(session, "a:1", "U-1")->follow_ups == 2);
    CHECK_FALSE(find_context(session, "a:2", "U-1"));
    CHECK_FALSE(find_context(session, "a:1", "U-3"));

    ConversationContext later = context("U-1", ten);
    later.criterion = "RIE-06";
    save_context(session, later, ten);
    CHECK(find_context(session, "a:1", "U-1")->criterion == "RIE-06");
    CHECK_FALSE(find_context(session, "a:1", "U-2"));
  });
}

TEST_CASE("a context keeps its day, what may be chosen and the offer, until it is replaced or forgotten") {
  const TemporaryFolder folder;
  const auto store = open_store(folder.url());
  const Instant nine = instant("2026-11-09T09:00:00-05:00");
  writing(*store, [&](Session& session) {
    save_context(session, context("U-1", nine), nine);
    CHECK_FALSE(find_context(session, "a:1", "U-1")->as_of);
    CHECK(find_context(session, "a:1", "U-1")->options.empty());

    ConversationContext asked_back = context("U-1", nine);
    asked_back.as_of = make_date(2025, 3, 15);
    asked_back.options = {"PLA-05", "RIE-06"};
    asked_back.offered_answer = "R-1";
    save_context(session, asked_back, nine);
    const auto found = find_context(session, "a:1", "U-1");
    CHECK(found->as_of == make_date(2025, 3, 15));
    CHECK(found->options == std::vector<std::string>{"PLA-05", "RIE-06"});
    CHECK(found->offered_answer == "R-1");

    save_context(session, context("U-1", nine), nine);
    CHECK(find_context(session, "a:1", "U-1")->offered_answer.empty());
    save_context(session, context("U-2", nine), nine);
    forget_context(session, "a:1", "U-1");
    CHECK_FALSE(find_context(session, "a:1", "U-1"));
    CHECK(find_context(session, "a:1", "U-2"));
  });
}
