#include "storage/registro_store.hpp"

#include "storage/database_failure.hpp"
#include "storage/sha256.hpp"

#include <limits>

namespace pao::storage {
namespace {

struct Head {
  std::int64_t entries = 0;
  std::string last_hash;
};

Head head_of(Session& session) {
  auto head =
      session.first("SELECT entries, last_hash FROM registro_head WHERE id = 1", {}, [](const Row& row) {
        return Head{row.integer(0), row.string(1)};
      });
  if (!head) throw DatabaseFailure(ErrorCode::internal, "the registro has no head");
  return *head;
}

// Each field with its length before it: no two different entries give the same bytes.
void add_field(std::string& bytes, std::string_view field) {
  bytes += std::to_string(field.size());
  bytes += ':';
  bytes += field;
}

std::string hash_of(std::string_view previous_hash, const RegistroEntry& entry) {
  std::string bytes;
  bytes.reserve(entry.content.size() + 256);
  add_field(bytes, previous_hash);
  add_field(bytes, std::to_string(entry.number));
  add_field(bytes, std::to_string(entry.at.time_since_epoch().count()));
  add_field(bytes, entry.actor);
  add_field(bytes, entry.channel);
  add_field(bytes, entry.kind);
  add_field(bytes, entry.subject);
  add_field(bytes, entry.content);
  return sha256_hex(bytes);
}

RegistroVerdict broken(std::int64_t entries, std::int64_t number, std::string reason) {
  return {.entries = entries, .first_broken = number, .reason = std::move(reason)};
}

}  // namespace

RegistroEntry append_registro(Session& session, RegistroEntry entry) {
  const Head head = head_of(session);
  entry.number = head.entries + 1;
  entry.hash = hash_of(head.last_hash, entry);
  session.run(
      "INSERT INTO registro (number, at, actor, channel, kind, subject, content, hash)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {to_value(entry.number), to_value(entry.at), std::string_view(entry.actor),
       std::string_view(entry.channel), std::string_view(entry.kind), std::string_view(entry.subject),
       std::string_view(entry.content), std::string_view(entry.hash)});
  session.run("UPDATE registro_head SET entries = $1, last_hash = $2 WHERE id = 1",
              {to_value(entry.number), std::string_view(entry.hash)});
  return entry;
}

void each_registro(Session& session, std::int64_t from,
                   const std::function<bool(const RegistroEntry&)>& on_entry) {
  session.each(
      "SELECT number, at, actor, channel, kind, subject, content, hash FROM registro WHERE number >= $1"
      " ORDER BY number",
      {to_value(from)}, [&](const Row& row) {
        return on_entry({.number = row.integer(0),
                         .at = row.instant(1),
                         .actor = row.string(2),
                         .channel = row.string(3),
                         .kind = row.string(4),
                         .subject = row.string(5),
                         .content = row.string(6),
                         .hash = row.string(7)});
      });
}

RegistroVerdict verify_registro(Session& session) {
  RegistroVerdict verdict;
  std::string previous_hash;
  // From below 1: an entry put in before the first one must be seen too.
  each_registro(session, std::numeric_limits<std::int64_t>::min(), [&](const RegistroEntry& entry) {
    const std::int64_t expected = verdict.entries + 1;
    if (entry.number != expected) {
      verdict = broken(verdict.entries, expected, "the entry is missing");
      return false;
    }
    if (entry.hash != hash_of(previous_hash, entry)) {
      verdict = broken(verdict.entries, expected, "the entry does not match its hash");
      return false;
    }
    previous_hash = entry.hash;
    verdict.entries = expected;
    return true;
  });
  if (verdict.first_broken != 0) return verdict;
  const Head head = head_of(session);
  if (head.entries > verdict.entries) {
    return broken(verdict.entries, verdict.entries + 1, "the end of the registro was cut off");
  }
  if (head.entries < verdict.entries || head.last_hash != previous_hash) {
    return broken(verdict.entries, verdict.entries, "the end does not match the stored length and last hash");
  }
  return verdict;
}

}  // namespace pao::storage
