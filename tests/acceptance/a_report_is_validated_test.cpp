// A preventive report reaches the process by card and mail, is justified and contested, decided, published,
// and read by internal control (activities 5, 6 and 7).
#include "storage/reports_store.hpp"
#include "storage/requests_store.hpp"
#include "tests/acceptance/ministry.hpp"
#include "tests/storage/temporary_store.hpp"
#include "tests/support/smtp_server.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::tests;
using storage::test::reading;

namespace {

constexpr const char* report_id = "REP-CID-2026-T3";

std::string state_of_report(Ministry& ministry) {
  return reading(ministry.store(), [](storage::Session& session) {
    return std::string(procedure::to_word(storage::find_report(session, report_id)->state));
  });
}

std::string contesting_request(Ministry& ministry) {
  return reading(ministry.store(), [](storage::Session& session) {
    for (const auto& request : storage::requests_of(session, "CID", true)) {
      if (request.type == "SS-4") return request.id;
    }
    return std::string();
  });
}

}  // namespace

TEST_CASE(
    "C-09: a justification needs evidence, stays with the report, and internal control reads it (R-28, R-35, "
    "R-36, R-37)") {
  REQUIRE_MESSAGE(has_smtp_server(), "install python3-aiosmtpd");
  const storage::test::TemporaryFolder folder;
  const SmtpServer mail(folder.path() / "smtp");
  Ministry ministry(demo_morning, {{"jobs.enabled", "true"},
                                   {"mail.smtp_url", mail.url()},
                                   {"mail.from", "PAO Teams <pao@hacienda-demo.example.com>"}});
  const Person advisor = ministry.person("U-006"), leader = ministry.person("U-107");
  const Person liaison = ministry.person("U-108"), oci = ministry.person("U-011");

  // 09:00: the advisor opens the draft and sends it.
  const Seen list = advisor.says("reportes");
  CHECK(list.shows("En borrador"));
  const Pressed draft = advisor.presses("reporte.ver", {{"reporte", report_id}});
  REQUIRE(draft.status == 200);
  const Pressed early = advisor.presses(draft.shown.button("Enviar al proceso"));
  const Pressed verification = advisor.presses(early.shown.button("Confirmar la verificación"));
  const Pressed verified =
      advisor.presses(verification.shown.button("Confirmar"),
                      {{"resultado", "con_observaciones"}, {"observacion", "Se revisó con el proceso."}});
  REQUIRE(verified.shown.shows("Ya se puede dar el paso siguiente."));
  const Pressed sent = advisor.presses(draft.shown.button("Enviar al proceso"),
                                       {{"introduccion", "Este es su reporte del trimestre."}});
  REQUIRE(sent.shown.shows("3 personas"));
  ministry.settles();
  const Seen card = leader.receives("Reporte preventivo");
  CHECK(card.shows("Vence el 27 de noviembre de 2026, le quedan 10 días hábiles"));
  liaison.receives("Reporte preventivo");
  const auto mails = mail.mails();
  REQUIRE(mails.size() == 3);
  const ReadMail read = read_mail(folder.path(), mails[0].message);
  CHECK(read.subject.find("Responda hasta el 27 de noviembre de 2026") != std::string::npos);
  CHECK(read.html.find("Este es su reporte del trimestre.") != std::string::npos);

  // 09:00: the leader justifies a line; without evidence it is refused.
  const Pressed form = leader.presses(card.button("Justificar con evidencia"));
  REQUIRE(form.status == 200);
  Values typed = {{"linea", "todo"}, {"texto", "Hubo una incapacidad"}, {"evidencia", " "}};
  CHECK(leader.presses(form.shown.button("Enviar justificación"), typed).shown.shows("Falta la evidencia"));
  typed["evidencia"] = "incapacidad.pdf";
  CHECK(
      leader.presses(form.shown.button("Enviar justificación"), typed).shown.shows("Justificación recibida"));
  liaison.receives("justificó con evidencia");

  // The liaison asks for an adjustment from the same card: the form comes prefilled.
  const Pressed request = liaison.presses(card.button("Pedir ajuste (SS-4)"));
  REQUIRE(request.status == 200);
  CHECK(request.shown.prefilled("asunto").find(report_id) != std::string::npos);
  const Pressed filed = liaison.presses("ss.radicar", {{"tipo", "SS-4"},
                                                       {"proceso", "CID"},
                                                       {"practica", "planes"},
                                                       {"asunto", "Ajustar el reporte"},
                                                       {"elemento", report_id},
                                                       {"valor_actual", ""},
                                                       {"valor_solicitado", "A tiempo"},
                                                       {"justificacion", "El registro existe"},
                                                       {"evidencia", "pantalla.png"}});
  REQUIRE(filed.status == 200);
  CHECK(leader.presses(card.button("Aceptar")).shown.shows("SS-4"));  // blocked

  // Saturday 28 November, 00:00:00: the window has closed; the report waits for the decisions.
  ministry.stands_at("2026-11-28T00:00:00-05:00");
  CHECK(state_of_report(ministry) == "en_ajustes");

  // Monday 30 November, 9:00: the advisor accepts the justification and rejects the SS-4; final, published.
  ministry.moves_to("2026-11-30T09:00:00-05:00");
  CHECK(leader.presses(card.button("Aceptar")).shown.shows("venció el 27 de noviembre de 2026"));
  const Pressed resolving = advisor.presses("reporte.ver", {{"reporte", report_id}});
  const std::string justification = resolving.shown.prefilled("respuesta");
  REQUIRE_FALSE(justification.empty());
  CHECK(advisor
            .presses(resolving.shown.button("Guardar la decisión"),
                     {{"respuesta", justification}, {"decision", "aceptada"}, {"motivo", "Está probada."}})
            .status == 200);
  const std::string ss = contesting_request(ministry);
  advisor.presses("ss.tomar", {{"ss", ss}});
  const Pressed decided =
      advisor.presses("ss.decidir", {{"ss", ss},
                                     {"decision", "rechazada"},
                                     {"decia_reporte", "Sin registro"},
                                     {"muestra_evidencia", "La pantalla es de otro periodo"},
                                     {"motivo", "No procede"}});
  REQUIRE(decided.status == 200);
  CHECK(advisor.presses("reporte.cerrar_ajustes", {{"reporte", report_id}}).shown.shows("paso pendiente"));
  const Pressed waiting = advisor.presses("reporte.ver", {{"reporte", report_id}});
  const Pressed control = advisor.presses(waiting.shown.button("Confirmar"));
  REQUIRE(control.shown.shows("La pantalla es de otro periodo"));
  // Who decided does not confirm: the coordination does.
  const Values confirmation = {{"punto", "6"},
                               {"asunto", "request:" + ss},
                               {"resultado", "conforme"},
                               {"observacion", "Se revisó con el proceso"}};
  CHECK(advisor.presses("control.confirmar", confirmation).shown.shows("lo confirma otra persona"));
  CHECK(ministry.person("U-002")
            .presses("control.confirmar", confirmation)
            .shown.shows("Punto de control confirmado"));
  CHECK(advisor.presses("reporte.cerrar_ajustes", {{"reporte", report_id}}).shown.shows("Reporte final"));
  const Pressed published = advisor.presses("reporte.publicar", {{"reporte", report_id}});
  CHECK(published.shown.shows("Publicado"));
  ministry.settles();
  leader.receives("Reporte final");
  CHECK(mail.mails().size() == 6);

  // OCI reads what was answered and how it was decided.
  const Pressed seen = oci.presses("reporte.ver", {{"reporte", report_id}});
  for (const char* part : {"incapacidad.pdf", "Está probada.", "Rechazada", "No procede"}) {
    CAPTURE(part);
    CHECK(seen.shown.shows(part));
  }
  CHECK(oci.presses("reporte.errata", {{"reporte", report_id}, {"texto", "x"}}).shown.shows("No autorizado"));

  // Who published what stands in the registro, and the fingerprint holds.
  CHECK(ministry.registro_has("report_published"));
  CHECK(ministry.registro_has("fingerprint"));
}
