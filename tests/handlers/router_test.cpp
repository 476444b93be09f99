// Who may take which route, where (procedure section 2, R-16, R-51).
#include "cards/verbs.hpp"
#include "tests/handlers/assistant.hpp"
#include "tests/handlers/route_turns.hpp"
#include "tests/paths.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
namespace verb = pao::cards::verb;

namespace {

bool is_refusal(const Said& said) {
  return said.error && said.error->code == ErrorCode::refused;
}

struct Permission {
  std::string route;
  // In the order of `people`: leader, liaison, owner of the process; its advisor; the coordination; internal
  // control; liaison of another process; somebody who is not in the directory; head, professional,
  // administrator; leader, owner and advisor of another process. 'x': may.
  const char* allowed;
};

const std::string people[] = {leader_dir,       liaison_dir, owner_dir, advisor_dir, coordination,
                              internal_control, liaison_com, stranger,  head,        professional,
                              administrator,    leader_com,  owner_com, advisor_com};

// The one place where a change of rights has to be written a second time.
const Permission permissions[] = {
    // LLOACIFSHPALOA: leader, liaison, owner, advisor, coordination, internal control, foreign, stranger;
    // head, professional, administrator; leader, owner and advisor of another process
    {"greeting", "xxxxxxxxxxxxxx"},
    {"echo", "xxxxxxxxxxxxxx"},
    {"echo.button", "xxxxxxxxxxxxxx"},
    {"help", "xxxxxxxxxxxxxx"},
    {"help.button", "xxxxxxxxxxxxxx"},
    {"consult.choose", "xxxxxxxxxxxxxx"},
    {"status.button", "xxxxxxx-xxxxxx"},
    {"status.why", "xxxxxxx-xxxxxx"},
    {"progress.list", "xxx---x----xx-"},
    {"progress.form", "xxx-----------"},
    {"progress.save", "xxx-----------"},
    {"request.types", "xx----x----x--"},
    {"request.form", "xx----x----x--"},
    {"request.file", "xx------------"},
    {"request.endorse", "x-------------"},
    {"request.view", "xxxxxxx-xxxxxx"},
    {"advisor.form", "xxx---x----xx-"},
    {"advisor.send", "xxx---x----xx-"},
    {"request.why", "xxxxxxx-xxxxxx"},
    {"request.queue", "---xx--------x"},
    {"request.queue.text", "---xx--------x"},
    {"request.mine", "xx----x----x--"},
    {"request.mine.text", "xx----x----x--"},
    {"request.step", "---xx---------"},
    {"request.take", "---xx---------"},
    {"request.ask", "---xx---------"},
    {"request.decide", "---xx---------"},
    {"request.apply", "---xx---------"},
    {"request.close", "---xx---------"},
    {"request.confirm", "---xx---------"},
    {"request.inform", "xx------------"},
    {"request.withdraw", "-x------------"},
    {"request.reassign", "----x---------"},
    // Who is who, and what internal control reads.
    {"rights.team", "xx-xx---x-----"},
    {"rights.team.text", "xx-xx-x-x--x-x"},
    {"rights.team.named", "xx-xx---x-----"},  // the team of one process
    {"rights.designation", "x-------------"},
    {"rights.designate", "x-------------"},
    {"rights.ending.form", "x-------------"},
    {"rights.ending", "x-------------"},
    {"rights.gaps", "----x---x-----"},
    {"rights.gaps.text", "----x---x-----"},
    {"oversight.list", "xx-xxxx-x--x-x"},
    {"oversight.list.text", "xx-xxxx-x--x-x"},
    {"oversight.plan", "xx-xxx--x-----"},
    {"oversight.activity", "xx-xxx--x-----"},
    {"oversight.reports", "xx-xxx--x-----"},
    {"oversight.reads", "----x---x-----"},
    {"oversight.reads.text", "----x---x-----"},
    {"consult.reply", "---xx---------"},
    {"greeting.text", "xxxxxxxxxxxxxx"},
    {"help.text", "xxxxxxxxxxxxxx"},
    {"thanks", "xxxxxxxxxxxxxx"},
    {"request.status", "xxxxxxx-xxxxxx"},
    {"status", "xxxxxxx-xxxxxx"},
    {"progress.start", "xxx---x----xx-"},
    {"request.start", "xx----x----x--"},
    {"advisor.start", "xxx---x----xx-"},
    {"report.windows", "xxxxxxx-xxxxxx"},
    {"consult.follow_up", "xxxxxxxxxxxxxx"},
    {"consult.choose.text", "xxxxxxxxxxxxxx"},
    {"advisor.accepted", "xxx---x----xx-"},
    {"consult.ask", "xxxxxxxxxxxxxx"},
    // Advice. The consult is the liaison's.
    {"consult.queue", "---xx--------x"},
    {"consult.queue.text", "---xx--------x"},
    {"consult.mine", "xxxxxxx-xxxxxx"},
    {"consult.mine.text", "xxxxxxx-xxxxxx"},
    {"consult.view", "-x-xx---------"},
    {"consult.ask_back", "---xx---------"},
    {"consult.refer", "---xx---------"},
    {"consult.reassign", "---xx---------"},
    {"consult.inform", "-x------------"},
    {"consult.helped", "-x------------"},
    {"consult.not_helped", "-x------------"},
    // What Teams tells or asks. The file was offered to nobody, so nobody may take it.
    {"consult.corrected", "xxxxxxxxxxxxxx"},
    {"rating", "xxxxxxxxxxxxxx"},
    {"meeting", "xxxxxxxxxxxxxx"},
    {"file.answer", "--------------"},
    {"search", "xxxxxxxxxxxxxx"},
    {"share.criterion", "xxxxxxxxxxxxxx"},
    {"share.request", "xxxxxxx-xxxxxx"},
    {"feedback.form", "xxxxxxxxxxxxxx"},
    {"feedback.save", "xxxxxxxxxxxxxx"},
    {"entry.form", "---xx---------"},
    {"entry.propose", "---xx---------"},
    {"entry.list", "---xx--------x"},
    {"entry.list.text", "---xx--------x"},
    {"entry.view", "---xx--------x"},
    {"entry.approve", "----x---------"},
    {"entry.return", "----x---------"},
    {"entry.retire", "----x---------"},
    {"entry.renew", "----x---------"},
    {"answer.helped", "xxxxxxxxxxxxxx"},
    {"answer.helped.text", "xxxxxxxxxxxxxx"},
    {"answer.not_helped.text", "xxxxxxxxxxxxxx"},
    {"answer.not_helped", "xxxxxxxxxxxxxx"},
    {"answer.reason", "xxxxxxxxxxxxxx"},
    {"learning", "---xx--------x"},
    {"learning.text", "---xx--------x"},
    // Guidelines, their socialisation and the control points.
    {"guidelines", "---xx---xx---x"},
    {"guidelines.button", "---xx---xx---x"},
    {"socialisation", "---xx----x---x"},
    {"socialisation.coverage.text", "---xx---xx---x"},
    {"controls", "---xx--------x"},
    {"guideline.named", "xxxxxxx-xxxxxx"},
    {"guideline.view", "xxxxxxx-xxxxxx"},
    {"guideline.text", "xxxxxxx-xxxxxx"},
    {"guideline.diff", "xxxxxxx-xxxxxx"},
    {"guideline.review", "---x---------x"},
    {"guideline.open", "---x---------x"},
    {"guideline.take", "---x---------x"},
    {"guideline.criterion", "---x---------x"},
    {"guideline.save", "---x---------x"},
    {"guideline.remove", "---x---------x"},
    {"guideline.submit", "---x---------x"},
    {"guideline.discard", "xxxxx-x-xxxxxx"},
    {"guideline.approve", "----x---------"},
    {"guideline.return", "----x---------"},
    {"guideline.publish", "----x---------"},
    {"guideline.acknowledge", "xxxxx-x-xxxxxx"},
    {"guideline.delivery", "---xx---xx---x"},
    {"socialisation.form", "---xx----x---x"},
    {"socialisation.save", "---xx----x---x"},
    {"socialisation.coverage", "---xx---xx---x"},
    {"controls.button", "---xx--------x"},
    {"control.view", "---xx--------x"},
    {"control.confirm", "---xx--------x"},
    // Follow-up reports.
    {"report.said", "xxxxxxx-xxxxxx"},
    {"report.said_process", "xxxxxxx-xxxxxx"},
    {"report.list", "xxxxxxx-xxxxxx"},
    {"report.view", "xxxxxxx-xxxxxx"},  // what it shows depends on the role (R-51)
    {"report.final", "xxxxxxx-xxxxxx"},
    {"report.file", "xxxxxxx-xxxxxx"},
    {"report.recommendations", "xxxxxxx-xxxxxx"},
    {"report.accept", "xx------------"},
    {"report.justify_form", "xx------------"},
    {"report.justify", "xx------------"},
    {"recommendation.form", "xx------------"},
    {"recommendation.answer", "xx------------"},
    {"report.edit", "---x----------"},
    {"report.save", "---x----------"},
    {"recommendation.edit", "---x----------"},
    {"recommendation.save", "---x----------"},
    {"recommendation.remove", "---x----------"},
    {"recommendation.comment", "---x----------"},
    {"report.send", "---x----------"},
    {"report.resolve", "---x----------"},
    {"report.settle", "---x----------"},
    {"report.publish", "---x----------"},
    {"report.erratum", "---x----------"},
    {"progress.recent.text", "xxx---x----xx-"},
    {"progress.recent", "xxx---x----xx-"},
    {"progress.correct", "xxx-----------"},
    {"progress.correct.save", "xxx-----------"},
    {"progress.several", "xxx-----------"},
    {"progress.several.save", "xxx-----------"},
    {"verify.queue.text", "---x---------x"},
    {"verify.queue", "---x---------x"},
    {"verify.view", "---x----------"},
    {"verify.accept", "---x----------"},
    {"verify.return", "---x----------"},
    // Working sessions. The advisor convened leader and liaison.
    {"session.list", "xxxxxxx-xxxxxx"},
    {"session.list.text", "xxxxxxx-xxxxxx"},
    {"session.form", "---xx--------x"},
    {"session.form.text", "---xx--------x"},
    {"session.convene", "---xx---------"},
    {"session.view", "xx-xx---x-----"},
    {"session.move_form", "---xx---------"},
    {"session.move", "---xx---------"},
    {"session.cancel", "---xx---------"},
    {"session.record_form", "---xx---------"},
    {"session.record", "---xx---------"},
    // Commitments: who answers for it, the liaison and the leader; this one is of another owner.
    {"commitment.list", "xxxxxxx-xxxxxx"},
    {"commitment.list.text", "xxxxxxx-xxxxxx"},
    {"commitment.form", "xx------------"},
    {"commitment.save", "xx------------"},
    {"commitment.start", "xx------------"},
    {"files.received", "xxxxx-x-xxxxxx"},
    {"files.link", "xxxxx-x-xxxxxx"},
    {"files.request", "xxxxxxx-xxxxxx"},  // whose it is, and of which process, the handler asks
    // Alerts: the own ones, so that who has none is told so.
    {"alerts.text", "xxxxxxx-xxxxxx"},
    {"alerts.list", "xxxxxxx-xxxxxx"},
    {"alert.view", "xxxxx-x-xxxxxx"},
    {"alert.postpone", "xxxxx-x-xxxxxx"},
    {"alert.justify", "xxxxx-x-xxxxxx"},
    {"alert.useful", "xxxxx-x-xxxxxx"},
};

}  // namespace

TEST_CASE(
    "every route allows exactly the roles that the procedure gives it to, in the own and in another process "
    "(R-51)") {
  const Assistant assistant;
  prepare_routes(assistant);
  for (const Permission& permission : permissions) {
    for (std::size_t i = 0; i < std::size(people); ++i) {
      CAPTURE(permission.route);
      CAPTURE(people[i]);
      const Said said = assistant.take(turn_for(assistant, permission.route, people[i]));
      CHECK(said.route == permission.route);
      CHECK(is_refusal(said) == (permission.allowed[i] == '-'));
      if (said.error) CHECK_FALSE(said.error->message.empty());
    }
  }
}

TEST_CASE("the table of permissions above names every route, and every name is of one route") {
  const Assistant assistant;
  std::multiset<std::string> existing, covered;
  for (const Route& route : make_routes(assistant.features())) existing.insert(route.name);
  for (const Permission& permission : permissions) covered.insert(permission.route);
  CHECK(existing == covered);
}

TEST_CASE("every verb that a card can carry is taken by a route") {
  std::ifstream header(std::string(tests::source_dir) + "/cards/verbs.hpp");
  std::stringstream text;
  text << header.rdbuf();
  const std::string source = text.str();
  const std::regex constant(R"(constexpr const char\* (\w+) =\s+"([^"]+)\")");
  const Assistant assistant;
  int verbs = 0;
  for (std::sregex_iterator it(source.begin(), source.end(), constant), end; it != end; ++it, ++verbs) {
    const std::string name = (*it)[1], carried = (*it)[2];
    CAPTURE(name);
    CHECK(assistant.presses(leader_dir, carried).route != "");
    CHECK(assistant.presses(leader_dir, carried).outcome() != "refused: no route for verb");
  }
  CHECK(verbs > 100);
}

TEST_CASE(
    "every route that writes says no autorizado to internal control, whatever it is about (R-46, C-14)") {
  const Assistant assistant;
  int writing = 0;
  for (const Route& route : make_routes(assistant.features())) {
    if (route.effect != Effect::writes || route.access.anybody) continue;
    const std::string name = route.name;
    CAPTURE(name);
    ++writing;
    const Said said = assistant.take(turn_for(assistant, name, internal_control));
    CHECK(said.route == name);
    REQUIRE(said.error);
    CHECK(said.error->code == ErrorCode::refused);
    CHECK_MESSAGE(said.error->message.rfind("No autorizado", 0) == 0, said.error->message);
  }
  CHECK(writing > 40);
}

TEST_CASE("what belongs to one person is never shown in a group") {
  const Assistant assistant;
  for (const Route& route : make_routes(assistant.features())) {
    const std::string name = route.name;
    CAPTURE(name);
    Turn turn = turn_for(assistant, route.name, leader_dir);
    turn.place = Place::group;
    turn.mentions_us = true;
    const Said said = assistant.take(turn);
    CHECK(said.route == route.name);
    CHECK((said.error && said.error->detail == "personal data asked for in a group") ==
          (route.where == Where::personal));
    // Who searches in the compose box of a group sees the findings alone, and shares what he or she chooses.
    if (!route.access.anybody && name != "share.request") CHECK(route.where == Where::personal);
    // What Teams tells, and opinions, are anybody's: they change nothing of the procedure.
    static const std::set<std::string> told{"rating", "meeting", "file.answer", "feedback.save"};
    if (route.effect == Effect::writes) CHECK(route.access.anybody == told.contains(name));
  }
}

TEST_CASE("in a group only what names the assistant is for it") {
  const Assistant assistant;
  Turn turn = assistant.text(liaison_dir, "¿hasta cuándo registro?");
  turn.place = Place::group;
  const Said overheard = assistant.take(turn);
  CHECK(overheard.route == "none");
  CHECK_FALSE(overheard.error);
  CHECK(overheard.shown().empty());
  turn.mentions_us = true;
  CHECK(assistant.take(turn).route == "consult.ask");
  turn.place = Place::channel;
  turn.mentions_us = false;
  CHECK(assistant.take(turn).route == "none");
}

TEST_CASE("a turn that is nothing to act on gives an empty decision") {
  const Assistant assistant;
  for (const TurnKind kind : {TurnKind::departure, TurnKind::other}) {
    Turn turn = assistant.text(liaison_dir, "hola");
    turn.kind = kind;
    const Said said = assistant.take(turn);
    CHECK(said.route == "none");
    CHECK_FALSE(said.error);
    CHECK(said.shown().empty());
  }
}

TEST_CASE("a card of nobody's is refused with a way forward") {
  const Assistant assistant;
  struct Case {
    std::string name;
    const char* pressed;
    Values values;
  };
  const Case cases[] = {
      {"unknown verb", "borrar.todo", {}},
      {"item that does not exist", verb::progress_form, {{"elemento", "PAI-XXX"}, {"periodo", "2026-10"}}},
      {"no item", verb::progress_save, {}},
      {"period that does not exist",
       verb::progress_form,
       {{"elemento", "PAI-DIR-01-T1"}, {"periodo", "2026-13"}}},
      {"process that does not exist", verb::request_file, {{"tipo", "SS-2"}, {"proceso", "XXX"}}},
      {"practice that does not exist",
       verb::request_file,
       {{"tipo", "SS-2"}, {"proceso", "DIR"}, {"practica", "magia"}}},
      {"type that does not exist", verb::request_form, {{"tipo", "SS-99"}}},
      {"request that does not exist", verb::request_endorse, {{"ss", "PAO-2026-9999"}}},
      {"consult that does not exist", verb::consult_reply, {{"consulta", "C-2026-9999"}}},
      {"criterion that does not exist", verb::choose_criterion, {{"codigo", "PLA-99"}}},
      {"due date of the general guideline",
       verb::explain_due,
       {{"practica", "general"}, {"periodo", "2026-10"}}},
      {"due date of no period", verb::explain_due, {{"practica", "planes"}, {"periodo", "ayer"}}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const Said said = assistant.presses(leader_dir, each.pressed, each.values);
    REQUIRE(said.error);
    CHECK(said.error->code == ErrorCode::invalid);
    CHECK(said.error->message.find("Escriba") != std::string::npos);
  }
}
