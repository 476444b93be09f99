// Guidelines written in Word: paragraphs, criteria by headings and numerals, what is not understood, the
// draft.
#include "storage/guideline_versions_store.hpp"
#include "storage/import/docx_guideline.hpp"
#include "storage/import/docx_reader.hpp"
#include "tests/storage/demo_store.hpp"
#include "tests/storage/word_file.hpp"

#include <doctest/doctest.h>

namespace {

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::import;
using namespace pao::storage::test;

std::vector<DocxParagraph> paragraphs(const std::string& body) {
  auto read = read_docx(word_file(body));
  REQUIRE(read);
  return *read;
}

DocxGuideline split(const std::string& body, const std::vector<procedure::Criterion>& before = {}) {
  return split_into_criteria(paragraphs(body), "RIE", before);
}

std::string codes(const DocxGuideline& read) {
  std::string all;
  for (const auto& criterion : read.criteria) all += (all.empty() ? "" : " ") + criterion.code;
  return all;
}

bool complains(const DocxGuideline& read, std::size_t paragraph, const std::string& words) {
  for (const auto& notice : read.not_understood) {
    if (notice.paragraph == paragraph && notice.reason.find(words) != std::string::npos) return true;
  }
  return false;
}

ImportReport import_file(Database& database, const std::string& name, const std::string& bytes,
                         bool check = false) {
  TemporaryFolder folder;
  std::ofstream(folder.path() / name, std::ios::binary) << bytes;
  const std::array paths = {folder.path() / name};
  const auto done = import_paths(database, paths, {.check_only = check, .now = instant(demo_morning)});
  REQUIRE(done);
  return *done;
}

const std::string risks_document =
    word_paragraph("Lineamientos o criterios 2027: práctica Riesgos", "Title") +
    word_paragraph("1. Qué es y para qué sirve", "Heading1") +
    word_paragraph("1.1 Qué comprende la práctica", "Heading2") +
    word_paragraph("La gestión del riesgo ayuda a prever.") +
    word_paragraph("Cada proceso mantiene su mapa.") + word_paragraph("1.2 Apetito de riesgo", "Propio") +
    word_paragraph("El comité fija el apetito cada año.") + word_paragraph("2. Registro", "Heading1") +
    word_paragraph("RIE-07 Evidencia del control", "Nivel") +
    word_paragraph("La evidencia muestra que el control se ejecutó.");

}  // namespace

TEST_CASE("a Word document is read by paragraphs, with styles that inherit and without what was deleted") {
  const auto read = paragraphs(
      word_paragraph("Título", "Title") + word_paragraph("Uno", "Propio") + word_paragraph("Dos", "Nivel") +
      "<w:p><w:ins><w:r><w:t>Queda</w:t></w:r></w:ins><w:del><w:r><w:delText>Se fue</w:delText></w:r></w:del>"
      "<w:r><w:tab/><w:t>así &amp; ya</w:t></w:r></w:p>" +
      word_paragraph("punto", "", "<w:numPr><w:ilvl w:val=\"0\"/></w:numPr>") + "<w:tbl><w:tr><w:tc>" +
      word_paragraph("celda") + "</w:tc></w:tr></w:tbl>" + "<w:p><w:r><w:drawing/></w:r></w:p>");
  REQUIRE(read.size() == 7);
  CHECK(read[0].is_title);
  CHECK(read[1].heading == 2);
  CHECK(read[2].heading == 2);
  CHECK(read[3].text == "Queda así & ya");
  CHECK(read[4].numbered);
  CHECK(read[5].in_table);
  CHECK(read[6].has_picture);
  CHECK(read[6].number == 7);
}

TEST_CASE("what is no Word document is refused and nothing of it is followed") {
  const std::string entity =
      "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM "
      "\"file:///etc/passwd\">]><w:document><w:body><w:p><w:r>"
      "<w:t>&x;fin</w:t></w:r></w:p></w:body></w:document>";
  for (const std::string& bytes :
       {std::string(), std::string("texto"), std::string("PK\x03\x04 roto"), zipped({{"otra.xml", "<a/>"}}),
        zipped({{"word/document.xml", "<w:document><w:body"}}), zipped({{"word/document.xml", "<otro/>"}}),
        word_file(word_paragraph("x")).substr(0, 400)}) {
    CHECK(!read_docx(bytes));
  }
  const auto read = read_docx(zipped({{"word/document.xml", entity}}));
  REQUIRE(read);
  CHECK(read->front().text.find("root") == std::string::npos);
  // A part that unpacks to more than is read.
  CHECK(!read_docx(zipped({{"word/document.xml", std::string((16u << 20) + 1, ' ')}})));
}

TEST_CASE(
    "headings and numerals make sections and criteria; codes are kept, found by title, or the next free "
    "one") {
  const std::vector<procedure::Criterion> before = {{.code = "RIE-01", .title = "Qué comprende la práctica"},
                                                    {.code = "RIE-18", .title = "Otro"}};
  const DocxGuideline read = split(risks_document, before);
  CHECK(read.title == "Lineamientos o criterios 2027: práctica Riesgos");
  CHECK(codes(read) == "RIE-01 RIE-19 RIE-07");
  CHECK(read.criteria[0].section == "Qué es y para qué sirve");
  CHECK(read.criteria[0].text == "La gestión del riesgo ayuda a prever. Cada proceso mantiene su mapa.");
  CHECK(read.criteria[1].title == "Apetito de riesgo");
  CHECK(read.criteria[2].section == "Registro");
  CHECK(read.not_understood.empty());
}

TEST_CASE("numerals alone are enough, and numbers inside the text begin nothing") {
  const DocxGuideline read = split(
      word_paragraph("1. Generalidades") + word_paragraph("1.1. Alcance") +
      word_paragraph("Aplica a todos.") + word_paragraph("5 días hábiles después se registra.") +
      word_paragraph("2026 es la vigencia.") + word_paragraph("2. Registro") + word_paragraph("2.1) Cuándo") +
      word_paragraph("1. Reúna la evidencia.") + word_paragraph("2. Regístrela en el SMGI;"));
  REQUIRE(read.criteria.size() == 2);
  CHECK(read.criteria[0].text == "Aplica a todos. 5 días hábiles después se registra. 2026 es la vigencia.");
  CHECK(read.criteria[1].section == "Registro");
  CHECK(read.criteria[1].text == "1. Reúna la evidencia. 2. Regístrela en el SMGI;");
}

TEST_CASE("one level of headings with text below each is criteria, not sections") {
  const DocxGuideline read = split(word_paragraph("Alcance", "Heading1") + word_paragraph("Aplica a todos.") +
                                   word_paragraph("Registro", "Heading1") + word_paragraph("Se registra."));
  CHECK(codes(read) == "RIE-01 RIE-02");
  CHECK(read.criteria[0].section == "Lineamientos");
}

TEST_CASE("what was not understood is told by paragraph") {
  const DocxGuideline read = split(
      word_paragraph("Presentación sin encabezado") + word_paragraph("Alcance", "Heading1") +
      word_paragraph("Aplica.") + "<w:tbl><w:tr><w:tc>" + word_paragraph("a") + "</w:tc><w:tc>" +
      word_paragraph("b") + "</w:tc></w:tr></w:tbl>" + "<w:p><w:r><w:drawing/></w:r></w:p>" +
      word_paragraph("Vacío", "Heading1") + word_paragraph("PLA-01 De otra práctica", "Heading1") +
      word_paragraph("Su texto.") + word_paragraph("RIE-05 Uno", "Heading1") + word_paragraph("Texto.") +
      word_paragraph("RIE-05 Otra vez", "Heading1") + word_paragraph("Texto."));
  CHECK(complains(read, 1, "fuera de un criterio"));
  CHECK(complains(read, 4, "tabla"));
  CHECK(!complains(read, 5, "tabla"));
  CHECK(complains(read, 6, "imagen"));
  CHECK(complains(read, 7, "no tiene texto"));
  CHECK(complains(read, 8, "no es de esta práctica"));
  CHECK(complains(read, 12, "repetido"));
  CHECK(codes(read) == "RIE-01 RIE-05");
  CHECK(split(word_paragraph("Solo texto.")).criteria.empty());
}

TEST_CASE(
    "a Word guideline arrives as the draft of its vigencia with the rules of the version in force (R-02)") {
  DemoStore store;
  Database& database = *store.database;
  const std::string bytes = word_file(risks_document);
  CHECK(import_file(database, "riesgos-2027.docx", bytes, true).problem_count == 0);
  CHECK(!reading(database, [](Session& s) { return find_version(s, {"riesgos", 2027, 1}); }));

  const ImportReport report = import_file(database, "riesgos-2027.docx", bytes);
  REQUIRE(report.stored);
  const auto draft = reading(database, [](Session& s) { return find_version(s, {"riesgos", 2027, 1}); });
  REQUIRE(draft);
  CHECK(draft->state == GuidelineState::draft);
  CHECK(draft->criteria == 3);
  const auto parsed = knowledge::parse_guideline(reading(database, [](Session& s) {
    return guideline_document(s, {"riesgos", 2027, 1});
  }));
  REQUIRE(parsed);
  CHECK(parsed->rules.cutoff_business_day == 5);
  CHECK(parsed->rules.sample);  // the notice stays with the rules it came from
  CHECK(!parsed->notice.empty());
  CHECK(parsed->due_dates.empty());

  const ImportReport again = import_file(database, "riesgos-2027.docx", bytes);
  CHECK(again.files.front().unchanged == 1);
  const ImportReport changed =
      import_file(database, "riesgos-2027.docx", word_file(risks_document + word_paragraph("Y algo más.")));
  CHECK(changed.files.front().inserted == 1);
  CHECK(reading(database, [](Session& s) { return find_version(s, {"riesgos", 2027, 2}); }).has_value());
}

TEST_CASE("a Word file without a practice, a vigencia or a criterion is refused, and nothing is stored") {
  DemoStore store;
  Database& database = *store.database;
  const std::string bytes = word_file(risks_document);
  CHECK(import_file(database, "lineamiento.docx", bytes).problem_count == 1);
  CHECK(import_file(database, "riesgos-2027.docx", "no es un zip").problem_count == 1);
  CHECK(import_file(database, "riesgos-2027.docx", word_file(word_paragraph("Solo texto."))).problem_count ==
        1);
  const std::string untitled = word_file(word_paragraph("Alcance", "Heading1") + word_paragraph("Aplica."));
  CHECK(import_file(database, "riesgos.docx", untitled).problem_count == 1);
  CHECK(reading(database, [](Session& s) { return guideline_versions(s, "riesgos"); }).size() == 1);
}
