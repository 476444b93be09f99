// One message for many, handed to the channel in one request (reference 5.5): groups of equal broadcasts, the
// question how far each is, and what became of every entry. Behind the setting delivery.batch. Pure state;
// the worker sends the requests.
#pragma once

#include "bot/delivery/connector_client.hpp"
#include "bot/delivery/retry_policy.hpp"
#include "handlers/procedure/bogota_time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pao::bot::delivery {

inline constexpr std::size_t least_batch_entries = 5;
inline constexpr std::size_t most_batch_entries = 100;

// A message that may go with others.
struct BatchEntry {
  std::int64_t id = 0;  // of the outbox row
  std::string member_id;
  std::string service_url;
  std::string tenant;
  std::string body;  // without conversation: equal for all who read the same
  Instant lease_until;
};

// What became of one entry.
struct BatchOutcome {
  enum class What {
    sent,      // the channel has it; `operation` instead of a receipt
    failed,    // as `verdict` says
    by_itself  // the channel does not take the group: send it as an ordinary message
  };
  std::int64_t id = 0;
  What what = What::sent;
  Verdict verdict = {};
  std::string operation = {};
};

// Used by one thread.
class BatchLane {
 public:
  struct Call {
    std::uint64_t tag;  // of the answer; never a row's id
    Request request;
    std::vector<std::int64_t> ids = {};  // that left with it
  };

  // Makes groups of the entries that go to the same place with the same body, and takes those of five or
  // more. The others stay with the caller.
  std::vector<Call> take(std::vector<BatchEntry> entries);

  // Questions that are due about groups on their way.
  std::vector<Call> questions(Instant now);

  static bool is_ours(std::uint64_t tag);
  // The answer to a call; empty while the group is on its way.
  std::vector<BatchOutcome> finish(std::uint64_t tag, const Answer& answer, Instant now);

  // Rows of groups that the channel still works on and whose lease ends within the reserve: from now on it
  // ends at `until`, which the caller stores.
  std::vector<std::int64_t> extend(Instant now, std::chrono::milliseconds reserve, Instant until);

  // Entries of groups that the channel has worked on for ten minutes less the reserve: it has accepted them
  // and goes on by itself, so they count as sent.
  std::vector<BatchOutcome> run_out(Instant now, std::chrono::milliseconds reserve);

  // False after the channel has refused a group for good: everything goes by itself until the next start.
  bool is_on() const { return is_on_; }
  // When the next question is due.
  std::optional<Instant> next_question() const;

 private:
  enum class Phase { posting, waiting, asking, listing };
  struct Group {
    std::map<std::string, std::int64_t> rows;  // by member
    std::string service_url;
    std::string operation = {};
    std::string continuation = {};
    std::map<std::string, std::string> failures = {};  // member: code
    Phase phase = Phase::posting;
    bool lists = false;         // the end is known, the failures are asked for
    bool failed_whole = false;  // the channel says so of the group, and may name nobody
    Instant accepted_at = {};
    Instant next_question = {};
    Instant lease_until = {};
  };

  std::vector<BatchOutcome> all_of(const Group& group, BatchOutcome::What what, const Verdict& verdict) const;
  std::vector<BatchOutcome> outcomes(const Group& group, Instant now) const;
  std::vector<BatchOutcome> posted(Group& group, const Answer& answer, Instant now);

  std::map<std::uint64_t, Group> groups_;
  std::uint64_t last_ = 0;
  bool is_on_ = true;
};

}  // namespace pao::bot::delivery
