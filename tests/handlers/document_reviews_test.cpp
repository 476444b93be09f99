// The yearly review of a process's documents: a result for each, and the obligation with the last of them
// (R-12, DOC-07, DOC-08).
#include "handlers/document_reviews.hpp"

#include "cards/verbs.hpp"
#include "handlers/alerts/rule_lines.hpp"
#include "storage/items_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

// PRE has reviewed none of its five documents; the period closes on 15 October.
constexpr const char* october = "2026-10-08T09:00:00-05:00";
constexpr const char* liaison_pre = "U-033";
constexpr const char* advisor_pre = "U-007";
constexpr const char* codes[] = {"CA-PRE-001", "PR-PRE-002", "PR-PRE-003", "IN-PRE-004", "FT-PRE-005"};
const Values obligation = {{"elemento", "DOC-PRE"}, {"periodo", "2026"}};

std::vector<procedure::ProgressRecord> records_of(const Assistant& assistant, const char* item) {
  return reading(assistant.database(),
                 [&](storage::Session& session) { return storage::records_of_item(session, item); });
}

// What the form of several would send: as it was prefilled, with results for the first `count`.
Values reviewed(int count) {
  Values values = {{"proceso", "PRE"}, {"practica", "documentos"}, {"periodo", "2026"}};
  for (int n = 1; n <= 5; ++n) {
    const std::string end = "_" + std::to_string(n);
    const bool said = n <= count;
    values["elemento" + end] = codes[n - 1];
    values["version" + end] = n == 1 || n == 4 || n == 5 ? "3" : n == 2 ? "2" : "4";
    values["revisor" + end] = "Ulises Guayacán (demo)";
    values["resultado_revision" + end] = said ? "vigente" : "";
    values["fecha_revision" + end] = said ? "2026-09-15" : "";
    values["observaciones" + end] = said ? "Se revisó el documento " + std::to_string(n) : "";
  }
  return values;
}

bool is_warned(const Assistant& assistant, const std::string& key) {
  const auto lines = reading(assistant.database(), [&](storage::Session& session) {
    return alerts::rule_lines(session, *assistant.reference().current(), "", assistant.now());
  });
  return std::any_of(lines.begin(), lines.end(),
                     [&](const DigestLine& line) { return line.key.find(key) != std::string::npos; });
}

}  // namespace

TEST_CASE("the review asks the result of each document of the process, and invents no code (DOC-08)") {
  const Assistant assistant(october);
  for (const char* pressed : {verb::progress_form, verb::progress_save}) {
    const Said form = assistant.presses(liaison_pre, pressed, obligation);
    REQUIRE_MESSAGE(form.outcome() == "progress_several_shown", form.outcome());
    for (const char* code : codes) {
      CAPTURE(code);
      CHECK(form.shows(code));
    }
    CHECK(form.shows("resultado_revision_5"));
    CHECK_FALSE(form.shows("codigo_documento"));
    CHECK_FALSE(form.shows("DOC-PRE"));
  }
  const Said named = assistant.says(liaison_pre, "registrar avance de CA-PRE-001");
  CHECK(named.outcome() == "progress_several_shown");
  CHECK(records_of(assistant, "DOC-PRE").empty());
}

TEST_CASE("the obligation is settled when the last document has its record (DOC-07)") {
  const Assistant assistant(october);
  const Said some = assistant.presses(liaison_pre, verb::progress_several_save, reviewed(4));
  REQUIRE_MESSAGE(some.outcome() == "progress_recorded", some.outcome());
  CHECK(some.field("left") == "1");
  CHECK(records_of(assistant, "DOC-PRE").empty());
  REQUIRE(records_of(assistant, "CA-PRE-001").size() == 1);
  CHECK(records_of(assistant, "CA-PRE-001").front().values.at("codigo_documento") == "CA-PRE-001");

  // The one that is left needs an update: then until when.
  Values last = reviewed(5);
  last["resultado_revision_5"] = "actualizar";
  const Said asked = assistant.presses(liaison_pre, verb::progress_several_save, last);
  CHECK(asked.outcome() == "form_incomplete");
  CHECK(asked.shows("fecha_compromiso_actualizacion_1"));  // the form has only this one now
  last["fecha_compromiso_actualizacion_5"] = "2026-10-20";
  const Said saved = assistant.presses(liaison_pre, verb::progress_several_save, last);
  REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
  CHECK(saved.field("left") == "0");

  const auto whole = records_of(assistant, "DOC-PRE");
  REQUIRE(whole.size() == 1);
  CHECK(whole.front().period == "2026");
  CHECK(whole.front().recorded_by == liaison_pre);
  CHECK(whole.front().values.at("documentos_revisados") == "5");
  CHECK(assistant.presses(liaison_pre, verb::progress_form, obligation).error->code == ErrorCode::conflict);
}

TEST_CASE("alerts read the last review of a document, and the document itself is not changed (R-21, R-38)") {
  Assistant assistant(october);
  Values values = reviewed(5);
  CHECK(is_warned(assistant, "reglas/documentos.mas_de_tres_anios/PRE"));
  values["resultado_revision_1"] = "actualizar";
  values["fecha_compromiso_actualizacion_1"] = "2026-10-15";
  REQUIRE(assistant.presses(liaison_pre, verb::progress_several_save, values).outcome() ==
          "progress_recorded");
  CHECK(is_warned(assistant, "reglas/documentos.actualizacion_comprometida/CA-PRE-001"));
  CHECK_FALSE(is_warned(assistant, "reglas/documentos.actualizacion_comprometida/PR-PRE-002"));
  CHECK_FALSE(is_warned(assistant, "reglas/documentos.mas_de_tres_anios/PRE"));
  const auto item = reading(assistant.database(), [](storage::Session& session) {
    return storage::find_item(session, "PR-PRE-002");
  });
  CHECK(item->attributes.at("ultima_revision") == "2021-05-28");
}

TEST_CASE("the record of the process follows its documents: it is returned and corrected there (5.3, R-20)") {
  Assistant assistant(october);
  REQUIRE(assistant.presses(liaison_pre, verb::progress_several_save, reviewed(5)).outcome() ==
          "progress_recorded");
  const std::string whole = records_of(assistant, "DOC-PRE").front().id;
  const std::string one = records_of(assistant, "CA-PRE-001").front().id;
  CHECK(assistant.presses(liaison_pre, verb::progress_correct, {{"registro", whole}})
            .error->message.find("Corrija el del documento") != std::string::npos);

  // Verified when the period has closed.
  assistant.move_to("2026-10-16T09:00:00-05:00");
  const auto sends_back = [&](const std::string& record) {
    return assistant.presses(advisor_pre, verb::verify_return,
                             {{"registro", record},
                              {"punto_oportunidad", "cumple"},
                              {"punto_completo", "no_cumple"},
                              {"punto_evidencia", "cumple"},
                              {"punto_descripcion", "no_cumple"},
                              {"punto_cifras", "cumple"},
                              {"correccion", "Diga qué lo reemplaza"}});
  };
  const Said refused = sends_back(whole);
  REQUIRE(refused.error);
  CHECK(refused.error->message.find("Devuelva el del documento") != std::string::npos);
  const Said returned = sends_back(one);
  REQUIRE_MESSAGE(returned.outcome() == "record_returned", returned.outcome());
  const Said corrected = assistant.presses(liaison_pre, verb::progress_correct_save,
                                           {{"registro", one},
                                            {"version", "3"},
                                            {"revisor", "Ulises Guayacán (demo)"},
                                            {"resultado_revision", "eliminar"},
                                            {"fecha_revision", "2026-09-20"},
                                            {"observaciones", "Lo reemplaza el procedimiento nuevo"}});
  REQUIRE_MESSAGE(corrected.outcome() == "progress_corrected", corrected.outcome());
  CHECK(records_of(assistant, "CA-PRE-001").front().review == procedure::ReviewState::registered);
}
