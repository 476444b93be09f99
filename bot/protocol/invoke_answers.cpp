#include "bot/protocol/invoke_answers.hpp"

#include "cards/basic_card.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace pao::bot::protocol {
namespace {

using Json = nlohmann::ordered_json;
using handlers::Content;
using handlers::Finding;
using handlers::Reply;

constexpr const char* adaptive_card = "application/vnd.microsoft.card.adaptive";
constexpr std::size_t max_dialog_title_bytes = 80;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_string(std::string_view text) {
  return dumped(Json(std::string(text)));
}

std::string wrapper(int status, std::string_view type) {
  return "{\"statusCode\":" + std::to_string(status) + ",\"type\":\"" + std::string(type) + "\",\"value\":";
}

// ---- adaptiveCard/action: cards are spliced in as the text they are, nothing is parsed again ----

std::string card_body(const Content& content) {
  if (content.card) return wrapper(200, adaptive_card) + content.card->json + '}';
  return wrapper(200, "application/vnd.microsoft.activity.message") + json_string(content.text) + '}';
}

// ---- Dialogs ----

// A dialog knows Action.Submit only; each of our buttons carries one as its fallback.
void submit_only(Json& node) {
  if (node.is_array()) {
    for (Json& one : node) submit_only(one);
    return;
  }
  if (!node.is_object()) return;
  if (node.value("type", "") == "Action.Execute" && node.contains("fallback") && node["fallback"].is_object())
    node = Json(node["fallback"]);
  for (auto& [name, value] : node.items()) submit_only(value);
}

Json dialog_card(const cards::Card& card) {
  Json json = Json::parse(card.json, nullptr, false);
  if (json.is_discarded()) return nullptr;
  json.erase("refresh");
  submit_only(json);
  return json;
}

std::string first_words(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  const std::size_t blank = text.substr(0, max_bytes).rfind(' ');
  return std::string(text.substr(0, blank == std::string_view::npos ? max_bytes : blank)) + "…";
}

std::string dialog_answer(const Reply& reply) {
  const Content& content = reply.content;
  if (content.card) {
    const Json value = {{"title", first_words(content.card->summary, max_dialog_title_bytes)},
                        {"height", "large"},
                        {"width", "medium"},
                        {"card", {{"contentType", adaptive_card}, {"content", dialog_card(*content.card)}}}};
    return dumped({{"task", {{"type", "continue"}, {"value", value}}}});
  }
  if (content.text.empty()) return {};  // closes it
  return dumped({{"task", {{"type", "message"}, {"value", content.text}}}});
}

// ---- Compose box ----

Json attachment(const cards::Card& card, const Json& preview) {
  return {{"contentType", adaptive_card},
          {"content", Json::parse(card.json, nullptr, false)},
          {"preview", {{"contentType", "application/vnd.microsoft.card.thumbnail"}, {"content", preview}}}};
}

Json preview_of(const Finding& finding) {
  Json preview = {{"title", finding.title}, {"text", finding.subtitle}};
  if (!finding.verb.empty()) {
    Json value = {{"verb", finding.verb}};
    for (const auto& [name, data] : finding.data) value[name] = data;
    preview["tap"] = {{"type", "invoke"}, {"value", std::move(value)}};
  }
  return preview;
}

std::string results_answer(const Reply& reply) {
  Json attachments = Json::array();
  for (const Finding& finding : reply.findings) {
    if (finding.card) attachments.push_back(attachment(*finding.card, preview_of(finding)));
  }
  const Content& content = reply.content;
  if (attachments.empty() && content.card)
    attachments.push_back(attachment(*content.card, {{"title", content.card->summary}}));
  if (attachments.empty() && !content.text.empty())
    return dumped({{"composeExtension", {{"type", "message"}, {"text", content.text}}}});
  return dumped({{"composeExtension",
                  {{"type", "result"}, {"attachmentLayout", "list"}, {"attachments", attachments}}}});
}

// ---- Fields ----

std::string suggestions_answer(const Reply& reply) {
  Json results = Json::array();
  for (const Finding& finding : reply.findings)
    results.push_back({{"title", finding.title}, {"value", finding.value}});
  return dumped({{"statusCode", 200},
                 {"type", "application/vnd.microsoft.search.searchResponse"},
                 {"value", {{"results", std::move(results)}}}});
}

// ---- Sign-in ----

InvokeAnswer sign_in_answer(const Activity& activity) {
  if (activity.invoke_name != "signin/tokenExchange") return {.status = 400};
  const auto value = [&](const char* name) {
    const auto found = activity.values.find(name);
    return found == activity.values.end() ? std::string() : found->second;
  };
  return {.status = 412,
          .body = dumped({{"id", value("id")},
                          {"connectionName", value("connectionName")},
                          {"failureDetail", "This bot signs nobody in."}})};
}

AnswerForm form_of(const Activity& activity) {
  const InvokeKind* kind = find_invoke(activity.invoke_name);
  return kind == nullptr ? AnswerForm::message : kind->form;
}

}  // namespace

InvokeAnswer invoke_answer(const Activity& activity, const Reply& reply, int error) {
  switch (form_of(activity)) {
    case AnswerForm::card:
      if (error != 0)
        return {.body = card_error_body(error, error == 400 ? "BadRequest" : "InternalError",
                                        reply.content.text)};
      return {.body = card_body(reply.content)};
    case AnswerForm::dialog:
      return {.body = dialog_answer(reply)};
    case AnswerForm::results:
      return {.body = results_answer(reply)};
    case AnswerForm::suggestions:
      return {.body = suggestions_answer(reply)};
    case AnswerForm::done:
      return {.body = "{}"};
    case AnswerForm::no_sign_in:
      return sign_in_answer(activity);
    case AnswerForm::message:
      break;
  }
  return {};
}

InvokeAnswer late_answer(const Activity& activity) {
  if (!finishes_late(activity))
    return invoke_answer(
        activity,
        {.content = {.text =
                         "La búsqueda está tardando más de lo normal. Inténtelo de nuevo en un momento."}});
  const std::string when_done = finishes_on_card(activity)
                                    ? "verá el resultado en esta tarjeta o en este chat en cuanto termine."
                                    : "le escribo en este chat en cuanto termine.";
  const cards::Card card = cards::notice_card(
      "Estoy en eso", "Esto está tardando más de lo normal. No hace falta que lo repita: " + when_done);
  return invoke_answer(activity, {.content = {.card = card}});
}

bool finishes_late(const Activity& activity) {
  const AnswerForm form = form_of(activity);
  return form != AnswerForm::results && form != AnswerForm::suggestions && !activity.is_refresh;
}

bool finishes_on_card(const Activity& activity) {
  return form_of(activity) == AnswerForm::card && activity.conversation_type == "personal" &&
         !activity.reply_to_id.empty();
}

std::string card_error_body(int status, std::string_view code, std::string_view message) {
  return wrapper(status, "application/vnd.microsoft.error") + "{\"code\":" + json_string(code) +
         ",\"message\":" + json_string(message) + "}}";
}

}  // namespace pao::bot::protocol
