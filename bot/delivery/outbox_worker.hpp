// Sends what the outbox holds for Teams, in one thread of its own: claims what is due, builds the request
// from today's state, keeps to the channel's limits, also across a restart, and stores every outcome.
//
// A person can read something twice in two cases only, and both are counted with the message (its
// `unconfirmed`): the process died between claim and stored outcome, and the message is claimed again when
// its lease has run out; or the request left us and no receipt came (see retry_policy.hpp).
#pragma once

#include "bot/delivery/batch_lane.hpp"
#include "bot/delivery/connector_client.hpp"
#include "bot/delivery/counters.hpp"
#include "bot/delivery/outbox_batch.hpp"
#include "bot/delivery/retry_policy.hpp"
#include "bot/delivery/send_plan.hpp"
#include "bot/delivery/throttle.hpp"
#include "handlers/procedure/result.hpp"
#include "handlers/reply.hpp"
#include "storage/conversations_store.hpp"
#include "storage/database.hpp"
#include "storage/outbox_store.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace pao::bot::delivery {

// What a message of a kind that does not carry its content says today; nothing when it is no longer true.
// `unavailable` is tried again, every other failure ends the message. Called on the delivery thread.
using Renderer =
    std::function<Result<std::optional<handlers::Content>>(const storage::OutboxMessage& message)>;

struct WorkerOptions {
  Sender sender;
  ConnectorOptions connector;
  ThrottleOptions throttle;
  bool batch = false;             // equal broadcasts to five people or more go in one request
  std::size_t max_claimed = 128;  // messages between claim and stored outcome
  std::chrono::milliseconds lease{30'000};
  std::chrono::milliseconds request_timeout{15'000};  // whole request; never past the lease
  std::chrono::milliseconds stop_patience{800};       // for requests in flight when the service stops
  // How long a sign is waited for that a message arrived which left without a receipt; for a reply a fourth.
  std::chrono::milliseconds sign_patience{20'000};
  std::chrono::milliseconds look_every{5'000};  // how soon rows of another process are noticed at the latest
};

// Clock and dice, so that tests hold both.
struct WorkerEnvironment {
  std::function<Instant()> now;
  std::function<double()> random;  // in [0, 1)
};

class OutboxWorker {
 public:
  // Starts the thread. `database` must outlive the worker.
  OutboxWorker(storage::Database& database, WorkerOptions options, WorkerEnvironment environment,
               ConnectorAccess access, Renderer renderer);
  // Stops: see stop().
  ~OutboxWorker();
  OutboxWorker(const OutboxWorker&) = delete;
  OutboxWorker& operator=(const OutboxWorker&) = delete;

  // Something may be due now. From any thread, after the commit that enqueued it; cheap.
  void wake();

  // Finishes the requests in flight within `stop_patience`, puts back what was not sent, ends the thread.
  // What is still on its way keeps its lease, so a later start sends it again. Idempotent; one thread only.
  void stop();

  // From any thread.
  DeliveryCounters counters() const;

 private:
  // A claimed message whose outcome is not known yet.
  struct Held {
    storage::OutboxMessage message;
    std::optional<storage::Conversation> conversation = {};
    std::optional<Target> target = {};  // of an update or removal
    handlers::Content content = {};
    SendPlan plan = {};
    Instant lease_until = {};
    bool token_renewed = false;
    bool goes_alone = false;  // not with a group: the channel has refused it there
    bool host_switched = false;
    std::optional<storage::Conversation> stale = {};  // the channel does not know it any more
  };
  struct Claimed {
    std::vector<storage::OutboxMessage> messages;
    std::optional<Instant> next_due;
  };

  void run();
  void finish_and_store();
  bool is_worth_a_look(bool woken);
  void store_and_claim(std::size_t limit);
  void plan_next_look(Instant now, std::optional<Instant> next_due);
  std::size_t claim_limit() const;
  void hold(std::vector<storage::OutboxMessage> messages);
  void prepare(storage::OutboxMessage message, Destination destination);
  Result<std::optional<handlers::Content>> content_of(const storage::OutboxMessage& message) const;
  void start_waiting();
  void start(Held& held);
  void finish(Finished finished);
  bool try_otherwise(Held& held, const Verdict& verdict, std::uint64_t token);
  void send_anew(Held& held);
  void open(Held& held, const std::string& answer);
  void accept(const Held& held, const Answer& answer);
  std::chrono::milliseconds sign_patience(const storage::OutboxMessage& message) const;
  void put_back_or_end(const Held& held, const Verdict& verdict);
  void end(const storage::OutboxMessage& message, Cause cause, std::string_view detail,
           bool unconfirmed = false);
  bool is_blocked(const storage::OutboxMessage& message, const Destination& destination);
  std::optional<BatchEntry> batch_entry(const Held& held) const;
  void start_batches();
  void ask_about_batches();
  void extend_batches(Instant now);
  void settle_batch(const std::vector<BatchOutcome>& outcomes);
  void postpone(std::int64_t id, Instant until, Cause cause);
  void settle(Settled settled);
  const std::string& tenant_of(const Held& held) const;
  Instant earliest(const Held& held, Instant now);
  std::chrono::milliseconds sleep_time();
  void count(const std::function<void(DeliveryCounters&)>& change);

  storage::Database& database_;
  const WorkerOptions options_;
  const WorkerEnvironment environment_;
  const Renderer renderer_;
  ConnectorClient client_;
  Throttle throttle_;

  std::unordered_map<std::int64_t, Held> held_;
  std::deque<std::int64_t> waiting_;  // of held_: not on the way yet
  BatchLane lane_;
  OutboxBatch batch_;                                                   // not stored yet
  std::unordered_map<std::int64_t, std::chrono::milliseconds> pauses_;  // the last one of a message put back
  Instant next_look_{};
  bool store_failed_ = false;

  mutable std::mutex counters_mutex_;
  DeliveryCounters counters_;
  std::atomic<bool> woken_{true};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace pao::bot::delivery
