// Guidelines from the review to the people who work by them (activities 1 and 2): a year that begins without
// one of them, and a second version that takes the place of the first.
#include "storage/guideline_versions_store.hpp"
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

namespace pao::tests {
namespace {

using storage::test::reading;

constexpr const char* risk_question = "¿Qué evidencia sirve para un control de riesgos?";

Values version_of(const std::string& practice, int term, int version, Values more = {}) {
  more.insert(
      {{"practica", practice}, {"vigencia", std::to_string(term)}, {"version", std::to_string(version)}});
  return more;
}

// The review as its author opens it, on the card of pending guidelines.
Pressed opens_review(const Person& author, const std::string& practice, int term) {
  return author.presses("lineamientos.abrir", {{"practica", practice},
                                               {"vigencia", std::to_string(term)},
                                               {"motivo", "directriz"},
                                               {"detalle", "Revisión anual de Función Pública"},
                                               {"reporte", ""}});
}

// What was handed over: approved by somebody else than its author, confirmed by name, published.
Pressed publishes(const Person& coordination, const std::string& practice, int term, int version) {
  const Values named = version_of(practice, term, version);
  const Pressed approved = coordination.presses("lineamientos.aprobar", named);
  const Pressed control = coordination.presses(approved.shown.button("Punto de control"));
  coordination.presses(control.shown.button("Confirmar"), {{"resultado", "conforme"}});
  return coordination.presses("lineamientos.publicar", named);
}

std::string state_of_version(Ministry& ministry, const std::string& practice, int term, int version) {
  return reading(ministry.store(), [&](storage::Session& session) {
    const auto found = storage::find_version(session, {practice, term, version});
    return found ? std::string(procedure::to_word(found->state)) : std::string("none");
  });
}

constexpr const char* meeting = "MCMxOTptZWV0aW5nX3NvY2lhbGl6YWNpb24";

// What Teams tells of a meeting in which the assistant is: its beginning, and who comes.
nlohmann::json meeting_event(const Person& from, const std::string& name) {
  nlohmann::json event = from.in_group("19:meeting_socializacion@thread.v2").activity("event");
  event["name"] = "application/vnd.microsoft." + name;
  event["channelData"]["meeting"] = {{"id", meeting}};
  return event;
}

void begins(Ministry& ministry, const Person& host, const std::string& title, const std::string& utc) {
  nlohmann::json event = meeting_event(host, "meetingStart");
  event["value"] = {{"MeetingType", "Scheduled"}, {"Title", title}, {"Id", meeting}, {"StartTime", utc}};
  REQUIRE(ministry.post(event.dump()).status == 200);
}

void joins(Ministry& ministry, const Person& person, const std::string& name) {
  nlohmann::json event = meeting_event(person, "meetingParticipantJoin");
  event["value"]["members"] = {{{"user",
                                 {{"tenantId", demo_tenant},
                                  {"id", "29:" + person.aad()},
                                  {"name", name},
                                  {"aadObjectId", person.aad()}}},
                                {"meeting", {{"inMeeting", true}, {"role", "Attendee"}}}}};
  REQUIRE(ministry.post(event.dump()).status == 200);
}

}  // namespace

TEST_CASE("C-01: the year begins without guidelines of riesgos (R-01, R-06)") {
  // December 2026: seven practices are reviewed, approved and published for 2027.
  Ministry ministry("2026-12-01T09:00:00-05:00");
  const Person advisor = ministry.person("U-003"), coordination = ministry.person("U-002"),
               liaison = ministry.person("U-020");
  for (const char* practice : {"planes", "proyectos-de-inversion", "indicadores", "repac",
                               "mejoras-por-autocontrol", "continuidad-del-negocio", "documentos"}) {
    CAPTURE(practice);
    REQUIRE(opens_review(advisor, practice, 2027).shown.shows("Borrador"));
    advisor.presses("lineamientos.enviar", version_of(practice, 2027, 1));
    REQUIRE(publishes(coordination, practice, 2027, 1).shown.shows("Publicado"));
  }
  // Published in December, they do not answer before their year.
  CHECK_FALSE(liaison.says(risk_question).shows("todavía no están publicados"));

  // Monday 4 January 2027, the first business day, at 9:00: the coordination is told.
  ministry.day_begins_at("2027-01-04T09:00:00-05:00");
  const Seen told = coordination.receives("Lineamientos de 2027 sin publicar");
  CHECK(told.shows("Faltan: Riesgos."));
  const Pressed board = coordination.presses(told.button("Ver lineamientos pendientes"));
  CHECK(board.shown.shows("Rige la vigencia 2026, versión 1"));

  // A question on risks is answered from 2026 and says so; one on plans is answered from 2027.
  const Seen risks = liaison.says(risk_question);
  CHECK(risks.shows("para la vigencia 2027 todavía no están publicados. Le respondo con los de 2026."));
  CHECK(risks.shows("vigencia 2026"));
  const Seen plans =
      liaison.says("¿hasta qué día puedo reportar el avance de las tareas del plan de acción?");
  CHECK(plans.shows("vigencia 2027"));
  CHECK_FALSE(plans.shows("todavía no están publicados"));
}

TEST_CASE("C-02: a second version takes the place of the first, once (R-03, R-04, R-50)") {
  // 9:00: the advisor corrects the guidelines of riesgos of this year and hands them over.
  Ministry ministry;
  const Person advisor = ministry.person("U-003"), coordination = ministry.person("U-002"),
               leader = ministry.person("U-019"), liaison = ministry.person("U-020");
  const Seen board = advisor.says("lineamientos");
  const Pressed form = advisor.presses(board.button("Abrir revisión"));
  const Pressed draft = advisor.presses(form.shown.button("Abrir la revisión"), {{"practica", "riesgos"},
                                                                                 {"vigencia", "2026"},
                                                                                 {"motivo", "estrategia_oap"},
                                                                                 {"detalle", "Más claro"}});
  REQUIRE(draft.shown.shows("Borrador"));
  advisor.presses("lineamientos.guardar",
                  version_of("riesgos", 2026, 2,
                             {{"codigo", "RIE-90"},
                              {"titulo", "Color de la carpeta de riesgos"},
                              {"texto", "La carpeta de los riesgos es de color amarillo."},
                              {"seccion", "Qué es y para qué sirve"}}));
  const Pressed own = advisor.presses("lineamientos.aprobar", version_of("riesgos", 2026, 2));
  CHECK(own.shown.shows("coordinación"));  // nobody approves the own one

  // 9:30: the coordination reads what changes, approves, confirms and publishes.
  ministry.moves_to("2026-11-12T09:30:00-05:00");
  advisor.presses("lineamientos.enviar", version_of("riesgos", 2026, 2));
  const Seen asked = coordination.receives("Lineamientos por aprobar");
  const Pressed version = coordination.presses(asked.button("Ver la versión"));
  CHECK(coordination.presses(version.shown.button("Ver diferencias")).shown.shows("RIE-90"));
  const Pressed published = publishes(coordination, "riesgos", 2026, 2);
  CHECK(published.shown.shows("Publicado"));

  // Leader and liaison are told, and say that they know.
  leader.receives("Hay lineamientos nuevos: Riesgos");
  const Seen news = liaison.receives("Hay lineamientos nuevos: Riesgos");
  CHECK(news.shows("1 criterio nuevo"));
  CHECK(liaison.presses(news.button("Enterado")).shown.shows("Quedó registrado que usted los recibió"));
  const Pressed delivery =
      coordination.presses("lineamientos.entrega", version_of("riesgos", 2026, 2, {{"pagina", "0"}}));
  CHECK(delivery.shown.shows("Dijeron «Enterado»"));

  // Version 1 can still be read and is marked; version 2 cannot be published a second time.
  CHECK(state_of_version(ministry, "riesgos", 2026, 1) == "reemplazado");
  CHECK(liaison.says("lineamiento de riesgos 2026 versión 1").shows("Esta versión ya fue reemplazada"));
  CHECK(liaison.says("lineamientos de riesgos vigencia 2026").shows("versión 2"));
  const Pressed again = coordination.presses("lineamientos.publicar", version_of("riesgos", 2026, 2));
  CHECK_FALSE(again.shown.shows("Publicó"));
  CHECK(state_of_version(ministry, "riesgos", 2026, 2) == "publicado");
  CHECK(ministry.registro_has("guideline_moved"));
}

TEST_CASE("a socialisation in Teams: who came is known from the meeting, and the coverage shows it (R-05)") {
  // Wednesday 11 November, 9:00: the professional holds it; a leader, a liaison and a guest come.
  Ministry ministry("2026-11-11T09:00:00-05:00");
  const Person professional = ministry.person("U-009"), leader = ministry.person("U-019"),
               liaison = ministry.person("U-020"),
               guest = ministry.stranger("eeeeeeee-0000-4000-8000-000000000099");
  begins(ministry, professional, "Lineamientos de la vigencia", "2026-11-11T14:00:00.0000000Z");
  joins(ministry, leader, "Aurora Guadua");
  joins(ministry, liaison, "Tobías Arrayán");
  joins(ministry, guest, "Invitada Externa");

  // 11:00: it is recorded with mode, date and that list, and somebody whom Teams did not see.
  ministry.moves_to("2026-11-11T11:00:00-05:00");
  const Seen form = professional.says("registrar socialización");
  REQUIRE(form.shows("Lineamientos de la vigencia, 11 de noviembre de 2026 (3 personas)"));
  const Pressed saved =
      professional.presses(form.button("Guardar"), {{"asunto", "Lineamientos de 2026"},
                                                    {"modalidad", "virtual"},
                                                    {"fecha", "2026-11-11"},
                                                    {"reunion", meeting},
                                                    {"asistentes", "Rocío Sietecueros (demo)"}});
  REQUIRE(saved.shown.shows("Socialización registrada"));
  CHECK(saved.shown.shows("Virtual"));
  const Pressed coverage = professional.presses(saved.shown.button("Ver la cobertura"));
  CHECK(coverage.shown.shows("1 evento registrado."));
  CHECK(coverage.shown.shows("Gestión de Comunicaciones: sin aviso enviado, 3 personas asistieron"));
  // Who works in a process does not record it.
  CHECK_FALSE(liaison.presses(form.button("Guardar"), {{"asunto", "Otra"}}).shown.shows("registrada"));
}

}  // namespace pao::tests
