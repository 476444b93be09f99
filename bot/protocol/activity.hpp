// One Bot Framework activity as it arrives at /api/messages, read into what the service needs of it
// (reference 3.1, 3.2, 3.6, 4.2, 4.6). Nothing here decides whether the sender may be believed:
// `service_url`, `channel_id` and `tenant_id` are claims until the token was checked against them.
#pragma once

#include "handlers/procedure/result.hpp"
#include "handlers/turn.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::protocol {

struct Account {
  std::string id;  // "29:…" a person, "28:<app id>" a bot; opaque
  std::string name;
  std::string aad_object_id;
};

struct Activity {
  std::string type;  // "message", "invoke", "conversationUpdate", "installationUpdate", …
  std::string id;    // empty for types that the channel sends without one; never for message and invoke
  std::string channel_id;
  std::string service_url;
  std::string tenant_id;
  std::string timestamp;  // as sent
  std::string locale;
  Account from;
  Account recipient;  // ourselves, as the channel names us

  std::string conversation_id;    // without thread suffix
  std::string conversation_type;  // "personal", "groupChat", "channel"
  std::string thread_id;          // root message of a channel thread

  std::string text;  // see message_text.hpp; messages only
  bool mentions_us = false;

  std::string invoke_name;  // of an invoke: "adaptiveCard/action", …
  bool is_refresh = false;  // the client asked for a card's current state by itself (trigger "automatic")
  std::string verb;         // of a card button; empty when there is none
  std::map<std::string, std::string> values;  // of the card: numbers and nested values as JSON text

  std::vector<handlers::Attachment> attachments;  // of messages
  std::optional<handlers::FileConsent> consent;   // of a fileConsent/invoke

  std::string reply_to_id;   // message with the card, or the message answered
  std::string action;        // of an installationUpdate: "add", "add-upgrade", "remove", "remove-upgrade"
  bool adds_us = false;      // conversationUpdate: we are among the members added …
  bool adds_person = false;  // … somebody else is
  bool removes_us = false;
};

inline constexpr std::string_view card_action_name = "adaptiveCard/action";
inline constexpr std::string_view file_consent_name = "fileConsent/invoke";

// Reads the body of a request, whose size the server has limited. Unknown fields and types are accepted and
// ignored. Fails with `invalid` (HTTP 400) when it is not a JSON object or nests deeper than 64, when a
// needed field is missing or has another type (type, channelId, serviceUrl, conversation.id; id and from.id
// of messages and invokes), when ids hold control characters, and when a card action is malformed or carries
// more than handlers::max_values values or one above handlers::max_value_bytes.
Result<Activity> parse_activity(std::string_view body);

// Text, button, arrival, departure, or something we do not act on. An invoke other than a card action is
// `other`; the endpoint answers it 501.
handlers::TurnKind turn_kind(const Activity& activity);

// The turn of an activity whose token was checked. `person` is left empty: the directory is asked later.
handlers::Turn to_turn(const Activity& activity, Instant now);

// Recognises the same activity when it is delivered again: channel, conversation, type and id, and the
// timestamp for types that repeat an id (edits). Empty when the activity has no id.
std::string activity_key(const Activity& activity);

}  // namespace pao::bot::protocol
