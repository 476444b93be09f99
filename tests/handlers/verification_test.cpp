// Verifying records and correcting what came back (activity 4, R-19, R-20, R-50).
#include "cards/verbs.hpp"
#include "handlers/verification/verification_control.hpp"
#include "handlers/verification/verification_handler.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"
#include "storage/reopened_periods_store.hpp"
#include "storage/verification_store.hpp"
#include "tests/handlers/assistant.hpp"
#include "tests/handlers/recorded_task.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using procedure::ReviewState;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

Values marks(const std::string& id, const char* evidence = "cumple", const char* correction = "") {
  return {{"registro", id},
          {"punto_oportunidad", "cumple"},
          {"punto_completo", "cumple"},
          {"punto_evidencia", evidence},
          {"punto_descripcion", "cumple"},
          {"punto_cifras", "cumple"},
          {"correccion", correction}};
}

}  // namespace

TEST_CASE("the queue shows the oldest first and only the advisor's processes (R-19, R-51)") {
  const Assistant assistant;
  const Said queue = assistant.presses(advisor_com, verb::verify_queue, {{"pagina", "0"}});
  REQUIRE(queue.outcome() == "verification_queue_shown");
  CHECK(queue.shows(verb::verify_record));
  CHECK(assistant.says(advisor_com, "verificar").outcome() == "verification_queue_shown");
  for (const char* other : {liaison_com, leader_com, coordination, internal_control}) {
    CAPTURE(other);
    CHECK(assistant.presses(other, verb::verify_queue).error);
  }
  const auto records = reading(assistant.database(), [](storage::Session& s) {
    return storage::records_to_verify(s, {"COM", "DIR"});
  });
  REQUIRE(records.size() > 2);
  for (std::size_t i = 1; i < records.size(); ++i)
    CHECK(records[i - 1].recorded_at <= records[i].recorded_at);
}

TEST_CASE(
    "a record is opened with checklist and criteria, accepted once, and not by its author (R-16, R-19)") {
  Assistant assistant("2026-11-05T09:00:00-05:00");
  const std::string id = save_task(assistant);
  const Said view = assistant.presses(advisor_com, verb::verify_record, {{"registro", id}});
  REQUIRE_MESSAGE(view.outcome() == "verification_shown", view.outcome());
  for (const char* part : {"PLA-13", "PLA-14", "punto_evidencia", "Cumple", "90 %", "Oportuno"}) {
    CAPTURE(part);
    CHECK(view.shows(part));
  }
  CHECK(stored(assistant, id).record.review == ReviewState::in_review);
  // The process no longer changes it underneath.
  const Said locked = assistant.presses(liaison_com, verb::progress_correct, {{"registro", id}});
  REQUIRE(locked.error);
  CHECK(locked.error->message.find("verificando") != std::string::npos);

  CHECK(assistant.presses(advisor_dir, verb::verify_accept, marks(id)).error);
  CHECK(assistant.presses(liaison_com, verb::verify_accept, marks(id)).error);
  Values unmarked = marks(id);
  unmarked.erase("punto_cifras");
  CHECK(assistant.presses(advisor_com, verb::verify_accept, unmarked).outcome() == "form_incomplete");
  const Said accepted = assistant.presses(advisor_com, verb::verify_accept, marks(id));
  CHECK(accepted.outcome() == "record_accepted");
  CHECK(accepted.reply.notices.empty());
  CHECK(accepted.field("from") == "en_verificacion");
  CHECK(accepted.field("to") == "aceptado");
  CHECK(assistant.presses(advisor_com, verb::verify_accept, marks(id)).error);

  assistant.change("UPDATE progress_records SET review = 'registrado', recorded_by = 'U-004' WHERE id = '" +
                   id + "'");
  CHECK(assistant.presses(advisor_com, verb::verify_accept, marks(id)).error);
}

TEST_CASE(
    "a returned record tells its author once what to correct and until when; the history keeps what it said "
    "(R-20, R-50)") {
  Assistant assistant("2026-11-09T16:00:00-05:00");
  const std::string id = save_task(assistant);
  assistant.move_to("2026-11-12T10:00:00-05:00");
  CHECK(assistant.presses(advisor_com, verb::verify_return, marks(id, "no_cumple")).outcome() ==
        "form_incomplete");
  const Said returned = assistant.presses(advisor_com, verb::verify_return,
                                          marks(id, "no_cumple", "Adjunte el acta firmada de octubre"));
  REQUIRE_MESSAGE(returned.outcome() == "record_returned", returned.outcome());
  REQUIRE(returned.reply.notices.size() == 1);
  const Notice& notice = returned.reply.notices.front();
  CHECK(notice.aad_object_id == assistant.person(liaison_com).aad_object_id);
  CHECK(notice.key == "verification:" + id + ":1:" + liaison_com);
  const std::string told = notice.content.card->json;
  CHECK(told.find("Adjunte el acta firmada de octubre") != std::string::npos);
  CHECK(told.find("18 de noviembre de 2026") != std::string::npos);
  CHECK(told.find(verb::progress_correct) != std::string::npos);

  const Said recent = assistant.says(liaison_com, "mis avances");
  CHECK(recent.shows("Devuelto para corregir"));
  CHECK(recent.shows("pendiente de pasar al SMGI"));
  const Said form = assistant.presses(liaison_com, verb::progress_correct, {{"registro", id}});
  REQUIRE_MESSAGE(form.outcome() == "progress_form_shown", form.outcome());
  CHECK(form.shows("Adjunte el acta firmada de octubre"));
  CHECK(form.shows("boletin-octubre.pdf"));

  assistant.move_to("2026-11-18T23:59:59-05:00");
  Values corrected = plan_values();
  corrected["registro"] = id;
  corrected["evidencia"] = "acta-octubre.pdf";
  CHECK(assistant.presses(owner_com, verb::progress_correct_save, corrected).error);  // somebody else's task
  const Said saved = assistant.presses(liaison_com, verb::progress_correct_save, corrected);
  REQUIRE_MESSAGE(saved.outcome() == "progress_corrected", saved.outcome());
  CHECK(saved.field("timeliness") == "oportuno");
  CHECK(saved.shows("Oportuno"));
  const auto record = stored(assistant, id).record;
  CHECK(record.values.at("evidencia") == "acta-octubre.pdf");
  CHECK(record.review == ReviewState::registered);
  const auto history =
      reading(assistant.database(), [&](storage::Session& s) { return storage::revisions_of(s, id); });
  REQUIRE(history.size() == 1);
  CHECK(history.front().values.at("evidencia") == "boletin-octubre.pdf");
  CHECK(history.front().review == ReviewState::returned);
  CHECK(history.front().changed_by == liaison_com);
  CHECK_FALSE(history.front().reason.empty());
}

TEST_CASE(
    "a returned record whose author is gone or unknown goes to the liaisons of the process, or to its leader "
    "(R-20)") {
  const char* gone[] = {"UPDATE people SET active = 0 WHERE id = 'U-020'",
                        "UPDATE progress_records SET recorded_by = NULL WHERE item_id = 'PAI-COM-02-T2' AND "
                        "period = '2026-10'"};
  for (const char* change : gone) {
    CAPTURE(change);
    Assistant assistant("2026-11-09T16:00:00-05:00");
    const std::string id = save_task(assistant);
    // Another liaison of the process, who did not record it.
    assistant.change(
        "INSERT INTO role_grants (person_id, role, process_id, since, principal, source) VALUES"
        " ('U-022', 'enlace', 'COM', '2026-01-01', 0, 'prueba')");
    assistant.change(change);
    assistant.move_to("2026-11-12T10:00:00-05:00");
    const auto liaisons = reading(assistant.database(), [&](storage::Session& s) {
      return storage::people_with_role(s, procedure::Role::liaison, "COM", make_date(2026, 11, 12));
    });
    const Said returned =
        assistant.presses(advisor_com, verb::verify_return, marks(id, "no_cumple", "Adjunte el acta"));
    REQUIRE_MESSAGE(returned.outcome() == "record_returned", returned.outcome());
    REQUIRE(!liaisons.empty());
    CHECK(returned.reply.notices.size() == liaisons.size());
    for (const procedure::Person& person : liaisons) {
      CHECK(returned.shows(person.name));
      CHECK(std::any_of(returned.reply.notices.begin(), returned.reply.notices.end(),
                        [&](const Notice& notice) { return notice.aad_object_id == person.aad_object_id; }));
    }
  }
  // No liaison is left.
  Assistant assistant("2026-11-09T16:00:00-05:00");
  const std::string id = save_task(assistant);
  assistant.change("UPDATE people SET active = 0 WHERE id = 'U-020'");
  assistant.change(
      "UPDATE role_grants SET until = '2026-11-10' WHERE role = 'enlace' AND process_id = 'COM'");
  assistant.move_to("2026-11-12T10:00:00-05:00");
  const Said returned =
      assistant.presses(advisor_com, verb::verify_return, marks(id, "no_cumple", "Adjunte el acta"));
  REQUIRE(returned.reply.notices.size() == 1);
  CHECK(returned.reply.notices.front().aad_object_id == assistant.person(leader_com).aad_object_id);
  CHECK(returned.shows(assistant.person(leader_com).name + " recibe"));
}

TEST_CASE("corrected after the three days the record counts as late (R-18, R-20)") {
  Assistant assistant("2026-11-09T16:00:00-05:00");
  const std::string id = save_task(assistant);
  REQUIRE(
      assistant.presses(advisor_com, verb::verify_return, marks(id, "no_cumple", "Adjunte el acta firmada"))
          .outcome() == "record_returned");
  assistant.move_to("2026-11-13T00:00:00-05:00");
  Values corrected = plan_values();
  corrected["registro"] = id;
  const Said saved = assistant.presses(liaison_com, verb::progress_correct_save, corrected);
  REQUIRE_MESSAGE(saved.outcome() == "progress_corrected", saved.outcome());
  CHECK(saved.field("timeliness") == "extemporaneo");
}

TEST_CASE("a record of last year that is returned in January is corrected, whenever it fell due (R-20)") {
  Assistant assistant("2026-11-09T16:00:00-05:00");
  const std::string id = save_task(assistant);
  assistant.move_to("2027-01-04T09:00:00-05:00");
  REQUIRE(
      assistant.presses(advisor_com, verb::verify_return, marks(id, "no_cumple", "Adjunte el acta firmada"))
          .outcome() == "record_returned");
  Values corrected = plan_values();
  corrected["registro"] = id;
  const Said saved = assistant.presses(liaison_com, verb::progress_correct_save, corrected);
  CHECK_MESSAGE(saved.outcome() == "progress_corrected", saved.outcome());
}

TEST_CASE("before it is verified a record is changed while its period is open, and not after (5.3, R-50)") {
  Assistant assistant("2026-11-09T16:00:00-05:00");
  const std::string id = save_task(assistant);
  Values changed = plan_values();
  changed["registro"] = id;
  changed["porcentaje_avance"] = "95";
  CHECK(assistant.presses(liaison_com, verb::progress_correct_save, changed).outcome() ==
        "progress_corrected");
  CHECK(stored(assistant, id).record.values.at("porcentaje_avance") == "95");
  assistant.move_to("2026-11-10T00:00:00-05:00");
  const Said closed = assistant.presses(liaison_com, verb::progress_correct_save, changed);
  REQUIRE(closed.error);
  CHECK(closed.error->message.find("SS-1") != std::string::npos);
}

TEST_CASE("a copied text is saved only when the person says that it is so") {
  Assistant assistant("2026-11-05T09:00:00-05:00");
  const auto before =
      reading(assistant.database(), [](storage::Session& s) { return storage::records_of_item(s, task); });
  Values copied = plan_values();
  copied["descripcion_cualitativa"] = before.back().values.at("descripcion");
  const Said asked = assistant.presses(liaison_com, verb::progress_save, copied);
  CHECK(asked.outcome() == "form_doubtful");
  CHECK(asked.shows("Es el mismo texto del registro anterior"));
  CHECK(asked.shows("Guardar así"));
  copied["confirmado"] = "si";
  CHECK(assistant.presses(liaison_com, verb::progress_save, copied).outcome() == "progress_recorded");
}

TEST_CASE(
    "several items in one form: what is good is recorded with its receipt, what is not comes back (R-12, "
    "R-13)") {
  Assistant assistant("2026-11-05T09:00:00-05:00");
  assistant.change("DELETE FROM progress_records WHERE process_id = 'COM' AND period = '2026-10'");
  const Values group = {{"proceso", "COM"}, {"practica", "planes"}, {"periodo", "2026-10"}};
  const Said list = assistant.says(liaison_com, "registrar avance");
  CHECK(list.shows(verb::progress_several));
  const Said form = assistant.presses(liaison_com, verb::progress_several, group);
  REQUIRE_MESSAGE(form.outcome() == "progress_several_shown", form.outcome());
  CHECK(form.shows("porcentaje_avance_1"));
  CHECK(form.shows("porcentaje_avance_2"));
  const auto item_at = [&](int n) {
    const std::string mark = "\"elemento_" + std::to_string(n) + "\":\"";
    const auto at = form.shown().find(mark) + mark.size();
    return form.shown().substr(at, form.shown().find('"', at) - at);
  };
  Values typed = group;
  for (int n : {1, 2, 3}) {
    const std::string end = "_" + std::to_string(n);
    typed["elemento" + end] = item_at(n);
    typed["porcentaje_avance" + end] = "100";
    typed["descripcion_cualitativa" + end] = "Se entregó el producto número " + std::to_string(n);
    typed["evidencia" + end] = "octubre" + end + ".pdf";
    typed["tipo_evidencia" + end] = "informe";
  }
  typed["evidencia_2"] = "";
  typed["porcentaje_avance_3"] = typed["descripcion_cualitativa_3"] = typed["evidencia_3"] = " ";
  const Said saved = assistant.presses(liaison_com, verb::progress_several_save, typed);
  REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
  CHECK(saved.field("left") == "2");
  CHECK(saved.shows(saved.field("records")));
  CHECK(saved.shows("Se entregó el producto número 2"));  // kept, with its problem
  CHECK(saved.shows("Esta práctica exige una evidencia"));
  CHECK(saved.field("records").find(' ') == std::string::npos);  // one
  // Its receipt says what was stored, by whom, when and through what.
  for (const char* part :
       {"Porcentaje de avance acumulado: 100 %", "Se entregó el producto número 1",
        "Registró Tobías Arrayán (demo)", "5 de noviembre de 2026, 9:00 a. m.", "PAO Teams"}) {
    CAPTURE(part);
    CHECK(saved.shows(part));
  }

  // Another person's items, or of another process, are refused whole.
  typed["proceso"] = "DIR";
  CHECK(assistant.presses(liaison_com, verb::progress_several_save, typed).error);
}

TEST_CASE("an advisor whose oldest record waits five business days or more reads so in the digest (R-19)") {
  const Assistant assistant;
  const auto lines = reading(assistant.database(), [&](storage::Session& s) {
    return verification::waiting_lines(s, *assistant.reference().current(), advisor_com, assistant.now());
  });
  REQUIRE(lines.size() == 1);
  CHECK(lines.front().person_id == advisor_com);
  CHECK(lines.front().key.find("verificacion/") == 0);
}

TEST_CASE("a period that an SS-5 reopened takes the late record until its last second (R-18, R-41, 5.3)") {
  Assistant assistant("2026-11-12T09:00:00-05:00");  // PAI-COM-02-T2 closed on the 9th
  const Said closed = assistant.presses(liaison_com, verb::progress_save, plan_values());
  REQUIRE(closed.error);
  CHECK(closed.error->message.find("SS-5") != std::string::npos);
  storage::test::writing(assistant.database(), [&](storage::Session& s) {
    storage::reopen_period(s, {.request_id = "SS-2026-0900",
                               .process_id = "COM",
                               .practice = "planes",
                               .item_id = task,
                               .period = "2026-10",
                               .opens_on = make_date(2026, 11, 13),
                               .closes_on = make_date(2026, 11, 18),
                               .reopened_by = advisor_com,
                               .reopened_at = assistant.now()});
    return 0;
  });
  CHECK(assistant.presses(liaison_com, verb::progress_save, plan_values()).error);  // from the 13th on
  SUBCASE("in time: recorded, late, and offered before") {
    assistant.move_to("2026-11-18T23:59:59-05:00");
    CHECK(assistant.says(liaison_com, "registrar avance").shows(task));
    CHECK(assistant.presses(liaison_com, verb::progress_form, {{"elemento", task}, {"periodo", "2026-10"}})
              .outcome() == "progress_form_shown");
    Values other = plan_values();
    other["periodo"] = "2026-08";
    CHECK(assistant.presses(liaison_com, verb::progress_save, other).error);
    const Said saved = assistant.presses(liaison_com, verb::progress_save, plan_values());
    REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
    CHECK(saved.shows("Extemporáneo"));
    Values changed = plan_values();
    changed["registro"] = saved.field("record");
    changed["porcentaje_avance"] = "95";
    CHECK(assistant.presses(liaison_com, verb::progress_correct_save, changed).outcome() ==
          "progress_corrected");
    assistant.move_to("2026-11-19T00:00:00-05:00");
    CHECK(assistant.presses(liaison_com, verb::progress_correct_save, changed).error);
  }
  SUBCASE("one second too late") {
    assistant.move_to("2026-11-19T00:00:00-05:00");
    CHECK(assistant.presses(liaison_com, verb::progress_save, plan_values()).error);
    CHECK_FALSE(assistant.says(liaison_com, "registrar avance").shows(task));
  }
}

TEST_CASE("the last record of a period asks its advisor to confirm the control point by name (R-19, R-50)") {
  Assistant assistant("2026-11-05T09:00:00-05:00");
  assistant.change("DELETE FROM progress_records WHERE process_id = 'COM' AND period = '2026-10'");
  const std::string id = save_task(assistant);
  const auto asked = [&] {
    return reading(assistant.database(), [&](storage::Session& s) {
      return verification::control_lines(s, *assistant.reference().current(), advisor_com, assistant.now());
    });
  };
  const auto asks_for = [&](const std::string& subject) {
    for (const DigestLine& line : asked()) {
      if (line.key == "control/" + subject) return true;
    }
    return false;
  };
  const Said accepted = assistant.presses(advisor_com, verb::verify_accept, marks(id));
  REQUIRE(accepted.outcome() == "record_accepted");
  CHECK(accepted.shows(verb::control_open));
  CHECK(accepted.shows("verification:COM:2026-10"));
  CHECK_FALSE(asks_for("verification:COM:2026-10"));  // others may still come
  assistant.move_to("2026-11-18T09:00:00-05:00");
  CHECK(asks_for("verification:COM:2026-10"));

  const Said point = assistant.presses(advisor_com, verb::control_open,
                                       {{"punto", "4"}, {"asunto", "verification:COM:2026-10"}});
  REQUIRE_MESSAGE(point.outcome() == "control_shown", point.outcome());
  CHECK(assistant
            .presses(liaison_com, verb::control_confirm,
                     {{"punto", "4"}, {"asunto", "verification:COM:2026-10"}, {"resultado", "conforme"}})
            .error);
  const Said confirmed =
      assistant.presses(advisor_com, verb::control_confirm,
                        {{"punto", "4"}, {"asunto", "verification:COM:2026-10"}, {"resultado", "conforme"}});
  REQUIRE_MESSAGE(confirmed.outcome() == "control_confirmed", confirmed.outcome());
  CHECK_FALSE(asks_for("verification:COM:2026-10"));
}
