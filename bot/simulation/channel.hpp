// The simulated Teams: takes what the outbox holds, refuses, loses and delays some of it, and keeps what
// arrived. It decides with the policies of the real delivery (send_plan, retry_policy) and stores with the
// same functions; only threads and sockets are missing, which `./pao faults` tries.
#pragma once

#include "bot/client/card_text.hpp"
#include "bot/simulation/dice.hpp"
#include "bot/simulation/faults.hpp"
#include "bot/simulation/service.hpp"
#include "handlers/reply.hpp"
#include "storage/outbox_store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace pao::bot::simulation {

struct Delivered {
  std::int64_t message = 0;  // id in the outbox
  std::string key;
  std::string kind;
  std::string channel;
  std::string conversation;  // where it arrived
  std::string text;
  client::CardText shown;  // empty: it brought no card
  Instant at;
};

class Channel {
 public:
  Channel(Faults faults, Dice dice) : faults_(faults), dice_(dice) {}

  // Sends what is due until nothing more is due within `patience`; the service's clock runs on meanwhile.
  void deliver(Service& service, std::chrono::milliseconds patience);

  // Claims and sends a few, and dies before it stored what became of them.
  void die_while_sending(Service& service);

  // Nothing is answered before that instant.
  void away_until(Instant until) { away_until_ = until; }

  // What arrived since the last call, in order.
  std::vector<Delivered> take_delivered();

  std::uint64_t sends() const { return sends_; }
  std::uint64_t arrivals() const { return arrivals_; }
  std::uint64_t cut() const { return cut_; }
  // Messages that arrived more often than once plus the sends of theirs that were cut.
  const std::vector<std::string>& unexplained_doubles() const { return unexplained_; }

 private:
  bool deliver_due(Service& service);
  std::vector<storage::OutboxMessage> claim(Service& service, int limit);
  void send(Service& service, const storage::OutboxMessage& message,
            std::vector<std::function<void(storage::Session&)>>& outcomes);
  int answer_of(Instant now);
  void arrive(const storage::OutboxMessage& message, const std::string& conversation,
              const handlers::Content& content, Instant now);

  const Faults faults_;
  Dice dice_;
  Instant away_until_{};
  std::vector<Delivered> delivered_;
  std::uint64_t sends_ = 0, arrivals_ = 0, cut_ = 0;
  std::map<std::int64_t, std::chrono::milliseconds>
      pauses_;                                   // by message: the last one, as the worker has it
  std::map<std::int64_t, int> doubles_allowed_;  // by message: sends without receipt
  std::map<std::int64_t, int> arrived_;
  std::vector<std::string> unexplained_;
};

}  // namespace pao::bot::simulation
