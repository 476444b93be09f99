#include "bot/delivery/outbox_worker.hpp"

#include "bot/log.hpp"
#include "bot/protocol/outgoing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace pao::bot::delivery {
namespace {

using std::chrono::milliseconds;
using storage::Conversation;
using storage::OutboxMessage;
using storage::OutboxState;
using storage::Session;

// A message that must wait longer than this goes back to the store instead of waiting in memory.
constexpr milliseconds longest_wait{5'000};
// What storing the outcome may take: a request is given no more time than the lease minus this.
constexpr milliseconds lease_reserve{3'000};
constexpr milliseconds pause_after_store_failure{200};

std::optional<Conversation> conversation_of(Session& session, const OutboxMessage& message) {
  if (!message.conversation_id.empty()) {
    return storage::find_conversation(session, without_thread(message.conversation_id));
  }
  if (message.aad_object_id.empty()) return std::nullopt;
  return storage::personal_conversation_of(session, message.aad_object_id);
}

// Messages of a retried attempt carry the reason of the failure; one that was claimed before and has none
// lost its sender between request and receipt.
bool was_abandoned(const OutboxMessage& message) {
  return message.attempts > 1 && message.reason.empty();
}

}  // namespace

OutboxWorker::OutboxWorker(storage::Database& database, WorkerOptions options, WorkerEnvironment environment,
                           ConnectorAccess access, Renderer renderer)
    : database_(database),
      options_(std::move(options)),
      environment_(std::move(environment)),
      renderer_(std::move(renderer)),
      client_(options_.connector, std::move(access)),
      throttle_(options_.throttle),
      thread_([this] { run(); }) {
}

OutboxWorker::~OutboxWorker() {
  stop();
}

void OutboxWorker::wake() {
  // One call into the loop is enough, however many turns were stored since.
  if (!woken_.exchange(true)) client_.wake();
}

void OutboxWorker::stop() {
  stopping_ = true;
  client_.wake();
  if (thread_.joinable()) thread_.join();
}

DeliveryCounters OutboxWorker::counters() const {
  const std::lock_guard lock(counters_mutex_);
  return counters_;
}

void OutboxWorker::count(const std::function<void(DeliveryCounters&)>& change) {
  const std::lock_guard lock(counters_mutex_);
  change(counters_);
}

void OutboxWorker::run() {
  while (!stopping_) {
    const bool woken = woken_.exchange(false);
    if (!settled_.empty() || is_worth_a_look(woken)) store_and_claim(claim_limit());
    start_waiting();
    for (Finished& finished : client_.wait(sleep_time())) finish(std::move(finished));
  }
  finish_and_store();
}

void OutboxWorker::finish_and_store() {
  const auto deadline = std::chrono::steady_clock::now() + options_.stop_patience;
  while (client_.in_flight() > 0) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left <= milliseconds{0}) break;
    for (Finished& finished : client_.wait(left)) finish(std::move(finished));
  }
  while (!waiting_.empty()) {
    postpone(waiting_.front(), environment_.now(), "the service stopped before it was sent");
    waiting_.pop_front();
  }
  store_and_claim(0);
}

// Whether to ask the store for due messages: turns were stored, something is due by our last look, or rows
// of another process (an operator's retry) may have come.
bool OutboxWorker::is_worth_a_look(bool woken) {
  const Instant now = environment_.now();
  if (woken) next_look_ = now;
  if (now < next_look_ || claim_limit() == 0) return false;
  if (woken) return true;
  const auto due = database_.read([](Session& session) { return storage::next_due(session); });
  if (!due || !*due || **due > now) {
    plan_next_look(now, due ? *due : std::nullopt);
    return false;
  }
  return true;
}

// No more than leaves within a quarter of a second, so that replies do not queue behind a broadcast.
std::size_t OutboxWorker::claim_limit() const {
  const std::size_t taken = held_.size() + settled_.size();
  const double pace = std::ceil(options_.throttle.requests_per_second / 4);
  const auto wanted = static_cast<std::size_t>(std::max(1.0, pace));
  const std::size_t waiting = std::min(waiting_.size(), wanted);
  const std::size_t room = taken < options_.max_claimed ? options_.max_claimed - taken : 0;
  // What is settled leaves with the transaction that claims.
  return std::min(room + settled_.size(), wanted - waiting);
}

void OutboxWorker::store_and_claim(std::size_t limit) {
  const Instant now = environment_.now();
  auto claimed = database_.write([&](Session& session) {
    for (const Conversation& conversation : opened_) storage::save_conversation(session, conversation);
    for (const Settled& one : settled_) {
      if (one.state == OutboxState::sent) {
        storage::mark_sent(session, one.id, one.text, one.at);
      } else if (one.state == OutboxState::pending) {
        storage::mark_retry(session, one.id, one.at, one.text);
      } else {
        storage::mark_ended(session, one.id, one.state, one.text, one.at);
      }
      if (!one.uninstalled.empty()) storage::set_installed(session, one.uninstalled, false);
    }
    Claimed result;
    result.messages = storage::claim_due(session, now, now + options_.lease, static_cast<int>(limit));
    if (result.messages.size() < limit) result.next_due = storage::next_due(session);
    return result;
  });
  store_failed_ = !claimed;
  if (!claimed) {
    // Outcomes stay here and go with the next attempt.
    log::error("delivery.not_stored", {{"cause", claimed.error().detail}});
    return;
  }
  for (const Settled& one : settled_) {
    if (one.state == OutboxState::pending) retries_.insert(one.at);
  }
  settled_.clear();
  opened_.clear();
  if (claimed->messages.size() == limit) {
    next_look_ = now;
  } else {
    plan_next_look(now, claimed->next_due);
  }
  hold(std::move(claimed->messages));
}

// After a claim that left nothing claimable. A message that is due all the same waits for its lane: for an
// outcome of ours, or for a retry ahead of it, whose time `next_due` does not show.
void OutboxWorker::plan_next_look(Instant now, std::optional<Instant> next_due) {
  next_look_ = now + options_.look_every;
  if (next_due && *next_due > now) next_look_ = std::min(next_look_, *next_due);
  retries_.erase(retries_.begin(), retries_.upper_bound(now));
  if (!retries_.empty()) next_look_ = std::min(next_look_, *retries_.begin());
}

void OutboxWorker::hold(std::vector<OutboxMessage> messages) {
  if (messages.empty()) return;
  auto conversations = database_.read([&](Session& session) {
    std::vector<std::optional<Conversation>> found;
    found.reserve(messages.size());
    for (const OutboxMessage& message : messages) found.push_back(conversation_of(session, message));
    return found;
  });
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (was_abandoned(messages[i])) count([](DeliveryCounters& c) { ++c.repeated; });
    if (!conversations) {
      postpone(messages[i].id, environment_.now() + growing_pause(1, false, environment_.random()),
               "the store could not be read");
      continue;
    }
    prepare(std::move(messages[i]), std::move((*conversations)[i]));
  }
}

Result<std::optional<handlers::Content>> OutboxWorker::content_of(const OutboxMessage& message) const {
  if (message.kind != "reply" && message.kind != "notice") {
    if (!renderer_) return fail(ErrorCode::internal, "nothing renders messages of kind " + message.kind);
    return renderer_(message);
  }
  handlers::Content content{.text = message.text};
  if (!message.card.empty()) content.card = cards::Card{.json = message.card, .summary = message.summary};
  return std::optional(std::move(content));
}

void OutboxWorker::prepare(OutboxMessage message, std::optional<Conversation> conversation) {
  const Instant now = environment_.now();
  const std::int64_t id = message.id;
  if (message.expires_at <= now) {
    end(id, OutboxState::obsolete, "expired before it could be sent");
    return;
  }
  auto content = content_of(message);
  if (!content) {
    Verdict verdict{.reason = content.error().detail};
    if (content.error().code == ErrorCode::unavailable) verdict.outcome = Outcome::retry;
    put_back_or_end({.message = std::move(message)}, verdict);
    return;
  }
  SendPlan plan = plan_send(message, conversation, *content, options_.sender);
  if (plan.step == SendPlan::Step::end) {
    end(id, plan.state, std::move(plan.reason));
    return;
  }
  held_.insert_or_assign(id, Held{.message = std::move(message),
                                  .conversation = std::move(conversation),
                                  .content = std::move(**content),
                                  .plan = std::move(plan),
                                  .lease_until = now + options_.lease});
  waiting_.push_back(id);
}

void OutboxWorker::start_waiting() {
  const Instant now = environment_.now();
  for (std::size_t left = waiting_.size(); left > 0; --left) {
    const std::int64_t id = waiting_.front();
    waiting_.pop_front();
    Held& held = held_.at(id);
    const std::string& tenant = held.conversation ? held.conversation->tenant_id : options_.sender.tenant_id;
    const std::string conversation = held.conversation ? held.conversation->id : std::string{};
    const bool is_reply = held.message.priority == storage::Priority::reply;
    const Instant earliest = throttle_.earliest(tenant, conversation, is_reply, now);
    if (earliest > now + longest_wait) {
      postpone(id, earliest, "waits to keep below the channel's limits");
    } else if (earliest > now) {
      waiting_.push_back(id);
    } else {
      throttle_.record_send(tenant, conversation, now);
      start(held);
    }
  }
}

void OutboxWorker::start(Held& held) {
  const auto lease_left = held.lease_until - environment_.now() - lease_reserve;
  if (lease_left <= milliseconds{0}) {
    postpone(held.message.id, environment_.now(), "not sent within its lease");
    return;
  }
  const auto id = static_cast<std::uint64_t>(held.message.id);
  auto started =
      client_.post(id, held.plan.url, held.plan.body, std::min(options_.request_timeout, lease_left));
  if (started) return;
  Verdict verdict{.reason = started.error().detail};
  if (started.error().code == ErrorCode::unavailable) verdict.outcome = Outcome::retry;
  put_back_or_end(held, verdict);
}

void OutboxWorker::finish(Finished finished) {
  const auto found = held_.find(static_cast<std::int64_t>(finished.tag));
  if (found == held_.end()) return;
  Held& held = found->second;
  const Verdict verdict = judge(finished.answer, held.message.attempts, environment_.now());
  if (verdict.outcome != Outcome::sent && !finished.answer.trace.empty()) {
    log::info("delivery.refused", {{"message", std::to_string(held.message.id)},
                                   {"status", std::to_string(finished.answer.status)},
                                   {"ms_cv", finished.answer.trace}});
  }
  if (verdict.outcome == Outcome::sent) {
    if (held.plan.step == SendPlan::Step::create_conversation) {
      open(held, finished.answer.body);
    } else {
      accept(held, finished.answer);
    }
    return;
  }
  if (verdict.outcome == Outcome::renew_token && !held.token_renewed && !stopping_) {
    held.token_renewed = true;
    client_.forget_token();
    start(held);
    return;
  }
  put_back_or_end(held, verdict);
}

// The person's conversation exists now: remember it and send into it.
void OutboxWorker::open(Held& held, const std::string& answer) {
  Conversation conversation;
  conversation.id = answered_id(answer);
  if (conversation.id.empty()) {
    put_back_or_end(held,
                    {.outcome = Outcome::retry, .reason = "the channel opened a conversation without id"});
    return;
  }
  conversation.kind = "personal";
  conversation.service_url = answered_id(answer, "serviceUrl");
  if (conversation.service_url.empty()) conversation.service_url = options_.sender.fallback_service_url;
  conversation.tenant_id = options_.sender.tenant_id;
  conversation.bot_id = options_.sender.bot_id;
  conversation.aad_object_id = held.message.aad_object_id;
  conversation.last_inbound_at = environment_.now();
  count([](DeliveryCounters& c) { ++c.conversations_created; });
  opened_.push_back(conversation);
  held.conversation = std::move(conversation);
  held.plan = plan_send(held.message, held.conversation, held.content, options_.sender);
  if (held.plan.step == SendPlan::Step::post) {
    waiting_.push_back(held.message.id);
  } else {
    end(held.message.id, held.plan.state, held.plan.reason);
  }
}

void OutboxWorker::accept(const Held& held, const Answer& answer) {
  const Instant now = environment_.now();
  const auto took = now - held.message.created_at;
  count([&](DeliveryCounters& c) {
    ++c.sent;
    c.record_latency(took);
  });
  settle({.id = held.message.id, .state = OutboxState::sent, .at = now, .text = answered_id(answer.body)});
}

void OutboxWorker::put_back_or_end(const Held& held, const Verdict& verdict) {
  const OutboxMessage& message = held.message;
  const Instant now = environment_.now();
  const std::string conversation = held.conversation ? held.conversation->id : std::string{};
  if (verdict.outcome != Outcome::retry) {
    end(message.id, verdict.state, verdict.reason, verdict.uninstalled ? conversation : std::string{});
    return;
  }
  // The spread keeps lanes that were refused together from coming back together.
  const milliseconds spread{static_cast<std::int64_t>(250 * environment_.random())};
  const milliseconds pause = verdict.pause
                                 ? *verdict.pause + spread
                                 : growing_pause(message.attempts, verdict.throttled, environment_.random());
  if (verdict.throttled) {
    count([](DeliveryCounters& c) { ++c.throttled; });
    const std::string& tenant = held.conversation ? held.conversation->tenant_id : options_.sender.tenant_id;
    throttle_.record_refusal(tenant, conversation, now + pause, now);
  }
  if (now + pause >= message.expires_at) {
    end(message.id, OutboxState::dead, "gave up, it expires before the next try: " + verdict.reason);
    return;
  }
  count([](DeliveryCounters& c) { ++c.retried; });
  settle({.id = message.id, .at = now + pause, .text = verdict.reason});
}

void OutboxWorker::end(std::int64_t id, OutboxState state, std::string reason, std::string uninstalled) {
  const std::string number = std::to_string(id);
  if (state == OutboxState::dead) {
    log::warn("delivery.gave_up", {{"message", number}, {"reason", reason}});
  } else {
    log::info("delivery.not_sent", {{"message", number}, {"reason", reason}});
  }
  count([&](DeliveryCounters& c) {
    ++(state == OutboxState::obsolete      ? c.obsolete
       : state == OutboxState::unreachable ? c.unreachable
                                           : c.dead);
  });
  settle({.id = id,
          .state = state,
          .at = environment_.now(),
          .text = std::move(reason),
          .uninstalled = std::move(uninstalled)});
}

void OutboxWorker::postpone(std::int64_t id, Instant until, std::string reason) {
  count([](DeliveryCounters& c) { ++c.postponed; });
  settle({.id = id, .at = until, .text = std::move(reason)});
}

void OutboxWorker::settle(Settled settled) {
  held_.erase(settled.id);
  settled_.push_back(std::move(settled));
}

milliseconds OutboxWorker::sleep_time() {
  if (!settled_.empty()) return store_failed_ ? pause_after_store_failure : milliseconds{0};
  const Instant now = environment_.now();
  milliseconds sleep = milliseconds{1'000};  // a clock that jumps is noticed within a second
  for (const std::int64_t id : waiting_) {
    const Held& held = held_.at(id);
    const std::string& tenant = held.conversation ? held.conversation->tenant_id : options_.sender.tenant_id;
    const std::string conversation = held.conversation ? held.conversation->id : std::string{};
    const bool is_reply = held.message.priority == storage::Priority::reply;
    sleep = std::min(sleep, throttle_.earliest(tenant, conversation, is_reply, now) - now);
  }
  if (claim_limit() > 0) sleep = std::min(sleep, next_look_ - now);
  return std::max(sleep, milliseconds{1});
}

}  // namespace pao::bot::delivery
