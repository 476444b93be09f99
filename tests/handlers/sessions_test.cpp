// Working sessions (mesas de trabajo) in the chat: convened, moved, cancelled, recorded.
#include "cards/verbs.hpp"
#include "handlers/sessions/reminders.hpp"
#include "storage/item_changes_store.hpp"
#include "storage/items_store.hpp"
#include "storage/mail_outbox.hpp"
#include "storage/meeting_attendance_store.hpp"
#include "storage/working_sessions_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using procedure::SessionState;
using storage::Session;
using storage::WorkingSession;
using storage::test::reading;
using storage::test::writing;
namespace verb = pao::cards::verb;

namespace {

Values plan(const Values& changed = {}) {
  Values values{{"consulta", ""},
                {"asunto", "Metas del plan"},
                {"agenda", "1. Metas\n2. Fechas"},
                {"proceso", "DIR"},
                {"practica", "planes"},
                {"lugar", "Sala 3"},
                {"fecha", "2026-11-20"},
                {"hora", "09:00"},
                {"duracion", "60"},
                {"invitados", ""}};
  for (const auto& [name, value] : changed) values[name] = value;
  return values;
}

WorkingSession stored(const Assistant& assistant, const std::string& id) {
  const auto found = reading(assistant.database(),
                             [&](Session& session) { return storage::find_working_session(session, id); });
  REQUIRE(found);
  return *found;
}

std::string convened(const Assistant& assistant, const Values& changed = {}, const char* by = advisor_dir) {
  const Said said = assistant.presses(by, verb::session_convene, plan(changed));
  REQUIRE_MESSAGE(said.outcome() == "session_convened", said.outcome() << said.shown());
  return said.field("session");
}

std::set<std::string> told(const Assistant& assistant, const Reply& reply) {
  std::set<std::string> people;
  for (const Notice& notice : reply.notices) {
    for (const auto& person : assistant.reference().current()->people) {
      if (person.aad_object_id == notice.aad_object_id) people.insert(person.id);
    }
  }
  CHECK(people.size() == reply.notices.size());
  return people;
}

std::vector<storage::Mail> mails_about(const Assistant& assistant, const std::string& id) {
  return reading(assistant.database(), [&](Session& session) {
    std::vector<storage::Mail> mails;
    for (const auto& sent : storage::deliveries_of(session, "session:" + id)) {
      if (sent.channel != storage::mail_channel) continue;
      if (auto mail = storage::find_mail(session, sent.key)) mails.push_back(*mail);
    }
    return mails;
  });
}

std::vector<storage::SessionPerson> people_of(const Assistant& assistant, const std::string& id) {
  return reading(assistant.database(),
                 [&](Session& session) { return storage::people_of_working_session(session, id); });
}

bool attended(const Assistant& assistant, const std::string& id, const std::string& person_id) {
  const auto people = people_of(assistant, id);
  return std::any_of(people.begin(), people.end(),
                     [&](const auto& each) { return each.person_id == person_id && each.attended == true; });
}

Values record(const Assistant&, const std::string& id, const Values& changed = {}) {
  Values values{{"mesa", id}, {"reunion", ""}, {"asistentes", ""}, {"acta", "Se acordó cargar las actas."}};
  for (const auto& [name, value] : changed) values[name] = value;
  return values;
}

std::vector<DigestLine> reminders(const Assistant& assistant, const std::string& person_id = "") {
  return reading(assistant.database(), [&](Session& session) {
    return sessions::reminder_lines(session, *assistant.reference().current(), person_id, assistant.now());
  });
}

}  // namespace

TEST_CASE(
    "a working session by process invites leader and liaisons by card and by mail with an invitation "
    "(R-10)") {
  const Assistant assistant;
  const Said said = assistant.presses(advisor_dir, verb::session_convene, plan());
  REQUIRE(said.outcome() == "session_convened");
  const std::string id = said.field("session");
  const WorkingSession meeting = stored(assistant, id);
  CHECK(meeting.subject == "Metas del plan");
  CHECK(meeting.process_id == "DIR");
  CHECK(meeting.practice == "planes");
  CHECK(iso_instant(meeting.starts_at) == "2026-11-20T09:00:00-05:00");
  CHECK(meeting.state == SessionState::convened);
  const auto people = told(assistant, said.reply);
  CHECK(people.contains(leader_dir));
  CHECK(people.contains(liaison_dir));
  CHECK(!people.contains(advisor_dir));
  const auto mails = mails_about(assistant, id);
  REQUIRE(mails.size() == people.size() + 1);  // who convenes gets it too, for the calendar
  for (const storage::Mail& mail : mails) {
    REQUIRE(mail.attachments.size() == 1);
    CHECK(mail.attachments[0].name == "mesa.ics");
    CHECK(mail.attachments[0].media_type.find("method=REQUEST") != std::string::npos);
    CHECK(mail.attachments[0].content.find("DTSTART;TZID=America/Bogota:20261120T090000\r\n") !=
          std::string::npos);
    CHECK(mail.text.find("1. Metas") != std::string::npos);
  }
  CHECK(said.field("to") == "convocada");
  CHECK(assistant.presses(liaison_dir, verb::session_view, {{"mesa", id}}).shows("Sala 3"));
  CHECK(assistant.says(liaison_dir, "mesas de trabajo").shows("Metas del plan"));
}

TEST_CASE(
    "who is invited by name or address gets it, who is not in the directory is named to who convenes "
    "(R-10)") {
  const Assistant assistant;
  const std::string name = assistant.person(owner_com).name;
  const Said said = assistant.presses(advisor_dir, verb::session_convene,
                                      plan({{"invitados", name + "\nPersona Externa\n" + name}}));
  REQUIRE(said.outcome() == "session_convened");
  CHECK(told(assistant, said.reply) == std::set<std::string>{owner_com});
  CHECK(said.shows("Persona Externa"));
  CHECK(said.shows("no reciben la invitación"));
  CHECK(people_of(assistant, said.field("session")).size() == 2);
}

TEST_CASE("on a consult the advisor convenes who asked, with the consult in the record (R-09, R-10)") {
  const Assistant assistant;
  const Said asked = assistant.presses(
      owner_dir, verb::advisor_send,
      {{"pregunta", "¿Puedo unir dos riesgos?"}, {"practica", "riesgos"}, {"proceso", "DIR"}});
  REQUIRE(asked.outcome() == "escalated");
  const std::string consult = asked.field("consult");
  const Said form = assistant.presses(advisor_dir, verb::session_form, {{"consulta", consult}});
  CHECK(form.shows("¿Puedo unir dos riesgos?"));
  const Said said = assistant.presses(advisor_dir, verb::session_convene,
                                      plan({{"consulta", consult}, {"proceso", "COM"}, {"practica", ""}}));
  REQUIRE(said.outcome() == "session_convened");
  const WorkingSession meeting = stored(assistant, said.field("session"));
  CHECK(meeting.consult_id == consult);
  CHECK(meeting.process_id == "DIR");  // the consult's, whatever the card says
  CHECK(meeting.practice == "riesgos");
  CHECK(told(assistant, said.reply).contains(owner_dir));
  CHECK(assistant.presses(advisor_com, verb::session_convene, plan({{"consulta", consult}})).error);
  CHECK(assistant.presses(advisor_dir, verb::session_convene, plan({{"consulta", "C-9999-0001"}})).error);
}

TEST_CASE("only the advisor of the process and the coordination hold its working sessions (R-10, R-51)") {
  const Assistant assistant;
  for (const char* person : {leader_dir, liaison_dir, owner_dir, advisor_com, internal_control}) {
    CAPTURE(person);
    CHECK(assistant.presses(person, verb::session_convene, plan()).error);
  }
  const std::string id = convened(assistant, {}, coordination);
  for (const char* person : {leader_dir, liaison_dir, advisor_com, internal_control}) {
    CAPTURE(person);
    CHECK(assistant.presses(person, verb::session_cancel, {{"mesa", id}, {"secuencia", "0"}, {"motivo", "x"}})
              .error);
    CHECK(assistant.presses(person, verb::session_move, plan({{"mesa", id}, {"secuencia", "0"}})).error);
    CHECK(assistant.presses(person, verb::session_record, record(assistant, id)).error);
  }
  // Who is neither invited nor of the process does not see it.
  CHECK(assistant.presses(liaison_com, verb::session_view, {{"mesa", id}}).error);
  CHECK(assistant.presses(advisor_dir, verb::session_view, {{"mesa", id}}).shows("Metas del plan"));
  CHECK(assistant.presses(advisor_dir, verb::session_view, {{"mesa", "MESA-2026-999"}}).error);
}

TEST_CASE("a form with something missing comes back with what was typed and one sentence (R-10)") {
  const Assistant assistant;
  struct Row {
    Values changed;
    const char* sentence;
  };
  const Row rows[] = {
      {{{"asunto", ""}}, "Escriba el asunto."},         {{{"agenda", " "}}, "Escriba la agenda"},
      {{{"proceso", ""}}, "Elija el proceso."},         {{{"proceso", "NADA"}}, "Elija el proceso."},
      {{{"fecha", "2026-11-16"}}, "no es hábil"},       {{{"fecha", "2026-11-11"}}, "ya pasaron"},
      {{{"fecha", "ayer"}}, "Elija el día y la hora."}, {{{"hora", "25:99"}}, "Elija el día y la hora."},
      {{{"hora", "18:30"}}, "Elija una hora"},          {{{"duracion", "abc"}}, "Elija cuánto dura"},
      {{{"lugar", ""}}, "la sala o el enlace"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.sentence);
    const Said said = assistant.presses(advisor_dir, verb::session_convene, plan(row.changed));
    CHECK(said.outcome() == "form_incomplete");
    CHECK(said.shows(row.sentence));
    if (!row.changed.contains("agenda")) CHECK(said.shows("1. Metas"));
  }
  CHECK(reading(assistant.database(), [](Session& session) {
          return storage::working_sessions_between(session, Instant{}, Instant::max());
        }).empty());
}

TEST_CASE(
    "a working session that moves or is cancelled tells everybody, with a later version for calendars "
    "(R-10)") {
  const Assistant assistant;
  const std::string id = convened(assistant);
  const Values to{
      {"mesa", id},      {"secuencia", "0"}, {"lugar", "Sala 5"},           {"fecha", "2026-11-23"},
      {"hora", "10:30"}, {"duracion", "90"}, {"motivo", "Cruce de agendas"}};
  const Said moved = assistant.presses(advisor_dir, verb::session_move, to);
  REQUIRE_MESSAGE(moved.outcome() == "session_reprogramada", moved.outcome());
  CHECK(told(assistant, moved.reply).contains(liaison_dir));
  CHECK(moved.reply.notices.front().content.card->json.find("Cruce de agendas") != std::string::npos);
  CHECK(stored(assistant, id).sequence == 1);
  CHECK(stored(assistant, id).place == "Sala 5");
  // The card that showed the first date does nothing any more.
  CHECK(assistant.presses(advisor_dir, verb::session_move, to).error);
  Values cancel{{"mesa", id}, {"secuencia", "1"}, {"motivo", ""}};
  CHECK(assistant.presses(advisor_dir, verb::session_cancel, cancel).outcome() == "form_incomplete");
  cancel["motivo"] = "Se resolvió por correo";
  const Said cancelled = assistant.presses(advisor_dir, verb::session_cancel, cancel);
  REQUIRE(cancelled.outcome() == "session_cancelada");
  CHECK(cancelled.field("from") == "convocada");
  CHECK(cancelled.field("to") == "cancelada");
  CHECK(stored(assistant, id).state == SessionState::cancelled);
  std::set<std::string> methods;
  for (const storage::Mail& mail : mails_about(assistant, id)) {
    const std::string& document = mail.attachments.at(0).content;
    for (const char* part : {"SEQUENCE:0\r\n", "SEQUENCE:1\r\n", "SEQUENCE:2\r\n"}) {
      if (document.find(part) != std::string::npos)
        methods.insert(std::string(part).substr(9, 1) +
                       (document.find("METHOD:CANCEL\r\n") != std::string::npos ? " cancel" : " request"));
    }
    CHECK(document.find("UID:" + id + "@pao-teams\r\n") != std::string::npos);
  }
  CHECK(methods == std::set<std::string>{"0 request", "1 request", "2 cancel"});
  cancel["secuencia"] = "2";
  CHECK(assistant.presses(advisor_dir, verb::session_cancel, cancel).error);
  const auto steps = reading(
      assistant.database(), [&](Session& session) { return storage::steps_of_working_session(session, id); });
  REQUIRE(steps.size() == 3);
  CHECK(steps[1].words == "Cruce de agendas");
  CHECK(steps[2].to_state == "cancelada");
  CHECK(steps[2].actor == advisor_dir);
}

TEST_CASE(
    "minutes keep who was there and what was agreed, and each commitment becomes an item (R-10, R-38)") {
  Assistant assistant;
  const std::string id = convened(assistant);
  Values values = record(assistant, id,
                         {{"asistentes", assistant.person(liaison_dir).name + "\nPersona Externa"},
                          {"compromiso_1", "Cargar las actas de octubre"},
                          {"responsable_1", owner_dir},
                          {"plazo_1", "2026-11-30"},
                          {"compromiso_3", "Revisar la meta"},
                          {"responsable_3", liaison_dir},
                          {"plazo_3", "2026-12-04"}});
  CHECK(assistant.presses(advisor_dir, verb::session_record, values).shows("aún no empieza"));
  assistant.move_to("2026-11-20T10:05:00-05:00");
  CHECK(assistant.presses(advisor_dir, verb::session_record_form, {{"mesa", id}})
            .shows(assistant.person(liaison_dir).name));
  const Said said = assistant.presses(advisor_dir, verb::session_record, values);
  REQUIRE_MESSAGE(said.outcome() == "session_recorded", said.outcome() << said.shown());
  CHECK(said.field("commitments") == "2");
  CHECK(stored(assistant, id).state == SessionState::held);
  CHECK(stored(assistant, id).recorded_by == advisor_dir);
  CHECK(attended(assistant, id, liaison_dir));
  CHECK(!attended(assistant, id, leader_dir));
  const auto people = people_of(assistant, id);
  CHECK(std::any_of(people.begin(), people.end(), [](const auto& each) {
    return each.name == "Persona Externa" && !each.invited && each.attended == true;
  }));
  const auto items = reading(assistant.database(), [&](Session& session) {
    std::vector<procedure::Item> found;
    for (const std::string& each : storage::commitments_of_session(session, id))
      found.push_back(storage::find_item(session, each).value());
    return found;
  });
  REQUIRE(items.size() == 2);
  CHECK(items[0].kind == procedure::ItemKind::commitment);
  CHECK(items[0].process_id == "DIR");
  CHECK(items[0].owner_id == owner_dir);
  CHECK(items[0].ends_on == make_date(2026, 11, 30));
  CHECK(items[0].attributes.at("mesa_id") == id);
  const auto changes = reading(
      assistant.database(), [&](Session& session) { return storage::changes_of_item(session, items[0].id); });
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].request_id == id);
  CHECK(changes[0].changed_by == advisor_dir);
  // Who owes something is told, also when not invited.
  CHECK(told(assistant, said.reply).contains(owner_dir));
  CHECK(said.reply.notices.front().content.card->json.find("Cargar las actas de octubre") !=
        std::string::npos);
  // It is written once.
  CHECK(assistant.presses(advisor_dir, verb::session_record, values).error);
}

TEST_CASE("the attendance comes from the join events of the Teams meeting (R-05, R-10)") {
  Assistant assistant;
  const std::string id = convened(assistant);
  assistant.move_to("2026-11-20T11:00:00-05:00");
  const auto aad = assistant.person(leader_dir).aad_object_id;
  writing(assistant.database(), [&](Session& session) {
    storage::save_meeting(session, {.id = "reunion-1",
                                    .conversation_id = "19:m@thread.v2",
                                    .title = "Metas",
                                    .started_at = storage::test::instant("2026-11-20T09:00:00-05:00"),
                                    .ended_at = {}});
    storage::record_join(session, "reunion-1", aad, "Como lo llame Teams",
                         storage::test::instant("2026-11-20T09:01:00-05:00"));
    storage::record_join(session, "reunion-1", "aad-visita", "Visita",
                         storage::test::instant("2026-11-20T09:02:00-05:00"));
  });
  CHECK(assistant.presses(advisor_dir, verb::session_record_form, {{"mesa", id}})
            .shows("Metas, 20 de noviembre"));
  CHECK(assistant.presses(advisor_dir, verb::session_record, record(assistant, id, {{"reunion", "otra"}}))
            .error);
  const Said said =
      assistant.presses(advisor_dir, verb::session_record, record(assistant, id, {{"reunion", "reunion-1"}}));
  REQUIRE(said.outcome() == "session_recorded");
  CHECK(attended(assistant, id, leader_dir));
  CHECK(!attended(assistant, id, liaison_dir));
  CHECK(said.shows("Visita"));
  CHECK(stored(assistant, id).meeting_id == "reunion-1");
}

TEST_CASE("minutes with something missing store nothing (R-10)") {
  Assistant assistant;
  const std::string id = convened(assistant);
  assistant.move_to("2026-11-20T11:00:00-05:00");
  const std::string present = assistant.person(liaison_dir).name;
  struct Row {
    Values changed;
    const char* sentence;
  };
  const Row rows[] = {
      {{{"acta", ""}, {"asistentes", present}}, "Escriba el acta"},
      {{}, "quiénes asistieron"},
      {{{"asistentes", present}, {"compromiso_1", "Algo"}}, "Compromiso 1: elija quién responde."},
      {{{"asistentes", present},
        {"compromiso_1", "Algo"},
        {"responsable_1", "U-999"},
        {"plazo_1", "2026-12-01"}},
       "Compromiso 1: elija quién responde."},
      {{{"asistentes", present}, {"compromiso_2", "Algo"}, {"responsable_2", owner_dir}},
       "Compromiso 1: elija para cuándo"},
      {{{"asistentes", present},
        {"compromiso_1", "Algo"},
        {"responsable_1", owner_dir},
        {"plazo_1", "2026-11-19"}},
       "no puede ser anterior"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.sentence);
    const Said said =
        assistant.presses(advisor_dir, verb::session_record, record(assistant, id, row.changed));
    CHECK(said.outcome() == "form_incomplete");
    CHECK(said.shows(row.sentence));
  }
  CHECK(stored(assistant, id).state == SessionState::convened);
  CHECK(!attended(assistant, id, liaison_dir));
}

TEST_CASE(
    "the digest reminds everybody the business day before, and who convened it of missing minutes (R-10)") {
  Assistant assistant;
  const std::string id = convened(assistant);
  CHECK(reminders(assistant).empty());
  assistant.move_to("2026-11-19T08:30:00-05:00");
  const auto lines = reminders(assistant);
  CHECK(lines.size() == mails_about(assistant, id).size());
  const auto mine = reminders(assistant, liaison_dir);
  REQUIRE(mine.size() == 1);
  CHECK(mine[0].key == "mesas/" + id + "|0");
  CHECK(mine[0].text.find("9:00 a. m.") != std::string::npos);
  assistant.move_to("2026-11-23T08:30:00-05:00");
  const auto late = reminders(assistant);
  REQUIRE(late.size() == 1);
  CHECK(late[0].person_id == advisor_dir);
  CHECK(late[0].key == "mesas/" + id + "|acta-1");
  REQUIRE(assistant
              .presses(advisor_dir, verb::session_record,
                       record(assistant, id, {{"asistentes", assistant.person(liaison_dir).name}}))
              .outcome() == "session_recorded");
  CHECK(reminders(assistant).empty());
}
