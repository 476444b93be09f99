// Sends the mails of the outbox, one after the other, from a thread of its own: mail is slow and must not
// hold up Teams. Its rows have the channel "mail"; retries and end states are those of every message.
#pragma once

#include "bot/clock.hpp"
#include "bot/delivery/counters.hpp"
#include "bot/delivery/end_reasons.hpp"
#include "bot/delivery/mail_message.hpp"
#include "bot/delivery/mail_sender.hpp"
#include "storage/database.hpp"
#include "storage/mail_outbox.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace pao::bot::delivery {

struct MailOptions {
  SmtpSettings smtp;  // without URL every mail ends as unreachable
  MailAddress from;
  std::chrono::milliseconds lease{180'000};  // longer than one send may take
  std::chrono::milliseconds look_every{1'000};
};

using SendMail = std::function<MailOutcome(const SmtpSettings& settings, const std::string& from,
                                           const std::string& to, const std::string& message)>;

class MailWorker {
 public:
  MailWorker(storage::Database& database, MailOptions options, Clock clock, std::function<double()> random,
             SendMail send = send_mail);
  ~MailWorker();
  MailWorker(const MailWorker&) = delete;
  MailWorker& operator=(const MailWorker&) = delete;

  void start();
  void wake();
  void stop();  // waits for the mail that is being sent

  // Sends what is due now; gives how many mails were looked at. What the thread does each time it wakes.
  int send_due();

  // From any thread. Without latencies: a mail may be due at night or days ahead.
  DeliveryCounters counters() const;

 private:
  void run();
  void handle(const storage::OutboxMessage& row);
  void settle(const storage::OutboxMessage& row, const MailOutcome& outcome);
  void end(const storage::OutboxMessage& row, Cause cause, const std::string& detail);
  void put_back(const storage::OutboxMessage& row, const MailOutcome& outcome, Instant next);
  void count(const std::function<void(DeliveryCounters&)>& change);

  storage::Database& database_;
  MailOptions options_;
  Clock clock_;
  std::function<double()> random_;
  SendMail send_;
  mutable std::mutex counters_mutex_;
  DeliveryCounters counters_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace pao::bot::delivery
