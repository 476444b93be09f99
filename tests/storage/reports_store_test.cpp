// Follow-up reports in the store, the imported history among them, and mails that wait.
#include "storage/reports_store.hpp"

#include "storage/mail_outbox.hpp"
#include "storage/recommendations_store.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;

TEST_CASE("the sample ministry's reports are there with the deadlines that were expected (C-08)") {
  const DemoStore store;
  struct Case {
    const char* id;
    Date deadline;
    procedure::ReportState state;
  };
  const Case cases[] = {
      {"REP-DIR-2026-T3", make_date(2026, 11, 20), procedure::ReportState::in_validation},
      {"REP-COM-2026-T3", make_date(2026, 11, 23), procedure::ReportState::in_validation},
      {"REP-MAC-2026-T3", make_date(2026, 11, 23), procedure::ReportState::final_version},
      {"REP-DIR-2026-T1", make_date(2026, 5, 22), procedure::ReportState::published},
  };
  for (const Case& each : cases) {
    CAPTURE(each.id);
    const auto report = reading(*store.database, [&](Session& s) { return find_report(s, each.id); });
    REQUIRE(report);
    CHECK(report->deadline_on == each.deadline);
    CHECK(report->state == each.state);
    CHECK(report->explanation.find("10 días hábiles") != std::string::npos);
  }
  const auto draft = reading(*store.database, [](Session& s) { return find_report(s, "REP-CID-2026-T3"); });
  REQUIRE(draft);
  CHECK(draft->state == procedure::ReportState::draft);
  CHECK_FALSE(draft->deadline_on);
  const auto pending =
      reading(*store.database, [](Session& s) { return responses_of(s, "REP-CRP-2026-T3"); });
  REQUIRE(pending.size() == 1);
  CHECK(pending[0].kind == procedure::ResponseKind::justified);
  CHECK(pending[0].resolution.empty());
}

TEST_CASE("a process has one report a cycle (R-25)") {
  const DemoStore store;
  writing(*store.database, [](Session& s) {
    const FollowUpReport next{.id = report_id_of("DIR", "2026-T4"), .process_id = "DIR", .cycle = "2026-T4"};
    CHECK(add_report(s, next));
    CHECK_FALSE(add_report(s, next));
    FollowUpReport sent = *find_report(s, next.id);
    sent.state = procedure::ReportState::in_validation;
    sent.deadline_on = make_date(2027, 2, 19);
    CHECK(update_report(s, sent, procedure::ReportState::draft, 1));
    CHECK_FALSE(update_report(s, sent, procedure::ReportState::draft, 1));  // no longer a draft
    CHECK(find_report(s, next.id)->deadline_on == make_date(2027, 2, 19));
  });
}

TEST_CASE("lines, responses, adjustments, publication and errata are read back as they were written") {
  const DemoStore store;
  const std::string id = "REP-DIR-2026-T3";
  writing(*store.database, [&](Session& s) {
    procedure::ReportLine line{.practice = "planes", .item_id = "PAI-DIR-01-T1", .period = "2026-09"};
    line.item_name = "Tarea";
    line.due_on = make_date(2026, 10, 7);
    line.state = procedure::ObligationState::overdue;
    line.alerts = 3;
    save_lines(s, id, procedure::ReportKind::preventive, 1, {line});
    save_lines(s, id, procedure::ReportKind::preventive, 1, {line});
    const auto lines = lines_of(s, id, procedure::ReportKind::preventive, 1);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].item_id == line.item_id);
    CHECK(lines[0].alerts == 3);
    CHECK_FALSE(lines[0].recorded_at);
    CHECK(lines_of(s, id, procedure::ReportKind::final_report, 1).empty());

    ReportResponse said = add_response(s, {.report_id = id,
                                           .kind = procedure::ResponseKind::justified,
                                           .person_id = "U-014",
                                           .role = procedure::Role::leader,
                                           .text = "Hubo una incapacidad",
                                           .evidence = "incapacidad.pdf",
                                           .at = instant(demo_morning)});
    CHECK(said.id == "RSP-2026-0001");
    said.resolution = "aceptada";
    said.resolved_by = "U-003";
    CHECK(resolve_response(s, said));
    CHECK_FALSE(resolve_response(s, said));
    CHECK(find_response(s, said.id)->resolution == "aceptada");

    save_adjustment(s, {id, "planes", "PAI-DIR-01-T1", "2026-09", procedure::ObligationState::met, "Estaba",
                        said.id, "U-003", instant(demo_morning)});
    CHECK(adjustments_of(s, id).size() == 1);
    add_publication(s, {id, "documento", "huella", "U-003", instant(demo_morning)});
    CHECK(find_publication(s, id)->document == "documento");
    CHECK(add_erratum(s, {.report_id = id, .text = "Dice A, debe decir B", .written_by = "U-003"}).number ==
          1);
    CHECK(add_erratum(s, {.report_id = id, .text = "Otra", .written_by = "U-003"}).number == 2);
  });
}

TEST_CASE("an improvement action knows the recommendations it came from (R-48)") {
  const DemoStore store;
  const auto linked =
      reading(*store.database, [](Session& s) { return recommendations_of_improvement(s, "MEJ-COM-01"); });
  REQUIRE_FALSE(linked.empty());
  CHECK(linked[0].id == "REC-COM-T1-1");
  const auto converted = reading(*store.database, [](Session& s) {
    return recommendations_in_state(s, procedure::RecommendationState::converted);
  });
  CHECK(converted.size() == 14);  // of the sample
  for (const Recommendation& one : converted) CHECK_FALSE(one.improvement_id.empty());
}

TEST_CASE("reports are found by when a version was sent, the instant before and not the one of the end") {
  const DemoStore store;
  const auto sent =
      reading(*store.database, [](Session& s) { return find_report(s, "REP-COM-2026-T3")->sent_at; });
  REQUIRE(sent);
  const auto holds = [&](Instant from, Instant until) {
    const auto found =
        reading(*store.database, [&](Session& s) { return reports_sent_between(s, from, until); });
    return std::any_of(found.begin(), found.end(),
                       [](const auto& one) { return one.id == "REP-COM-2026-T3"; });
  };
  const auto second = std::chrono::seconds{1};
  CHECK(holds(*sent, *sent + second));
  CHECK_FALSE(holds(*sent - second, *sent));
  CHECK_FALSE(holds(*sent + second, *sent + 2 * second));
}

TEST_CASE("a mail is enqueued once with its parts, for its own channel") {
  const DemoStore store;
  std::string all_bytes;
  for (int i = 0; i < 256; ++i) all_bytes += static_cast<char>(i);
  Mail mail{.key = "mail:1", .person_id = "U-014", .about = "REP-1", .subject = "Reporte", .text = "Hola"};
  mail.html = "<p>Hola</p>";
  mail.attachments = {{"mesa.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\n"},
                      {"todo.bin", "application/octet-stream", all_bytes}};
  mail.not_before = instant(demo_morning);
  mail.expires_at = instant(demo_morning) + std::chrono::hours{24};
  mail.created_at = mail.not_before;
  writing(*store.database, [&](Session& s) {
    CHECK(enqueue_mail(s, mail));
    CHECK_FALSE(enqueue_mail(s, mail));
    const auto found = find_mail(s, "mail:1");
    REQUIRE(found);
    CHECK(found->person_id == "U-014");
    CHECK(found->html == mail.html);
    REQUIRE(found->attachments.size() == 2);
    CHECK(found->attachments[1].content == all_bytes);
    const Instant later = mail.not_before + std::chrono::minutes{1};
    CHECK(claim_due(s, later, later + std::chrono::minutes{1}, 10).empty());  // not Teams' business
    CHECK(claim_due(s, later, later + std::chrono::minutes{1}, 10, mail_channel).size() == 1);
    const auto results = deliveries_of(s, "mail:");
    REQUIRE(results.size() == 1);
    CHECK(results[0].state == OutboxState::sending);
  });
}
