#include "bot/delivery/mail_worker.hpp"

#include "bot/log.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace pao::bot::delivery {
namespace {

using storage::OutboxMessage;
using storage::Session;

constexpr int taken_at_once = 8;
// 1, 2, 4 … minutes after each failure, at most an hour: mail servers ask for patience.
constexpr std::chrono::minutes first_pause{1};
constexpr int most_doublings = 6;

struct Addressed {
  std::optional<storage::Mail> mail;
  std::optional<procedure::Person> person;
};

}  // namespace

MailWorker::MailWorker(storage::Database& database, MailOptions options, Clock clock,
                       std::function<double()> random, SendMail send)
    : database_(database),
      options_(std::move(options)),
      clock_(std::move(clock)),
      random_(std::move(random)),
      send_(std::move(send)) {
}

MailWorker::~MailWorker() {
  stop();
}

void MailWorker::start() {
  if (options_.smtp.url.empty()) log::warn("mail.off", {{"missing", "mail.smtp_url"}});
  thread_ = std::thread([this] { run(); });
}

void MailWorker::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void MailWorker::stop() {
  stopping_ = true;
  wake();
  if (thread_.joinable()) thread_.join();
}

void MailWorker::run() {
  while (!stopping_) {
    const int looked_at = send_due();
    std::unique_lock lock(mutex_);
    if (looked_at == 0) changed_.wait_for(lock, options_.look_every, [this] { return woken_ || stopping_; });
    woken_ = false;
  }
}

DeliveryCounters MailWorker::counters() const {
  const std::lock_guard lock(counters_mutex_);
  return counters_;
}

void MailWorker::count(const std::function<void(DeliveryCounters&)>& change) {
  const std::lock_guard lock(counters_mutex_);
  change(counters_);
}

int MailWorker::send_due() {
  const Instant now = clock_();
  const auto any = database_.read([&](Session& session) {
    const auto next = storage::next_due(session, Instant{}, storage::mail_channel);
    return next && *next <= now;
  });
  if (!any || !*any) return 0;
  const auto claimed = database_.write([&](Session& session) {
    return storage::claim_due(session, now, now + options_.lease, taken_at_once, storage::mail_channel);
  });
  if (!claimed) {
    log::error("mail.not_claimed", {{"cause", claimed.error().detail}});
    return 0;
  }
  for (const OutboxMessage& row : *claimed) {
    if (stopping_) break;  // the lease ends by itself
    if (row.reclaimed) count([](DeliveryCounters& c) { ++c.repeated; });
    handle(row);
  }
  return static_cast<int>(claimed->size());
}

void MailWorker::handle(const OutboxMessage& row) {
  const Instant now = clock_();
  if (row.expires_at <= now) return end(row, Cause::expired, row.reason);
  if (options_.smtp.url.empty()) return end(row, Cause::mail_off, "");
  const auto found = database_.read([&](Session& session) {
    Addressed addressed{.mail = storage::find_mail(session, row.key)};
    if (addressed.mail) addressed.person = storage::find_person(session, addressed.mail->person_id);
    return addressed;
  });
  if (!found) return settle(row, {.kind = MailOutcome::Kind::temporary, .detail = found.error().detail});
  if (!found->mail) return end(row, Cause::not_rendered, "no content under the key");
  if (!found->person || !found->person->active) return end(row, Cause::no_longer_true, "person not active");
  if (!is_mail_address(found->person->email)) return end(row, Cause::mail_no_address, "");
  const MailAddress to{.address = found->person->email, .name = found->person->name};
  const std::string message = mail_message(*found->mail, options_.from, to, now);
  settle(row, send_(options_.smtp, options_.from.address, to.address, message));
}

void MailWorker::settle(const OutboxMessage& row, const MailOutcome& outcome) {
  const Instant now = clock_();
  if (outcome.kind == MailOutcome::Kind::permanent) return end(row, Cause::mail_refused, outcome.detail);
  const int doublings = std::min(row.attempts - 1, most_doublings);
  const auto pause = std::chrono::milliseconds{first_pause} * (1 << doublings) +
                     std::chrono::milliseconds{static_cast<std::int64_t>(10'000 * random_())};
  if (outcome.kind == MailOutcome::Kind::temporary && now + pause >= row.expires_at) {
    return end(row, Cause::mail_failed, outcome.detail + "; it expires before the next try");
  }
  if (outcome.kind == MailOutcome::Kind::temporary) return put_back(row, outcome, now + pause);
  count([](DeliveryCounters& c) { ++c.sent; });
  const auto stored =
      database_.write([&](Session& session) { storage::mark_sent(session, row.id, "", now); });
  if (!stored)
    log::error("mail.not_stored", {{"message", std::to_string(row.id)}, {"cause", stored.error().detail}});
}

// Once a try, and the pauses grow: an outage does not fill the log.
void MailWorker::put_back(const OutboxMessage& row, const MailOutcome& outcome, Instant next) {
  const std::string number = std::to_string(row.id);
  log::warn("mail.put_back", {{"message", number},
                              {"attempts", std::to_string(row.attempts)},
                              {"cause", outcome.detail},
                              {"next", iso_instant(next)}});
  count([&](DeliveryCounters& c) {
    ++c.retried;
    c.unconfirmed += outcome.left ? 1 : 0;
  });
  const auto stored = database_.write([&](Session& session) {
    storage::mark_retry(session, row.id, next, reason_text(Cause::mail_failed, outcome.detail), outcome.left);
  });
  if (!stored) log::error("mail.not_stored", {{"message", number}, {"cause", stored.error().detail}});
}

void MailWorker::end(const OutboxMessage& row, Cause cause, const std::string& detail) {
  const std::string number = std::to_string(row.id);
  const std::string reason = reason_text(cause, detail);
  const storage::OutboxState state = end_reason(cause).state;
  if (state == storage::OutboxState::dead) {
    log::warn("mail.gave_up", {{"message", number}, {"reason", reason}});
  } else {
    log::info("mail.not_sent", {{"message", number}, {"reason", reason}});
  }
  count([&](DeliveryCounters& c) { ++c.ended(state); });
  const auto stored = database_.write(
      [&](Session& session) { storage::mark_ended(session, row.id, state, reason, clock_()); });
  if (!stored) log::error("mail.not_stored", {{"message", number}, {"cause", stored.error().detail}});
}

}  // namespace pao::bot::delivery
