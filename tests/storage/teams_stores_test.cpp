// What Teams tells and asks besides messages: feedback, meetings, file consents, invokes that take long, and
// where conversations are.
#include "storage/conversations_store.hpp"
#include "storage/feedback_store.hpp"
#include "storage/file_consents_store.hpp"
#include "storage/late_invokes_store.hpp"
#include "storage/meeting_attendance_store.hpp"
#include "storage/outbox_store.hpp"
#include "tests/storage/temporary_store.hpp"

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;
using std::chrono::minutes;

namespace {

const Instant at = instant("2026-11-12T09:00:00-05:00");

Feedback liked(const char* person = "U-020", const char* source = "form") {
  return {.conversation_id = "a:1",
          .answer_id = "1700",
          .person = person,
          .source = source,
          .question_id = "1699",
          .reaction = "like",
          .reason = "",
          .at = at};
}

}  // namespace

TEST_CASE("the last word of a person about an answer counts, each way of saying it by itself") {
  TemporaryStore store;
  writing(*store.database, [&](Session& s) {
    save_feedback(s, liked());
    save_feedback(s, liked("U-019"));
    save_feedback(s, liked("U-020", "reaction"));
    Feedback changed = liked();
    changed.reaction = "dislike";
    changed.reason = "No era del año en curso";
    changed.at = at + minutes{1};
    save_feedback(s, changed);
  });
  const auto all = reading(*store.database, [](Session& s) { return feedback_since(s, at); });
  REQUIRE(all.size() == 3);
  CHECK(all.back().person == "U-020");
  CHECK(all.back().reaction == "dislike");
  CHECK(all.back().reason == "No era del año en curso");
  CHECK(all.back().question_id == "1699");
  CHECK(reading(*store.database, [](Session& s) { return feedback_since(s, at + minutes{1}); }).size() == 1);

  Feedback other = liked("U-020", "reaction");
  other.reaction = "heart";
  CHECK_FALSE(writing(*store.database, [&](Session& s) { return withdraw_reaction(s, other); }));
  CHECK(writing(*store.database, [](Session& s) { return withdraw_reaction(s, liked()); }));
  CHECK(reading(*store.database, [](Session& s) { return feedback_since(s, at); }).size() == 2);
}

TEST_CASE("a rated message leads to the question it answered") {
  TemporaryStore store;
  writing(*store.database, [](Session& s) {
    enqueue(s, {.key = "reply:1",
                .kind = "reply",
                .lane = "19:c@thread.tacv2",
                .conversation_id = "19:c@thread.tacv2;messageid=5",
                .reply_to = "1699",
                .not_before = at,
                .expires_at = at + minutes{60},
                .created_at = at});
    enqueue(s, {.key = "digest:1",
                .kind = "notice",
                .lane = "person:aad-1",
                .aad_object_id = "aad-1",
                .not_before = at,
                .expires_at = at + minutes{60},
                .created_at = at});
    for (const OutboxMessage& message : claim_due(s, at, at + minutes{1}, 10))
      mark_sent(s, message.id, message.key == "reply:1" ? "1700" : "1800", at);
  });
  const auto question = [&](const char* conversation, const char* answer) {
    return reading(*store.database, [&](Session& s) { return question_of_answer(s, conversation, answer); });
  };
  CHECK(question("19:c@thread.tacv2", "1700") == "1699");
  CHECK(question("a:otra", "1800") == "");
  CHECK_FALSE(question("a:otra", "1700"));
  CHECK_FALSE(question("19:c@thread.tacv2", "1"));
}

TEST_CASE("who comes, goes and comes back has two stays; the end of the meeting closes the open ones") {
  TemporaryStore store;
  const auto after = [](int m) { return at + minutes{m}; };
  writing(*store.database, [&](Session& s) {
    record_join(s, "M", "ana", "Ana", after(1));
    record_join(s, "M", "ana", "Ana", after(2));  // told twice
    save_meeting(s, {.id = "M", .conversation_id = "19:m", .title = "Socialización", .started_at = at});
    record_leave(s, "M", "ana", "Ana", after(10));
    record_join(s, "M", "ana", "Ana", after(20));
    record_leave(s, "M", "luis", "Luis", after(25));  // the join was never told
    save_meeting(s, {.id = "M", .conversation_id = "19:m", .ended_at = after(60)});
  });
  const auto stays = reading(*store.database, [](Session& s) { return attendance_of(s, "M"); });
  REQUIRE(stays.size() == 3);
  CHECK(stays[0].joined_at == after(1));
  CHECK(stays[0].left_at == after(10));
  CHECK(stays[1].joined_at == after(20));
  CHECK(stays[1].left_at == after(60));
  CHECK(stays[2].aad_object_id == "luis");
  CHECK_FALSE(stays[2].joined_at);
  CHECK(stays[2].left_at == after(25));

  const auto meeting = reading(*store.database, [](Session& s) { return find_meeting(s, "M"); });
  REQUIRE(meeting);
  CHECK(meeting->title == "Socialización");
  CHECK(meeting->started_at == at);
  CHECK(meeting->ended_at == after(60));
}

TEST_CASE("a meeting whose start was not told begins with its first stay") {
  TemporaryStore store;
  writing(*store.database, [](Session& s) {
    save_meeting(s, {.id = "B", .conversation_id = "19:b", .started_at = at + minutes{30}});
    save_meeting(s, {.id = "A", .conversation_id = "19:a"});
    record_join(s, "A", "ana", "Ana", at + minutes{5});
    save_meeting(s, {.id = "C", .conversation_id = "19:c"});  // nothing is known of its time
  });
  const auto found = [&](int from, int until) {
    std::string ids;
    for (const Meeting& meeting : reading(*store.database, [&](Session& s) {
           return meetings_between(s, at + minutes{from}, at + minutes{until});
         }))
      ids += meeting.id;
    return ids;
  };
  CHECK(found(0, 60) == "AB");
  CHECK(found(5, 30) == "A");
  CHECK(found(6, 31) == "B");
}

TEST_CASE("an offered file is answered once and uploaded once") {
  TemporaryStore store;
  const FileConsent offer{
      .id = "F-1", .aad_object_id = "ana", .name = "Reporte.pdf", .subject = "report:COM", .offered_at = at};
  CHECK(store.database->write([&](Session& s) { return offer_file(s, offer); }));
  const auto again = store.database->write([&](Session& s) { return offer_file(s, offer); });
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::conflict);

  FileConsent accepted = offer;
  accepted.state = "accepted";
  accepted.conversation_id = "a:1";
  accepted.card_id = "1700";
  accepted.upload_url = "https://contoso-my.sharepoint.com/upload";
  accepted.answered_at = at + minutes{1};
  FileConsent declined = offer;
  declined.state = "declined";
  declined.answered_at = at + minutes{2};
  CHECK(writing(*store.database, [&](Session& s) { return answer_file_consent(s, accepted); }));
  CHECK_FALSE(writing(*store.database, [&](Session& s) { return answer_file_consent(s, declined); }));
  const auto waiting = reading(*store.database, [](Session& s) { return accepted_files(s, 10); });
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].upload_url == accepted.upload_url);
  CHECK(waiting[0].subject == "report:COM");
  CHECK(waiting[0].card_id == "1700");

  CHECK(writing(*store.database, [](Session& s) { return end_file_consent(s, "F-1", "uploaded", "", at); }));
  CHECK_FALSE(
      writing(*store.database, [](Session& s) { return end_file_consent(s, "F-1", "failed", "x", at); }));
  CHECK(reading(*store.database, [](Session& s) { return accepted_files(s, 10); }).empty());
  CHECK(reading(*store.database, [](Session& s) { return find_file_consent(s, "F-1"); })->state ==
        "uploaded");
}

TEST_CASE("a late invoke is kept until its work is stored") {
  TemporaryStore store;
  writing(*store.database, [](Session& s) {
    save_late_invoke(s, {"k2", "{}", at + minutes{1}});
    save_late_invoke(s, {"k1", "{\"a\":1}", at});
    save_late_invoke(s, {"k1", "{\"b\":1}", at});
  });
  const auto kept = reading(*store.database, [](Session& s) { return late_invokes(s); });
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].activity == "{\"a\":1}");
  CHECK(writing(*store.database, [](Session& s) { return end_late_invoke(s, "k1"); }));
  CHECK_FALSE(writing(*store.database, [](Session& s) { return end_late_invoke(s, "k1"); }));
}

TEST_CASE("a conversation knows its region, last thread and team, and who blocked us is not reachable") {
  CHECK(region_of("https://smba.trafficmanager.net/amer/") == "amer");
  CHECK(region_of("https://smba.trafficmanager.net/emea/aaaa/") == "emea");
  CHECK(region_of("https://smba.trafficmanager.net") == "");
  CHECK(region_of("nothing") == "");

  TemporaryStore store;
  Conversation channel{.id = "19:c",
                       .kind = "channel",
                       .service_url = "https://smba.trafficmanager.net/amer/",
                       .last_inbound_at = at,
                       .region = "amer",
                       .thread_id = "1699",
                       .team_id = "19:team"};
  const auto save = [&] { writing(*store.database, [&](Session& s) { save_conversation(s, channel); }); };
  const auto stored = [&] {
    return reading(*store.database, [](Session& s) { return find_conversation(s, "19:c"); }).value();
  };
  save();
  channel.thread_id.clear();
  channel.team_id.clear();
  save();
  CHECK(stored().thread_id == "1699");
  CHECK(stored().team_id == "19:team");
  CHECK(stored().region == "amer");

  writing(*store.database, [](Session& s) { set_blocked(s, "19:c"); });
  CHECK(stored().blocked);
  CHECK_FALSE(stored().installed);
  save();
  CHECK_FALSE(stored().blocked);
  writing(*store.database,
          [](Session& s) { set_service_url(s, "19:c", "https://smba.trafficmanager.net/emea/"); });
  CHECK(stored().region == "emea");
}
