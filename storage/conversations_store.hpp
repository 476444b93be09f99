// Where people can be reached: conversation references, kept from every authenticated activity
// (reference 5.3).
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pao::storage {

struct Conversation {
  std::string id;           // without thread suffix
  std::string kind;         // "personal", "groupChat", "channel"
  std::string service_url;  // last authenticated
  std::string tenant_id;
  std::string bot_id;         // recipient.id as the channel names us
  std::string user_id;        // MRI of the person; personal conversations only
  std::string aad_object_id;  // of the person; personal conversations only
  std::string locale;
  bool installed = true;  // false after the app was removed or the person blocked it
  bool greeted = false;
  Instant last_inbound_at;
  std::string region = {};     // "amer", "emea", …: first part of the service URL's path
  std::string thread_id = {};  // root message of the last thread that somebody wrote in; channels only
  std::string team_id = {};    // of a channel or team conversation
  bool blocked = false;        // why it is not installed: the person blocked us
};

// The region in a service URL; "" when it names none.
std::string region_of(std::string_view service_url);

std::optional<Conversation> find_conversation(Session& session, std::string_view id);

// The personal conversation of a person, installed ones first, latest first.
std::optional<Conversation> personal_conversation_of(Session& session, std::string_view aad_object_id);

// Inserts or updates by id. `greeted` is never set back to false; an empty thread or team keeps the known
// one.
void save_conversation(Session& session, const Conversation& conversation);

// Marks it greeted; true for the first caller only, so that a person is greeted once.
bool mark_greeted(Session& session, std::string_view id);

void set_installed(Session& session, std::string_view id, bool installed);
// The same for every conversation of a team.
void set_team_installed(Session& session, std::string_view team_id, bool installed);
// The person blocked us: not installed either, until something arrives from there again.
void set_blocked(Session& session, std::string_view id);

// The channel has named another address than the last authenticated one.
void set_service_url(Session& session, std::string_view id, std::string_view service_url);

}  // namespace pao::storage
