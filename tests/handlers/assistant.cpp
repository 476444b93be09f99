#include "tests/handlers/assistant.hpp"

#include "storage/people_store.hpp"

namespace pao::handlers::test {

using storage::test::reading;
using storage::test::writing;

Assistant::Assistant(std::string_view now, const consult::LateAnswersOptions& late_answers)
    : reference_(*store_.database),
      features_(*store_.database, reference_, contents(), late_answers),
      router_(make_routes(features_), *store_.database, reference_),
      now_(storage::test::instant(now)) {
  REQUIRE(reference_.refresh(now_));
}

void Assistant::move_to(std::string_view now) {
  now_ = storage::test::instant(now);
  REQUIRE(reference_.refresh(now_));
}

Turn Assistant::turn_of(const std::string& person_id) const {
  Turn turn;
  turn.activity_id = "in-" + std::to_string(++activities_);
  turn.conversation_id = "a:" + person_id;
  turn.aad_object_id = "aad-unknown";
  turn.at = now_;
  if (person_id.empty()) return turn;
  turn.person = person(person_id);
  turn.aad_object_id = turn.person->aad_object_id;
  return turn;
}

Turn Assistant::text(const std::string& person_id, const std::string& words) const {
  Turn turn = turn_of(person_id);
  turn.kind = TurnKind::text;
  turn.text = words;
  return turn;
}

Turn Assistant::press(const std::string& person_id, const std::string& verb, const Values& values) const {
  Turn turn = turn_of(person_id);
  turn.kind = TurnKind::action;
  turn.invoke = true;
  turn.verb = verb;
  turn.values = values;
  return turn;
}

Said Assistant::commit(const Handled& handled) const {
  Said said{.route = handled.route};
  if (!handled.decision) {
    said.error = handled.decision.error();
    return said;
  }
  if (!handled.decision->store) {
    said.reply = handled.decision->reply;
    return said;
  }
  Result<Reply> stored =
      database().write([&](storage::Session& session) { return handled.decision->store(session); });
  if (stored) {
    said.reply = std::move(*stored);
  } else {
    said.error = stored.error();
  }
  return said;
}

procedure::Person Assistant::person(const std::string& person_id) const {
  const auto found = reading(
      database(), [&](storage::Session& session) { return storage::find_person(session, person_id); });
  REQUIRE_MESSAGE(found, person_id);
  return *found;
}

void Assistant::change(std::string_view sql) const {
  writing(database(), [&](storage::Session& session) { REQUIRE(session.run(sql) > 0); });
}

}  // namespace pao::handlers::test
