#include "storage/conversations_store.hpp"

namespace pao::storage {
namespace {

#define PAO_CONVERSATION_COLUMNS                                                                  \
  "id, kind, service_url, tenant_id, bot_id, user_id, aad_object_id, locale, installed, greeted," \
  " last_inbound_at"

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
          .last_inbound_at = row.instant(10)};
}

}  // namespace

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
  session.run("INSERT INTO conversations (" PAO_CONVERSATION_COLUMNS
              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO UPDATE SET"
              " kind = excluded.kind, service_url = excluded.service_url, tenant_id = excluded.tenant_id,"
              " bot_id = excluded.bot_id, user_id = excluded.user_id, aad_object_id = excluded.aad_object_id,"
              " locale = excluded.locale, installed = excluded.installed,"
              " greeted = CASE WHEN conversations.greeted = 1 THEN 1 ELSE excluded.greeted END,"
              " last_inbound_at = excluded.last_inbound_at",
              {std::string_view(conversation.id), std::string_view(conversation.kind),
               std::string_view(conversation.service_url), std::string_view(conversation.tenant_id),
               std::string_view(conversation.bot_id), std::string_view(conversation.user_id),
               std::string_view(conversation.aad_object_id), std::string_view(conversation.locale),
               to_value(conversation.installed), to_value(conversation.greeted),
               to_value(conversation.last_inbound_at)});
}

bool mark_greeted(Session& session, std::string_view id) {
  return session.run("UPDATE conversations SET greeted = 1 WHERE id = $1 AND greeted = 0", {id}) == 1;
}

void set_installed(Session& session, std::string_view id, bool installed) {
  session.run("UPDATE conversations SET installed = $2 WHERE id = $1", {id, to_value(installed)});
}

void set_service_url(Session& session, std::string_view id, std::string_view service_url) {
  session.run("UPDATE conversations SET service_url = $2 WHERE id = $1", {id, service_url});
}

}  // namespace pao::storage
