// Activities of every kind as Teams sends them (tests/data/activities: recorded, names and ids replaced), one
// after the other against the running service: status and body of the answer, and what is sent because of
// them.
#include "storage/conversations_store.hpp"
#include "storage/feedback_store.hpp"
#include "storage/file_consents_store.hpp"
#include "storage/meeting_attendance_store.hpp"
#include "tests/acceptance/ministry.hpp"
#include "tests/paths.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

namespace pao::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using storage::test::reading;
using storage::test::writing;

constexpr const char* recorded_url =
    "https://smba.trafficmanager.net/amer/aaaaaaaa-0000-4000-8000-000000000001/";
constexpr const char* recorded_app = "11111111-2222-4333-8444-555555555555";
constexpr const char* recorded_person = "cccccccc-0000-4000-8000-000000000020";

fs::path folder() {
  return fs::path(pao::tests::source_dir) / "tests/data/activities";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

struct Expected {
  const char* file;
  int status = 200;
  const char* body = "";  // a part of the answer's body; "": the body is empty
  const char* sent = "";  // a part of what is sent afterwards; "": nothing is
  const char* done = "";  // a part of what is sent when the work it began is over; "": it begins none
};

// In an order in which a conversation could hear them.
// clang-format off: a table
const std::vector<Expected> everything{
    {"installation_add", 200, "", "Hola, Tobías"},
    {"installation_add_upgrade"},
    {"conversation_personal_opened"},
    {"message_personal", 200, "", "Eco: hola"},
    {"message_html_entities", 200, "", "Eco: 1 < 2 & más"},
    {"message_quoted_reply", 200, "", "Eco: citado"},
    {"message_card_submit", 200, "", "Eco: desde la tarjeta"},
    {"message_channel_thread", 200, "", "Eco: en el hilo"},
    {"message_group_two_mentions", 200, "", "Eco: para Otra Persona"},
    {"message_group_without_mention"},
    {"message_targeted", 200, "", "Eco: solo para mí"},
    {"invoke_task_fetch_in_channel", 200, R"({"task":{"type":"continue")"},
    {"message_file", 200, "", "Recibo su archivo", "No pude recibir"},  // from nowhere, in a test
    {"message_edit_question", 200, "", "Vi que corrigió su pregunta"},
    {"message_edit_order"},
    {"message_edit_group"},
    {"message_undelete"},
    {"message_delete"},
    {"reaction_added"},
    {"reaction_removed"},
    {"conversation_member_added_us", 200, "", "Hola"},
    {"installation_add_team"},
    {"conversation_member_added"},
    {"conversation_member_removed"},
    {"conversation_channelCreated"},
    {"conversation_channelRenamed"},
    {"conversation_channelShared"},
    {"conversation_channelUnshared"},
    {"conversation_channelMemberAdded"},
    {"conversation_channelMemberRemoved"},
    {"conversation_channelDeleted"},
    {"conversation_channelRestored"},
    {"conversation_teamRenamed"},
    {"conversation_teamArchived"},
    {"conversation_teamUnarchived"},
    {"conversation_teamDeleted"},
    {"conversation_teamRestored"},
    {"conversation_teamHardDeleted"},
    {"conversation_member_removed_us"},
    {"event_read_receipt"},
    {"event_meeting_start"},
    {"event_meeting_join"},
    {"event_meeting_leave"},
    {"event_meeting_end"},
    {"typing"},
    {"end_of_conversation"},
    {"command"},
    {"unknown_type"},
    {"invoke_card_action", 200, R"("type":"application/vnd.microsoft.activity.message","value":"Eco: hola")"},
    {"invoke_card_help", 200, R"("type":"application/vnd.microsoft.card.adaptive","value":{)"},
    {"invoke_card_refresh", 200, R"("type":"application/vnd.microsoft.card.adaptive")"},
    {"invoke_card_refresh_writing", 200, R"("type":"application/vnd.microsoft.activity.message","value":"")"},
    {"invoke_card_unknown_verb", 200, R"("statusCode":400,"type":"application/vnd.microsoft.error")"},
    {"invoke_card_without_value", 400},
    {"invoke_card_not_execute", 400},
    {"invoke_task_fetch", 200, R"({"task":{"type":"continue","value":{"title":)"},
    {"invoke_task_submit", 200, "Cambiar una fecha"},
    {"invoke_task_without_verb", 400},
    {"invoke_query_first", 200, R"("attachmentLayout":"list","attachments":[{)"},
    {"invoke_query_criteria", 200, "PLA-05"},
    {"invoke_query_requests", 200, "SS-2026-"},
    {"invoke_query_nothing", 200, R"({"composeExtension":{"type":"message","text":"No encontré nada)"},
    {"invoke_query_without_command", 400},
    {"invoke_select_item", 200, "criterio PLA-05"},
    {"invoke_fetch_task", 200, "Hay que cambiar la fecha de la tarea"},
    {"invoke_submit_action", 200, R"({"task":{"type":"continue")"},
    {"invoke_query_link", 200, "criterio PLA-05"},
    {"invoke_anonymous_query_link", 200, R"("attachments":[])"},
    {"invoke_extension_button", 200, "", "Eco: botón"},
    {"invoke_extension_setting"},
    {"invoke_search_items", 200,
     R"("type":"application/vnd.microsoft.search.searchResponse","value":{"results":[{"title":)"},
    {"invoke_search_people", 200, "Aurora"},
    {"invoke_search_without_text", 400},
    {"invoke_feedback_dislike", 200, "{}"},
    {"invoke_feedback_nested", 200, "{}"},
    {"invoke_feedback_form", 200, R"({"task":{"type":"continue")"},
    {"invoke_feedback_malformed", 400},
    {"invoke_file_foreign_host", 403},
    {"invoke_file_accept", 200, "", "", "No pude guardar"},
    {"invoke_file_decline"},
    {"invoke_signin_verify_state", 400},
    {"invoke_signin_token_exchange", 412, R"("failureDetail":)"},
    {"invoke_signin_failure"},
    {"invoke_suggested_action", 200, "", "Eco: sugerida"},
    {"invoke_suggested_actions", 200, "", "Eco: sugeridas"},
    {"invoke_without_name", 200, "", "Eco: sin nombre"},
    {"invoke_without_name_or_verb"},
    {"invoke_unknown", 501},
    {"installation_remove"},
    {"installation_remove_upgrade"},
};
// clang-format on

class Recorded {
 public:
  Recorded() : aad_(ministry_.person("U-020").aad()) {
    writing(ministry_.store(), [&](storage::Session& session) {
      REQUIRE(storage::offer_file(session, {.id = "F-muestra",
                                            .aad_object_id = aad_,
                                            .name = "Reporte.pdf",
                                            .subject = "muestra",
                                            .offered_at = storage::test::instant(demo_morning)}));
    });
  }

  std::string activity(const std::string& file) const {
    std::ifstream stream(folder() / (file + ".json"));
    REQUIRE_MESSAGE(stream, file);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    text = replaced(std::move(text), recorded_url, const_cast<Ministry&>(ministry_).teams().service_url());
    text = replaced(std::move(text), recorded_app, test::test_app_id);
    return replaced(std::move(text), recorded_person, aad_);
  }

  Answered send(const std::string& file) { return ministry_.post(activity(file)); }

  // What was sent since the last call.
  std::string sent() {
    ministry_.settles();
    const std::vector<Delivered> all = ministry_.teams().delivered();
    std::string bodies;
    for (; seen_ < all.size(); ++seen_) bodies += all[seen_].body + '\n';
    return bodies;
  }

  template <class Work>
  auto stored(Work work) {
    return reading(ministry_.store(), work);
  }
  Ministry& ministry() { return ministry_; }
  const std::string& aad() const { return aad_; }

 private:
  Ministry ministry_;
  std::string aad_;
  std::size_t seen_ = 0;
};

}  // namespace

TEST_CASE("every kind of activity that Teams sends is taken and answered as Teams expects") {
  std::set<std::string> files, listed;
  for (const auto& entry : fs::directory_iterator(folder())) files.insert(entry.path().stem().string());
  for (const Expected& expected : everything) listed.insert(expected.file);
  CHECK(files == listed);

  Recorded recorded;
  for (const Expected& expected : everything) {
    CAPTURE(expected.file);
    const Answered answered = recorded.send(expected.file);
    CHECK(answered.status == expected.status);
    CAPTURE(answered.body);
    if (std::string(expected.body).empty())
      CHECK(answered.body.empty());
    else
      CHECK(answered.body.find(expected.body) != std::string::npos);
    std::string sent = recorded.sent();
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (sent.find(expected.done) == std::string::npos && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
      sent += recorded.sent();
    }
    CAPTURE(sent);
    CHECK(sent.find(expected.done) != std::string::npos);
    if (std::string(expected.sent).empty())
      CHECK((sent.empty() || *expected.done != '\0'));
    else
      CHECK(sent.find(expected.sent) != std::string::npos);

    if (expected.status == 400 || expected.status == 403 || expected.status == 501) continue;
    // Delivered again, it gives the same answer and nothing is done twice.
    const Answered again = recorded.send(expected.file);
    CHECK(again.status == answered.status);
    CHECK(again.body == answered.body);
    CHECK(recorded.sent().empty());
  }

  // What they left behind.
  const auto feedback =
      recorded.stored([](storage::Session& session) { return storage::feedback_since(session, Instant{}); });
  REQUIRE(feedback.size() == 1);  // the second word of the same person counts
  CHECK(feedback[0].reaction == "like");
  CHECK(feedback[0].person == "U-020");
  const auto file = recorded.stored(
      [](storage::Session& session) { return storage::find_file_consent(session, "F-muestra"); });
  CHECK(file->state == "failed");  // accepted, and there is nowhere to put it
  CHECK(file->card_id == "1762999994000");
  const auto stays = recorded.stored([](storage::Session& session) {
    return storage::attendance_of(session, "MCMxOTptZWV0aW5nX3JldW5pb25hbm9uaW1hQHRocmVhZC52MiMw");
  });
  REQUIRE(stays.size() == 1);
  CHECK(stays[0].aad_object_id == recorded.aad());
  CHECK(stays[0].left_at);
  const auto channel = recorded.stored([](storage::Session& session) {
    return storage::find_conversation(session, "19:canalanonimo@thread.tacv2");
  });
  REQUIRE(channel);
  CHECK(channel->thread_id == "1762999999000");
  CHECK(channel->team_id == "19:equipoanonimo@thread.tacv2");
  CHECK_FALSE(channel->installed);  // its team was deleted for good
  const auto personal = recorded.stored([](storage::Session& session) {
    return storage::find_conversation(session, "a:1conversacion-anonima-0020");
  });
  CHECK_FALSE(personal->installed);
  CHECK(personal->greeted);
}

TEST_CASE("a reaction to an answer is feedback on the question, until it is taken back (R-08)") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  liaison.says("¿hasta qué día puedo reportar el avance de las tareas del plan de acción?");
  ministry.settles();
  const auto receipts = reading(ministry.store(), [](storage::Session& session) {
    return session.all("SELECT receipt, reply_to FROM outbox WHERE receipt IS NOT NULL", {},
                       [](const storage::Row& row) { return std::pair(row.string(0), row.string(1)); });
  });
  REQUIRE(receipts.size() == 1);
  const auto react = [&](const char* list, const std::string& message) {
    json reaction = liaison.activity("messageReaction");
    reaction[list] = json::array({{{"type", "like"}}});
    reaction["replyToId"] = message;
    CHECK(ministry.post(reaction.dump()).status == 200);
    return reading(ministry.store(),
                   [](storage::Session& session) { return storage::feedback_since(session, Instant{}); });
  };
  const auto given = react("reactionsAdded", receipts[0].first);
  REQUIRE(given.size() == 1);
  CHECK(given[0].source == "reaction");
  CHECK(given[0].question_id == receipts[0].second);
  CHECK(react("reactionsAdded", "not-ours").size() == 1);
  CHECK(react("reactionsRemoved", receipts[0].first).empty());
  CHECK(ministry.registro().back().content.find("\"withdrawn\":\"like\"") != std::string::npos);
}

TEST_CASE(
    "what is done in a dialog opened from a channel stays between the person and the assistant (R-51)") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  json dialog = liaison.in_group("19:grupo@thread.v2").activity("invoke");
  dialog["name"] = "task/fetch";
  dialog["value"] = {{"data", {{"verb", "pendientes.ver"}, {"pagina", "0"}}}};
  // Without a personal conversation there is nowhere to put what comes of it.
  CHECK(ministry.post(dialog.dump()).body.find("escríbame en el chat personal") != std::string::npos);

  liaison.opens_conversation();
  dialog["id"] = "f:2";
  const Answered shown = ministry.post(dialog.dump());
  CHECK(shown.body.find("\"type\":\"continue\"") != std::string::npos);
  CHECK(shown.body.find("Action.Execute") == std::string::npos);
  const auto entry = ministry.registro().back();
  CHECK(entry.subject == liaison.conversation());
}

TEST_CASE("an SS filed in a dialog is the same SS, once") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  liaison.opens_conversation();
  json submit = liaison.activity("invoke");
  submit["name"] = "task/submit";
  submit["value"] = {{"data",
                      {{"verb", "ss.radicar"},
                       {"tipo", "SS-2"},
                       {"proceso", "COM"},
                       {"practica", "planes"},
                       {"asunto", "Cambiar la fecha de la tarea"},
                       {"elemento", "PAI-COM-02-T2"},
                       {"valor_actual", "30 de noviembre"},
                       {"valor_solicitado", "15 de diciembre"},
                       {"justificacion", "El proveedor entrega después de lo previsto en el contrato"},
                       {"evidencia", "https://example.com/acta"}}}};
  const std::string first = ministry.post(submit.dump()).body;
  CHECK(first.find("PAO-2026-") != std::string::npos);
  CHECK(first.find("Pendiente de radicar") != std::string::npos);
  CHECK(ministry.post(submit.dump()).body == first);
  const auto filed = reading(ministry.store(), [](storage::Session& session) {
    return session.first("SELECT COUNT(*) FROM service_requests WHERE provisional = 1 AND id LIKE 'PAO-%'",
                         {}, [](const storage::Row& row) { return row.integer(0); });
  });
  CHECK(filed == 1);
}

}  // namespace pao::tests
