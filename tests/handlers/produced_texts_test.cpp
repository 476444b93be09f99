// What the product makes of the sample ministry to be read: cards of the digest, reports in every form,
// mails, evidence packs. None of it grades anybody (procedure section 1, R-47).
#include "cards/control_card.hpp"
#include "cards/documents/evidence_pack.hpp"
#include "cards/documents/report_html.hpp"
#include "cards/documents/report_json.hpp"
#include "handlers/alerts/digest.hpp"
#include "handlers/alerts/digest_payload.hpp"
#include "handlers/reports/report_model.hpp"
#include "storage/control_evidence.hpp"
#include "storage/items_store.hpp"
#include "storage/mail_outbox.hpp"
#include "storage/reports_store.hpp"
#include "tests/grading_words.hpp"
#include "tests/handlers/report_scene.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;

namespace {

// What was said about it is in the failure: enough to find it, not the whole document.
void check_text(const std::string& text) {
  const std::string word = tests::grading_word(text);
  if (word.empty()) return;
  const std::size_t at = text.find(word);
  CHECK_MESSAGE(word.empty(), word << " in: " << text.substr(at < 60 ? 0 : at - 60, 140));
}

}  // namespace

TEST_CASE("no card of the morning's digest grades anybody (R-47)") {
  const Assistant assistant;
  const auto reference = assistant.reference().current();
  const auto digests = reading(
      assistant.database(), [&](Session& s) { return alerts::digests_due(s, *reference, assistant.now()); });
  REQUIRE(digests.size() > 30);
  int cards = 0;
  for (const alerts::Digest& digest : digests) {
    CAPTURE(digest.person.id);
    const storage::OutboxMessage message{.kind = alerts::digest_kind,
                                         .aad_object_id = digest.person.aad_object_id,
                                         .subject = digest.person.id,
                                         .text = alerts::payload_of(digest)};
    const auto content = reading(assistant.database(), [&](Session& s) {
      return alerts::render_digest(s, *reference, message, assistant.now());
    });
    if (!content) continue;
    ++cards;
    check_text(content->card->json);
    check_text(content->card->summary);
  }
  CHECK(cards == static_cast<int>(digests.size()));
}

TEST_CASE("no report, as page, text or data, preventive or final, grades anybody (R-27, R-47)") {
  const Assistant assistant;
  const auto reference = assistant.reference().current();
  int documents = 0;
  for (const procedure::Process& process : reference->processes) {
    // The names of its items are the entity's own words.
    const auto items =
        reading(assistant.database(), [&](Session& s) { return storage::items_of(s, process.id); });
    const auto check_ours = [&](std::string text) {
      for (const procedure::Item& item : items) {
        for (std::size_t at = 0; (at = text.find(item.name, at)) != std::string::npos;)
          text.erase(at, item.name.size());
      }
      check_text(text);
    };
    for (const storage::FollowUpReport& one :
         reading(assistant.database(), [&](Session& s) { return storage::reports_of(s, process.id); })) {
      CAPTURE(one.id);
      for (const auto kind : {procedure::ReportKind::preventive, procedure::ReportKind::final_report}) {
        const auto built = model(assistant, kind, one.id);
        check_text(cards::report_title(built));
        check_ours(cards::report_html(built));
        check_ours(cards::report_text(built));
        check_ours(cards::report_json(built));
        ++documents;
      }
    }
  }
  CHECK(documents >= 48);
}

TEST_CASE("no mail of reports and working sessions grades anybody (R-28, R-47)") {
  const Assistant assistant;
  verifies(assistant, "REP-CID-2026-T3");
  REQUIRE(
      assistant
          .presses(report(assistant, "REP-CID-2026-T3").advisor_id, verb::report_send, of("REP-CID-2026-T3"))
          .outcome() == "report_sent");
  REQUIRE(assistant
              .presses(advisor_dir, verb::session_convene,
                       {{"asunto", "Metas"},
                        {"agenda", "Metas del trimestre"},
                        {"proceso", "DIR"},
                        {"practica", "planes"},
                        {"lugar", "Sala 3"},
                        {"hora", "09:00"},
                        {"fecha", "2026-11-20"},
                        {"duracion", "60"}})
              .outcome() == "session_convened");
  const auto keys = reading(assistant.database(), [](Session& s) {
    return s.all("SELECT key FROM mails ORDER BY key", {},
                 [](const storage::Row& row) { return row.string(0); });
  });
  REQUIRE(keys.size() >= 6);
  for (const std::string& key : keys) {
    CAPTURE(key);
    const auto mail = reading(assistant.database(), [&](Session& s) { return storage::find_mail(s, key); });
    REQUIRE(mail);
    check_text(mail->subject);
    check_text(mail->text);
    check_text(mail->html);
    for (const storage::MailAttachment& attachment : mail->attachments) check_text(attachment.content);
  }
}

TEST_CASE("no evidence pack grades anybody, in none of its forms (R-47)") {
  const Assistant assistant;
  using procedure::ControlPoint;
  for (const ControlPoint control : {ControlPoint::guidelines, ControlPoint::advice,
                                     ControlPoint::verification, ControlPoint::adjustment}) {
    const std::string activity(procedure::to_word(control));
    CAPTURE(activity);
    const auto tables = reading(assistant.database(), [&](Session& s) {
      return storage::control_evidence(s, control, procedure::parse_period("2026-T3").value());
    });
    std::vector<cards::documents::PackedFile> files;
    for (const procedure::EvidenceTable& table : tables) {
      files.push_back({table.name, table.title, table.rows.size(), ""});
      check_text(cards::documents::to_csv(table));
      check_text(cards::documents::to_json(table));
    }
    check_text(cards::documents::evidence_index(control, "2026-T3", assistant.now(), files));
    check_text(cards::control_title(control));
  }
}
