// The registro of the virtual assistant: append-only, each entry carrying the hash of the one
// before.
#pragma once

#include "storage/session.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace pao::storage {

struct RegistroEntry {
  std::int64_t number = 0;  // 1, 2, 3 … without gaps
  Instant at;
  std::string actor;    // person id; "aad:<id>" for somebody not in the directory; "job:<name>"; "cli"
  std::string channel;  // "teams", "job", "cli"
  std::string kind;     // "turn", "progress.recorded", "request.filed", "alert.sent" …
  std::string subject;  // id of what it is about: conversation, obligation, request
  std::string content;  // JSON object: question, answer, criteria, from, to, reason …
  std::string hash;     // SHA-256 (hex) over previous hash and all fields above
};

// Appends the entry; number and hash are set here.
RegistroEntry append_registro(Session& session, RegistroEntry entry);

// Calls on_entry in order, from number `from`; stops when it returns false.
void each_registro(Session& session, std::int64_t from,
                   const std::function<bool(const RegistroEntry&)>& on_entry);

struct RegistroVerdict {
  std::int64_t entries = 0;
  std::int64_t first_broken = 0;  // 0: the chain is whole
  std::string reason;             // what does not fit at first_broken
};

// Recomputes the whole chain. A changed, removed or inserted entry is found; so is a cut tail when the stored
// length and last hash no longer agree.
RegistroVerdict verify_registro(Session& session);

}  // namespace pao::storage
