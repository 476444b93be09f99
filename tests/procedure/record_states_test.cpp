// The life of a progress record (procedure 5.3), every state with every event, and the correction rule.
#include "handlers/procedure/record_states.hpp"

#include "handlers/procedure/record_quality.hpp"
#include "handlers/procedure/verification.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::procedure;

namespace {

std::string after(std::optional<ReviewState> state, RecordEvent event) {
  const auto next = next_record_state(state, event);
  if (!next) CHECK_FALSE(next.error().message.empty());
  return next ? std::string(to_word(*next)) : "";
}

PracticeRules plans() {
  PracticeRules rules;
  rules.practice = practice::plans;
  rules.required_fields = {"actividad_id", "periodo",    "porcentaje_avance", "descripcion_cualitativa",
                           "evidencia",    "responsable"};
  rules.conditional_fields = {{"justificacion_atraso", "porcentaje_avance < porcentaje_programado"}};
  rules.evidence_required = true;
  rules.evidence_kinds = {"acta", "informe"};
  return rules;
}

}  // namespace

TEST_CASE("a record moves as the procedure says, in every state on every event (5.3, R-19)") {
  struct Row {
    std::optional<ReviewState> from;
    const char* to[5];  // save, change, take up, accept, send back
  };
  const Row rows[] = {
      {std::nullopt, {"registrado", "", "", "", ""}},
      {ReviewState::registered, {"", "registrado", "en_verificacion", "aceptado", "devuelto"}},
      {ReviewState::in_review, {"", "", "en_verificacion", "aceptado", "devuelto"}},
      {ReviewState::accepted, {"", "", "", "", ""}},
      {ReviewState::returned, {"", "registrado", "", "", ""}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.from ? std::string(to_word(*row.from)) : "borrador");
    for (std::size_t i = 0; i < all_record_events.size(); ++i) {
      CAPTURE(i);
      CHECK(after(row.from, all_record_events[i]) == row.to[i]);
    }
  }
}

TEST_CASE(
    "a correction within three business days keeps the first timeliness, one second later it does not (R-18, "
    "R-20)") {
  const Calendar calendar;
  const Instant first = parse_instant("2026-11-09T10:00:00-05:00").value();
  const Instant returned = parse_instant("2026-11-12T17:00:00-05:00").value();
  // 13 is day 1, 16 is a holiday, 17 day 2, 18 day 3.
  CHECK(iso_date(correct_until(local_date(returned), calendar)) == "2026-11-18");
  struct Case {
    const char* corrected;
    bool keeps;
  };
  for (const Case& each : {Case{"2026-11-12T17:00:01-05:00", true}, Case{"2026-11-18T23:59:59-05:00", true},
                           Case{"2026-11-19T00:00:00-05:00", false}}) {
    CAPTURE(each.corrected);
    const Instant corrected = parse_instant(each.corrected).value();
    const Instant counted = counted_at(first, returned, corrected, calendar);
    CHECK((counted == first) == each.keeps);
    CHECK((timeliness_of(counted, make_date(2026, 11, 9)) == Timeliness::on_time) == each.keeps);
  }
  CHECK(counted_at(first, std::nullopt, parse_instant("2027-01-01T00:00:00Z").value(), calendar) == first);
}

TEST_CASE("the checklist comes from the front matter, with the conditional fields that are due (R-19)") {
  ProgressRecord record;
  record.values = {{"porcentaje_avance", "70"},
                   {"porcentaje_programado", "80"},
                   {"descripcion_cualitativa", "Se publicó"},
                   {"evidencia", "a.pdf"}};
  const auto ids = [&](const PracticeRules& rules) {
    std::string all;
    for (const auto& check : verification_checklist(rules, record, Timeliness::late)) all += check.id + " ";
    return all;
  };
  CHECK(ids(plans()) == "oportunidad completo evidencia descripcion cifras justificacion_atraso ");
  PracticeRules other = plans();
  other.required_fields = {"periodo", "observaciones"};
  other.conditional_fields.clear();
  other.evidence_required = false;
  CHECK(ids(other) == "oportunidad completo descripcion ");
  const auto checks = verification_checklist(plans(), record, Timeliness::late);
  CHECK(checks[0].known == false);
  CHECK(checks[1].known == true);
  record.values.erase("evidencia");
  CHECK_FALSE(verification_checklist(plans(), record, Timeliness::late)[1].known);
}

TEST_CASE(
    "the checklist names what was explained, also where the record alone does not say that it was due") {
  ProgressRecord record;
  record.values = {{"porcentaje_avance", "70"},
                   {"descripcion", "Se publicó"},  // as the imports call it
                   {"evidencia", "a.pdf"},
                   {"justificacion", "Faltó un insumo"}};
  const auto checks = verification_checklist(plans(), record, Timeliness::on_time);
  CHECK(checks[1].known == true);
  CHECK(checks.back().id == "justificacion_atraso");
}

TEST_CASE("a decision needs every mark; quality unmet cannot be accepted, a late record can (R-19, R-20)") {
  const std::vector<CheckItem> checks = {{"oportunidad", CheckKind::on_time, {}, false},
                                         {"evidencia", CheckKind::evidence, {}, std::nullopt}};
  const auto allowed = [&](bool accept, std::map<std::string, std::string> marks, const char* correction) {
    return check_decision(checks, {accept, std::move(marks), "", correction}).has_value();
  };
  CHECK(allowed(true, {{"oportunidad", check_not_met}, {"evidencia", check_met}}, ""));
  CHECK_FALSE(allowed(true, {{"oportunidad", check_met}, {"evidencia", check_not_met}}, ""));
  CHECK_FALSE(allowed(true, {{"oportunidad", check_met}}, ""));
  CHECK_FALSE(allowed(true, {{"oportunidad", check_met}, {"evidencia", "tal vez"}}, ""));
  CHECK(allowed(false, {{"oportunidad", check_met}, {"evidencia", check_not_met}}, "Falta el acta firmada"));
  CHECK_FALSE(allowed(false, {{"oportunidad", check_met}, {"evidencia", check_not_met}}, "Falta"));
}

TEST_CASE(
    "what is copied, of another period or explains nothing is seen before it is saved (PLA-09, PLA-12, "
    "PLA-15)") {
  Item task{};
  task.kind = ItemKind::plan_task;
  ProgressRecord before;
  before.values = {{"descripcion", "Se publicaron los boletines del mes, sin novedad."},
                   {"evidencia", "PAI_2026-09.pdf"},
                   {"porcentaje_avance", "60"}};
  const auto rules_of = [&](std::map<std::string, std::string> values) {
    values["periodo"] = "2026-10";
    std::string found;
    for (const auto& one : check_quality(plans(), task, values, &before)) found += one.rule + " ";
    return found;
  };
  CHECK(rules_of({{"descripcion_cualitativa", "se publicaron  los boletines del mes; sin novedad"}}) ==
        "texto_repetido ");
  CHECK(
      rules_of({{"descripcion_cualitativa", "Se publicaron los boletines de octubre y su resumen"}}).empty());
  CHECK(rules_of({{"evidencia", "PAI_2026-09.pdf"}}) == "evidencia_repetida evidencia_de_otro_periodo ");
  CHECK(rules_of({{"evidencia", "PAI_2026-10.pdf"}}).empty());
  CHECK(rules_of({{"evidencia", "https://sitio/1202609-55/acta"}}).empty());
  CHECK(rules_of({{"porcentaje_avance", "60"}}) == "mismo_porcentaje ");
  CHECK(rules_of({{"justificacion_atraso", "En proceso."}}) == "excusa ");
  CHECK(rules_of({{"justificacion_atraso", "El proveedor entregó tarde; se recupera el 20 de noviembre"}})
            .empty());
}

TEST_CASE("a result is compared with its target by the tendency of the indicator") {
  Item indicator{};
  indicator.kind = ItemKind::indicator;
  const auto share = [&](const char* target, const char* tendency, const char* result) {
    indicator.attributes = {{"meta", target}, {"tendencia", tendency}};
    return share_of_target(indicator, {{"resultado", result}});
  };
  CHECK(share("95", "creciente", "95") == 100);
  CHECK(share("80", "creciente", "40") == 50);
  CHECK(share("10", "decreciente", "5") == 100);
  CHECK(share("10", "decreciente", "20") == 50);
  CHECK_FALSE(share("0", "creciente", "20"));
  CHECK_FALSE(share("95", "creciente", ""));
}
