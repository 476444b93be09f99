// A closed period, an SS-5, and the record that is made in the days it gives (5.2, 5.3, GEN-18).
#include "handlers/requests/change_order.hpp"
#include "storage/reopened_periods_store.hpp"
#include "tests/handlers/request_steps.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

constexpr const char* task = "PAI-COM-02-T2";  // of COM; October closed on 9 November 2026

Said record(const Assistant& assistant, const char* period = "2026-10") {
  return assistant.presses(liaison_com, verb::progress_save,
                           {{"elemento", task},
                            {"periodo", period},
                            {"porcentaje_avance", "90"},
                            {"descripcion_cualitativa", "Se publicaron los boletines de octubre"},
                            {"evidencia", "boletin-octubre.pdf"},
                            {"tipo_evidencia", "informe"}});
}

Filed ask_to_reopen(const Assistant& assistant, const char* period) {
  const Said filed = assistant.presses(liaison_com, verb::request_file,
                                       {{"tipo", "SS-5"},
                                        {"proceso", "COM"},
                                        {"practica", "planes"},
                                        {"asunto", "Reabrir el periodo"},
                                        {"elemento", task},
                                        {"valor_solicitado", period},
                                        {"justificacion", "El sistema estuvo caído el último día"}});
  REQUIRE_MESSAGE(filed.outcome() == "request_filed", filed.outcome());
  return {assistant, filed.field("request")};
}

Said apply(const Filed& ss, const char* period) {
  return ss.press(advisor_com, verb::request_apply, {{"elemento", task}, {"periodo", period}});
}

}  // namespace

TEST_CASE(
    "an approved SS-5 opens the closed period for two business days, and the record is late (R-18, R-38)") {
  Assistant assistant;  // Thursday 12 November
  CHECK(record(assistant).error);
  const Filed ss = ask_to_reopen(assistant, "octubre de 2026");
  REQUIRE_FALSE(ss.take(advisor_com).error);
  CHECK(record(assistant).error);  // asked for is not given
  REQUIRE_FALSE(ss.decide("aprobada", advisor_com).error);
  CHECK(record(assistant).error);  // nor is approved
  const Said applied = apply(ss, "2026-10");
  REQUIRE_MESSAGE(applied.outcome() == "request_applied", applied.outcome());
  const auto open = reading(assistant.database(), [&](storage::Session& session) {
    return storage::reopened_on(session, task, "2026-10", make_date(2026, 11, 12));
  });
  REQUIRE(open);
  CHECK(open->closes_on == make_date(2026, 11, 17));  // Monday the 16th is a holiday

  CHECK(assistant.says(liaison_com, "registrar avance").shows(task));
  CHECK(assistant.says(liaison_com, "qué me toca").shows("Reabierto hasta el 17 de noviembre de 2026"));
  assistant.move_to("2026-11-17T23:59:59-05:00");
  SUBCASE("until its last second") {
    const Said saved = record(assistant);
    REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
    CHECK(saved.shows("Extemporáneo"));
  }
  SUBCASE("and not one second longer") {
    assistant.move_to("2026-11-18T00:00:00-05:00");
    CHECK(record(assistant).error);
    CHECK_FALSE(assistant.says(liaison_com, "qué me toca").shows("Reabierto"));
  }
}

TEST_CASE("a month without its year is the last one that has begun") {
  struct Case {
    Date today;
    const char* words;
    const char* period;
  };
  const Case cases[] = {{make_date(2027, 1, 13), "diciembre", "2026-12"},
                        {make_date(2027, 1, 13), "Octubre", "2026-10"},
                        {make_date(2027, 1, 13), "enero", "2027-01"},
                        {make_date(2027, 1, 13), "cuarto trimestre", "2026-T4"},
                        {make_date(2027, 1, 13), "diciembre de 2027", "2027-12"},
                        {make_date(2027, 1, 13), "2027-12", "2027-12"},
                        {make_date(2026, 11, 12), "octubre", "2026-10"},
                        {make_date(2026, 11, 12), "diciembre", "2025-12"},
                        {make_date(2026, 12, 1), "diciembre", "2026-12"},
                        {make_date(2026, 11, 12), "pronto", "pronto"}};
  for (const Case& each : cases) {
    CAPTURE(iso_date(each.today));
    CAPTURE(each.words);
    CHECK(requests::period_from_words(each.words, each.today) == each.period);
  }
}

TEST_CASE("in January a period that fell due last year is opened again and takes its record (R-18)") {
  Assistant assistant("2027-01-13T09:00:00-05:00");
  const Filed ss = ask_to_reopen(assistant, "octubre");
  CHECK(ss.now().requested_value == "2026-10");
  CHECK(record(assistant).error);
  REQUIRE_FALSE(ss.take(advisor_com).error);
  REQUIRE_FALSE(ss.decide("aprobada", advisor_com).error);
  const Said applied = apply(ss, "octubre");
  REQUIRE_MESSAGE(applied.outcome() == "request_applied", applied.outcome());
  CHECK(assistant.says(liaison_com, "qué me toca").shows("Reabierto hasta el 15 de enero de 2027"));
  CHECK(assistant.says(liaison_com, "registrar avance").shows("octubre de 2026"));
  CHECK(record(assistant, "2026-06").error);  // last year's too, and not opened
  SUBCASE("late, as any that was opened again") {
    const Said saved = record(assistant);
    REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
    CHECK(saved.shows("Extemporáneo"));
  }
  SUBCASE("and is history again when its days are over") {
    assistant.move_to("2027-01-16T00:00:00-05:00");
    CHECK(record(assistant).error);
    CHECK_FALSE(assistant.says(liaison_com, "registrar avance").shows("octubre de 2026"));
  }
}

TEST_CASE(
    "only a period that was due and is closed is opened again, and the sentence says what to check (R-38)") {
  struct Case {
    const char* period;
    const char* told;
  };
  const Case cases[] = {
      {"2026-09", "no tiene avance programado en septiembre de 2026"},  // not a month of that task
      {"2027-12", "no tiene avance programado en diciembre de 2027"},
      {"2024-10", "se reabren los de este año y del anterior"},
      {"2026-12", "no ha cerrado: vence el 8 de enero de 2027"},
  };
  const Assistant assistant;
  const Filed ss = ask_to_reopen(assistant, "octubre de 2026");
  REQUIRE_FALSE(ss.take(advisor_com).error);
  REQUIRE_FALSE(ss.decide("aprobada", advisor_com).error);
  for (const Case& each : cases) {
    CAPTURE(each.period);
    const Said refused = apply(ss, each.period);
    REQUIRE(refused.error);
    CHECK(refused.error->code == ErrorCode::invalid);
    CHECK(refused.error->message.find(each.told) != std::string::npos);
    CHECK(ss.state() == "aprobada");
  }
  CHECK(reading(assistant.database(), [&](storage::Session& session) {
          return storage::reopened_periods(session, "COM", local_date(assistant.now()));
        }).empty());
  CHECK(apply(ss, "2026-10").outcome() == "request_applied");
}
