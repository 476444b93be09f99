// What the service reads out of an activity, and what it refuses (reference 3.1, 3.2, 3.6, 4.2, 4.6).
#include "bot/protocol/activity.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace pao;
using bot::protocol::Activity;
using bot::protocol::activity_key;
using bot::protocol::parse_activity;
using bot::protocol::to_turn;
using bot::protocol::turn_kind;
using handlers::Place;
using handlers::TurnKind;
using nlohmann::json;

namespace {

constexpr const char* tenant = "11111111-2222-4333-8444-555555555555";

json message_json(const std::string& text = "hola") {
  return {{"type", "message"},
          {"id", "1700000000001"},
          {"timestamp", "2026-11-22T10:00:00.123Z"},
          {"locale", "es-CO"},
          {"channelId", "msteams"},
          {"serviceUrl", "https://smba.trafficmanager.net/amer/"},
          {"from", {{"id", "29:ana"}, {"name", "Ana"}, {"aadObjectId", "aad-ana"}}},
          {"recipient", {{"id", "28:app"}, {"name", "PAO"}}},
          {"conversation", {{"id", "a:1"}, {"conversationType", "personal"}, {"tenantId", tenant}}},
          {"textFormat", "plain"},
          {"text", text},
          {"attachments", json::array({{{"contentType", "text/html"}, {"content", "<p>hola</p>"}}})},
          {"channelData", {{"tenant", {{"id", tenant}}}, {"clientContext", {{"x", "y"}}}}}};
}

json mention(const std::string& id, const std::string& name, const std::string& text) {
  return {{"type", "mention"}, {"mentioned", {{"id", id}, {"name", name}}}, {"text", text}};
}

json action_json(const json& data) {
  json activity = message_json();
  activity.erase("text");
  activity["type"] = "invoke";
  activity["name"] = "adaptiveCard/action";
  activity["replyToId"] = "1690000000000";
  activity["value"] = {{"action", {{"type", "Action.Execute"}, {"verb", "avance.guardar"}, {"data", data}}},
                       {"trigger", "manual"}};
  return activity;
}

Activity parsed(const json& activity) {
  auto result = parse_activity(activity.dump());
  REQUIRE_MESSAGE(result, activity.dump());
  return *result;
}

ErrorCode refusal(const std::string& body) {
  const auto result = parse_activity(body);
  REQUIRE_FALSE(result);
  return result.error().code;
}

}  // namespace

TEST_CASE("a personal message becomes a turn with who, where and what") {
  const Instant now{std::chrono::seconds{1'700'000'000}};
  const handlers::Turn turn = to_turn(parsed(message_json("mis pendientes")), now);
  CHECK(turn.kind == TurnKind::text);
  CHECK(turn.activity_id == "1700000000001");
  CHECK(turn.conversation_id == "a:1");
  CHECK(turn.place == Place::personal);
  CHECK(turn.tenant_id == tenant);
  CHECK(turn.user_id == "29:ana");
  CHECK(turn.aad_object_id == "aad-ana");
  CHECK(turn.sender_name == "Ana");
  CHECK(turn.text == "mis pendientes");
  CHECK(turn.locale == "es-CO");
  CHECK(turn.at == now);
  CHECK_FALSE(turn.invoke);
  CHECK_FALSE(turn.person);
}

TEST_CASE("what people typed survives what Teams wraps around it") {
  struct Row {
    const char* sent;
    const char* read;
  };
  const std::vector<Row> rows{
      {"  hola \n", "hola"},
      {"a&nbsp;b", "a b"},
      {"a\xC2\xA0"
       "b\xC2\xA0",
       "a b"},
      {"1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"},
      {"&quot;cita&quot; &apos;x&apos; &#39;y&#39; &#x27;z&#x27;", "\"cita\" 'x' 'y' 'z'"},
      {"&amp;lt;", "&lt;"},
      {"AT&T, x & y &; &# &#; &#x; &nada;", "AT&T, x & y &; &# &#; &#x; &nada;"},
      {"&#xD800; &#99999999;", "\xEF\xBF\xBD &#99999999;"},
      {"&#128077; \xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", "\xF0\x9F\x91\x8D \xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD"},
      {"uno\r\ndos\ttres", "uno\ndos\ttres"},
      {"<quoted messageId=\"1700\"/>\neco sí", "eco sí"},
      {"a < b", "a < b"},
      {"<at>PAO", "<at>PAO"},
      {"\x01"
       "a\x7F&#1;b",
       "ab"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.sent);
    CHECK(parsed(message_json(row.sent)).text == row.read);
  }
}

TEST_CASE("our own mention disappears and other people's stay readable (checklist 8)") {
  struct Row {
    const char* text;
    std::vector<json> entities;
    const char* read;
    bool ours;
  };
  const json us = mention("28:app", "PAO", "<at>PAO</at>");
  const std::vector<Row> rows{
      {"<at>PAO</at> hola", {us}, "hola", true},
      {"<at>PAO</at> eco <at>PAO</at>&nbsp;", {us, us}, "eco", true},
      {"<at>PAO</at> asignar a <at>Ana Ruiz</at>",
       {us, mention("29:ana", "Ana Ruiz", "<at>Ana Ruiz</at>")},
       "asignar a Ana Ruiz",
       true},
      {"<at>pao</at> hola", {us}, "hola", true},
      {"<at>PAO &amp; Cía</at> hola",
       {mention("28:app", "PAO & Cía", "<at>PAO &amp; Cía</at>")},
       "hola",
       true},
      {"<at>Gesti\xC3\xB3n \xF0\x9F\x98\x80</at> x",
       {mention("28:app", "Gestión", "<at>Gesti\xC3\xB3n \xF0\x9F\x98\x80</at>")},
       "x",
       true},
      {"<at>PAO</at> hola", {}, "<at>PAO</at> hola", false},
      {"&lt;at&gt;PAO&lt;/at&gt;", {us}, "<at>PAO</at>", false},
      {"borrar todo", {mention("28:app", "", "borrar")}, "borrar todo", false},
      {"hola", {us}, "hola", false},
      {"<at>PAO</at>", {us}, "", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    json activity = message_json(row.text);
    activity["entities"] = row.entities;
    const Activity read = parsed(activity);
    CHECK(read.text == row.read);
    CHECK(read.mentions_us == row.ours);
    CHECK(turn_kind(read) == TurnKind::text);
  }
}

TEST_CASE("a text above the limit is cut between two characters") {
  const Activity read = parsed(message_json(std::string(handlers::max_text_bytes - 1, 'a') + "ñandú"));
  CHECK(read.text == std::string(handlers::max_text_bytes - 1, 'a'));
}

TEST_CASE("a channel message names its thread, and places are told apart") {
  json activity = message_json();
  activity["conversation"] = {{"id", "19:x@thread.tacv2;messageid=1699"}, {"conversationType", "channel"}};
  const handlers::Turn in_channel = to_turn(parsed(activity), Instant{});
  CHECK(in_channel.conversation_id == "19:x@thread.tacv2");
  CHECK(in_channel.thread_id == "1699");
  CHECK(in_channel.place == Place::channel);
  CHECK(in_channel.tenant_id == tenant);

  const auto place = [&](const json& conversation) {
    activity["conversation"] = conversation;
    return to_turn(parsed(activity), Instant{}).place;
  };
  CHECK(place({{"id", "19:x@thread.v2"}, {"conversationType", "groupChat"}}) == Place::group);
  CHECK(place({{"id", "19:x@thread.v2"}}) == Place::group);
  CHECK(place({{"id", "19:x@thread.tacv2"}}) == Place::channel);
  CHECK(place({{"id", "a:1"}}) == Place::personal);
  CHECK(place({{"id", "a:1"}, {"isGroup", true}}) == Place::group);
  CHECK(place({{"id", "a:1"}, {"conversationType", "algo nuevo"}}) == Place::group);
}

TEST_CASE("a card button gives its verb and its values as text") {
  const Activity read = parsed(action_json({{"elemento", "PAI-1"},
                                            {"porcentaje_avance", 93.5},
                                            {"dias", {1, 2}},
                                            {"extra", {{"a", nullptr}}},
                                            {"si", true},
                                            {"nada", nullptr},
                                            {"msteams", {{"type", "x"}}}}));
  CHECK(turn_kind(read) == TurnKind::action);
  CHECK(read.verb == "avance.guardar");
  CHECK(read.reply_to_id == "1690000000000");
  CHECK_FALSE(read.is_refresh);
  CHECK(read.values == std::map<std::string, std::string>{{"elemento", "PAI-1"},
                                                          {"porcentaje_avance", "93.5"},
                                                          {"dias", "[1,2]"},
                                                          {"extra", "{\"a\":null}"},
                                                          {"si", "true"},
                                                          {"nada", ""}});
  CHECK(to_turn(read, Instant{}).invoke);
}

TEST_CASE("a submitted card is the same action, in a message") {
  json activity = message_json();
  activity.erase("text");
  activity["value"] = {{"verb", "eco"}, {"texto", "hola"}};
  const handlers::Turn turn = to_turn(parsed(activity), Instant{});
  CHECK(turn.kind == TurnKind::action);
  CHECK(turn.verb == "eco");
  CHECK(turn.value("texto") == "hola");
  CHECK(turn.value("verb") == "");
  CHECK_FALSE(turn.invoke);
}

TEST_CASE("a card's values are bounded") {
  json many;
  for (std::size_t i = 0; i <= handlers::max_values; ++i) many["campo" + std::to_string(i)] = "x";
  CHECK(refusal(action_json(many).dump()) == ErrorCode::invalid);
  CHECK(refusal(action_json({{"x", std::string(handlers::max_value_bytes + 1, 'x')}}).dump()) ==
        ErrorCode::invalid);
  CHECK(parsed(action_json({{"x", std::string(handlers::max_value_bytes, 'x')}})).values.size() == 1);
}

TEST_CASE("a malformed card action is refused, another invoke is only named") {
  json without_verb = action_json(json::object());
  without_verb["value"]["action"].erase("verb");
  CHECK(refusal(without_verb.dump()) == ErrorCode::invalid);
  json wrong_kind = action_json(json::object());
  wrong_kind["value"]["action"]["type"] = "Action.Submit";
  CHECK(refusal(wrong_kind.dump()) == ErrorCode::invalid);
  json no_value = action_json(json::object());
  no_value.erase("value");
  CHECK(refusal(no_value.dump()) == ErrorCode::invalid);
  CHECK(refusal(action_json(json::array({1})).dump()) == ErrorCode::invalid);

  json other = action_json(json::object());
  other["name"] = "otra/cosa";
  const Activity read = parsed(other);
  CHECK(read.invoke_name == "otra/cosa");
  CHECK(turn_kind(read) == TurnKind::other);
}

TEST_CASE("arrivals and departures are told apart") {
  struct Row {
    json fields;
    TurnKind kind;
    bool personal = true;
  };
  const json us = json::array({{{"id", "28:app"}}});
  const json somebody = json::array({{{"id", "29:ana"}}});
  const std::vector<Row> rows{
      {{{"type", "conversationUpdate"}, {"membersAdded", us}}, TurnKind::arrival},
      {{{"type", "conversationUpdate"}, {"membersAdded", somebody}}, TurnKind::arrival},
      {{{"type", "conversationUpdate"}, {"membersAdded", somebody}}, TurnKind::other, false},
      {{{"type", "conversationUpdate"}, {"membersRemoved", us}}, TurnKind::departure},
      {{{"type", "conversationUpdate"}, {"membersRemoved", somebody}}, TurnKind::other},
      {{{"type", "conversationUpdate"}}, TurnKind::other},
      {{{"type", "installationUpdate"}, {"action", "add"}}, TurnKind::arrival},
      {{{"type", "installationUpdate"}, {"action", "add-upgrade"}}, TurnKind::arrival},
      {{{"type", "installationUpdate"}, {"action", "remove"}}, TurnKind::departure},
      {{{"type", "installationUpdate"}, {"action", 7}}, TurnKind::other},
      {{{"type", "messageUpdate"}}, TurnKind::other},
      {{{"type", "messageReaction"}, {"reactionsAdded", json::array({{{"type", "like"}}})}}, TurnKind::other},
      {{{"type", "typing"}}, TurnKind::other},
      {{{"type", "cosaRara"}}, TurnKind::other},
  };
  for (const Row& row : rows) {
    json activity = message_json();
    if (!row.personal) activity["conversation"] = {{"id", "19:x@thread.v2"}};
    activity.update(row.fields);
    CAPTURE(activity.dump());
    CHECK(turn_kind(parsed(activity)) == row.kind);
  }
}

TEST_CASE("needed fields that are missing or of another type are refused") {
  for (const char* body :
       {"", "null", "[1,2,3]", "\"x\"", "{}", "{\"type\":\"message\",", "{\"type\":\"message\"}x"}) {
    CAPTURE(body);
    CHECK(refusal(body) == ErrorCode::invalid);
  }
  for (const char* field : {"type", "id", "channelId", "serviceUrl", "from", "conversation"}) {
    CAPTURE(field);
    for (const json& wrong :
         {json(7), json(nullptr), json::array(), json::object(), json(""), json("a\nb")}) {
      CAPTURE(wrong.dump());
      json activity = message_json();
      activity[field] = wrong;
      CHECK(refusal(activity.dump()) == ErrorCode::invalid);
    }
    json activity = message_json();
    activity.erase(field);
    CHECK(refusal(activity.dump()) == ErrorCode::invalid);
  }
  json activity = message_json();
  activity["conversation"]["id"] = 5;
  CHECK(refusal(activity.dump()) == ErrorCode::invalid);
  activity["conversation"]["id"] = ";messageid=1";
  CHECK(refusal(activity.dump()) == ErrorCode::invalid);
}

TEST_CASE("fields we do not need may have any type") {
  json activity = message_json();
  activity.update({{"entities", "x"},
                   {"value", 3},
                   {"recipient", 4},
                   {"locale", 5},
                   {"timestamp", json::array()},
                   {"replyToId", 6},
                   {"channelData", 7},
                   {"attachments", 8},
                   {"algoNuevo", {{"a", 1}}}});
  activity["from"]["name"] = 9;
  activity["from"]["aadObjectId"] = 9;
  const Activity read = parsed(activity);
  CHECK(read.text == "hola");
  CHECK(read.from.aad_object_id.empty());
}

TEST_CASE("a nesting bomb is refused wherever it stands") {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  const std::string start = message_json().dump().substr(0, message_json().dump().size() - 1);
  for (const char* field : {"value", "algoNuevo", "attachments"}) {
    CAPTURE(field);
    CHECK(refusal(start + ",\"" + field + "x\":" + nested(10'000) + "}") == ErrorCode::invalid);
    CHECK(parse_activity(start + ",\"" + std::string(field) + "x\":" + nested(60) + "}"));
  }
  CHECK(refusal(nested(50'000)) == ErrorCode::invalid);
  CHECK(refusal(std::string(100'000, '[')) == ErrorCode::invalid);
}

TEST_CASE("text that is not UTF-8 is repaired, not refused") {
  const std::string replaced = "\xEF\xBF\xBD";
  const auto text_of = [](const std::string& raw) {
    std::string body = message_json("MARCA").dump();
    body.replace(body.find("MARCA"), 5, raw);
    const auto result = parse_activity(body);
    REQUIRE(result);
    return result->text;
  };
  CHECK(text_of("a\xFF"
                "b") == "a" + replaced + "b");
  CHECK(text_of("\xC3") == replaced);
  CHECK(text_of("a\xED\xA0\x80"
                "b") == "a" + replaced + replaced + replaced + "b");
  CHECK(text_of("\xC0\xAF") == replaced + replaced);
  CHECK(text_of("a\\ud83d") == "a" + replaced);
  CHECK(text_of("\\udc4d!") == replaced + "!");
  CHECK(text_of("\\ud83d\\ud83d\\udc4d") == replaced + "\xF0\x9F\x91\x8D");
  CHECK(text_of("\\ud83d\\udc4d \\\\ud83d") == "\xF0\x9F\x91\x8D \\ud83d");
}

TEST_CASE("an activity delivered again has the same key, an edit another one") {
  const Activity first = parsed(message_json());
  CHECK(activity_key(first) == activity_key(parsed(message_json("otro texto"))));

  const auto key_with = [](const char* field, const json& value) {
    json activity = message_json();
    activity[field] = value;
    return activity_key(parsed(activity));
  };
  CHECK(key_with("id", "2") != activity_key(first));
  CHECK(key_with("channelId", "webchat") != activity_key(first));
  CHECK(key_with("conversation", {{"id", "a:2"}}) != activity_key(first));
  CHECK(key_with("timestamp", "2026-11-22T11:00:00Z") == activity_key(first));

  json edit = message_json();
  edit["type"] = "messageUpdate";
  const std::string edited = activity_key(parsed(edit));
  CHECK(edited != activity_key(first));
  edit["timestamp"] = "2026-11-22T11:00:00Z";
  CHECK(activity_key(parsed(edit)) != edited);
  edit.erase("id");
  CHECK(activity_key(parsed(edit)).empty());
}
