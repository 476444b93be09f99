#include "storage/activities_store.hpp"
#include "storage/calendar_store.hpp"
#include "storage/consult_store.hpp"
#include "storage/conversations_store.hpp"
#include "storage/items_store.hpp"
#include "storage/jobs_store.hpp"
#include "storage/people_store.hpp"
#include "storage/requests_store.hpp"
#include "tests/storage/temporary_store.hpp"

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;

namespace {

const Instant at = parse_instant("2026-11-12T09:00:00-05:00").value();

struct Entity : TemporaryStore {
  Entity() {
    writing(*database, [](Session& s) {
      for (const char* id : {"DIR", "TIC"}) {
        s.run(
            "INSERT INTO processes (id, position, name, kind, area, continuity_critical)"
            " VALUES ($1, 1, 'Proceso', 'apoyo', 'Oficina', 0)",
            {std::string_view(id)});
      }
    });
  }
};

procedure::ProgressRecord progress(const char* item, const char* period) {
  return {.id = {},
          .practice = "planes",
          .item_id = item,
          .process_id = "DIR",
          .period = period,
          .values = {{"descripcion", "Se hizo \"todo\", según el plan"}, {"porcentaje_avance", "40"}},
          .recorded_at = at,
          .recorded_by = "U-015",
          .channel = "pao_teams"};
}

procedure::ServiceRequest request() {
  procedure::ServiceRequest made;
  made.process_id = "DIR";
  made.practice = "planes";
  made.type = "SS-2";
  made.subject = "Cambiar la fecha";
  made.filed_by = "U-015";
  made.filed_at = at;
  made.state = procedure::RequestState::filed;
  made.due_on = make_date(2026, 11, 20);
  return made;
}

}  // namespace

TEST_CASE("a repeated activity finds the outcome of the first") {
  TemporaryStore store;
  CHECK(writing(*store.database,
                [](Session& s) { return insert_outcome(s, "k", {.status = 200, .body = "{}"}, at); }));
  CHECK_FALSE(writing(*store.database,
                      [](Session& s) { return insert_outcome(s, "k", {.status = 500, .body = "x"}, at); }));
  const auto outcome = reading(*store.database, [](Session& s) { return find_outcome(s, "k"); });
  REQUIRE(outcome);
  CHECK(outcome->status == 200);
  CHECK(outcome->body == "{}");
  CHECK_FALSE(reading(*store.database, [](Session& s) { return find_outcome(s, "other"); }));
  CHECK(writing(*store.database, [](Session& s) { return purge_outcomes(s, at); }) == 0);
  CHECK(writing(*store.database, [](Session& s) { return purge_outcomes(s, at + std::chrono::hours{1}); }) ==
        1);
}

TEST_CASE("a conversation is kept by its id and never forgets that it was greeted") {
  TemporaryStore store;
  Conversation conversation{.id = "c1",
                            .kind = "personal",
                            .service_url = "https://a",
                            .tenant_id = "t",
                            .bot_id = "28:bot",
                            .user_id = "29:u",
                            .aad_object_id = "aad-1",
                            .locale = "es-CO",
                            .last_inbound_at = at};
  writing(*store.database, [&](Session& s) { save_conversation(s, conversation); });
  CHECK(writing(*store.database, [](Session& s) { return mark_greeted(s, "c1"); }));
  CHECK_FALSE(writing(*store.database, [](Session& s) { return mark_greeted(s, "c1"); }));
  CHECK_FALSE(writing(*store.database, [](Session& s) { return mark_greeted(s, "unknown"); }));
  conversation.service_url = "https://b";
  writing(*store.database, [&](Session& s) { save_conversation(s, conversation); });
  const auto found = reading(*store.database, [](Session& s) { return find_conversation(s, "c1"); });
  REQUIRE(found);
  CHECK(found->service_url == "https://b");
  CHECK(found->greeted);
  CHECK(found->last_inbound_at == at);
}

TEST_CASE("of several personal conversations the installed and latest one is taken") {
  TemporaryStore store;
  const auto save = [&](const char* id, const char* kind, bool installed, int hours) {
    writing(*store.database, [&](Session& s) {
      save_conversation(s, {.id = id,
                            .kind = kind,
                            .aad_object_id = "aad-1",
                            .installed = installed,
                            .last_inbound_at = at + std::chrono::hours{hours}});
    });
  };
  save("old", "personal", true, 0);
  save("new", "personal", true, 1);
  save("removed", "personal", false, 2);
  save("group", "groupChat", true, 3);
  const auto id = [&] {
    return reading(*store.database, [](Session& s) { return personal_conversation_of(s, "aad-1"); })->id;
  };
  CHECK(id() == "new");
  writing(*store.database, [](Session& s) { set_installed(s, "new", false); });
  CHECK(id() == "old");
  CHECK_FALSE(reading(*store.database, [](Session& s) { return personal_conversation_of(s, "aad-2"); }));
}

TEST_CASE("progress gets a receipt of the Bogotá year and one record a period") {
  Entity entity;
  const auto add = [&](const procedure::ProgressRecord& record) {
    return entity.database->write([&](Session& s) { return add_record(s, record); });
  };
  const auto first = add(progress("PAI-DIR-01-T1", "2026-11"));
  REQUIRE(first);
  CHECK(first->id == "AV-2026-000001");
  const auto again = add(progress("PAI-DIR-01-T1", "2026-11"));
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::conflict);
  CHECK(add(progress("PAI-DIR-01-T1", "2026-10"))->id == "AV-2026-000002");
  // 31 December, 23:00 in Bogotá is next year in UTC.
  procedure::ProgressRecord late = progress("PAI-DIR-01-T2", "2026-12");
  late.recorded_at = parse_instant("2026-12-31T23:00:00-05:00").value();
  late.due_on = make_date(2027, 1, 8);
  late.timeliness = procedure::Timeliness::on_time;
  CHECK(add(late)->id == "AV-2026-000003");
  late.period = "2027-01";
  late.recorded_at = parse_instant("2027-01-04T08:00:00-05:00").value();
  CHECK(add(late)->id == "AV-2027-000001");

  const auto records =
      reading(*entity.database, [](Session& s) { return records_of_item(s, "PAI-DIR-01-T1"); });
  REQUIRE(records.size() == 2);
  CHECK_FALSE(records[0].due_on);
  CHECK(records[0].timeliness == procedure::Timeliness::none);
  const auto fixed =
      reading(*entity.database, [](Session& s) { return records_of_item(s, "PAI-DIR-01-T2"); });
  CHECK(fixed[0].due_on == make_date(2027, 1, 8));
  CHECK(fixed[0].timeliness == procedure::Timeliness::on_time);
  CHECK(records[0].period == "2026-10");
  CHECK(records[1].values.at("descripcion") == "Se hizo \"todo\", según el plan");
  CHECK(records[1].recorded_at == at);
  CHECK(records[1].review == procedure::ReviewState::registered);
  CHECK(records[1].filing == procedure::FilingState::captured);
  CHECK(reading(*entity.database, [](Session& s) { return records_of(s, "DIR", 2026); }).size() == 3);
  CHECK(reading(*entity.database, [](Session& s) { return records_of(s, "", 2027); }).size() == 1);
  CHECK(reading(*entity.database, [](Session& s) { return records_of(s, "TIC", 2026); }).empty());
}

TEST_CASE("a request is numbered, found and moves on only from the state one knows") {
  Entity entity;
  auto made = writing(*entity.database, [](Session& s) { return add_request(s, request()); });
  CHECK(made.id == "PAO-2026-0001");
  CHECK(made.provisional);
  CHECK(writing(*entity.database, [](Session& s) { return add_request(s, request()); }).id ==
        "PAO-2026-0002");

  made.state = procedure::RequestState::rejected;
  made.reason = "Falta evidencia";
  made.answered_on = make_date(2026, 11, 13);
  const auto update = [&](procedure::RequestState expected) {
    return entity.database->write([&](Session& s) { return update_request(s, made, expected); });
  };
  CHECK(update(procedure::RequestState::filed));
  const auto late = update(procedure::RequestState::filed);
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::conflict);
  const auto found = reading(*entity.database, [](Session& s) { return find_request(s, "PAO-2026-0001"); });
  REQUIRE(found);
  CHECK(found->state == procedure::RequestState::rejected);
  CHECK(found->reason == "Falta evidencia");
  CHECK(found->due_on == make_date(2026, 11, 20));
  CHECK(found->answered_on == make_date(2026, 11, 13));
  CHECK(found->filed_at == at);

  CHECK(reading(*entity.database, [](Session& s) { return requests_of(s, "DIR", false); }).size() == 2);
  const auto open = reading(*entity.database, [](Session& s) { return requests_of(s, "DIR", true); });
  REQUIRE(open.size() == 1);
  CHECK(open.front().id == "PAO-2026-0002");
  made.id = "PAO-2026-0099";
  const auto unknown = update(procedure::RequestState::filed);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == ErrorCode::not_found);
}

TEST_CASE("a consult is answered once") {
  TemporaryStore store;
  const auto made = writing(*store.database, [](Session& s) {
    Consult consult;
    consult.asked_by = "U-015";
    consult.question = "¿Cómo formulo un riesgo?";
    consult.conversation_id = "c1";
    consult.advisor_id = "U-003";
    consult.asked_at = at;
    consult.due_on = make_date(2026, 11, 13);
    return add_consult(s, consult);
  });
  CHECK(made.id == "C-2026-0001");
  const auto open = [&] {
    return reading(*store.database, [](Session& s) { return open_consults_of(s, "U-003"); });
  };
  REQUIRE(open().size() == 1);
  CHECK(open().front().question == "¿Cómo formulo un riesgo?");
  CHECK(open().front().due_on == make_date(2026, 11, 13));
  const auto answer = [&](const char* id) {
    return store.database->write([&](Session& s) {
      Consult consult = made;
      consult.id = id;
      consult.state = procedure::ConsultState::answered;
      consult.reply = "Así.";
      consult.replied_by = "U-003";
      consult.replied_at = at;
      return move_consult(
          s, consult,
          {.at = at, .actor = "U-003", .kind = "respondida", .from_state = "asignada", .words = "Así."});
    });
  };
  CHECK(answer("C-2026-0001"));
  CHECK(answer("C-2026-0001").error().code == ErrorCode::conflict);
  CHECK(answer("C-2026-0002").error().code == ErrorCode::not_found);
  CHECK(open().empty());
  const auto found = reading(*store.database, [](Session& s) { return find_consult(s, "C-2026-0001"); });
  REQUIRE(found);
  CHECK(found->reply == "Así.");
  CHECK(found->replied_at == at);
  CHECK(found->state == procedure::ConsultState::answered);
  const auto steps = reading(*store.database, [](Session& s) { return steps_of(s, "C-2026-0001"); });
  REQUIRE(steps.size() == 2);  // what failed left no step
  CHECK(steps[0].kind == "preguntada");
  CHECK(steps[1].kind == "respondida");
  CHECK(steps[1].from_state == "asignada");
  CHECK(steps[1].to_state == "respondida");
  CHECK(steps[1].due_on == "2026-11-13");
}

TEST_CASE("a job's last run is kept") {
  TemporaryStore store;
  CHECK_FALSE(reading(*store.database, [](Session& s) { return last_run(s, "alerts"); }));
  for (const char* result : {"failed", "ok"}) {
    writing(*store.database,
            [&](Session& s) { save_run(s, {.name = "alerts", .started_at = at, .result = result}); });
  }
  CHECK(reading(*store.database, [](Session& s) { return last_run(s, "alerts"); })->result == "ok");
  CHECK(reading(*store.database, all_runs).size() == 1);
}

TEST_CASE("a new store knows the entity days that are shipped, and keeps what an operator makes of them") {
  TemporaryFolder folder;
  const Date civic_day = make_date(2026, 4, 17);
  {
    auto database = open_store(folder.url());
    const auto calendar = reading(*database, load_calendar);
    CHECK(calendar.name() == "statutory+entity");
    CHECK_FALSE(calendar.is_business_day(civic_day));
    writing(*database, [](Session& s) { s.run("DELETE FROM entity_days"); });
  }
  auto database = open_store(folder.url());
  CHECK(reading(*database, load_calendar).is_business_day(civic_day));
  CHECK_FALSE(default_calendar().is_business_day(civic_day));
}

TEST_CASE("somebody who is no longer active is not found by account and holds no role") {
  Entity entity;
  writing(*entity.database, [](Session& s) {
    s.run(
        "INSERT INTO people (id, name, email, aad_object_id, active) VALUES"
        " ('U-1', 'Uno', 'u@x', 'aad-1', 1), ('U-2', 'Dos', 'd@x', 'aad-2', 0)");
    s.run(
        "INSERT INTO role_grants (person_id, role, process_id, principal, source) VALUES"
        " ('U-1', 'lider', 'DIR', 1, 'processes'), ('U-2', 'lider', 'DIR', 1, 'processes')");
  });
  CHECK(reading(*entity.database, [](Session& s) { return find_person_by_aad(s, "aad-1"); })->roles.size() ==
        1);
  CHECK_FALSE(reading(*entity.database, [](Session& s) { return find_person_by_aad(s, "aad-2"); }));
  CHECK_FALSE(reading(*entity.database, [](Session& s) { return find_person(s, "U-2"); })->active);
  const auto leaders = reading(*entity.database, [](Session& s) {
    return people_with_role(s, procedure::Role::leader, "DIR", make_date(2026, 11, 12));
  });
  REQUIRE(leaders.size() == 1);
  CHECK(leaders.front().id == "U-1");
}
