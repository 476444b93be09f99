#include "storage/outbox_store.hpp"

#include "storage/words.hpp"

#include <unordered_set>

namespace pao::storage {
namespace {

#define PAO_OUTBOX_COLUMNS                                                                           \
  "id, key, channel, kind, priority, lane, conversation_id, aad_object_id, reply_to, subject, text," \
  " card, summary, next_at, expires_at, state, attempts, reason, receipt, created_at"

OutboxMessage message_of(const Row& row) {
  return {.id = row.integer(0),
          .key = row.string(1),
          .channel = row.string(2),
          .kind = row.string(3),
          .priority = static_cast<Priority>(row.integer(4)),
          .lane = row.string(5),
          .conversation_id = row.string(6),
          .aad_object_id = row.string(7),
          .reply_to = row.string(8),
          .subject = row.string(9),
          .text = row.string(10),
          .card = row.string(11),
          .summary = row.string(12),
          .not_before = row.instant(13),
          .expires_at = row.instant(14),
          .state = known(value_of(outbox_state_words, row.text(15))),
          .attempts = static_cast<int>(row.integer(16)),
          .reason = row.string(17),
          .receipt = row.string(18),
          .created_at = row.instant(19)};
}

// Which message of a lane may go now; nothing while the lane has one in flight. It is the earliest of those
// that are due or being retried, with at least that priority: a retry that is not due yet holds up what came
// after it, so that order survives a retry, and a message that is only planned for later holds up nothing.
std::optional<std::int64_t> head_of_lane(Session& session, std::string_view lane, std::int64_t priority,
                                         Instant now) {
  struct Head {
    std::int64_t id;
    bool claimable;
  };
  const auto head = session.first(
      "SELECT id, next_at <= $2 FROM outbox WHERE lane = $1 AND ended_at IS NULL"
      " AND ((state = 'sending' AND next_at > $2)"
      " OR (priority <= $3 AND (next_at <= $2 OR attempts > 0)))"
      " ORDER BY CASE WHEN state = 'sending' AND next_at > $2 THEN 0 ELSE 1 END, id LIMIT 1",
      {lane, to_value(now), to_value(priority)},
      [](const Row& row) { return Head{.id = row.integer(0), .claimable = row.flag(1)}; });
  return head && head->claimable ? std::optional(head->id) : std::nullopt;
}

// Adds claimable messages of lanes that have one of this priority due, the longest due first, until there are
// `limit`.
void collect_due(Session& session, Instant now, std::int64_t priority, std::size_t limit,
                 std::unordered_set<std::string>& lanes, std::vector<std::int64_t>& ids) {
  session.each(
      "SELECT lane FROM outbox WHERE priority = $1 AND next_at <= $2 AND ended_at IS NULL"
      " ORDER BY next_at, id",
      {to_value(priority), to_value(now)}, [&](const Row& row) {
        if (!lanes.insert(row.string(0)).second) return true;  // settled: one claimed, or busy
        if (const auto id = head_of_lane(session, row.text(0), priority, now)) ids.push_back(*id);
        return ids.size() < limit;
      });
}

}  // namespace

bool enqueue(Session& session, const OutboxMessage& message) {
  return session.run(
             "INSERT INTO outbox (key, channel, kind, priority, lane, conversation_id, aad_object_id,"
             " reply_to, subject, text, card, summary, next_at, expires_at, state, attempts, created_at)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'pending', 0, $15)"
             " ON CONFLICT (key) DO NOTHING",
             {std::string_view(message.key), std::string_view(message.channel),
              std::string_view(message.kind), to_value(static_cast<int>(message.priority)),
              std::string_view(message.lane), text_or_null(message.conversation_id),
              text_or_null(message.aad_object_id), text_or_null(message.reply_to),
              text_or_null(message.subject), text_or_null(message.text), text_or_null(message.card),
              text_or_null(message.summary), to_value(message.not_before), to_value(message.expires_at),
              to_value(message.created_at)}) == 1;
}

std::vector<OutboxMessage> claim_due(Session& session, Instant now, Instant lease_until, int limit) {
  std::vector<std::int64_t> ids;
  std::unordered_set<std::string> lanes;
  if (limit <= 0) return {};
  for (const Priority priority : {Priority::reply, Priority::notice, Priority::broadcast}) {
    if (ids.size() == static_cast<std::size_t>(limit)) break;
    collect_due(session, now, static_cast<int>(priority), static_cast<std::size_t>(limit), lanes, ids);
  }
  std::vector<OutboxMessage> claimed;
  claimed.reserve(ids.size());
  for (const std::int64_t id : ids) {
    session.each(
        "UPDATE outbox SET state = 'sending', next_at = $2, attempts = attempts + 1 WHERE id = $1"
        " RETURNING " PAO_OUTBOX_COLUMNS,
        {to_value(id), to_value(lease_until)}, [&](const Row& row) {
          claimed.push_back(message_of(row));
          return true;
        });
  }
  return claimed;
}

void mark_sent(Session& session, std::int64_t id, std::string_view receipt, Instant at) {
  session.run("UPDATE outbox SET state = 'sent', receipt = $2, ended_at = $3, reason = NULL WHERE id = $1",
              {to_value(id), text_or_null(receipt), to_value(at)});
}

void mark_retry(Session& session, std::int64_t id, Instant not_before, std::string_view reason) {
  session.run(
      "UPDATE outbox SET state = 'pending', next_at = $2, reason = $3 WHERE id = $1 AND ended_at IS NULL",
      {to_value(id), to_value(not_before), text_or_null(reason)});
}

void mark_ended(Session& session, std::int64_t id, OutboxState state, std::string_view reason, Instant at) {
  session.run("UPDATE outbox SET state = $2, reason = $3, ended_at = $4 WHERE id = $1",
              {to_value(id), word_of(outbox_state_words, state), text_or_null(reason), to_value(at)});
}

std::optional<Instant> next_due(Session& session) {
  std::optional<Instant> earliest;
  for (const Priority priority : {Priority::reply, Priority::notice, Priority::broadcast}) {
    const auto next = session.first(
        "SELECT next_at FROM outbox WHERE priority = $1 AND ended_at IS NULL ORDER BY next_at LIMIT 1",
        {to_value(static_cast<int>(priority))}, [](const Row& row) { return row.instant(0); });
    if (next && (!earliest || *next < *earliest)) earliest = next;
  }
  return earliest;
}

std::vector<OutboxMessage> list_outbox(Session& session, std::optional<OutboxState> state, int limit) {
  if (!state) {
    return session.all("SELECT " PAO_OUTBOX_COLUMNS " FROM outbox ORDER BY id DESC LIMIT $1",
                       {to_value(limit)}, message_of);
  }
  return session.all("SELECT " PAO_OUTBOX_COLUMNS " FROM outbox WHERE state = $1 ORDER BY id DESC LIMIT $2",
                     {word_of(outbox_state_words, *state), to_value(limit)}, message_of);
}

bool retry_message(Session& session, std::int64_t id, Instant now) {
  return session.run(
             "UPDATE outbox SET state = 'pending', next_at = $2, attempts = 0, ended_at = NULL"
             " WHERE id = $1 AND state IN ('dead', 'unreachable', 'cancelled')",
             {to_value(id), to_value(now)}) == 1;
}

std::int64_t revive_unreachable(Session& session, std::string_view aad_object_id, Instant now) {
  return session.run(
      "UPDATE outbox SET state = 'pending', next_at = $2, attempts = 0, reason = NULL, ended_at = NULL"
      " WHERE aad_object_id = $1 AND state = 'unreachable' AND expires_at > $2",
      {aad_object_id, to_value(now)});
}

bool cancel_message(Session& session, std::int64_t id, std::string_view reason, Instant at) {
  return session.run(
             "UPDATE outbox SET state = 'cancelled', reason = $2, ended_at = $3"
             " WHERE id = $1 AND state = 'pending'",
             {to_value(id), text_or_null(reason), to_value(at)}) == 1;
}

OutboxCounts count_outbox(Session& session) {
  OutboxCounts counts;
  session.each("SELECT state, COUNT(*) FROM outbox GROUP BY state", {}, [&](const Row& row) {
    switch (known(value_of(outbox_state_words, row.text(0)))) {
      case OutboxState::pending:
      case OutboxState::sending:
        counts.pending += row.integer(1);
        break;
      case OutboxState::sent:
        counts.sent += row.integer(1);
        break;
      default:
        counts.ended_otherwise += row.integer(1);
    }
    return true;
  });
  return counts;
}

}  // namespace pao::storage
