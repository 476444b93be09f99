#include "bot/conversation_references.hpp"

#include "storage/outbox_arrivals.hpp"
#include "storage/outbox_store.hpp"

#include <optional>
#include <string_view>

namespace pao::bot {
namespace {

using namespace std::chrono_literals;

// The conversation's last contact is kept to this precision, so that most turns do not write it.
constexpr auto contact_precision = 10min;

bool needs_saving(const std::optional<storage::Conversation>& stored, const storage::Conversation& now) {
  return !stored || stored->service_url != now.service_url || stored->tenant_id != now.tenant_id ||
         stored->bot_id != now.bot_id || stored->user_id != now.user_id ||
         stored->aad_object_id != now.aad_object_id || stored->locale != now.locale ||
         stored->installed != now.installed || stored->blocked != now.blocked ||
         (!now.thread_id.empty() && stored->thread_id != now.thread_id) ||
         (!now.team_id.empty() && stored->team_id != now.team_id) ||
         now.last_inbound_at - stored->last_inbound_at > contact_precision;
}

bool is_from_compose_box(const protocol::Activity& activity) {
  return activity.invoke_name.rfind("composeExtension/", 0) == 0;
}

// Whether a team's event lets us write there (true), forbids it (false), or neither.
std::optional<bool> reachable_after(std::string_view event, std::string_view subject) {
  if (event.substr(0, subject.size()) != subject) return std::nullopt;
  const std::string_view what = event.substr(subject.size());
  if (what == "Deleted" || what == "HardDeleted" || what == "Archived") return false;
  if (what == "Restored" || what == "Unarchived") return true;
  return std::nullopt;
}

void keep_team_event(storage::Session& session, const protocol::Activity& activity) {
  if (const auto reachable = reachable_after(activity.event, "team"); reachable && !activity.team_id.empty())
    storage::set_team_installed(session, activity.team_id, *reachable);
  if (const auto reachable = reachable_after(activity.event, "channel");
      reachable && !activity.channel.empty())
    storage::set_installed(session, activity.channel, *reachable);
}

// A pressed card, or a rated message: only what we sent has such. Its id is the proof that it arrived.
bool acts_on_a_message(const protocol::Activity& activity) {
  return !activity.reply_to_id.empty() && (activity.type == "invoke" || !activity.verb.empty());
}

}  // namespace

storage::Conversation reference_of(const protocol::Activity& activity, const handlers::Turn& turn) {
  storage::Conversation reference{
      .id = activity.conversation_id,
      .kind = activity.conversation_type.empty() ? "personal" : activity.conversation_type,
      .service_url = activity.service_url,
      .tenant_id = activity.tenant_id,
      .bot_id = activity.recipient.id,
      .locale = activity.locale,
      .installed = turn.kind != handlers::TurnKind::departure,
      .last_inbound_at = turn.at,
      .region = storage::region_of(activity.service_url),
      .thread_id = activity.thread_id,
      .team_id = activity.team_id};
  if (reference.kind == "personal") {
    reference.user_id = activity.from.id;
    reference.aad_object_id = activity.from.aad_object_id;
  }
  return reference;
}

bool keep_reference(storage::Session& session, const protocol::Activity& activity,
                    const storage::Conversation& now) {
  const std::optional<storage::Conversation> stored = storage::find_conversation(session, now.id);
  if (!stored && is_from_compose_box(activity)) return false;
  if (needs_saving(stored, now)) storage::save_conversation(session, now);
  if (acts_on_a_message(activity))
    storage::confirm_arrival(session, now.id, now.aad_object_id, activity.reply_to_id, now.last_inbound_at);
  if (activity.type == "conversationUpdate") keep_team_event(session, activity);
  const bool newly_reachable = now.installed && !now.aad_object_id.empty() && (!stored || !stored->installed);
  return newly_reachable && storage::revive_unreachable(session, now.aad_object_id, now.last_inbound_at) > 0;
}

}  // namespace pao::bot
