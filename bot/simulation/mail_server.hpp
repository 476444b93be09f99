// The simulated mail server: takes what the product's own mail worker hands over, refuses, loses and delays
// some of it, and knows what arrived in whose mailbox.
#pragma once

#include "bot/delivery/mail_sender.hpp"
#include "bot/simulation/dice.hpp"
#include "bot/simulation/faults.hpp"
#include "handlers/procedure/bogota_time.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace pao::bot::simulation {

class MailServer {
 public:
  // A mail as the mailbox has it: by its Message-ID and the address it went to.
  struct Received {
    std::string address;
    int arrived = 0;
    int without_receipt = 0;  // of those, how often the sender could not know it
  };

  // Thrown out of take(): the process that sends dies, with or without the mail having arrived.
  struct SenderDies {};

  MailServer(Faults faults, Dice dice) : faults_(faults), dice_(dice) {}

  delivery::MailOutcome take(const std::string& to, const std::string& message, Instant now);

  // Nothing is answered before that instant.
  void away_until(Instant until) { away_until_ = until; }

  // The next mail is the last one of its sender.
  void kill_sender() { kills_ = true; }
  void spare_sender() { kills_ = false; }

  // By Message-ID, without its domain.
  const std::map<std::string, Received>& mailboxes() const { return mailboxes_; }
  std::uint64_t tries() const { return tries_; }
  std::uint64_t arrivals() const { return arrivals_; }

 private:
  void arrive(const std::string& to, const std::string& message, bool receipt);

  const Faults faults_;
  Dice dice_;
  Instant away_until_{};
  bool kills_ = false;
  std::map<std::string, Received> mailboxes_;
  std::uint64_t tries_ = 0, arrivals_ = 0;
};

}  // namespace pao::bot::simulation
