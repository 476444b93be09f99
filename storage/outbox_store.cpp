#include "storage/outbox_store.hpp"

#include "storage/conversations_store.hpp"
#include "storage/outbox_arrivals.hpp"
#include "storage/words.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>

namespace pao::storage {
namespace {

#define PAO_OUTBOX_COLUMNS                                                                           \
  "id, key, channel, kind, priority, lane, conversation_id, aad_object_id, reply_to, subject, text," \
  " card, summary, next_at, expires_at, state, attempts, reason, receipt, created_at, unconfirmed,"  \
  " operation, target_key, extras, sent_to"

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
          .operation = known(value_of(outbox_operation_words, row.text(21))),
          .target_key = row.string(22),
          .subject = row.string(9),
          .text = row.string(10),
          .card = row.string(11),
          .summary = row.string(12),
          .extras = row.string(23),
          .not_before = row.instant(13),
          .expires_at = row.instant(14),
          .state = known(value_of(outbox_state_words, row.text(15))),
          .attempts = static_cast<int>(row.integer(16)),
          .reason = row.string(17),
          .receipt = row.string(18),
          .sent_to = row.string(24),
          .created_at = row.instant(19),
          .unconfirmed = static_cast<int>(row.integer(20))};
}

// Every key that begins with the prefix lies below the prefix followed by the last character there is.
std::string end_of_prefix(std::string_view prefix) {
  return std::string(prefix) + "\xF4\x8F\xBF\xBF";
}

struct Head {
  std::int64_t id;
  bool claimable;
  bool is_lease_over;  // claimed before, and nobody said what became of it
};

// Which message of a lane may go now; nothing while the lane has one in flight of that priority or a higher
// one: a reply does not wait for a broadcast. It is the earliest of those that are due or being retried, with
// at least that priority: a retry that is not due yet holds up what came
// after it, so that order survives a retry, and a message that is only planned for later holds up nothing.
std::optional<Head> head_of_lane(Session& session, std::string_view lane, std::int64_t priority,
                                 Instant now) {
  const auto head = session.first(
      "SELECT id, next_at <= $2, state = 'sending' FROM outbox WHERE lane = $1 AND ended_at IS NULL"
      " AND priority <= $3 AND (state = 'sending' OR next_at <= $2 OR reason IS NOT NULL)"
      " ORDER BY CASE WHEN state = 'sending' AND next_at > $2 THEN 0 ELSE 1 END, id LIMIT 1",
      {lane, to_value(now), to_value(priority)}, [](const Row& row) {
        return Head{row.integer(0), row.flag(1), row.flag(2)};
      });
  return head && head->claimable ? head : std::nullopt;
}

// Adds claimable messages of lanes that have one of this priority due, the longest due first, until there are
// `limit`.
void collect_due(Session& session, std::string_view channel, Instant now, std::int64_t priority,
                 std::size_t limit, std::unordered_set<std::string>& lanes, std::vector<Head>& heads) {
  session.each(
      "SELECT lane FROM outbox WHERE priority = $1 AND next_at <= $2 AND ended_at IS NULL"
      " AND channel = $3 ORDER BY next_at, id",
      {to_value(priority), to_value(now), channel}, [&](const Row& row) {
        if (!lanes.insert(row.string(0)).second) return true;  // settled: one claimed, or busy
        if (const auto head = head_of_lane(session, row.text(0), priority, now)) heads.push_back(*head);
        return heads.size() < limit;
      });
}

// A change stands in its target's lane, behind it, whatever lane, priority and time it was given.
OutboxMessage behind_target(Session& session, OutboxMessage message) {
  session.each("SELECT lane, priority, next_at, state FROM outbox WHERE key = $1",
               {std::string_view(message.target_key)}, [&](const Row& row) {
                 message.lane = row.string(0);
                 message.priority = std::max(message.priority, static_cast<Priority>(row.integer(1)));
                 const bool updates = message.operation == OutboxOperation::update;  // a removal withdraws it
                 if (updates && row.text(3) == "pending")
                   message.not_before = std::max(message.not_before, row.instant(2));
                 return false;
               });
  return message;
}

// What goes to a person by itself stands in the lane of the conversation that it will go into, so that it
// keeps its order with what is answered there.
OutboxMessage in_lane_of_person(Session& session, OutboxMessage message) {
  if (!message.conversation_id.empty() || message.aad_object_id.empty() || message.channel != "teams")
    return message;
  const auto conversation = personal_conversation_of(session, message.aad_object_id);
  if (conversation && conversation->installed) message.lane = conversation->id;
  return message;
}

}  // namespace

bool enqueue(Session& session, const OutboxMessage& given) {
  const OutboxMessage message =
      given.target_key.empty() ? in_lane_of_person(session, given) : behind_target(session, given);
  return session.run(
             "INSERT INTO outbox (key, channel, kind, priority, lane, conversation_id, aad_object_id,"
             " reply_to, subject, text, card, summary, next_at, expires_at, state, attempts, created_at,"
             " operation, target_key, extras) VALUES"
             " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'pending', 0, $15, $16, $17, "
             "$18)"
             " ON CONFLICT (key) DO NOTHING",
             {std::string_view(message.key), std::string_view(message.channel),
              std::string_view(message.kind), to_value(static_cast<int>(message.priority)),
              std::string_view(message.lane), text_or_null(message.conversation_id),
              text_or_null(message.aad_object_id), text_or_null(message.reply_to),
              text_or_null(message.subject), text_or_null(message.text), text_or_null(message.card),
              text_or_null(message.summary), to_value(message.not_before), to_value(message.expires_at),
              to_value(message.created_at), word_of(outbox_operation_words, message.operation),
              text_or_null(message.target_key), text_or_null(message.extras)}) == 1;
}

std::vector<OutboxMessage> claim_due(Session& session, Instant now, Instant lease_until, int limit,
                                     std::string_view channel) {
  std::vector<Head> heads;
  std::unordered_set<std::string> lanes;
  if (limit <= 0) return {};
  for (const Priority priority : {Priority::reply, Priority::notice, Priority::broadcast}) {
    if (heads.size() == static_cast<std::size_t>(limit)) break;
    collect_due(session, channel, now, static_cast<int>(priority), static_cast<std::size_t>(limit), lanes,
                heads);
  }
  std::vector<OutboxMessage> claimed;
  claimed.reserve(heads.size());
  for (const Head& head : heads) {
    session.each(
        "UPDATE outbox SET state = 'sending', next_at = $2, attempts = attempts + 1,"
        " unconfirmed = unconfirmed + $3 WHERE id = $1 RETURNING " PAO_OUTBOX_COLUMNS,
        {to_value(head.id), to_value(lease_until), to_value(head.is_lease_over)}, [&](const Row& row) {
          claimed.push_back(message_of(row));
          claimed.back().reclaimed = head.is_lease_over;
          return true;
        });
  }
  return claimed;
}

void mark_sent(Session& session, std::int64_t id, std::string_view receipt, Instant at,
               std::string_view sent_to) {
  session.run(
      "UPDATE outbox SET state = 'sent', receipt = $2, ended_at = $3, sent_to = $4, reason = NULL"
      " WHERE id = $1",
      {to_value(id), text_or_null(receipt), to_value(at), text_or_null(sent_to)});
}

void mark_retry(Session& session, std::int64_t id, Instant not_before, std::string_view reason,
                bool unconfirmed) {
  session.run(
      "UPDATE outbox SET state = 'pending', next_at = $2, reason = $3, unconfirmed = unconfirmed + $4"
      " WHERE id = $1 AND ended_at IS NULL",
      {to_value(id), to_value(not_before), reason, to_value(unconfirmed)});
}

void mark_postponed(Session& session, std::int64_t id, Instant not_before, std::string_view reason) {
  session.run(
      "UPDATE outbox SET state = 'pending', next_at = $2, reason = COALESCE(reason, $3),"
      " attempts = attempts - 1 WHERE id = $1 AND ended_at IS NULL",
      {to_value(id), to_value(not_before), reason});
}

void mark_ended(Session& session, std::int64_t id, OutboxState state, std::string_view reason, Instant at,
                bool unconfirmed) {
  session.run(
      "UPDATE outbox SET state = $2, reason = $3, ended_at = $4, unconfirmed = unconfirmed + $5 WHERE id = "
      "$1",
      {to_value(id), word_of(outbox_state_words, state), text_or_null(reason), to_value(at),
       to_value(unconfirmed)});
}

bool withdraw_message(Session& session, std::int64_t id, std::string_view reason, Instant at) {
  return session.run(
             "UPDATE outbox SET state = 'obsolete', reason = $2, ended_at = $3"
             " WHERE id = $1 AND state = 'pending' AND attempts = 0",
             {to_value(id), reason, to_value(at)}) == 1;
}

std::optional<Instant> next_due(Session& session, Instant after, std::string_view channel) {
  std::optional<Instant> earliest;
  for (const Priority priority : {Priority::reply, Priority::notice, Priority::broadcast}) {
    const auto next = session.first(
        "SELECT next_at FROM outbox WHERE priority = $1 AND next_at > $2 AND ended_at IS NULL"
        " AND channel = $3 ORDER BY next_at LIMIT 1",
        {to_value(static_cast<int>(priority)), to_value(after), channel},
        [](const Row& row) { return row.instant(0); });
    if (next && (!earliest || *next < *earliest)) earliest = next;
  }
  return earliest;
}

std::vector<SentLately> sent_since(Session& session, Instant after, Instant now) {
  const auto read = [](const Row& row) { return SentLately{row.string(0), row.string(1), row.instant(2)}; };
  auto sent = session.all(
      "SELECT conversation_id, aad_object_id, ended_at FROM outbox WHERE state = 'sent' AND ended_at > $1"
      " AND channel = 'teams' ORDER BY ended_at",
      {to_value(after)}, read);
  for (const Priority priority : {Priority::reply, Priority::notice, Priority::broadcast}) {
    const auto leased = session.all(
        "SELECT conversation_id, aad_object_id, $2 FROM outbox WHERE priority = $1 AND next_at > $2"
        " AND ended_at IS NULL AND state = 'sending' AND channel = 'teams'",
        {to_value(static_cast<int>(priority)), to_value(now)}, read);
    sent.insert(sent.end(), leased.begin(), leased.end());
  }
  return sent;
}

std::optional<OutboxMessage> find_message(Session& session, std::string_view key) {
  return session.first("SELECT " PAO_OUTBOX_COLUMNS " FROM outbox WHERE key = $1", {key}, message_of);
}

std::optional<OutboxMessage> find_sent(Session& session, std::string_view conversation_id,
                                       std::string_view receipt) {
  const auto without_thread = [](std::string_view id) { return id.substr(0, id.find(";messageid=")); };
  std::optional<OutboxMessage> found;
  session.each("SELECT " PAO_OUTBOX_COLUMNS
               " FROM outbox WHERE receipt = $1 AND receipt IS NOT NULL ORDER BY id DESC",
               {receipt}, [&](const Row& row) {
                 if (without_thread(row.text(24)) != without_thread(conversation_id)) return true;
                 found = message_of(row);
                 return false;
               });
  return found;
}

bool confirm_arrival(Session& session, std::string_view conversation_id, std::string_view aad_object_id,
                     std::string_view activity_id, Instant now) {
  constexpr std::size_t digits_of_an_id = 13;
  std::int64_t made_ms = 0;
  const auto read = std::from_chars(activity_id.data(), activity_id.data() + activity_id.size(), made_ms);
  const bool is_time = read.ec == std::errc{} && read.ptr == activity_id.data() + activity_id.size() &&
                       activity_id.size() == digits_of_an_id;
  if (!is_time || find_sent(session, conversation_id, activity_id)) return false;
  // next_at of one that waits lies behind its last try, ended_at of one that was given up just behind it.
  return session.run(
             "UPDATE outbox SET state = 'sent', receipt = $3, sent_to = $1, ended_at = $5, reason = 'arrived'"
             " WHERE id = (SELECT id FROM outbox WHERE unconfirmed > 0 AND receipt IS NULL"
             " AND operation = 'post' AND created_at <= $4"
             " AND ((state = 'pending' AND next_at >= $4) OR (state = 'dead' AND ended_at >= $4 - 60000))"
             " AND (conversation_id = $1 OR conversation_id LIKE $1 || ';%'"
             " OR ((conversation_id IS NULL OR conversation_id = '') AND aad_object_id = $2))"
             " ORDER BY created_at, id LIMIT 1)",
             {conversation_id, aad_object_id, activity_id,
              to_value(Instant{std::chrono::milliseconds{made_ms}}), to_value(now)}) == 1;
}

std::vector<OutboxMessage> list_outbox(Session& session, std::optional<OutboxState> state, int limit) {
  if (!state) {
    return session.all("SELECT " PAO_OUTBOX_COLUMNS " FROM outbox ORDER BY id DESC LIMIT $1",
                       {to_value(limit)}, message_of);
  }
  return session.all("SELECT " PAO_OUTBOX_COLUMNS " FROM outbox WHERE state = $1 ORDER BY id DESC LIMIT $2",
                     {word_of(outbox_state_words, *state), to_value(limit)}, message_of);
}

void extend_leases(Session& session, const std::vector<std::int64_t>& ids, Instant until) {
  for (const std::int64_t id : ids) {
    session.run("UPDATE outbox SET next_at = $2 WHERE id = $1 AND state = 'sending'",
                {to_value(id), to_value(until)});
  }
}

bool retry_message(Session& session, std::int64_t id, Instant now) {
  return session.run(
             "UPDATE outbox SET state = 'pending', next_at = $2, attempts = 0, reason = NULL, ended_at = NULL"
             " WHERE id = $1 AND state IN ('dead', 'unreachable', 'cancelled') AND expires_at > $2",
             {to_value(id), to_value(now)}) == 1;
}

std::int64_t retry_undelivered(Session& session, std::string_view prefix, std::string_view reason_word,
                               Instant now) {
  const std::string end = end_of_prefix(prefix);
  return session.run(
      "UPDATE outbox SET state = 'pending', next_at = $4, attempts = 0, reason = NULL, ended_at = NULL"
      " WHERE key >= $1 AND key < $2 AND state IN ('dead', 'unreachable') AND expires_at > $4"
      " AND (reason = $3 OR reason LIKE $3 || ':%')",
      {prefix, std::string_view(end), reason_word, to_value(now)});
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

std::int64_t count_waiting(Session& session) {
  return session
      .first("SELECT COUNT(*) FROM outbox WHERE ended_at IS NULL", {},
             [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

std::vector<StateCount> count_by_state(Session& session, std::string_view prefix) {
  const std::string end = end_of_prefix(prefix);
  return session.all(
      "SELECT state, COUNT(*), SUM(unconfirmed) FROM outbox WHERE key >= $1 AND key < $2 GROUP BY state"
      " ORDER BY state",
      {prefix, std::string_view(end)}, [](const Row& row) {
        return StateCount{known(value_of(outbox_state_words, row.text(0))), row.integer(1), row.integer(2)};
      });
}

}  // namespace pao::storage
