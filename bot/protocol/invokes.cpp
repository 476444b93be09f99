#include "bot/protocol/invokes.hpp"

#include "bot/protocol/card_values.hpp"
#include "bot/protocol/json_fields.hpp"
#include "bot/protocol/json_reader.hpp"
#include "bot/protocol/message_text.hpp"
#include "cards/verbs.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace pao::bot::protocol {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;
using handlers::FileAnswer;
using handlers::Rating;
using handlers::Search;

constexpr std::size_t max_query_bytes = 512;
constexpr std::size_t max_url_bytes = 2048;
constexpr std::size_t max_reason_bytes = 2000;
constexpr int max_results = 25;  // Teams asks for 25 in the compose box and 15 in a field

const Json empty_object = Json::object();

// The value of an invoke; an empty object when there is none.
const Json& value_of(const Json& json) {
  const Json* value = member(json, "value");
  return value != nullptr && value->is_object() ? *value : empty_object;
}

tl::unexpected<Error> malformed(const char* what) {
  return fail(ErrorCode::invalid, std::string("activity: ") + what);
}

Result<void> read_nothing(const Json&, Activity&) {
  return {};
}

Result<void> read_card_action(const Json& json, Activity& activity) {
  const Json& value = value_of(json);
  const Json* action = member(value, "action");
  if (action == nullptr || optional_text(*action, "type") != "Action.Execute")
    return malformed("not an Action.Execute");
  activity.verb = optional_text(*action, "verb", max_name_bytes);
  if (activity.verb.empty()) return malformed("card action without verb");
  activity.is_refresh = optional_text(value, "trigger") == "automatic";
  const Json* data = member(*action, "data");
  if (data == nullptr || data->is_null()) return {};
  if (!data->is_object()) return malformed("card data is not an object");
  return read_values(*data, activity);
}

// Dialogs and chips: our own data, with the verb beside the values.
Result<void> read_dialog(const Json& json, Activity& activity) {
  const Result<void> read = read_submitted(member(value_of(json), "data"), activity);
  if (read && activity.verb.empty()) return malformed("dialog without verb");
  return read;
}

Result<void> read_value(const Json& json, Activity& activity) {
  return read_submitted(&value_of(json), activity);
}

Result<void> read_selected(const Json& json, Activity& activity) {
  const Result<void> read = read_value(json, activity);
  if (read && activity.verb.empty()) return malformed("selected item without verb");
  return read;
}

int whole_number(const Json& object, const char* name, int otherwise) {
  const Json* found = member(object, name);
  return found != nullptr && found->is_number_integer() ? std::clamp(found->get<int>(), 0, 10'000)
                                                        : otherwise;
}

Result<void> read_query(const Json& json, Activity& activity) {
  const Json& value = value_of(json);
  Search search{.from = Search::From::extension, .set = optional_text(value, "commandId", max_name_bytes)};
  if (search.set.empty()) return malformed("search without command");
  const Json* parameters = member(value, "parameters");
  if (parameters != nullptr && parameters->is_array()) {
    for (const Json& one : *parameters) {
      // The first opening has a parameter of its own and no text.
      if (optional_text(one, "name") != "initialRun")
        search.text = optional_text(one, "value", max_query_bytes);
    }
  }
  if (const Json* options = member(value, "queryOptions")) {
    search.skip = whole_number(*options, "skip", 0);
    search.count = std::clamp(whole_number(*options, "count", search.count), 1, max_results);
  }
  activity.signal = std::move(search);
  return {};
}

Result<void> read_link(const Json& json, Activity& activity) {
  Search search{.from = Search::From::link, .set = {}, .text = {}};
  search.text = optional_text(value_of(json), "url", max_url_bytes);
  if (search.text.empty()) return malformed("link without address");
  activity.signal = std::move(search);
  return {};
}

Result<void> read_typeahead(const Json& json, Activity& activity) {
  const Json& value = value_of(json);
  const std::string kind = optional_text(value, "kind");
  if (!kind.empty() && kind != "search") return malformed("an unknown kind of search");
  Search search{.from = Search::From::typeahead, .set = optional_text(value, "dataset", max_name_bytes)};
  const Json* text = member(value, "queryText");
  if (search.set.empty() || text == nullptr || !text->is_string())
    return malformed("search without data set or text");
  search.text = optional_text(value, "queryText", max_query_bytes);
  if (const Json* options = member(value, "queryOptions")) {
    search.skip = whole_number(*options, "skip", 0);
    search.count = std::clamp(whole_number(*options, "top", search.count), 1, max_results);
  }
  activity.signal = std::move(search);
  return {};
}

// HTML of a message without its tags.
std::string without_tags(std::string_view html) {
  std::string text;
  bool inside = false;
  for (const char c : html) {
    if (c == '<') {
      inside = true;
      if (!text.empty() && text.back() != ' ') text += ' ';
    } else if (c == '>' && inside) {
      inside = false;
    } else if (!inside) {
      text += c;
    }
  }
  return clean_message_text(text, {}, handlers::max_value_bytes).text;
}

// A command that opens a dialog is named like the verb of the form; the message it was called on is what the
// form is about.
Result<void> read_command(const Json& json, Activity& activity) {
  const Json& value = value_of(json);
  if (const Json* data = member(value, "data")) {
    const Result<void> read = read_submitted(data, activity);
    if (!read || !activity.verb.empty()) return read;
  }
  activity.verb = optional_text(value, "commandId", max_name_bytes);
  if (activity.verb.empty()) return malformed("command without id");
  const Json* message = member(value, "messagePayload");
  const Json* body = message == nullptr ? nullptr : member(*message, "body");
  if (body == nullptr) return {};
  std::string said = without_tags(optional_text(*body, "content", std::size_t{256} * 1024));
  if (said.empty()) return {};
  activity.values["asunto"] = said;
  activity.values["pregunta"] = std::move(said);
  return {};
}

// Teams gives what the form of the feedback held as JSON in a text; each of its texts is a part of the
// reason.
std::string reason_in(const std::string& feedback) {
  const std::optional<Json> read = read_json(feedback);
  std::string reason;
  if (!read || !read->is_object()) {
    reason = feedback;
  } else {
    for (const auto& [name, value] : read->items()) {
      if (!value.is_string() || name == "verb" || name == "reaction") continue;
      const std::string part = without_controls(value.get<std::string>());
      if (!part.empty()) reason += (reason.empty() ? "" : "; ") + part;
    }
  }
  return clean_message_text(reason, {}, max_reason_bytes).text;
}

// The page shows the two members directly, an SDK puts them into "data": both are read.
const Json& feedback_of(const Json& json) {
  const Json& value = value_of(json);
  const Json* data = member(value, "data");
  return data != nullptr && member(*data, "actionValue") != nullptr ? *data : value;
}

Result<void> read_feedback(const Json& json, Activity& activity) {
  const Json& feedback = feedback_of(json);
  if (optional_text(feedback, "actionName") != "feedback") return malformed("not the feedback of an answer");
  const Json* value = member(feedback, "actionValue");
  const std::string reaction = value == nullptr ? "" : optional_text(*value, "reaction");
  if (reaction != "like" && reaction != "dislike") return malformed("feedback that says neither");
  Rating rating{.answer_id = optional_id(json, "replyToId"),
                .reaction = false,
                .given = {reaction},
                .withdrawn = {},
                .reason = reason_in(optional_text(*value, "feedback", handlers::max_value_bytes))};
  if (rating.answer_id.empty()) return malformed("feedback on no message");
  activity.signal = std::move(rating);
  return {};
}

Result<void> read_feedback_form(const Json& json, Activity& activity) {
  const Json* value = member(feedback_of(json), "actionValue");
  activity.verb = cards::verb::feedback_form;
  activity.values["reaccion"] = value == nullptr ? "" : optional_text(*value, "reaction");
  return {};
}

Result<void> read_file_consent(const Json& json, Activity& activity) {
  const Json& value = value_of(json);
  const std::string action = optional_text(value, "action");
  if (optional_text(value, "type") != "fileUpload" || (action != "accept" && action != "decline"))
    return malformed("not the answer to an offered file");
  FileAnswer answer{.consent_id = {}, .accepted = action == "accept"};
  if (const Json* context = member(value, "context")) answer.consent_id = optional_id(*context, "id");
  if (answer.consent_id.empty()) return malformed("the answer to no file of ours");
  if (const Json* upload = member(value, "uploadInfo"); upload != nullptr && answer.accepted) {
    answer.name = optional_text(*upload, "name");
    answer.upload_url = optional_text(*upload, "uploadUrl", 4 * max_url_bytes);
    answer.content_url = optional_text(*upload, "contentUrl", max_url_bytes);
    answer.unique_id = optional_id(*upload, "uniqueId");
    answer.file_type = optional_text(*upload, "fileType", max_name_bytes);
  }
  if (answer.accepted && answer.upload_url.empty()) return malformed("accepted, but no place to upload to");
  activity.signal = std::move(answer);
  return {};
}

Result<void> read_sign_in(const Json& json, Activity& activity) {
  const Json& value = value_of(json);
  for (const char* name : {"id", "connectionName", "code"}) {
    std::string text = optional_id(value, name);
    if (!text.empty() && text.size() <= max_name_bytes) activity.values[name] = std::move(text);
  }
  return {};
}

// clang-format off: a table
constexpr std::array<InvokeKind, 21> kinds{{
    {"adaptiveCard/action", read_card_action, AnswerForm::card, 8s},
    {"task/fetch", read_dialog, AnswerForm::dialog, 8s},
    {"task/submit", read_dialog, AnswerForm::dialog, 8s},
    {"composeExtension/query", read_query, AnswerForm::results, 4s},
    {"composeExtension/selectItem", read_selected, AnswerForm::results, 4s},
    {"composeExtension/queryLink", read_link, AnswerForm::results, 4s},
    {"composeExtension/anonymousQueryLink", read_link, AnswerForm::results, 4s},
    {"composeExtension/fetchTask", read_command, AnswerForm::dialog, 8s},
    {"composeExtension/submitAction", read_dialog, AnswerForm::dialog, 8s},
    {"composeExtension/onCardButtonClicked", read_value, AnswerForm::message, 8s},
    {"composeExtension/setting", read_nothing, AnswerForm::message, 8s},
    {"application/search", read_typeahead, AnswerForm::suggestions, 4s},
    {"message/submitAction", read_feedback, AnswerForm::done, 8s},
    {"message/fetchTask", read_feedback_form, AnswerForm::dialog, 8s},
    {"fileConsent/invoke", read_file_consent, AnswerForm::message, 8s},
    {"signin/verifyState", read_sign_in, AnswerForm::no_sign_in, 8s},
    {"signin/tokenExchange", read_sign_in, AnswerForm::no_sign_in, 8s},
    {"signin/failure", read_sign_in, AnswerForm::message, 8s},
    {"suggestedAction/submit", read_value, AnswerForm::message, 8s},
    {"suggestedActions/submit", read_value, AnswerForm::message, 8s},
    {"", read_value, AnswerForm::message, 8s},
}};
// clang-format on

}  // namespace

std::span<const InvokeKind> invoke_kinds() {
  return kinds;
}

const InvokeKind* find_invoke(std::string_view name) {
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const InvokeKind& kind) { return kind.name == name; });
  return found == kinds.end() ? nullptr : &*found;
}

}  // namespace pao::bot::protocol
