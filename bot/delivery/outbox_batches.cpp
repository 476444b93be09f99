// The part of the outbox worker that hands equal broadcasts to the channel in one request.
#include "bot/delivery/fitting.hpp"
#include "bot/delivery/outbox_worker.hpp"
#include "bot/log.hpp"
#include "bot/protocol/outgoing.hpp"

#include <algorithm>

namespace pao::bot::delivery {

using std::chrono::milliseconds;
using storage::OutboxState;

namespace {

// A lease that ends sooner than this is made longer: storing outcomes takes time too.
constexpr milliseconds settling_reserve{5'000};

}  // namespace

// The message as an entry of a group; nothing when it is not for a group: an answer, a change, something said
// in a thread or a conversation of many.
std::optional<BatchEntry> OutboxWorker::batch_entry(const Held& held) const {
  const bool is_broadcast = held.message.priority == storage::Priority::broadcast &&
                            held.message.operation == storage::OutboxOperation::post &&
                            held.message.reply_to.empty();
  if (!is_broadcast || held.plan.step != SendPlan::Step::post || !held.conversation) return std::nullopt;
  if (held.conversation->kind != "personal" || held.conversation->aad_object_id.empty()) return std::nullopt;
  const handlers::Content fitted = fit(held.content, "");
  protocol::OutgoingMessage message{.text = fitted.text, .extras = &fitted, .alert = true};
  if (fitted.card) {
    message.card = fitted.card->json;
    message.summary = fitted.card->summary;
  }
  auto body = protocol::message_body(message);
  if (!body) return std::nullopt;
  return BatchEntry{.id = held.message.id,
                    .member_id = held.conversation->aad_object_id,
                    .service_url = held.conversation->service_url,
                    .tenant = tenant_of(held),
                    .body = std::move(*body),
                    .lease_until = held.lease_until};
}

void OutboxWorker::start_batches() {
  if (!options_.batch || !lane_.is_on() || waiting_.size() < least_batch_entries) return;
  const Instant now = environment_.now();
  std::vector<BatchEntry> entries;
  for (const std::int64_t id : waiting_) {
    const Held& held = held_.at(id);
    if (held.goes_alone || earliest(held, now) > now) continue;
    if (auto entry = batch_entry(held)) entries.push_back(std::move(*entry));
  }
  for (BatchLane::Call& call : lane_.take(std::move(entries))) {
    for (const std::int64_t id : call.ids) {
      waiting_.erase(std::find(waiting_.begin(), waiting_.end(), id));
      const Held& held = held_.at(id);
      throttle_.record_send(tenant_of(held), held.conversation->id, now);
    }
    const auto started = client_.send(call.tag, std::move(call.request), options_.request_timeout);
    if (started) continue;
    const bool in_passing = started.error().code == ErrorCode::unavailable;
    auto outcomes = lane_.finish(
        call.tag, {.status = in_passing ? 0 : 400, .failure = started.error().detail, .left = false}, now);
    if (in_passing)
      for (BatchOutcome& outcome : outcomes) outcome.verdict.cause = Cause::no_token;
    settle_batch(outcomes);
  }
}

void OutboxWorker::ask_about_batches() {
  const Instant now = environment_.now();
  settle_batch(lane_.run_out(now, settling_reserve));
  extend_batches(now);
  for (BatchLane::Call& call : lane_.questions(now)) {
    const auto started = client_.send(call.tag, std::move(call.request), options_.request_timeout);
    if (!started) settle_batch(lane_.finish(call.tag, {.failure = started.error().detail}, now));
  }
}

// What the channel still works on stays ours, so that nobody else sends it.
void OutboxWorker::extend_batches(Instant now) {
  const Instant until = now + options_.lease;
  const std::vector<std::int64_t> ids = lane_.extend(now, settling_reserve, until);
  if (ids.empty()) return;
  const auto stored =
      database_.write([&](storage::Session& session) { storage::extend_leases(session, ids, until); });
  if (!stored) log::error("delivery.lease_not_extended", {{"cause", stored.error().detail}});
  for (const std::int64_t id : ids) held_.at(id).lease_until = until;
}

void OutboxWorker::settle_batch(const std::vector<BatchOutcome>& outcomes) {
  for (const BatchOutcome& outcome : outcomes) {
    const auto found = held_.find(outcome.id);
    if (found == held_.end()) continue;
    Held& held = found->second;
    if (outcome.what == BatchOutcome::What::by_itself) {
      held.goes_alone = true;
      waiting_.push_back(outcome.id);
    } else if (outcome.what == BatchOutcome::What::sent) {
      accept(held, {.status = 201});
    } else {
      Verdict verdict = outcome.verdict;
      const bool again_500 =
          verdict.cause == Cause::channel_failed && is_reason(held.message.reason, Cause::channel_failed);
      if (verdict.unconfirmed && (again_500 || held.message.unconfirmed + 1 >= max_unconfirmed_sends)) {
        verdict.outcome = Outcome::ended;
      }
      // Renewed tokens, other hosts and reopened conversations are for single sends.
      const bool alone = verdict.outcome != Outcome::retry && verdict.outcome != Outcome::ended;
      held.goes_alone = true;
      if (alone) {
        waiting_.push_back(outcome.id);
      } else {
        put_back_or_end(held, verdict);
      }
    }
  }
}

}  // namespace pao::bot::delivery
