// Activities 1 and 2 in the chat: review, difference, approval by four eyes, control point, publication, who
// was told, socialisation (R-01 to R-05, C-02).
#include "cards/verbs.hpp"
#include "handlers/controls/control_handler.hpp"
#include "handlers/guideline_publication.hpp"
#include "handlers/guideline_review.hpp"
#include "handlers/socialisation/socialisation_handler.hpp"
#include "storage/control_points_store.hpp"
#include "storage/guideline_versions_store.hpp"
#include "storage/mail_outbox.hpp"
#include "storage/meeting_attendance_store.hpp"
#include "storage/outbox_store.hpp"
#include "storage/registro_store.hpp"
#include "storage/socialisation_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <set>

namespace {

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::GuidelineKey;
using storage::GuidelineState;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;
namespace verb = pao::cards::verb;

const GuidelineKey second{"riesgos", 2026, 2};

Values named(const GuidelineKey& key, Values more = {}) {
  more["practica"] = key.practice;
  more["vigencia"] = std::to_string(key.term);
  more["version"] = std::to_string(key.version);
  return more;
}

GuidelineState state_of(const Assistant& assistant, const GuidelineKey& key) {
  const auto version = reading(
      assistant.database(), [&](storage::Session& session) { return storage::find_version(session, key); });
  REQUIRE(version);
  return version->state;
}

Said open_review(const Assistant& assistant, const std::string& term = "2026") {
  return assistant.presses(advisor_dir, verb::guideline_open,
                           {{"practica", "riesgos"},
                            {"vigencia", term},
                            {"motivo", "necesidad"},
                            {"detalle", "Los controles se describen sin frecuencia."},
                            {"reporte", "REP-DIR-2026-T1"}});
}

void edit(const Assistant& assistant, const GuidelineKey& key) {
  const Said saved =
      assistant.presses(advisor_dir, verb::guideline_save,
                        named(key, {{"codigo", "RIE-03"},
                                    {"titulo", "Cómo se redacta un riesgo"},
                                    {"texto", "Escriba causa, evento y efecto.\n## Otra sección"},
                                    {"seccion", "Qué es y para qué sirve"}}));
  REQUIRE(saved.outcome() == "guideline_edited");
  const Said added =
      assistant.presses(advisor_dir, verb::guideline_save,
                        named(key, {{"codigo", "RIE-90"},
                                    {"titulo", "Frecuencia del control"},
                                    {"texto", "Cada control dice con qué frecuencia se ejecuta."},
                                    {"seccion", "Qué es y para qué sirve"}}));
  REQUIRE(added.outcome() == "guideline_edited");
  const Said removed =
      assistant.presses(advisor_dir, verb::guideline_remove, named(key, {{"codigo", "RIE-02"}}));
  REQUIRE(removed.outcome() == "guideline_edited");
}

Said confirm(const Assistant& assistant, const std::string& who, const std::string& control,
             const std::string& subject, const std::string& result, const std::string& note = "") {
  return assistant.presses(
      who, verb::control_confirm,
      {{"punto", control}, {"asunto", subject}, {"resultado", result}, {"observacion", note}});
}

// To the last step before the publication.
void prepare(const Assistant& assistant, const GuidelineKey& key, const std::string& term = "2026") {
  REQUIRE(open_review(assistant, term).outcome() == "guideline_review_opened");
  edit(assistant, key);
  REQUIRE(assistant.presses(advisor_dir, verb::guideline_submit, named(key)).outcome() == "guideline_moved");
  REQUIRE(assistant.presses(coordination, verb::guideline_approve, named(key)).outcome() ==
          "guideline_moved");
  const std::string subject = procedure::guideline_subject(key.practice, key.term, key.version);
  REQUIRE(confirm(assistant, coordination, "1", subject, "conforme").outcome() == "control_confirmed");
}

bool tells(const Assistant& assistant, const Said& said, const char* person_id) {
  const std::string aad = assistant.person(person_id).aad_object_id;
  return std::any_of(said.reply.notices.begin(), said.reply.notices.end(),
                     [&](const Notice& notice) { return notice.aad_object_id == aad; });
}

}  // namespace

TEST_CASE(
    "a review goes from its reasons to the publication, each step by who may take it (R-01, R-02, R-50)") {
  Assistant assistant;
  const Said opened = open_review(assistant);
  REQUIRE(opened.outcome() == "guideline_review_opened");
  CHECK(opened.field("version") == "2");
  CHECK(opened.shows("Los controles se describen sin frecuencia."));
  CHECK(opened.shows("Enviar a revisión"));
  CHECK(open_review(assistant).error->code == ErrorCode::conflict);
  edit(assistant, second);

  const Said diff = assistant.presses(coordination, verb::guideline_diff, named(second, {{"pagina", "0"}}));
  CHECK(diff.shows("RIE-90 Frecuencia del control"));
  CHECK(diff.shows("Antes: Escriba el riesgo con tres partes"));
  // A line end and a heading inside a text are its words, not a new section.
  CHECK(diff.shows("Ahora: Escriba causa, evento y efecto. ## Otra sección"));
  CHECK(diff.shows("RIE-02 Marco de referencia"));

  const Said submitted = assistant.presses(advisor_dir, verb::guideline_submit, named(second));
  CHECK(submitted.field("from") == "borrador");
  CHECK(submitted.field("to") == "en_revision");
  CHECK(tells(assistant, submitted, coordination));

  SUBCASE("the author cannot approve, nobody but coordination can") {
    for (const char* who : {advisor_dir, advisor_com, liaison_dir, leader_dir, internal_control, head}) {
      CAPTURE(who);
      CHECK(assistant.presses(who, verb::guideline_approve, named(second)).error->code == ErrorCode::refused);
      CHECK(assistant.presses(who, verb::guideline_publish, named(second)).error->code == ErrorCode::refused);
    }
    CHECK(state_of(assistant, second) == GuidelineState::in_review);
  }
  SUBCASE("returned with a reason, the author reads it and submits again") {
    CHECK(assistant.presses(coordination, verb::guideline_return, named(second)).outcome() ==
          "form_incomplete");
    const Said returned = assistant.presses(coordination, verb::guideline_return,
                                            named(second, {{"razon", "Falta el anexo 2."}}));
    CHECK(returned.field("reason") == "Falta el anexo 2.");
    REQUIRE(tells(assistant, returned, advisor_dir));
    CHECK(returned.reply.notices.front().content.card->json.find("Falta el anexo 2.") != std::string::npos);
    CHECK(assistant.presses(advisor_dir, verb::guideline_submit, named(second)).outcome() ==
          "guideline_moved");
  }
  SUBCASE("approved, it is published after a person confirmed the control point, and not before") {
    REQUIRE(assistant.presses(coordination, verb::guideline_approve, named(second)).outcome() ==
            "guideline_moved");
    const Said early = assistant.presses(coordination, verb::guideline_publish, named(second));
    CHECK(early.outcome() == "form_incomplete");
    CHECK(early.shows("falta confirmar el punto de control"));
    const std::string subject = procedure::guideline_subject("riesgos", 2026, 2);
    CHECK(confirm(assistant, advisor_dir, "1", subject, "conforme").error->code == ErrorCode::refused);
    CHECK(confirm(assistant, advisor_com, "1", subject, "no_conforme", "Falta una fuente.").outcome() ==
          "control_confirmed");
    CHECK(assistant.presses(coordination, verb::guideline_publish, named(second)).outcome() ==
          "form_incomplete");
    CHECK(confirm(assistant, advisor_com, "1", subject, "con_observaciones", "Se agregó la fuente.")
              .outcome() == "control_confirmed");
    const Said published = assistant.presses(coordination, verb::guideline_publish, named(second));
    CHECK(published.field("to") == "publicado");
    CHECK(state_of(assistant, second) == GuidelineState::published);
  }
}

TEST_CASE("a need without its report, and a review without a reason, are asked for again (R-02)") {
  Assistant assistant;
  for (const auto& [kind, detail, report] :
       {std::tuple{"necesidad", "Sin frecuencia", ""}, {"directriz", "", ""}, {"", "Algo", ""}}) {
    const Said said = assistant.presses(advisor_dir, verb::guideline_open,
                                        {{"practica", "riesgos"},
                                         {"vigencia", "2026"},
                                         {"motivo", kind},
                                         {"detalle", detail},
                                         {"reporte", report}});
    CHECK(said.outcome() == "form_incomplete");
  }
  CHECK(reading(assistant.database(), [](storage::Session& session) {
          return storage::guideline_versions(session, "riesgos").size();
        }) == 1);
}

TEST_CASE(
    "publishing version 2 keeps version 1, answers within the same refresh, and a second 2 is refused (C-02, "
    "R-03)") {
  Assistant assistant;
  prepare(assistant, second);
  REQUIRE(assistant.presses(coordination, verb::guideline_publish, named(second)).outcome() ==
          "guideline_moved");
  CHECK(assistant.presses(coordination, verb::guideline_publish, named(second)).error->code ==
        ErrorCode::conflict);
  CHECK(state_of(assistant, {"riesgos", 2026, 1}) == GuidelineState::replaced);

  assistant.move_to("2026-11-12T09:00:01-05:00");
  const auto reference = assistant.reference().current();
  CHECK(reference->rules_of("riesgos")->version == 2);
  CHECK(std::none_of(reference->criteria.begin(), reference->criteria.end(),
                     [](const auto& criterion) { return criterion.code == "RIE-02"; }));

  const Said old = assistant.says(liaison_dir, "lineamiento de riesgos 2026 versión 1");
  CHECK(old.route == "guideline.named");
  CHECK(old.shows("RIE-02 Marco de referencia"));
  CHECK(old.shows("Esta versión ya fue reemplazada"));
  CHECK(old.shows("Contenido de muestra"));
  const Said now = assistant.says(liaison_dir, "lineamientos de riesgos vigencia 2026");
  CHECK(now.shows("versión 2"));
  CHECK(assistant.says(liaison_dir, "lineamiento de riesgos 2019").error->code == ErrorCode::not_found);
}

TEST_CASE("a draft is read by the planning office only (R-51)") {
  Assistant assistant;
  REQUIRE(open_review(assistant).outcome() == "guideline_review_opened");
  for (const char* who : {liaison_dir, leader_dir, owner_dir, internal_control}) {
    CAPTURE(who);
    CHECK(assistant.presses(who, verb::guideline_text, named(second, {{"pagina", "0"}})).error->code ==
          ErrorCode::not_found);
    CHECK(assistant.presses(who, verb::guideline_save, named(second)).error->code == ErrorCode::refused);
    CHECK(
        assistant.presses(who, verb::guideline_discard, named(second, {{"razon", "No."}})).error.has_value());
  }
  CHECK(assistant.presses(advisor_com, verb::guideline_text, named(second, {{"pagina", "0"}})).outcome() ==
        "guideline_text_shown");
  // Another advisor reads it and cannot change it.
  CHECK(assistant.presses(advisor_com, verb::guideline_remove, named(second, {{"codigo", "RIE-02"}}))
            .error->code == ErrorCode::refused);
  CHECK(state_of(assistant, second) == GuidelineState::draft);
}

TEST_CASE("publishing tells every leader and active liaison once, and the sums are the audience (R-04)") {
  Assistant assistant;
  prepare(assistant, second);
  const Said published = assistant.presses(coordination, verb::guideline_publish, named(second));
  REQUIRE(published.outcome() == "guideline_moved");

  std::set<std::string> expected;
  const Date today = local_date(assistant.now());
  for (const auto& person : assistant.reference().current()->people) {
    for (const auto& grant : person.roles) {
      const bool wanted = grant.role == procedure::Role::leader || grant.role == procedure::Role::liaison;
      const bool active = (!grant.since || *grant.since <= today) && (!grant.until || today <= *grant.until);
      if (wanted && active && !grant.process_id.empty()) expected.insert(person.id);
    }
  }
  const auto audience = reading(
      assistant.database(), [](storage::Session& session) { return storage::audience_of(session, second); });
  std::set<std::string> told;
  for (const auto& member : audience) told.insert(member.person_id);
  CHECK(told == expected);
  CHECK(published.field("told") == std::to_string(expected.size()));
  const auto counts = reading(assistant.database(), [](storage::Session& session) {
    return storage::count_by_state(session, storage::publication_prefix(second));
  });
  CHECK(std::accumulate(counts.begin(), counts.end(), std::int64_t{0},
                        [](std::int64_t sum, const auto& count) { return sum + count.messages; }) ==
        static_cast<std::int64_t>(expected.size()));

  const Said read = assistant.presses(liaison_dir, verb::guideline_ack, named(second));
  CHECK(read.outcome() == "guideline_acknowledged");
  CHECK(read.shows("Quedó registrado"));
  CHECK(assistant.presses(liaison_dir, verb::guideline_ack, named(second)).outcome() ==
        "guideline_acknowledged");
  // Who was not told has nothing to acknowledge.
  CHECK(assistant.presses(head, verb::guideline_ack, named(second)).error->code == ErrorCode::invalid);
  CHECK(assistant.presses(internal_control, verb::guideline_ack, named(second)).error->code ==
        ErrorCode::refused);

  const Said delivery =
      assistant.presses(coordination, verb::guideline_delivery, named(second, {{"pagina", "0"}}));
  CHECK(delivery.shows("Dijeron «Enterado»"));
  CHECK(delivery.field("audience") == std::to_string(expected.size()));
  const Said coverage = assistant.says(coordination, "cobertura");
  CHECK(coverage.shows("1 de "));
}

TEST_CASE("a publication goes by card and by mail, with a delivery result each (R-04)") {
  Assistant assistant;
  prepare(assistant, second);
  REQUIRE(assistant.presses(coordination, verb::guideline_publish, named(second)).outcome() ==
          "guideline_moved");
  const auto audience = reading(
      assistant.database(), [](storage::Session& session) { return storage::audience_of(session, second); });
  const std::string prefix = storage::publication_mail_prefix(second);
  for (const auto& member : audience) {
    CAPTURE(member.person_id);
    const auto mail = reading(assistant.database(), [&](storage::Session& session) {
      return storage::find_mail(session, prefix + member.person_id);
    });
    REQUIRE(mail);
    CHECK(mail->person_id == member.person_id);
    CHECK(mail->subject.find("Riesgos, vigencia 2026, versión 2") != std::string::npos);
    for (const std::string& part : {mail->text, mail->html}) {
      CHECK(part.find("Desde ahora respondo con ellos.") != std::string::npos);
      CHECK(part.find("Publicó: " + assistant.person(coordination).name) != std::string::npos);
    }
  }
  assistant.change("UPDATE outbox SET state = 'sent' WHERE key LIKE 'mail-guideline:%'");
  const Said delivery =
      assistant.presses(coordination, verb::guideline_delivery, named(second, {{"pagina", "0"}}));
  CHECK(delivery.shows("Teams: En espera"));
  CHECK(delivery.shows("Correo: Entregado"));
  CHECK(delivery.shows("Teams, En espera; correo, Entregado"));
}

TEST_CASE("guidelines of the next vigencia rule from 1 January, and everybody reads so (R-01, R-04)") {
  Assistant assistant("2026-12-01T09:00:00-05:00");
  const GuidelineKey next{"riesgos", 2027, 1};
  prepare(assistant, next, "2027");
  const Said published = assistant.presses(coordination, verb::guideline_publish, named(next));
  REQUIRE(published.outcome() == "guideline_moved");
  CHECK(published.shows("desde el 1 de enero de 2027"));
  REQUIRE_FALSE(published.reply.notices.empty());  // its author
  const std::string author_reads = published.reply.notices.front().content.card->json;
  CHECK(author_reads.find("Respondo con esta versión desde el 1 de enero de 2027.") != std::string::npos);
  const auto card = reading(assistant.database(), [&](storage::Session& session) {
    return storage::find_message(session, storage::publication_prefix(next) + liaison_dir);
  });
  REQUIRE(card);
  CHECK(card->card.find("Rigen desde el 1 de enero de 2027.") != std::string::npos);
  CHECK(card->card.find("Desde ahora") == std::string::npos);
  // When they rule, a version of the same vigencia rules at once.
  CHECK(iso_instant(procedure::rules_from(2027, instant("2027-02-03T09:00:00-05:00"))) ==
        "2027-02-03T09:00:00-05:00");
  CHECK(iso_instant(procedure::rules_from(2027, instant("2026-12-01T09:00:00-05:00"))) ==
        "2027-01-01T00:00:00-05:00");
}

TEST_CASE("what is published in the evening is told the next business morning") {
  const procedure::Calendar calendar;
  const auto when = [&](const char* at) { return iso_instant(in_working_hours(instant(at), calendar)); };
  CHECK(when("2026-11-12T09:00:00-05:00") == "2026-11-12T09:00:00-05:00");
  CHECK(when("2026-11-12T06:00:00-05:00") == "2026-11-12T08:00:00-05:00");
  CHECK(when("2026-11-12T18:00:00-05:00") == "2026-11-13T08:00:00-05:00");
  CHECK(when("2026-11-13T20:00:00-05:00") == "2026-11-17T08:00:00-05:00");  // Friday before a holiday
}

TEST_CASE("on the first business day of 2027 coordination sees riesgos as pending (C-01, R-01)") {
  Assistant assistant("2026-12-01T09:00:00-05:00");
  // Seven practices for 2027; riesgos stays behind.
  for (const char* practice : {"planes", "proyectos-de-inversion", "indicadores", "repac",
                               "mejoras-por-autocontrol", "continuidad-del-negocio", "documentos"}) {
    const GuidelineKey key{practice, 2027, 1};
    REQUIRE(assistant
                .presses(advisor_dir, verb::guideline_open,
                         {{"practica", practice},
                          {"vigencia", "2027"},
                          {"motivo", "directriz"},
                          {"detalle", "Revisión anual"},
                          {"reporte", ""}})
                .outcome() == "guideline_review_opened");
    REQUIRE(assistant.presses(advisor_dir, verb::guideline_submit, named(key)).outcome() ==
            "guideline_moved");
    REQUIRE(assistant.presses(coordination, verb::guideline_approve, named(key)).outcome() ==
            "guideline_moved");
    REQUIRE(confirm(assistant, coordination, "1", procedure::guideline_subject(practice, 2027, 1), "conforme")
                .outcome() == "control_confirmed");
    REQUIRE(assistant.presses(coordination, verb::guideline_publish, named(key)).outcome() ==
            "guideline_moved");
  }
  // Published in December, they do not answer before their vigencia.
  CHECK(assistant.reference().current()->rules_of("planes")->term == 2026);

  assistant.move_to("2027-01-04T09:00:00-05:00");
  CHECK(assistant.reference().current()->rules_of("planes")->term == 2027);
  CHECK(assistant.reference().current()->rules_of("riesgos")->term == 2026);
  const Said board = assistant.says(coordination, "lineamientos pendientes");
  CHECK(board.field("pending") == "1");
  CHECK(board.shows("Rige la vigencia 2026, versión 1"));

  const auto remind = [&] {
    return remind_of_review(assistant.database(), *assistant.reference().current(), assistant.now()).value();
  };
  CHECK(remind() == 1);
  CHECK(remind() == 0);
  const auto waiting = reading(assistant.database(), [](storage::Session& session) {
    return storage::count_by_state(session, "guideline-pending:2027:");
  });
  REQUIRE(waiting.size() == 1);
  CHECK(waiting.front().messages == 1);
}

TEST_CASE(
    "from 1 October advisors and coordination are reminded once of the review, with what reports asked "
    "(R-01, R-49)") {
  Assistant assistant("2026-09-30T09:00:00-05:00");
  const auto remind = [&] {
    return remind_of_review(assistant.database(), *assistant.reference().current(), assistant.now()).value();
  };
  CHECK(remind() == 0);
  assistant.move_to("2026-10-01T09:00:00-05:00");
  const int first = remind();
  CHECK(first >= 3);
  CHECK(remind() == 0);
  assistant.move_to("2026-10-02T09:00:00-05:00");
  CHECK(remind() == 0);
  const auto messages = reading(assistant.database(), [](storage::Session& session) {
    return storage::list_outbox(session, std::nullopt, 1);
  });
  REQUIRE(messages.size() == 1);
  CHECK(messages.front().card.find("Lo que dejaron los reportes y las preguntas de 2026") !=
        std::string::npos);
  CHECK(working_term(make_date(2026, 9, 30)) == 2026);
  CHECK(working_term(make_date(2026, 10, 1)) == 2027);
}

TEST_CASE("a socialisation keeps mode, date and who was there, from a list and from a meeting (R-05)") {
  Assistant assistant;
  const procedure::Person liaison = assistant.person(liaison_dir), leader = assistant.person(leader_dir);
  const Values typed = {
      {"asunto", "Lineamientos 2026"},
      {"modalidad", "presencial"},
      {"fecha", "2026-11-11"},
      {"asistentes", leader.email + "\n" + liaison.name + ", Invitada Externa\n" + liaison.name},
      {"reunion", ""}};
  const Said saved = assistant.presses(advisor_dir, verb::socialisation_save, typed);
  REQUIRE(saved.outcome() == "socialisation_recorded");
  CHECK(saved.field("attendees") == "3");
  const auto attendees = reading(assistant.database(), [&](storage::Session& session) {
    return storage::attendees_of(session, saved.field("event"));
  });
  REQUIRE(attendees.size() == 3);
  CHECK(attendees[0].person_id == leader_dir);
  CHECK(attendees[1].person_id == liaison_dir);
  CHECK(attendees[2].person_id.empty());

  writing(assistant.database(), [&](storage::Session& session) {
    storage::save_meeting(session, {.id = "m-1",
                                    .conversation_id = "19:m",
                                    .title = "Socialización",
                                    .started_at = instant("2026-11-10T09:00:00-05:00")});
    storage::record_join(session, "m-1", liaison.aad_object_id, "Otro nombre",
                         instant("2026-11-10T09:01:00-05:00"));
    storage::record_leave(session, "m-1", liaison.aad_object_id, "Otro nombre",
                          instant("2026-11-10T09:30:00-05:00"));
    storage::record_join(session, "m-1", liaison.aad_object_id, "Otro nombre",
                         instant("2026-11-10T09:31:00-05:00"));
  });
  CHECK(assistant.presses(advisor_dir, verb::socialisation_form)
            .shows("Socialización, 10 de noviembre de 2026 (1 personas)"));
  Values from_meeting = typed;
  from_meeting["reunion"] = "m-1";
  from_meeting["asistentes"] = "";
  from_meeting["modalidad"] = "virtual";
  CHECK(assistant.presses(advisor_dir, verb::socialisation_save, from_meeting).field("attendees") == "1");
  from_meeting["reunion"] = "m-2";
  CHECK(assistant.presses(advisor_dir, verb::socialisation_save, from_meeting).error->code ==
        ErrorCode::invalid);

  for (const auto& [name, value] : Values{
           {"asunto", " "}, {"modalidad", "telefónica"}, {"fecha", "2026-11-13"}, {"asistentes", " , ;\n"}}) {
    CAPTURE(name);
    Values wrong = typed;
    wrong[name] = value;
    CHECK(assistant.presses(advisor_dir, verb::socialisation_save, wrong).outcome() == "form_incomplete");
  }
  CHECK(assistant.presses(liaison_dir, verb::socialisation_save, typed).error->code == ErrorCode::refused);
}
