// A published report stays what its fingerprint is of; what is said afterwards stands apart (procedure 5.5,
//
#include "cards/documents/report_html.hpp"
#include "cards/documents/report_json.hpp"
#include "storage/mail_outbox.hpp"
#include "storage/sha256.hpp"
#include "tests/handlers/report_scene.hpp"

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;

namespace {

constexpr auto final_report = procedure::ReportKind::final_report;

// The leader accepts on day 4 and the advisor publishes: the recommendations can be answered until day 10.
void is_published_early(const Assistant& assistant) {
  REQUIRE(assistant.presses(leader_com, verb::report_accept, of()).field("to") == "final");
  REQUIRE(assistant.presses(advisor_com, verb::report_publish, of()).outcome() == "report_published");
}

void sets_aside(const Assistant& assistant) {
  REQUIRE(assistant
              .presses(liaison_com, verb::recommendation_answer,
                       {{"recomendacion", "REC-COM-T3-2"},
                        {"respuesta", "no_procede"},
                        {"motivo", "Ya no hay ese riesgo."}})
              .field("to") == "no_procede");
}

std::string bytes_published(const Assistant& assistant) {
  const auto published =
      reading(assistant.database(), [](Session& session) { return storage::find_publication(session, com); });
  REQUIRE(published);
  CHECK(published->fingerprint == storage::sha256_hex(published->document));
  return published->document;
}

}  // namespace

TEST_CASE("what is set aside after an early publication still gets the advisor's comment, once (R-34)") {
  Assistant assistant;
  is_published_early(assistant);
  CHECK_FALSE(assistant.presses(advisor_com, verb::report_recommendations, of()).shows("Guardar comentario"));
  assistant.move_to("2026-11-20T10:00:00-05:00");
  sets_aside(assistant);
  const Said view = assistant.presses(advisor_com, verb::report_view, of());
  CHECK(view.shows("Comente lo que el proceso marcó «no procede»: REC-COM-T3-2"));
  CHECK_FALSE(view.shows("Antes de publicar"));
  CHECK(assistant.presses(advisor_com, verb::report_recommendations, of()).shows("Guardar comentario"));
  const Values comment = {{"recomendacion", "REC-COM-T3-2"}, {"comentario", "Se retira del mapa."}};
  const Said said = assistant.presses(advisor_com, verb::recommendation_comment, comment);
  REQUIRE_MESSAGE(said.outcome() == "recommendation_commented", said.outcome());
  CHECK(tells(said, assistant.person(leader_com)));
  CHECK(assistant.presses(advisor_com, verb::recommendation_comment, comment).error);
  CHECK_FALSE(assistant.presses(advisor_com, verb::report_view, of()).shows("Comente lo que"));
  for (const char* person : {leader_com, internal_control}) {
    CAPTURE(person);
    const Said read = assistant.presses(person, verb::report_view, of());
    CHECK(read.shows("Después de la publicación"));
    CHECK(read.shows("Se retira del mapa"));
  }
}

TEST_CASE("a published report is read from its document, whatever its rows say later (R-37)") {
  Assistant assistant;
  is_published_early(assistant);
  const std::string document = bytes_published(assistant);
  const std::string page = cards::report_html(model(assistant, final_report));
  assistant.move_to("2026-11-20T10:00:00-05:00");
  sets_aside(assistant);
  assistant.change("UPDATE follow_up_reports SET introduction = 'Otro texto' WHERE id = 'REP-COM-2026-T3'");
  assistant.change("UPDATE report_lines SET state = 'no_exigible' WHERE report_id = 'REP-COM-2026-T3'");

  procedure::ReportModel now = model(assistant, final_report);
  CHECK(now.fingerprint == storage::sha256_hex(document));
  REQUIRE(now.later.size() == 1);
  CHECK(now.later[0].id == "REC-COM-T3-2");
  CHECK(now.later[0].reason == "Ya no hay ese riesgo.");
  now.fingerprint.clear();
  CHECK(cards::report_json(now) == document);

  // Of two files under one fingerprint only what stands apart differs.
  const std::string later = cards::report_html(model(assistant, final_report));
  const std::size_t apart = later.find("<h2>Después de la publicación</h2>");
  REQUIRE(apart != std::string::npos);
  CHECK(later.substr(0, apart) == page.substr(0, apart));
  const std::size_t end = later.find("<h2>Huella");
  REQUIRE(end != std::string::npos);
  CHECK(later.substr(end) == page.substr(page.find("<h2>Huella")));

  // Silence after the publication is told in the same place.
  assistant.move_to(too_late);
  look(assistant);
  CHECK(model(assistant, final_report).later.size() == 2);
  CHECK(bytes_published(assistant) == document);
}

TEST_CASE("the mail of the final report tells what was said and asks for no answer (R-28, R-36)") {
  const Assistant assistant;
  is_published_early(assistant);
  const auto mail = reading(assistant.database(), [](Session& session) {
    return storage::find_mail(session, std::string("report:REP-COM-2026-T3:final:mail:") + leader_com);
  });
  REQUIRE(mail);
  CHECK(mail->text.find("Aceptó el reporte") != std::string::npos);
  CHECK(mail->text.find("No requiere decisión") != std::string::npos);
  CHECK(mail->text.find("Responda en Teams") == std::string::npos);
}
