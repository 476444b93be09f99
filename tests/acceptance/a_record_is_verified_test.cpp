// From the record to its verification, and back to the process when something must be corrected (activity 4,
// 5.3): what the liaison and the advisor see, day by day.
#include "storage/verification_store.hpp"
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

namespace pao::tests {
namespace {

using storage::test::reading;

const Values task{{"elemento", "PAI-COM-02-T2"}, {"periodo", "2026-10"}};

Values good_values() {
  Values values = task;
  values["porcentaje_avance"] = "80";
  values["descripcion_cualitativa"] = "Se publicaron los boletines de septiembre y octubre.";
  values["evidencia"] = "boletines-octubre.pdf";
  values["tipo_evidencia"] = "enlace_publicacion";
  values["responsable"] = "Rocío Sietecueros";
  return values;
}

// Every point of the checklist with the same mark.
Values marks(const Seen& card, const std::string& mark) {
  Values values;
  for (const std::string& field : card.fields()) {
    if (field.starts_with("punto_")) values[field] = mark;
  }
  return values;
}

std::string record_of(Ministry& ministry) {
  for (const std::string& process : {std::string("COM")}) {
    for (const auto& record : reading(ministry.store(), [&](storage::Session& session) {
           return storage::records_to_verify(session, {process});
         })) {
      if (record.item_id == task.at("elemento") && record.period == "2026-10") return record.id;
    }
  }
  FAIL("no record to verify");
  return {};
}

procedure::ReviewState review_of(Ministry& ministry, const std::string& id) {
  return reading(ministry.store(), [&](storage::Session& s) { return storage::find_record(s, id); })
      ->record.review;
}

bool registro_has(Ministry& ministry, const std::string& part) {
  for (const storage::RegistroEntry& entry : ministry.registro()) {
    if (entry.content.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE(
    "a record is saved in the morning, verified in the afternoon and says so (R-13, R-17, R-19, R-50)") {
  // At 10:00 the liaison registers October.
  Ministry ministry("2026-11-05T10:00:00-05:00");
  const Person liaison = ministry.person("U-020");
  const Pressed saved = liaison.presses("avance.guardar", good_values());
  REQUIRE(saved.status == 200);
  const std::string id = record_of(ministry);
  CHECK(saved.shown.shows(id));
  CHECK(saved.shown.shows("pendiente de pasar al SMGI"));
  CHECK(ministry.state_of("COM", "PAI-COM-02-T2", "2026-10", "2026-11-05T10:00:01-05:00") == "cumplida");

  // At 15:00 the advisor finds it in the queue, behind what is older.
  ministry.continues_at("2026-11-05T15:00:00-05:00");
  const Person advisor = ministry.person("U-004");
  CHECK(advisor.says("verificar").shows("por verificar"));
  const Pressed view = advisor.presses("verificar.ver", {{"registro", id}});
  REQUIRE(view.status == 200);
  CHECK(view.shown.shows("80 %"));
  CHECK(view.shown.shows("PLA-13"));
  CHECK(view.shown.shows("Oportuno"));
  const Pressed accepted = advisor.presses(view.shown.button("Aceptar"), marks(view.shown, "cumple"));
  REQUIRE(accepted.status == 200);
  CHECK(accepted.shown.shows("Avance aceptado"));
  CHECK(review_of(ministry, id) == procedure::ReviewState::accepted);
  CHECK(registro_has(ministry, "aceptado"));

  // Nobody is written to for what is in order; who asks sees it.
  CHECK(liaison.says("mis avances").shows("Aceptado"));
  CHECK(liaison.hears_nothing_more());
}

TEST_CASE("a returned record is corrected within three business days and keeps its timeliness (R-18, R-20)") {
  // On its last day the liaison registers, with the wrong evidence.
  Ministry ministry("2026-11-09T16:00:00-05:00");
  const Person liaison = ministry.person("U-020");
  REQUIRE(liaison.presses("avance.guardar", good_values()).status == 200);
  const std::string id = record_of(ministry);

  // On Thursday the advisor returns it; the period is closed by now, and Monday is a holiday.
  ministry.continues_at("2026-11-12T10:00:00-05:00");
  const Person advisor = ministry.person("U-004");
  const Pressed view = advisor.presses("verificar.ver", {{"registro", id}});
  Values decision = marks(view.shown, "cumple");
  decision["punto_evidencia"] = "no_cumple";
  CHECK(advisor.presses(view.shown.button("Devolver"), decision).shown.shows("qué debe corregir"));
  decision["correccion"] = "Adjunte el acta firmada de octubre";
  REQUIRE(advisor.presses(view.shown.button("Devolver"), decision).shown.shows("Avance devuelto"));
  const Seen notice = liaison.receives("Le devolvieron un avance");
  CHECK(notice.shows("Adjunte el acta firmada de octubre"));
  CHECK(notice.shows("18 de noviembre de 2026"));

  // On Wednesday, the last of the three days, it is corrected and counts as on time.
  ministry.continues_at("2026-11-18T17:00:00-05:00");
  const Pressed form = liaison.presses(notice.button("Corregir"));
  REQUIRE(form.status == 200);
  CHECK(form.shown.shows("Adjunte el acta firmada de octubre"));
  Values corrected = good_values();
  corrected["evidencia"] = "acta-firmada-octubre.pdf";
  const Pressed receipt = liaison.presses("avance.corregir.guardar", [&] {
    Values values = corrected;
    values["registro"] = id;
    return values;
  }());
  REQUIRE(receipt.status == 200);
  CHECK(receipt.shown.shows("Oportuno"));

  // On Thursday the advisor sees what was asked for before, and accepts.
  ministry.continues_at("2026-11-19T09:00:00-05:00");
  const Pressed again = advisor.presses("verificar.ver", {{"registro", id}});
  CHECK(again.shown.shows("Devuelto el"));
  CHECK(again.shown.shows("acta-firmada-octubre.pdf"));
  REQUIRE(advisor.presses(again.shown.button("Aceptar"), marks(again.shown, "cumple"))
              .shown.shows("Avance aceptado"));
  CHECK(review_of(ministry, id) == procedure::ReviewState::accepted);
  CHECK(ministry.state_of("COM", "PAI-COM-02-T2", "2026-10", "2026-11-19T09:00:01-05:00") == "cumplida");
}

}  // namespace pao::tests
