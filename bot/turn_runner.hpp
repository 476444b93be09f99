// One turn from the parsed, believed activity to the durable answer. The only place that stores, counts and
// logs turns: handlers do none of it.
#pragma once

#include "bot/clock.hpp"
#include "bot/metrics.hpp"
#include "bot/protocol/activity.hpp"
#include "handlers/router.hpp"
#include "storage/activities_store.hpp"
#include "storage/conversations_store.hpp"
#include "storage/database.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pao::bot {

class TurnRunner {
 public:
  // `wake_delivery` is called after a commit that enqueued something.
  TurnRunner(storage::Database& database, const handlers::ReferenceSource& reference,
             const handlers::Router& router, Clock clock, TurnMetrics& metrics,
             std::function<void()> wake_delivery);

  // Runs the turn. One write transaction holds the activity's outcome, the state change, the registro entry,
  // the conversation reference and the outgoing messages; the outcome is given back after its commit, so a
  // 200 means durable. An activity seen before gives its stored outcome and nothing runs. Fails with
  // `unavailable` when nothing could be stored: the channel may send it again. Safe from many threads.
  //
  // The work of an invoke that was answered late meanwhile is stored all the same: what there is to say goes
  // out as a message then.
  Result<storage::ActivityOutcome> run(const protocol::Activity& activity);

  // While `run` works on an invoke and its budget is over: stores what the person is told now, and `body`,
  // the request's own, so that a restart takes the work up. Nothing when the work has been stored meanwhile
  // (its own answer is on the way), or nothing can be stored. From another thread than `run`.
  std::optional<storage::ActivityOutcome> answer_late(const protocol::Activity& activity,
                                                      std::string_view body);

  // Finishes what was answered late before that moment and is not stored yet: cut off by the end of the
  // process, or because the store was away. Gives how many; `unavailable` when the store is still away or
  // some could not be finished: they stay.
  Result<int> finish_late(Instant answered_before);

 private:
  struct Prepared;
  Result<storage::ActivityOutcome> store(const Prepared& prepared);

  storage::Database& database_;
  const handlers::ReferenceSource& reference_;
  const handlers::Router& router_;
  Clock clock_;
  TurnMetrics& metrics_;
  std::function<void()> wake_delivery_;
};

}  // namespace pao::bot
