// Files that prove what a process says about its report: linked by who said it, read by whoever reads the
// report (R-31, R-34, R-35, R-46; C-09).
#include "storage/oversight_store.hpp"
#include "tests/handlers/report_scene.hpp"
#include "tests/handlers/sent_file.hpp"

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;

namespace {

constexpr const char* fingerprint = "huella aaaaaaaaaaaaaaaa";  // of the kept file, on cards

// The id of what the liaison justifies.
std::string justifies(const Assistant& assistant) {
  const Said said =
      assistant.presses(liaison_com, verb::report_justify, justification(missing_line(assistant)));
  REQUIRE_MESSAGE(said.outcome() == "report_justified", said.outcome());
  return said.field("response");
}

Said links(const Assistant& assistant, const char* person, const std::string& file,
           const std::string& target) {
  return assistant.presses(person, verb::file_link, {{"archivo", file}, {"destino", target}});
}

Said asks(const Assistant& assistant, const char* person, const std::string& file) {
  return assistant.presses(person, verb::file_request, {{"archivo", file}});
}

// The advisor decides the justification, the leader accepts: the report is final on day 4.
void becomes_final(const Assistant& assistant, const std::string& response) {
  REQUIRE(assistant
              .presses(advisor_com, verb::report_resolve,
                       {{"respuesta", response}, {"decision", "aceptada"}, {"motivo", "Está probada."}})
              .outcome() == "justification_resolved");
  REQUIRE(assistant.presses(leader_com, verb::report_accept, of()).field("to") == "final");
}

std::vector<storage::OversightRead> reads_kept(const Assistant& assistant) {
  return reading(assistant.database(),
                 [](Session& session) { return storage::oversight_reads(session, 10, 0); });
}

}  // namespace

TEST_CASE(
    "a file proves the own justification and stands under it for whoever reads the report (R-31, C-09)") {
  const Assistant assistant;
  const std::string response = justifies(assistant), target = "respuesta:" + response;
  const std::string file = sends_file(assistant, liaison_com, "incapacidad.pdf");
  const Said linked = links(assistant, liaison_com, file, target);
  REQUIRE_MESSAGE(linked.outcome() == "recorded", linked.outcome());
  CHECK(linked.shows("Justificación " + response + " de "));
  // What somebody else said is proved by that person.
  const std::string other = sends_file(assistant, leader_com, "otra.pdf");
  CHECK(links(assistant, leader_com, other, target).error->code == ErrorCode::invalid);

  for (const char* person : {advisor_com, leader_com, liaison_com}) {
    CAPTURE(person);
    CHECK(assistant.presses(person, verb::report_final, of()).shows(fingerprint));
    CHECK(asks(assistant, person, file).outcome() == "file_offered");
  }
  for (const char* person : {liaison_dir, internal_control}) {
    CAPTURE(person);
    CHECK(asks(assistant, person, file).error->code == ErrorCode::not_found);
  }
}

TEST_CASE(
    "the evidence of a final report stays as it was, and internal control's reads are kept (R-35, R-46)") {
  const Assistant assistant;
  const std::string response = justifies(assistant), target = "respuesta:" + response;
  const std::string file = sends_file(assistant, liaison_com, "incapacidad.pdf");
  REQUIRE(links(assistant, liaison_com, file, target).outcome() == "recorded");
  becomes_final(assistant, response);
  const Said moved = links(assistant, liaison_com, file, "recomendacion:REC-COM-T3-1");
  REQUIRE(moved.error);
  CHECK(moved.error->code == ErrorCode::refused);
  const std::string late = sends_file(assistant, liaison_com, "tarde.pdf");
  CHECK(links(assistant, liaison_com, late, target).error->code == ErrorCode::invalid);

  CHECK(asks(assistant, internal_control, file).error);  // not before it is published
  CHECK(reads_kept(assistant).empty());
  REQUIRE(assistant.presses(advisor_com, verb::report_publish, of()).outcome() == "report_published");
  CHECK(assistant.presses(internal_control, verb::report_view, of()).shows(fingerprint));
  const std::size_t before = reads_kept(assistant).size();
  CHECK(asks(assistant, internal_control, file).outcome() == "file_offered");
  const auto reads = reads_kept(assistant);
  REQUIRE(reads.size() == before + 1);
  CHECK(reads[0].reader == internal_control);
  CHECK(reads[0].subject == "COM");
  CHECK(reads[0].content.find(file) != std::string::npos);
}

TEST_CASE("the file of a recommendation stands under it, for the process and for its advisor (R-34)") {
  const Assistant assistant;
  const std::string file = sends_file(assistant, liaison_com, "acta.pdf");
  CHECK_FALSE(assistant.presses(advisor_com, verb::report_recommendations, of()).shows(fingerprint));
  REQUIRE(links(assistant, liaison_com, file, "recomendacion:REC-COM-T3-1").outcome() == "recorded");
  for (const char* person : {advisor_com, leader_com, coordination}) {
    CAPTURE(person);
    const Said list = assistant.presses(person, verb::report_recommendations, of());
    CHECK(list.shows("acta.pdf"));
    CHECK(list.shows(fingerprint));
    CHECK(asks(assistant, person, file).outcome() == "file_offered");
  }
  CHECK(assistant.presses(leader_com, verb::recommendation_form, {{"recomendacion", "REC-COM-T3-1"}})
            .shows(fingerprint));
}
