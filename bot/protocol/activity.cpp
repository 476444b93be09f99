#include "bot/protocol/activity.hpp"

#include "bot/protocol/attachments.hpp"
#include "bot/protocol/card_values.hpp"
#include "bot/protocol/invokes.hpp"
#include "bot/protocol/json_fields.hpp"
#include "bot/protocol/json_reader.hpp"
#include "bot/protocol/message_text.hpp"
#include "bot/protocol/signals_reader.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <variant>
#include <vector>

namespace pao::bot::protocol {
namespace {

using Json = nlohmann::json;
using handlers::Place;
using handlers::TurnKind;

constexpr std::size_t max_mentions = 32;

bool keep_member(std::string_view parent, std::string_view key) {
  // Client details and local times are nobody's business here.
  constexpr std::array<std::string_view, 21> kept{
      "type",       "id",           "timestamp",      "channelId",      "serviceUrl",
      "from",       "recipient",    "conversation",   "text",           "entities",
      "value",      "name",         "locale",         "replyToId",      "channelData",
      "action",     "membersAdded", "membersRemoved", "reactionsAdded", "reactionsRemoved",
      "attachments"};
  if (parent.empty()) return std::find(kept.begin(), kept.end(), key) != kept.end();
  return parent != "channelData" || key == "tenant" || key == "eventType" || key == "team" ||
         key == "channel" || key == "meeting";
}

Result<Account> read_account(const Json& activity, const char* name, bool needed) {
  Account account;
  const Json* found = member(activity, name);
  if (found == nullptr || !found->is_object()) {
    if (needed) return fail(ErrorCode::invalid, std::string("activity: no account \"") + name + "\"");
    return account;
  }
  auto id = needed ? needed_id(*found, "id") : possible_id(*found, "id");
  if (!id) return tl::unexpected(id.error());
  account.id = std::move(*id);
  account.name = optional_text(*found, "name", max_name_bytes);
  account.aad_object_id = optional_id(*found, "aadObjectId");
  return account;
}

// Channels that leave the type out are recognised by their ids; what cannot be recognised is taken for a
// group, where nothing personal is shown.
std::string conversation_type(const Json& conversation, std::string_view id) {
  std::string stated = optional_text(conversation, "conversationType");
  if (stated == "personal" || stated == "groupChat" || stated == "channel") return stated;
  if (!stated.empty()) return "groupChat";
  if (id.find("@thread.tacv2") != std::string_view::npos) return "channel";
  const Json* group = member(conversation, "isGroup");
  const bool is_group =
      (group != nullptr && group->is_boolean() && group->get<bool>()) || id.substr(0, 3) == "19:";
  return is_group ? "groupChat" : "personal";
}

Result<void> read_conversation(const Json& json, Activity& activity) {
  const Json* conversation = member(json, "conversation");
  if (conversation == nullptr) return fail(ErrorCode::invalid, "activity: no conversation");
  auto id = needed_id(*conversation, "id");
  if (!id) return tl::unexpected(id.error());
  constexpr std::string_view thread_mark = ";messageid=";
  const std::size_t mark = id->find(thread_mark);
  if (mark != std::string::npos) activity.thread_id = id->substr(mark + thread_mark.size());
  activity.conversation_id = id->substr(0, mark);
  if (activity.conversation_id.empty()) return fail(ErrorCode::invalid, "activity: empty conversation id");
  activity.conversation_type = conversation_type(*conversation, activity.conversation_id);
  activity.tenant_id = optional_id(*conversation, "tenantId");
  if (activity.tenant_id.empty()) {
    const Json* channel_data = member(json, "channelData");
    const Json* tenant = channel_data == nullptr ? nullptr : member(*channel_data, "tenant");
    if (tenant != nullptr) activity.tenant_id = optional_id(*tenant, "id");
  }
  return {};
}

void read_channel_data(const Json& json, Activity& activity) {
  const Json* data = member(json, "channelData");
  if (data == nullptr) return;
  activity.event = optional_text(*data, "eventType", max_name_bytes);
  if (const Json* team = member(*data, "team")) activity.team_id = optional_id(*team, "id");
  if (const Json* channel = member(*data, "channel")) activity.channel = optional_id(*channel, "id");
}

std::vector<Mention> read_mentions(const Json& json, const std::string& our_id) {
  std::vector<Mention> mentions;
  const Json* entities = member(json, "entities");
  if (entities == nullptr || !entities->is_array()) return mentions;
  for (const Json& entity : *entities) {
    const Json* mentioned = member(entity, "mentioned");
    if (mentioned == nullptr || optional_text(entity, "type") != "mention") continue;
    const bool ours = !our_id.empty() && optional_id(*mentioned, "id") == our_id;
    mentions.push_back(
        {optional_text(entity, "text"), optional_text(*mentioned, "name", max_name_bytes), ours});
    if (mentions.size() == max_mentions) break;
  }
  return mentions;
}

void read_text(const Json& json, Activity& activity) {
  const Json* text = member(json, "text");
  if (text == nullptr || !text->is_string()) return;
  CleanText clean = clean_message_text(text->get_ref<const std::string&>(),
                                       read_mentions(json, activity.recipient.id), handlers::max_text_bytes);
  activity.text = std::move(clean.text);
  activity.mentions_us = clean.mentions_us;
}

struct Members {
  bool us = false;
  bool others = false;
};

Members read_members(const Json& json, const char* name, const std::string& our_id) {
  Members members;
  const Json* list = member(json, name);
  if (list == nullptr || !list->is_array()) return members;
  for (const Json& one : *list) {
    const bool ours = !our_id.empty() && optional_id(one, "id") == our_id;
    (ours ? members.us : members.others) = true;
  }
  return members;
}

void read_membership(const Json& json, Activity& activity) {
  const Members added = read_members(json, "membersAdded", activity.recipient.id);
  activity.adds_us = added.us;
  activity.adds_person = added.others;
  activity.removes_us = read_members(json, "membersRemoved", activity.recipient.id).us;
}

Result<void> read_identity(const Json& json, Activity& activity) {
  for (auto [name, field] : {std::pair{"type", &activity.type}, std::pair{"channelId", &activity.channel_id},
                             std::pair{"serviceUrl", &activity.service_url}}) {
    auto text = needed_id(json, name);
    if (!text) return tl::unexpected(text.error());
    *field = std::move(*text);
  }
  const bool by_a_person = activity.type == "message" || activity.type == "invoke";
  auto id = by_a_person ? needed_id(json, "id") : possible_id(json, "id");
  if (!id) return tl::unexpected(id.error());
  auto from = read_account(json, "from", by_a_person);
  if (!from) return tl::unexpected(from.error());
  auto recipient = read_account(json, "recipient", false);
  if (!recipient) return tl::unexpected(recipient.error());
  activity.id = std::move(*id);
  activity.from = std::move(*from);
  activity.recipient = std::move(*recipient);
  return {};
}

Result<void> read_content(const Json& json, Activity& activity) {
  if (activity.type == "message") {
    read_text(json, activity);
    activity.attachments = read_attachments(json);
    return read_submitted(member(json, "value"), activity);
  }
  if (activity.type == "invoke") {
    activity.invoke_name = optional_text(json, "name");
    const InvokeKind* kind = find_invoke(activity.invoke_name);
    return kind == nullptr ? Result<void>{} : kind->read(json, activity);
  }
  if (activity.type == "messageUpdate") read_text(json, activity);
  if (activity.type == "messageReaction") read_reactions(json, activity);
  if (activity.type == "conversationUpdate") read_membership(json, activity);
  if (activity.type == "installationUpdate") activity.event = optional_text(json, "action");
  if (activity.type == "event") read_event(json, activity);
  return {};
}

Place place_of(const Activity& activity) {
  if (activity.conversation_type == "personal") return Place::personal;
  return activity.conversation_type == "channel" ? Place::channel : Place::group;
}

std::optional<TurnKind> signal_kind(const handlers::Signal& signal) {
  if (std::holds_alternative<std::monostate>(signal)) return std::nullopt;
  if (std::holds_alternative<handlers::Rating>(signal)) return TurnKind::rating;
  if (std::holds_alternative<handlers::MeetingNews>(signal)) return TurnKind::meeting;
  if (std::holds_alternative<handlers::Search>(signal)) return TurnKind::search;
  return TurnKind::file_answer;
}

// Whether what there is to say stands in the HTTP answer.
bool is_answered_at_once(const Activity& activity) {
  if (activity.type != "invoke") return false;
  const InvokeKind* kind = find_invoke(activity.invoke_name);
  return kind != nullptr && kind->form != AnswerForm::message;
}

}  // namespace

Result<Activity> parse_activity(std::string_view body) {
  const std::optional<Json> json = read_json(body, keep_member);
  if (!json || !json->is_object()) return fail(ErrorCode::invalid, "activity: not a JSON object");
  Activity activity;
  if (auto read = read_identity(*json, activity); !read) return tl::unexpected(read.error());
  if (auto read = read_conversation(*json, activity); !read) return tl::unexpected(read.error());
  read_channel_data(*json, activity);
  if (auto read = read_content(*json, activity); !read) return tl::unexpected(read.error());
  activity.timestamp = optional_id(*json, "timestamp");
  activity.locale = optional_text(*json, "locale");
  activity.reply_to_id = optional_id(*json, "replyToId");
  return activity;
}

TurnKind turn_kind(const Activity& activity) {
  if (const std::optional<TurnKind> kind = signal_kind(activity.signal)) return *kind;
  if (activity.type == "message") {
    if (!activity.verb.empty()) return TurnKind::action;
    // Elsewhere files do not come with the message, and what we are told goes for the words.
    if (!activity.attachments.empty() && place_of(activity) == Place::personal) return TurnKind::file;
    return activity.text.empty() && !activity.mentions_us ? TurnKind::other : TurnKind::text;
  }
  if (activity.type == "invoke") return activity.verb.empty() ? TurnKind::other : TurnKind::action;
  if (activity.type == "messageUpdate") {
    // In a group a changed line is not worth a second answer.
    const bool edited = activity.event == "editMessage" && !activity.text.empty();
    return edited && place_of(activity) == Place::personal ? TurnKind::correction : TurnKind::other;
  }
  if (activity.type == "installationUpdate") {
    if (activity.event.substr(0, 3) == "add") return TurnKind::arrival;
    return activity.event.substr(0, 6) == "remove" ? TurnKind::departure : TurnKind::other;
  }
  if (activity.removes_us) return TurnKind::departure;
  // In a group, people who join later do not make us speak.
  const bool opened = activity.adds_person && place_of(activity) == Place::personal;
  return activity.adds_us || opened ? TurnKind::arrival : TurnKind::other;
}

handlers::Turn to_turn(const Activity& activity, Instant now) {
  handlers::Turn turn;
  turn.kind = turn_kind(activity);
  turn.activity_id = activity.id;
  turn.conversation_id = activity.conversation_id;
  turn.thread_id = activity.thread_id;
  turn.place = place_of(activity);
  turn.reply_to_id = activity.reply_to_id;
  turn.invoke = is_answered_at_once(activity);
  turn.refresh = activity.is_refresh;
  turn.mentions_us = activity.mentions_us;
  turn.tenant_id = activity.tenant_id;
  turn.user_id = activity.from.id;
  turn.aad_object_id = activity.from.aad_object_id;
  turn.sender_name = activity.from.name;
  turn.text = activity.text;
  turn.verb = activity.verb;
  turn.values = activity.values;
  turn.attachments = activity.attachments;
  turn.signal = activity.signal;
  turn.locale = activity.locale;
  turn.at = now;
  return turn;
}

std::string activity_key(const Activity& activity) {
  if (activity.id.empty()) return {};
  // No id holds a line feed, so two different activities cannot give the same key.
  std::string key =
      activity.channel_id + '\n' + activity.conversation_id + '\n' + activity.type + '\n' + activity.id;
  const bool once = activity.type == "message" || activity.type == "invoke";
  if (!once) key += '\n' + activity.timestamp;
  return key;
}

}  // namespace pao::bot::protocol
