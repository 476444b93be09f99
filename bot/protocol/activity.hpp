// One Bot Framework activity as it arrives at /api/messages, read into what the service needs of it
// (reference 3.1 to 3.6, 4). Nothing here decides whether the sender may be believed: `service_url`,
// `channel_id` and `tenant_id` are claims until the token was checked against them. A `callerId` is not read
// at all.
#pragma once

#include "handlers/procedure/result.hpp"
#include "handlers/turn.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::protocol {

// Who sends or receives an activity.
struct Account {
  std::string id;             // "29:…" a person, "28:<app id>" a bot; opaque, of this bot only
  std::string name;           // as the tenant shows it; "" when not told
  std::string aad_object_id;  // the same everywhere in the tenant; "" for guests without one
};

// Absent texts are "". Ids are byte for byte as sent.
struct Activity {
  std::string type;  // "message", "invoke", "conversationUpdate", "installationUpdate", …
  std::string id;    // empty for types that the channel sends without one; never for message and invoke
  std::string channel_id;
  std::string service_url;
  std::string tenant_id;
  std::string timestamp;  // as sent
  std::string locale;     // BCP 47: "es-CO"
  Account from;
  Account recipient;  // ourselves, as the channel names us

  std::string conversation_id;    // without thread suffix
  std::string conversation_type;  // "personal", "groupChat", "channel"
  std::string thread_id;          // root message of a channel thread
  std::string team_id;            // of channel conversations
  std::string channel;            // the channel that a team's event is about ("19:…@thread.tacv2")

  std::string text;  // see message_text.hpp; of messages and edits
  bool mentions_us = false;

  std::string invoke_name;  // of an invoke: "adaptiveCard/action", …; see invokes.hpp
  bool is_refresh = false;  // the client asked for a card's current state by itself (trigger "automatic")
  std::string verb;         // of a card button; empty when there is none
  std::map<std::string, std::string> values;  // of the card: numbers and nested values as JSON text
  handlers::Signal signal;                    // of reactions, feedback, meetings, searches, file consents

  std::vector<handlers::Attachment> attachments;  // of messages

  std::string reply_to_id;  // message with the card, or the message answered
  // What kind of update or event it is: channelData.eventType ("editMessage", "teamRenamed"), the name of an
  // event ("application/vnd.microsoft.readReceipt"), the action of an installationUpdate ("add",
  // "add-upgrade", "remove", "remove-upgrade").
  std::string event;
  bool adds_us = false;      // conversationUpdate: we are among the members added …
  bool adds_person = false;  // … somebody else is
  bool removes_us = false;
};

inline constexpr std::string_view card_action_name = "adaptiveCard/action";

// Reads the body of a request, whose size the server has limited. Unknown fields and types are accepted and
// ignored. Fails with `invalid` (HTTP 400) when it is not a JSON object or nests deeper than 64, when a
// needed field is missing or has another type (type, channelId, serviceUrl, conversation.id; id and from.id
// of messages and invokes), when ids hold control characters, when the value of a known invoke is malformed,
// and when a card carries more than handlers::max_values values or one above handlers::max_value_bytes.
Result<Activity> parse_activity(std::string_view body);

// What the handlers take it for. An invoke that nobody knows is `other`; the endpoint answers it 501.
handlers::TurnKind turn_kind(const Activity& activity);

// The turn of an activity whose token was checked. `person` is left empty: the directory is asked later.
handlers::Turn to_turn(const Activity& activity, Instant now);

// Recognises the same activity when it is delivered again: channel, conversation, type and id, and the
// timestamp for types that repeat an id (edits). Empty when the activity has no id.
std::string activity_key(const Activity& activity);

}  // namespace pao::bot::protocol
