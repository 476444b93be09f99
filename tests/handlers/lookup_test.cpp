// Searches from the compose box, pasted addresses and fields that suggest: everybody finds what they may see
// . And what Teams tells: opinions, meetings, offered files.
#include "cards/datasets.hpp"
#include "cards/verbs.hpp"
#include "storage/feedback_store.hpp"
#include "storage/file_consents_store.hpp"
#include "storage/meeting_attendance_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
using storage::test::writing;
namespace dataset = pao::cards::dataset;
namespace verb = pao::cards::verb;

namespace {

Turn told(const Assistant& assistant, const char* person, TurnKind kind, Signal signal) {
  Turn turn = assistant.text(person, "");
  turn.kind = kind;
  turn.signal = std::move(signal);
  turn.invoke = true;
  return turn;
}

Reply search(const Assistant& assistant, const char* person, const char* set, const char* text,
             Search::From from = Search::From::extension, int skip = 0, int count = 25) {
  const Said said =
      assistant.take(told(assistant, person, TurnKind::search,
                          Search{.from = from, .set = set, .text = text, .skip = skip, .count = count}));
  REQUIRE_FALSE(said.error);
  return said.reply;
}

bool finds(const Reply& reply, const std::string& value) {
  for (const Finding& finding : reply.findings)
    if (finding.value == value) return true;
  return false;
}

}  // namespace

TEST_CASE("the compose box finds criteria by words and by code, in pages, and shows some at first") {
  const Assistant assistant;
  const Reply found =
      search(assistant, stranger, dataset::criteria, "hasta cuándo se registra el avance del plan de acción");
  CHECK(finds(found, "PLA-05"));
  CHECK(found.findings.front().card->json.find("Fuente: criterio") != std::string::npos);
  CHECK(search(assistant, stranger, dataset::criteria, "pla-05").findings.size() == 1);
  const Reply first = search(assistant, stranger, dataset::criteria, "", Search::From::extension, 0, 5);
  const Reply next = search(assistant, stranger, dataset::criteria, "", Search::From::extension, 5, 5);
  REQUIRE(first.findings.size() == 5);
  REQUIRE(next.findings.size() == 5);
  CHECK_FALSE(finds(first, next.findings.front().value));
  CHECK(search(assistant, stranger, "otro.conjunto", "x").findings.empty());
}

TEST_CASE("each person finds the requests of the own processes, and only those (R-51)") {
  const Assistant assistant;
  const Reply own = search(assistant, liaison_com, dataset::requests, "");
  REQUIRE_FALSE(own.findings.empty());
  for (const Finding& finding : own.findings) {
    CAPTURE(finding.value);
    const auto process = reading(assistant.database(), [&](storage::Session& session) {
      return session.first("SELECT process_id FROM service_requests WHERE id = $1", {finding.value},
                           [](const storage::Row& row) { return row.string(0); });
    });
    CHECK(process == "COM");
    CHECK(finding.verb == verb::share_request);
    // Nothing of what was asked for leaves with the card.
    CHECK(finding.card->json.find("Valor solicitado") == std::string::npos);
  }
  const std::string one = own.findings.front().value;
  CHECK(finds(search(assistant, liaison_com, dataset::requests, one.c_str()), one));
  CHECK_FALSE(finds(search(assistant, liaison_dir, dataset::requests, one.c_str()), one));
  const Reply none = search(assistant, stranger, dataset::requests, "");
  CHECK(none.findings.empty());
  CHECK(none.content.text.find("directorio") != std::string::npos);

  // Nor by choosing it, nor by an address.
  CHECK(assistant.presses(liaison_com, verb::share_request, {{"ss", one}}).shows(one));
  CHECK(assistant.presses(liaison_dir, verb::share_request, {{"ss", one}}).error);
  const std::string link = "https://pao.example.com/ss/" + one;
  CHECK(finds(search(assistant, liaison_com, "", link.c_str(), Search::From::link), one));
  CHECK_FALSE(finds(search(assistant, liaison_dir, "", link.c_str(), Search::From::link), one));
  CHECK_FALSE(finds(search(assistant, stranger, "", link.c_str(), Search::From::link), one));
}

TEST_CASE("a field suggests the items a person follows, and people by at least two letters of the name") {
  const Assistant assistant;
  const auto items = [&](const char* person, const char* text) {
    return search(assistant, person, dataset::items, text, Search::From::typeahead, 0, 15);
  };
  CHECK(finds(items(liaison_com, "pai-com-02-t2"), "PAI-COM-02-T2"));
  CHECK_FALSE(finds(items(liaison_dir, "pai-com-02-t2"), "PAI-COM-02-T2"));
  CHECK(items(liaison_com, "").findings.size() == 15);
  CHECK(items(stranger, "").findings.empty());
  const auto people = [&](const char* person, const char* text) {
    return search(assistant, person, dataset::people, text, Search::From::typeahead).findings.size();
  };
  CHECK(people(liaison_com, "aurora") >= 1);
  CHECK(people(liaison_com, "a") == 0);
  CHECK(people(liaison_com, "") == 0);
  CHECK(people(stranger, "aurora") == 0);
}

TEST_CASE("a card that refreshes by itself is shown as it is now and never acts") {
  const Assistant assistant;
  Turn looks = assistant.press(liaison_com, verb::help);
  looks.refresh = true;
  CHECK(assistant.take(looks).outcome() == "helped");
  Turn acts =
      assistant.press(liaison_com, verb::advisor_send, {{"pregunta", "¿Qué hago?"}, {"proceso", "COM"}});
  acts.refresh = true;
  const Said said = assistant.take(acts);
  CHECK(said.outcome() == "refresh_ignored");
  CHECK(said.shown().empty());
  CHECK(reading(assistant.database(), [](storage::Session& session) {
          return session.first("SELECT COUNT(*) FROM consults WHERE question = '¿Qué hago?'", {},
                               [](const storage::Row& row) { return row.integer(0); });
        }) == 0);
}

TEST_CASE("a changed question is answered again, a changed order is only recorded") {
  const Assistant assistant;
  const auto corrected = [&](const char* words) {
    Turn turn = assistant.text(liaison_com, words);
    turn.kind = TurnKind::correction;
    return assistant.take(turn);
  };
  const Said answer = corrected("¿hasta cuándo se registra el avance mensual del plan de acción?");
  CHECK(answer.shows("Vi que corrigió su pregunta"));
  CHECK(answer.shows("PLA-05"));
  for (const char* words : {"quiero hablar con mi asesor", "qué me toca", "gracias", "hola"}) {
    CAPTURE(words);
    const Said said = corrected(words);
    CHECK(said.outcome() == "edit_recorded");
    CHECK(said.shown().empty());
  }
}

TEST_CASE("thumbs with a reason are kept with the answer they are about (R-08)") {
  const Assistant assistant;
  assistant.take(told(assistant, liaison_com, TurnKind::rating,
                      Rating{.answer_id = "1700", .given = {"dislike"}, .reason = "Falta la fecha"}));
  Turn form = assistant.press(liaison_com, verb::feedback_save,
                              {{"reaccion", "like"}, {"motivo", "clara"}, {"comentario", "Muy bien"}});
  CHECK(assistant.take(form).error);  // about nothing
  form.reply_to_id = "1701";
  CHECK(assistant.take(form).shows("quedó registrada"));
  const auto kept = reading(assistant.database(), [](storage::Session& session) {
    return storage::feedback_since(session, Instant{});
  });
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].reason == "Falta la fecha");
  CHECK(kept[0].person == liaison_com);
  CHECK(kept[1].reason == "clara; Muy bien");
  CHECK(assistant.presses(liaison_com, verb::feedback_form, {{"reaccion", "dislike"}}).shows("¿Qué faltó?"));
}

TEST_CASE("a meeting's times are the channel's when they can be true, ours otherwise") {
  const Assistant assistant;
  const Instant now = assistant.now();
  const auto hear = [&](MeetingNews::What what, std::optional<Instant> at) {
    assistant.take(told(assistant, stranger, TurnKind::meeting,
                        MeetingNews{.what = what,
                                    .meeting_id = "M",
                                    .title = "Socialización",
                                    .at = at,
                                    .people = {{"aad-ana", "Ana"}}}));
  };
  hear(MeetingNews::What::started, now - std::chrono::minutes{3});
  hear(MeetingNews::What::joined, now + std::chrono::hours{24 * 400});
  hear(MeetingNews::What::left, std::nullopt);
  reading(assistant.database(), [&](storage::Session& session) {
    CHECK(storage::find_meeting(session, "M")->started_at == now - std::chrono::minutes{3});
    const auto stays = storage::attendance_of(session, "M");
    REQUIRE(stays.size() == 1);
    CHECK(stays[0].joined_at == now);
    CHECK(stays[0].left_at == now);
  });
}

TEST_CASE("an offered file is taken or turned down by the person it was offered to, once") {
  const Assistant assistant;
  const std::string aad = assistant.person(liaison_com).aad_object_id;
  writing(assistant.database(), [&](storage::Session& session) {
    REQUIRE(storage::offer_file(
        session, {.id = "F-1", .aad_object_id = aad, .name = "r.pdf", .offered_at = assistant.now()}));
  });
  const auto answers = [&](const char* person, bool accepted, const char* id = "F-1") {
    return assistant.take(
        told(assistant, person, TurnKind::file_answer,
             FileAnswer{.consent_id = id, .accepted = accepted, .upload_url = accepted ? "https://x" : ""}));
  };
  CHECK(answers(liaison_dir, true).error->code == ErrorCode::refused);
  CHECK(answers(stranger, true).error->code == ErrorCode::refused);
  CHECK(answers(liaison_com, true, "F-2").error->code == ErrorCode::refused);
  CHECK(answers(liaison_com, true).outcome() == "file_accepted");
  CHECK(answers(liaison_com, false).outcome() == "file_answered_before");
  const auto stored = reading(assistant.database(), [](storage::Session& session) {
    return storage::find_file_consent(session, "F-1");
  });
  CHECK(stored->state == "accepted");
  CHECK(stored->upload_url == "https://x");
}

TEST_CASE("a file that is turned down leaves a sentence in the place of the question") {
  const Assistant assistant;
  const std::string aad = assistant.person(liaison_com).aad_object_id;
  for (const char* card : {"1700", ""}) {
    CAPTURE(card);
    const std::string id = std::string("F-") + card;
    writing(assistant.database(), [&](storage::Session& session) {
      REQUIRE(storage::offer_file(
          session, {.id = id, .aad_object_id = aad, .name = "r.pdf", .offered_at = assistant.now()}));
    });
    Turn turn = told(assistant, liaison_com, TurnKind::file_answer, FileAnswer{.consent_id = id});
    turn.reply_to_id = card;
    const Said said = assistant.take(turn);
    CHECK(said.outcome() == "file_declined");
    CHECK(said.shows("De acuerdo") == (*card == '\0'));
    REQUIRE(said.reply.notices.size() == (*card == '\0' ? 0 : 1));
    if (*card == '\0') continue;
    CHECK(said.reply.notices[0].operation == storage::OutboxOperation::update);
    CHECK(said.reply.notices[0].reply_to == card);
    CHECK(said.reply.notices[0].content.text.find("De acuerdo") == 0);
  }
}
