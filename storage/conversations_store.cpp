#include "storage/conversations_store.hpp"

namespace pao::storage {
namespace {

#define PAO_CONVERSATION_COLUMNS                                                                  \
  "id, kind, service_url, tenant_id, bot_id, user_id, aad_object_id, locale, installed, greeted," \
  " last_inbound_at, region, thread_id, team_id, blocked"

Conversation conversation_of(const Row& row) {
  return {.id = row.string(0),
          .kind = row.string(1),
          .service_url = row.string(2),
          .tenant_id = row.string(3),
          .bot_id = row.string(4),
          .user_id = row.string(5),
          .aad_object_id = row.string(6),
          .locale = row.string(7),
          .installed = row.flag(8),
          .greeted = row.flag(9),
          .last_inbound_at = row.instant(10),
          .region = row.string(11),
          .thread_id = row.string(12),
          .team_id = row.string(13),
          .blocked = row.flag(14)};
}

}  // namespace

std::string region_of(std::string_view service_url) {
  // https://smba.trafficmanager.net/amer/<tenant>/
  const std::size_t host = service_url.find("://");
  if (host == std::string_view::npos) return {};
  const std::size_t path = service_url.find('/', host + 3);
  if (path == std::string_view::npos) return {};
  std::string_view region = service_url.substr(path + 1);
  return std::string(region.substr(0, region.find('/')));
}

std::optional<Conversation> find_conversation(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_CONVERSATION_COLUMNS " FROM conversations WHERE id = $1", {id},
                       conversation_of);
}

std::optional<Conversation> personal_conversation_of(Session& session, std::string_view aad_object_id) {
  return session.first("SELECT " PAO_CONVERSATION_COLUMNS
                       " FROM conversations WHERE aad_object_id = $1 AND kind = 'personal'"
                       " ORDER BY installed DESC, last_inbound_at DESC LIMIT 1",
                       {aad_object_id}, conversation_of);
}

void save_conversation(Session& session, const Conversation& conversation) {
  session.run(
      "INSERT INTO conversations (" PAO_CONVERSATION_COLUMNS
      ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
      " ON CONFLICT (id) DO UPDATE SET"
      " kind = excluded.kind, service_url = excluded.service_url, tenant_id = excluded.tenant_id,"
      " bot_id = excluded.bot_id, user_id = excluded.user_id, aad_object_id = excluded.aad_object_id,"
      " locale = excluded.locale, installed = excluded.installed,"
      " greeted = CASE WHEN conversations.greeted = 1 THEN 1 ELSE excluded.greeted END,"
      " last_inbound_at = excluded.last_inbound_at, region = excluded.region,"
      " thread_id = CASE WHEN excluded.thread_id = '' THEN conversations.thread_id"
      " ELSE excluded.thread_id END,"
      " team_id = CASE WHEN excluded.team_id = '' THEN conversations.team_id ELSE excluded.team_id END,"
      " blocked = excluded.blocked",
      {std::string_view(conversation.id), std::string_view(conversation.kind),
       std::string_view(conversation.service_url), std::string_view(conversation.tenant_id),
       std::string_view(conversation.bot_id), std::string_view(conversation.user_id),
       std::string_view(conversation.aad_object_id), std::string_view(conversation.locale),
       to_value(conversation.installed), to_value(conversation.greeted),
       to_value(conversation.last_inbound_at), std::string_view(conversation.region),
       std::string_view(conversation.thread_id), std::string_view(conversation.team_id),
       to_value(conversation.blocked)});
}

bool mark_greeted(Session& session, std::string_view id) {
  return session.run("UPDATE conversations SET greeted = 1 WHERE id = $1 AND greeted = 0", {id}) == 1;
}

void set_installed(Session& session, std::string_view id, bool installed) {
  session.run("UPDATE conversations SET installed = $2 WHERE id = $1", {id, to_value(installed)});
}

void set_team_installed(Session& session, std::string_view team_id, bool installed) {
  session.run("UPDATE conversations SET installed = $2 WHERE team_id = $1 OR id = $1",
              {team_id, to_value(installed)});
}

void set_blocked(Session& session, std::string_view id) {
  session.run("UPDATE conversations SET installed = 0, blocked = 1 WHERE id = $1", {id});
}

void set_service_url(Session& session, std::string_view id, std::string_view service_url) {
  session.run("UPDATE conversations SET service_url = $2, region = $3 WHERE id = $1",
              {id, service_url, std::string_view(region_of(service_url))});
}

}  // namespace pao::storage
