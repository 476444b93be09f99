// Follow-up reports as HTML, text and JSON: same model, same bytes; self-contained, escaped, no grading.
#include "cards/documents/report_html.hpp"
#include "cards/documents/report_json.hpp"
#include "cards/report_words.hpp"
#include "tests/cards/gallery.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <regex>

using namespace pao;
using namespace pao::procedure;

namespace {

ReportModel a_report() {
  ReportModel model{.id = "REP-COM-2026-T3", .process_id = "COM", .process_name = "Gestión <b>de</b> & Cía"};
  model.cycle = "2026-T3";
  model.kind = ReportKind::final_report;
  model.state = ReportState::final_version;
  model.cut_off_at = at_local_time(make_date(2026, 11, 4), std::chrono::hours(9));
  model.deadline_on = make_date(2026, 11, 23);
  model.outcome = "justificado";
  ReportLine line{
      .practice = "planes", .item_id = "PAI-COM-01-T1", .period = "2026-09", .item_name = "Tarea"};
  line.due_on = make_date(2026, 10, 7);
  line.state = ObligationState::overdue;
  line.treatment = "justificada";
  line.reason = "Está probado.";
  model.lines = {line};
  model.recommendations = {{"REC-COM-T3-1", "planes", cards::gallery::hostile, "Use una SS-5.",
                            make_date(2026, 12, 7), RecommendationState::not_applicable, "", "Ya no aplica",
                            "De acuerdo", "REC-COM-T2-1"}};
  model.answers = {{.id = "RSP-2026-0001",
                    .kind = ResponseKind::justified,
                    .person_name = "Aurora",
                    .role = Role::leader,
                    .text = "<script>alert(1)</script>",
                    .evidence = "a\"b.pdf",
                    .at = model.cut_off_at,
                    .resolution = "aceptada_en_parte",
                    .resolution_reason = "Solo agosto."}};
  model.changes = {{"planes", "PAI-COM-01-T1", "2026-09", "Tarea", "tratamiento", "ninguno", "justificada",
                    "Está probado."}};
  model.practices = figures_of(model.lines, model.recommendations);
  model.errata = {"Dice A, debe decir B."};
  return model;
}

}  // namespace

TEST_CASE("the page is Spanish, self-contained and says everything the procedure asks (R-26, R-36)") {
  const std::string html = cards::report_html(a_report());
  CHECK(html == cards::report_html(a_report()));
  CHECK(html.find("<html lang=\"es-CO\">") != std::string::npos);
  CHECK(html.find("@media print") != std::string::npos);
  for (const char* outside : {"src=", "href=", "<script", "<link", "url(", "@import"}) {
    CAPTURE(outside);
    CHECK(html.find(outside) == std::string::npos);
  }
  for (const char* part : {"Gestión &lt;b&gt;de&lt;/b&gt; &amp; Cía",
                           "&lt;script&gt;",
                           "a&quot;b.pdf",
                           "Obligaciones",
                           "A tiempo",
                           "Fuera de plazo",
                           "Sin registro",
                           "Devueltas",
                           "Alertas enviadas",
                           "Qué se observó",
                           "Qué se sugiere",
                           "Para cuándo: 7 de diciembre de 2026",
                           "Aceptada en parte. Por qué: Solo agosto.",
                           "Siglas de este reporte",
                           "SS: solicitud del Sistema Único de Gestión",
                           "Diferencias con el reporte preventivo",
                           "Está probado.",
                           "Fe de erratas 1",
                           "Se reitera",
                           "scope=\"col\"",
                           "scope=\"row\"",
                           "<caption>",
                           "No reemplaza la evaluación de la Oficina de Control Interno"}) {
    CAPTURE(part);
    CHECK(html.find(part) != std::string::npos);
  }
}

TEST_CASE("days that the rules wrote are read as people read them (R-54)") {
  CHECK(cards::with_long_dates("Desde el 2026-11-09 (2026-11-06). AV-2026-000123, 2026-13-01") ==
        "Desde el 9 de noviembre de 2026 (6 de noviembre de 2026). AV-2026-000123, 2026-13-01");
}

TEST_CASE("every element that is opened is closed") {
  ReportModel model = a_report();
  model.later = model.recommendations;
  const std::string html = cards::report_html(model);
  for (const char* name :
       {"table", "tr", "th", "td", "ol", "ul", "li", "p", "h1", "h2", "main", "body", "caption"}) {
    const auto count = [&](const std::string& pattern) {
      const std::regex regex(pattern);
      return std::distance(std::sregex_iterator(html.begin(), html.end(), regex), std::sregex_iterator());
    };
    CAPTURE(name);
    CHECK(count("<" + std::string(name) + "[ >]") == count("</" + std::string(name) + ">"));
  }
}

TEST_CASE("the JSON has every value of the model, ids included") {
  const std::string text = cards::report_json(a_report());
  CHECK(text == cards::report_json(a_report()));
  CHECK(text.back() == '\n');
  const auto json = nlohmann::json::parse(text);
  CHECK(json["reporte_id"] == "REP-COM-2026-T3");
  CHECK(json["practicas"][0]["sin_registro"] == 1);
  CHECK(json["lineas"][0]["elemento_id"] == "PAI-COM-01-T1");
  CHECK(json["lineas"][0]["registro_id"] == "");
  CHECK(json["lineas"][0]["registrado_en"].is_null());
  CHECK(json["respuestas"][0]["resolucion"] == "aceptada_en_parte");
  CHECK(json["diferencias"][0]["motivo"] == "Está probado.");
  CHECK(json["recomendaciones"][0]["observado"] == cards::gallery::hostile);
}

TEST_CASE("the model of a document is read back as it was written, and nothing else is read (R-37)") {
  ReportModel model = a_report();
  model.lines[0].recorded_at = at_local_time(make_date(2026, 10, 9), std::chrono::hours(15));
  model.lines[0].review = ReviewState::returned;
  model.sent_at = model.cut_off_at;
  model.explanation = "Se cuentan 10 días hábiles.";
  model.fingerprint = std::string(64, 'a');
  for (const ReportModel& each : {a_report(), model, ReportModel{}}) {
    const std::string document = cards::report_json(each);
    const auto read = cards::read_report_json(document);
    REQUIRE_MESSAGE(read, read.error().detail);
    CHECK(cards::report_json(*read) == document);
    CHECK(cards::report_html(*read) == cards::report_html(each));
  }
  const std::string document = cards::report_json(model);
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string other = document;
    const std::size_t at = other.find(from);
    REQUIRE(at != std::string::npos);
    return other.replace(at, from.size(), to);
  };
  for (const std::string& other :
       {std::string(), std::string("documento"), std::string("{}"), document.substr(0, document.size() / 2),
        changed("seguimiento/1", "seguimiento/9"), changed("\"no_procede\"", "\"otra\""),
        changed("\"2026-12-07\"", "\"2026-12-77\""), changed("\"version\": 1", "\"version\": \"uno\"")}) {
    const auto read = cards::read_report_json(other);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::internal);
  }
}

TEST_CASE("a report in text is what a mail program without HTML shows") {
  ReportModel model = a_report();
  model.kind = ReportKind::preventive;
  const std::string text = cards::report_text(model);
  CHECK(text.find("Puede responder hasta el 23 de noviembre de 2026") != std::string::npos);
  CHECK(text.find("Para cuándo: 7 de diciembre de 2026.") != std::string::npos);
  CHECK(text.find("Responda en Teams") != std::string::npos);
  CHECK(text.find("<p>") == std::string::npos);
}

TEST_CASE("the text of a final report tells what was decided and why, and asks for no answer (R-36)") {
  ReportModel model = a_report();
  const std::string text = cards::report_text(model);
  for (const char* part :
       {"Pronunciamiento del proceso: Justificó con evidencias.", "RSP-2026-0001, Justificó con evidencias",
        "Aurora, líder", "Sobre: Todo el reporte", "Evidencia: a\"b.pdf",
        "Decisión: Aceptada en parte. Por qué: Solo agosto.", "Estado: No procede.",
        "Lo que dijo el proceso: Ya no aplica", "Comentario del asesor: De acuerdo"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
  for (const char* part : {"Responda", "Puede responder"}) {
    CAPTURE(part);
    CHECK(text.find(part) == std::string::npos);
  }
  model.answers.clear();
  CHECK(cards::report_text(model).find("no presentó justificaciones") != std::string::npos);
}
