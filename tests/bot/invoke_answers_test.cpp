// Every row of the table of invokes: how it is read, and each way in which it is answered.
#include "bot/protocol/invoke_answers.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>

using namespace pao;
using namespace pao::bot::protocol;
using handlers::Reply;
using handlers::Search;
using handlers::TurnKind;
using nlohmann::json;

namespace {

json invoke_json(const std::string& name, const json& value) {
  return {{"type", "invoke"},
          {"name", name},
          {"id", "f:1"},
          {"channelId", "msteams"},
          {"serviceUrl", "https://smba.trafficmanager.net/amer/"},
          {"from", {{"id", "29:ana"}, {"aadObjectId", "aad-ana"}}},
          {"conversation", {{"id", "a:1"}, {"conversationType", "personal"}}},
          {"replyToId", "1700"},
          {"value", value}};
}

Activity invoke(const std::string& name, const json& value) {
  auto parsed = parse_activity(invoke_json(name, value).dump());
  REQUIRE_MESSAGE(parsed, name);
  return *parsed;
}

bool is_malformed(const std::string& name, const json& value) {
  const auto parsed = parse_activity(invoke_json(name, value).dump());
  return !parsed && parsed.error().code == ErrorCode::invalid;
}

Activity named(const std::string& name) {
  Activity activity;
  activity.type = "invoke";
  activity.invoke_name = name;
  return activity;
}

json answer(const std::string& name, const Reply& reply, int error = 0) {
  const InvokeAnswer given = invoke_answer(named(name), reply, error);
  CHECK(given.status == 200);
  return given.body.empty() ? json() : json::parse(given.body);
}

Reply with_card(const std::string& card_json) {
  return {.content = {.card = cards::Card{.json = card_json, .summary = "Un resumen"}}};
}
Reply with_text(const std::string& text) {
  return {.content = {.text = text}};
}

}  // namespace

TEST_CASE("the table names each invoke once, with a budget below the channel's patience") {
  std::set<std::string_view> names;
  for (const InvokeKind& kind : invoke_kinds()) {
    CAPTURE(kind.name);
    CHECK(names.insert(kind.name).second);
    CHECK(find_invoke(kind.name) == &kind);
    const bool is_search = kind.form == AnswerForm::results || kind.form == AnswerForm::suggestions;
    CHECK(kind.budget <= std::chrono::seconds{is_search ? 4 : 8});
  }
  CHECK(find_invoke("algo/nuevo") == nullptr);
  CHECK(find_invoke("adaptivecard/action") == nullptr);
}

TEST_CASE("adaptiveCard/action is answered with a card, a notice or an error (checklist 6)") {
  CHECK(answer("adaptiveCard/action", with_card(R"({"type":"AdaptiveCard"})")) ==
        json{{"statusCode", 200},
             {"type", "application/vnd.microsoft.card.adaptive"},
             {"value", {{"type", "AdaptiveCard"}}}});
  CHECK(answer("adaptiveCard/action", with_text("Listo \"ya\"")) ==
        json{{"statusCode", 200},
             {"type", "application/vnd.microsoft.activity.message"},
             {"value", "Listo \"ya\""}});
  for (const auto& [status, code] : {std::pair{400, "BadRequest"}, std::pair{500, "InternalError"}}) {
    CHECK(answer("adaptiveCard/action", with_text("No se \"pudo\""), status) ==
          json{{"statusCode", status},
               {"type", "application/vnd.microsoft.error"},
               {"value", {{"code", code}, {"message", "No se \"pudo\""}}}});
  }
}

TEST_CASE(
    "a dialog shows the same card with buttons that dialogs know, a sentence, or closes (checklist 6)") {
  const char* card = R"({"type":"AdaptiveCard","refresh":{"action":{"type":"Action.Execute","verb":"r"}},
    "body":[{"type":"ActionSet","actions":[{"type":"Action.Execute","verb":"a","title":"A",
      "fallback":{"type":"Action.Submit","title":"A","data":{"verb":"a"}}}]}],
    "actions":[{"type":"Action.Execute","verb":"b","title":"B",
      "fallback":{"type":"Action.Submit","title":"B","data":{"verb":"b","x":"1"}}},
      {"type":"Action.OpenUrl","url":"https://example.com"}]})";
  for (const char* name : {"task/fetch", "task/submit", "composeExtension/fetchTask",
                           "composeExtension/submitAction", "message/fetchTask"}) {
    CAPTURE(name);
    const json task = answer(name, with_card(card)).at("task");
    CHECK(task["type"] == "continue");
    CHECK(task["value"]["title"] == "Un resumen");
    CHECK(task["value"]["card"]["contentType"] == "application/vnd.microsoft.card.adaptive");
    const json shown = task["value"]["card"]["content"];
    CHECK_FALSE(shown.contains("refresh"));
    CHECK(shown["actions"] ==
          json::array({{{"type", "Action.Submit"}, {"title", "B"}, {"data", {{"verb", "b"}, {"x", "1"}}}},
                       {{"type", "Action.OpenUrl"}, {"url", "https://example.com"}}}));
    CHECK(shown["body"][0]["actions"][0]["type"] == "Action.Submit");
    CHECK(answer(name, with_text("Hecho")) == json{{"task", {{"type", "message"}, {"value", "Hecho"}}}});
    CHECK(answer(name, {}) == json());
  }
}

TEST_CASE("a dialog's title is cut at a word") {
  const std::string words =
      "palabra palabra palabra palabra palabra palabra palabra palabra palabra palabra más";
  const Reply reply{.content = {.card = cards::Card{.json = "{}", .summary = words}}};
  const std::string title = answer("task/fetch", reply)["task"]["value"]["title"];
  CHECK(title == words.substr(0, 79) + "…");
}

TEST_CASE("the compose box gets what was found, the one card, or a sentence (checklist 6)") {
  Reply found;
  found.findings.push_back({.title = "PLA-05 · Plazo",
                            .subtitle = "Planes",
                            .card = cards::Card{.json = R"({"type":"AdaptiveCard"})", .summary = ""},
                            .verb = "compartir.criterio",
                            .data = {{"codigo", "PLA-05"}}});
  const json result = answer("composeExtension/query", found).at("composeExtension");
  CHECK(result["type"] == "result");
  CHECK(result["attachmentLayout"] == "list");
  REQUIRE(result["attachments"].size() == 1);
  const json one = result["attachments"][0];
  CHECK(one["contentType"] == "application/vnd.microsoft.card.adaptive");
  CHECK(one["content"] == json{{"type", "AdaptiveCard"}});
  CHECK(one["preview"] ==
        json{{"contentType", "application/vnd.microsoft.card.thumbnail"},
             {"content",
              {{"title", "PLA-05 · Plazo"},
               {"text", "Planes"},
               {"tap",
                {{"type", "invoke"}, {"value", {{"verb", "compartir.criterio"}, {"codigo", "PLA-05"}}}}}}}});

  const json chosen = answer("composeExtension/selectItem", with_card("{}")).at("composeExtension");
  CHECK(chosen["attachments"].size() == 1);
  CHECK(answer("composeExtension/query", with_text("Nada")) ==
        json{{"composeExtension", {{"type", "message"}, {"text", "Nada"}}}});
  CHECK(answer("composeExtension/queryLink", {})["composeExtension"]["attachments"] == json::array());
}

TEST_CASE("a field gets titles and values, at worst none (checklist 6)") {
  Reply found;
  found.findings.push_back({.title = "PAI-1 · Una tarea", .subtitle = {}, .value = "PAI-1"});
  CHECK(answer("application/search", found) ==
        json{{"statusCode", 200},
             {"type", "application/vnd.microsoft.search.searchResponse"},
             {"value", {{"results", {{{"title", "PAI-1 · Una tarea"}, {"value", "PAI-1"}}}}}}});
  CHECK(answer("application/search", with_text("No"))["value"]["results"] == json::array());
}

TEST_CASE("feedback, chips and nameless buttons have short answers; nobody signs in (checklist 6)") {
  CHECK(answer("message/submitAction", with_text("x")) == json::object());
  for (const char* name : {"suggestedAction/submit", "suggestedActions/submit", "", "fileConsent/invoke",
                           "composeExtension/setting", "signin/failure"})
    CHECK(answer(name, with_text("va en un mensaje")) == json());
  CHECK(invoke_answer(named("signin/verifyState"), {}).status == 400);
  const InvokeAnswer exchange = invoke_answer(
      invoke("signin/tokenExchange", {{"id", "x"}, {"connectionName", "c"}, {"token", "secreto"}}), {});
  CHECK(exchange.status == 412);
  CHECK(json::parse(exchange.body) ==
        json{{"id", "x"}, {"connectionName", "c"}, {"failureDetail", "This bot signs nobody in."}});
}

TEST_CASE("when the work takes too long, searches give up and everything else is promised (checklist 6)") {
  for (const InvokeKind& kind : invoke_kinds()) {
    CAPTURE(kind.name);
    const Activity activity = named(std::string(kind.name));
    const bool is_search = kind.form == AnswerForm::results || kind.form == AnswerForm::suggestions;
    CHECK(finishes_late(activity) != is_search);
    const std::string body = late_answer(activity).body;
    if (kind.form == AnswerForm::card || kind.form == AnswerForm::dialog)
      CHECK(body.find("Estoy en eso") != std::string::npos);
    if (kind.form == AnswerForm::results) CHECK(body.find("Inténtelo de nuevo") != std::string::npos);
  }
}

TEST_CASE("a search says what, where and how much") {
  const Activity typed =
      invoke("composeExtension/query", {{"commandId", "ss.buscar"},
                                        {"parameters", {{{"name", "texto"}, {"value", "fecha"}}}},
                                        {"queryOptions", {{"skip", 25}, {"count", 500}}}});
  const auto& search = std::get<Search>(typed.signal);
  CHECK(turn_kind(typed) == TurnKind::search);
  CHECK(search.from == Search::From::extension);
  CHECK(search.set == "ss.buscar");
  CHECK(search.text == "fecha");
  CHECK(search.skip == 25);
  CHECK(search.count == 25);

  const Activity opened =
      invoke("composeExtension/query",
             {{"commandId", "ss.buscar"}, {"parameters", {{{"name", "initialRun"}, {"value", "true"}}}}});
  CHECK(std::get<Search>(opened.signal).text.empty());

  const Activity field = invoke("application/search", {{"queryText", ""}, {"dataset", "elementos"}});
  CHECK(std::get<Search>(field.signal).from == Search::From::typeahead);
  CHECK(std::get<Search>(field.signal).count == 15);
  const Activity link = invoke("composeExtension/queryLink", {{"url", "https://a/PLA-05"}});
  CHECK(std::get<Search>(link.signal).from == Search::From::link);
}

TEST_CASE("a command on a message opens its form about what the message says") {
  const Activity command =
      invoke("composeExtension/fetchTask",
             {{"commandId", "ss.tipos"},
              {"messagePayload", {{"body", {{"content", "<p>Cambiar la&nbsp;<b>fecha</b> &amp; ya</p>"}}}}}});
  CHECK(turn_kind(command) == TurnKind::action);
  CHECK(command.verb == "ss.tipos");
  CHECK(command.values.at("asunto") == "Cambiar la  fecha  & ya");
  CHECK(command.values.at("pregunta") == command.values.at("asunto"));
}

TEST_CASE("feedback is read in both of its shapes, and its reason from whatever form it had") {
  struct Row {
    json feedback;
    const char* reason;
  };
  const std::vector<Row> rows{
      {R"({"feedbackText":"No era eso"})", "No era eso"},
      {R"({"motivo":"incompleta","comentario":"Falta la fecha","verb":"x"})", "Falta la fecha; incompleta"},
      {"sin forma", "sin forma"},
      {"{}", ""},
      {7, ""}};
  for (const Row& row : rows) {
    const json value = {{"actionName", "feedback"},
                        {"actionValue", {{"reaction", "dislike"}, {"feedback", row.feedback}}}};
    for (const json& shape : {value, json{{"data", value}}}) {
      CAPTURE(shape.dump());
      const Activity read = invoke("message/submitAction", shape);
      const auto& rating = std::get<handlers::Rating>(read.signal);
      CHECK(turn_kind(read) == TurnKind::rating);
      CHECK(rating.answer_id == "1700");
      CHECK_FALSE(rating.reaction);
      CHECK(rating.given == std::vector<std::string>{"dislike"});
      CHECK(rating.reason == row.reason);
    }
  }
}

TEST_CASE("the answer to an offered file says which, and where it may be uploaded") {
  json value = {{"type", "fileUpload"},
                {"action", "accept"},
                {"context", {{"id", "F-1"}}},
                {"uploadInfo", {{"uploadUrl", "https://x.sharepoint.com/u"}, {"name", "a.pdf"}}}};
  const auto answer = std::get<handlers::FileAnswer>(invoke("fileConsent/invoke", value).signal);
  CHECK(answer.accepted);
  CHECK(answer.consent_id == "F-1");
  CHECK(answer.upload_url == "https://x.sharepoint.com/u");
  value["action"] = "decline";
  CHECK(std::get<handlers::FileAnswer>(invoke("fileConsent/invoke", value).signal).upload_url.empty());
  value["action"] = "accept";
  value.erase("uploadInfo");
  CHECK(is_malformed("fileConsent/invoke", value));
  CHECK(is_malformed("fileConsent/invoke", {{"type", "fileUpload"}, {"action", "accept"}, {"context", 5}}));
}

TEST_CASE("a value that is not what its invoke promises is refused; what carries no order does nothing") {
  CHECK(is_malformed("adaptiveCard/action", json::object()));
  CHECK(is_malformed("task/fetch", {{"data", {{"x", 1}}}}));
  CHECK(is_malformed("task/submit", "texto"));
  CHECK(is_malformed("composeExtension/query", json::object()));
  CHECK(is_malformed("composeExtension/selectItem", {{"codigo", "PLA-05"}}));
  CHECK(is_malformed("composeExtension/queryLink", json::object()));
  CHECK(is_malformed("composeExtension/fetchTask", json::object()));
  CHECK(is_malformed("application/search", {{"dataset", "elementos"}}));
  CHECK(is_malformed("application/search", {{"kind", "otro"}, {"queryText", "a"}, {"dataset", "elementos"}}));
  CHECK(is_malformed("message/submitAction", {{"actionName", "otra"}}));
  CHECK(is_malformed("fileConsent/invoke", json::object()));
  for (const char* name : {"", "suggestedAction/submit", "composeExtension/onCardButtonClicked"})
    CHECK(turn_kind(invoke(name, {{"otra", "cosa"}})) == TurnKind::other);
  CHECK(turn_kind(invoke("algo/nuevo", json::object())) == TurnKind::other);
}
