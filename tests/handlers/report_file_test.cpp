// A follow-up report as a file: who may have it, what is offered, and that internal control's reads are kept.
#include "cards/documents/report_html.hpp"
#include "handlers/file_messages.hpp"
#include "storage/file_consents_store.hpp"
#include "storage/oversight_store.hpp"
#include "tests/handlers/report_scene.hpp"

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;

namespace {

const FileOffer& offer_in(const Said& said) {
  REQUIRE_MESSAGE(said.outcome() == "report_file_offered", said.outcome());
  REQUIRE(said.reply.notices.size() == 1);
  REQUIRE(said.reply.notices[0].content.offer);
  return *said.reply.notices[0].content.offer;
}

// The bytes that would be uploaded.
std::string content_of(const Assistant& assistant, const FileOffer& offer) {
  const auto consent = reading(
      assistant.database(), [&](Session& session) { return storage::find_file_consent(session, offer.id); });
  REQUIRE(consent);
  const auto bytes = assistant.contents().get(offered_content(*consent));
  REQUIRE(bytes);
  return *bytes;
}

std::int64_t reads_kept(const Assistant& assistant) {
  return reading(assistant.database(),
                 [](Session& session) { return storage::count_oversight_reads(session); });
}

}  // namespace

TEST_CASE("whoever may read a report is offered it as a file, as it is at that moment (R-51)") {
  const Assistant assistant;
  CHECK(assistant.presses(leader_com, verb::report_view, of()).shows("Descargar el reporte"));
  for (const char* person : {leader_com, liaison_com, advisor_com, coordination}) {
    CAPTURE(person);
    const Said said = assistant.presses(person, verb::report_file, of());
    const FileOffer& offer = offer_in(said);
    CHECK(said.reply.notices[0].aad_object_id == assistant.person(person).aad_object_id);
    CHECK(offer.name == "REP-COM-2026-T3-preventivo.html");
    CHECK(offer.description.find("Reporte preventivo de seguimiento") == 0);
    const std::string bytes = content_of(assistant, offer);
    CHECK(bytes == cards::report_html(model(assistant, procedure::ReportKind::preventive)));
    CHECK(offer.size == static_cast<std::int64_t>(bytes.size()));
  }
  // Asked for again it is offered again: the first card may be far up in the chat.
  const Said once = assistant.presses(leader_com, verb::report_file, of());
  const Said twice = assistant.presses(leader_com, verb::report_file, of());
  CHECK(offer_in(once).id != offer_in(twice).id);
}

TEST_CASE("a report of somebody else, one that does not exist and one in a group are not offered (R-51)") {
  const Assistant assistant;
  CHECK(assistant.presses(liaison_dir, verb::report_file, of()).error->code == ErrorCode::invalid);
  CHECK(assistant.presses(leader_com, verb::report_file, {{"reporte", "REP-X"}}).error->code ==
        ErrorCode::invalid);
  CHECK(assistant.presses(stranger, verb::report_file, of()).error->code == ErrorCode::refused);
  Turn in_group = assistant.press(leader_com, verb::report_file, of());
  in_group.place = Place::group;
  CHECK(assistant.take(in_group).error->code == ErrorCode::refused);
  // The draft is the advisor's alone.
  assistant.change("UPDATE follow_up_reports SET state = 'borrador' WHERE id = 'REP-COM-2026-T3'");
  CHECK(assistant.presses(leader_com, verb::report_file, of()).error->code == ErrorCode::invalid);
  CHECK(offer_in(assistant.presses(advisor_com, verb::report_file, of())).size > 0);
}

TEST_CASE("internal control has published reports only, and each file is a read that is kept (R-35, R-46)") {
  const Assistant assistant;
  CHECK(assistant.presses(internal_control, verb::report_file, of()).error->code == ErrorCode::invalid);
  CHECK(reads_kept(assistant) == 0);
  assistant.change("UPDATE follow_up_reports SET state = 'publicado' WHERE id = 'REP-COM-2026-T3'");
  CHECK(assistant.presses(internal_control, verb::report_view, of()).shows("Descargar el reporte"));
  CHECK(reads_kept(assistant) == 1);  // the card is a read of its own
  const FileOffer offer = offer_in(assistant.presses(internal_control, verb::report_file, of()));
  CHECK(offer.name == "REP-COM-2026-T3-final.html");
  CHECK(content_of(assistant, offer) ==
        cards::report_html(model(assistant, procedure::ReportKind::final_report)));
  REQUIRE(reads_kept(assistant) == 2);
  const auto read = reading(assistant.database(),
                            [](Session& session) { return storage::oversight_reads(session, 1, 0); })[0];
  CHECK(read.reader == internal_control);
  CHECK(read.subject == "COM");
  CHECK(read.content.find("archivo") != std::string::npos);
  CHECK(read.content.find(com) != std::string::npos);
  // The coordination's reads are nobody's business.
  offer_in(assistant.presses(coordination, verb::report_file, of()));
  CHECK(reads_kept(assistant) == 2);
}
