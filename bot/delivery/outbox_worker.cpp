#include "bot/delivery/outbox_worker.hpp"

#include "bot/log.hpp"
#include "bot/protocol/extras.hpp"
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

Method method_of(SendPlan::Step step) {
  if (step == SendPlan::Step::update) return Method::put;
  return step == SendPlan::Step::remove ? Method::del : Method::post;
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
  const Instant now = environment_.now();
  if (auto read = database_.read(
          [&](Session& session) { restore_pace(session, throttle_, options_.sender.tenant_id, now); });
      !read) {
    log::error("delivery.pace_not_read", {{"cause", read.error().detail}});
  }
  while (!stopping_) {
    const bool woken = woken_.exchange(false);
    if (!batch_.settled.empty() || is_worth_a_look(woken)) store_and_claim(claim_limit());
    start_batches();
    start_waiting();
    ask_about_batches();
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
  // What the channel has taken as a group it goes on sending.
  settle_batch(lane_.run_out(environment_.now(), std::chrono::hours{24}));
  while (!waiting_.empty()) {
    postpone(waiting_.front(), environment_.now(), Cause::service_stopped);
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
  const auto due = database_.read([](Session& session) { return storage::next_due(session, Instant{}); });
  if (due && *due && **due <= now) return true;
  plan_next_look(now, due ? *due : std::nullopt);
  return false;
}

// No more than leaves within a quarter of a second, so that replies do not queue behind a broadcast; a group
// leaves at once.
std::size_t OutboxWorker::claim_limit() const {
  const std::size_t taken = held_.size() + batch_.settled.size();
  const double pace = std::max(std::ceil(options_.throttle.requests_per_second / 4),
                               options_.batch && lane_.is_on() ? double{most_batch_entries} : 0.0);
  const auto wanted = static_cast<std::size_t>(std::max(1.0, pace));
  const std::size_t waiting = std::min(waiting_.size(), wanted);
  const std::size_t room = taken < options_.max_claimed ? options_.max_claimed - taken : 0;
  // What is settled leaves with the transaction that claims.
  return std::min(room + batch_.settled.size(), wanted - waiting);
}

void OutboxWorker::store_and_claim(std::size_t limit) {
  const Instant now = environment_.now();
  auto claimed = database_.write([&](Session& session) {
    store_batch(session, batch_);
    Claimed result;
    result.messages = storage::claim_due(session, now, now + options_.lease, static_cast<int>(limit));
    if (result.messages.size() < limit) result.next_due = storage::next_due(session, now);
    return result;
  });
  store_failed_ = !claimed;
  if (!claimed) {
    // Outcomes stay here and go with the next attempt.
    log::error("delivery.not_stored", {{"cause", claimed.error().detail}});
    return;
  }
  batch_ = {};
  if (claimed->messages.size() == limit) {
    next_look_ = now;
  } else {
    plan_next_look(now, claimed->next_due);
  }
  hold(std::move(claimed->messages));
}

// What is due and could not be claimed waits for its lane: for an outcome of ours, which is looked at when it
// comes, or for a message put back ahead of it, whose time is among those that `next_due` has seen.
void OutboxWorker::plan_next_look(Instant now, std::optional<Instant> next_due) {
  next_look_ = now + options_.look_every;
  if (next_due) next_look_ = std::min(next_look_, *next_due);
}

void OutboxWorker::hold(std::vector<OutboxMessage> messages) {
  if (messages.empty()) return;
  const Instant now = environment_.now();
  auto destinations = database_.read([&](Session& session) {
    std::vector<Destination> found;
    found.reserve(messages.size());
    for (const OutboxMessage& message : messages) found.push_back(destination_of(session, message, now));
    return found;
  });
  for (std::size_t i = 0; i < messages.size(); ++i) {
    // Its lease ran out while we hold it: the clock jumped. It goes on where it is.
    if (const auto held = held_.find(messages[i].id); held != held_.end()) {
      held->second.lease_until = now + options_.lease;
      continue;
    }
    if (messages[i].reclaimed) count([](DeliveryCounters& c) { ++c.repeated; });
    if (!destinations) {
      postpone(messages[i].id, now + pause_after_store_failure, Cause::store_failed);
      continue;
    }
    prepare(std::move(messages[i]), std::move((*destinations)[i]));
  }
}

Result<std::optional<handlers::Content>> OutboxWorker::content_of(const OutboxMessage& message) const {
  if (message.operation == storage::OutboxOperation::remove) return std::optional<handlers::Content>();
  if (message.kind != "reply" && message.kind != "notice") {
    if (!renderer_) return fail(ErrorCode::internal, "nothing renders messages of kind " + message.kind);
    return renderer_(message);
  }
  handlers::Content content{.text = message.text};
  if (!message.card.empty()) content.card = cards::Card{.json = message.card, .summary = message.summary};
  protocol::restore_extras(message.extras, content);
  return std::optional(std::move(content));
}

// Whether the message that this one changes is not there, or not yet; then it is settled.
bool OutboxWorker::is_blocked(const OutboxMessage& message, const Destination& destination) {
  if (!destination.obstacle) return false;
  if (*destination.obstacle == Cause::target_waits) {
    postpone(message.id, destination.wait_until, Cause::target_waits);
    return true;
  }
  end(message, *destination.obstacle, {});
  batch_.settled.back().withdraws = destination.withdraws;
  return true;
}

void OutboxWorker::prepare(OutboxMessage message, Destination destination) {
  const Instant now = environment_.now();
  const std::int64_t id = message.id;
  if (message.expires_at <= now) return end(message, Cause::expired, message.reason);
  if (is_blocked(message, destination)) return;
  auto content = content_of(message);
  if (!content) {
    Verdict verdict{.cause = Cause::not_rendered, .detail = content.error().detail};
    if (content.error().code == ErrorCode::unavailable) verdict.outcome = Outcome::retry;
    put_back_or_end({.message = std::move(message)}, verdict);
    return;
  }
  SendPlan plan = plan_send(message, destination.conversation, *content, options_.sender, destination.target);
  if (plan.step == SendPlan::Step::end) return end(message, plan.cause, plan.detail);
  held_.insert_or_assign(id, Held{.message = std::move(message),
                                  .conversation = std::move(destination.conversation),
                                  .target = std::move(destination.target),
                                  .content = std::move(*content).value_or(handlers::Content{}),
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
    const Instant at = earliest(held, now);
    if (at > now + longest_wait) {
      postpone(id, at, Cause::kept_back);
    } else if (at > now) {
      waiting_.push_back(id);
    } else {
      throttle_.record_send(tenant_of(held), held.conversation ? held.conversation->id : std::string{}, now);
      start(held);
    }
  }
}

void OutboxWorker::start(Held& held) {
  const auto lease_left = held.lease_until - environment_.now() - lease_reserve;
  if (lease_left <= milliseconds{0}) {
    postpone(held.message.id, environment_.now(), Cause::kept_back);
    return;
  }
  const auto id = static_cast<std::uint64_t>(held.message.id);
  auto started =
      client_.send(id, {.method = method_of(held.plan.step), .url = held.plan.url, .body = held.plan.body},
                   std::min(options_.request_timeout, lease_left));
  if (started) return;
  Verdict verdict{.cause = Cause::address_refused, .detail = started.error().detail};
  if (started.error().code == ErrorCode::unavailable) {
    verdict.outcome = Outcome::retry;
    verdict.cause = Cause::no_token;
  }
  put_back_or_end(held, verdict);
}

void OutboxWorker::finish(Finished finished) {
  if (BatchLane::is_ours(finished.tag)) {
    return settle_batch(lane_.finish(finished.tag, finished.answer, environment_.now()));
  }
  const auto found = held_.find(static_cast<std::int64_t>(finished.tag));
  if (found == held_.end()) return;
  Held& held = found->second;
  const SendPlan::Step step = held.plan.step;
  const bool opens = step == SendPlan::Step::create_conversation;
  const bool repeatable = step != SendPlan::Step::post;
  const SentBefore before{held.message.unconfirmed, is_reason(held.message.reason, Cause::channel_failed)};
  const Verdict verdict = judge(finished.answer, before, repeatable, environment_.now());
  if (verdict.outcome != Outcome::sent && !finished.answer.trace.empty()) {
    log::info("delivery.refused", {{"message", std::to_string(held.message.id)},
                                   {"status", std::to_string(finished.answer.status)},
                                   {"ms_cv", finished.answer.trace}});
  }
  if (verdict.outcome == Outcome::sent) {
    if (opens) {
      open(held, finished.answer.body);
    } else {
      accept(held, finished.answer);
    }
    return;
  }
  if (step == SendPlan::Step::remove && verdict.cause == Cause::activity_not_found) {
    accept(held, finished.answer);  // somebody else took it away
  } else if (step == SendPlan::Step::update && verdict.cause == Cause::activity_not_found) {
    send_anew(held);
  } else if (verdict.outcome == Outcome::retry || verdict.outcome == Outcome::ended) {
    put_back_or_end(held, verdict);
  } else if (stopping_) {
    postpone(held.message.id, environment_.now(), Cause::service_stopped);
  } else if (!try_otherwise(held, verdict, finished.token)) {
    put_back_or_end(held, verdict);
  }
}

// What should have been changed is not there any more: its new content goes as a message of its own.
void OutboxWorker::send_anew(Held& held) {
  held.target.reset();
  held.plan = plan_send(held.message, held.conversation, held.content, options_.sender);
  if (held.plan.step == SendPlan::Step::end) return end(held.message, held.plan.cause, held.plan.detail);
  waiting_.push_back(held.message.id);
}

// The channel has told what was wrong with the request, and it can be put right: once each.
bool OutboxWorker::try_otherwise(Held& held, const Verdict& verdict, std::uint64_t token) {
  if (verdict.outcome == Outcome::renew_token && !held.token_renewed) {
    held.token_renewed = true;
    client_.forget_token(token);
    start(held);
    return true;
  }
  if (!held.conversation) return false;
  if (verdict.outcome == Outcome::switch_host && !held.host_switched) {
    const std::string url = other_service_url(held.conversation->service_url, verdict.cause, options_.sender);
    if (url.empty()) return false;
    held.host_switched = true;
    held.conversation->service_url = url;
    held.plan = plan_send(held.message, held.conversation, held.content, options_.sender, held.target);
  } else if (held.plan.step != SendPlan::Step::remove && verdict.outcome == Outcome::reopen_conversation &&
             !held.stale) {
    SendPlan plan = plan_reopening(held.message, *held.conversation, options_.sender);
    if (plan.step == SendPlan::Step::end) return false;
    held.stale = held.conversation;
    held.plan = std::move(plan);
  } else {
    return false;
  }
  waiting_.push_back(held.message.id);
  return true;
}

// The person's conversation exists now: remember it and send into it.
void OutboxWorker::open(Held& held, const std::string& answer) {
  Conversation conversation;
  conversation.id = answered_id(answer);
  if (conversation.id.empty()) {
    put_back_or_end(held, {.outcome = Outcome::retry, .cause = Cause::no_conversation_id});
    return;
  }
  if (held.stale && held.stale->id == conversation.id) {
    batch_.lost.push_back(conversation.id);
    end(held.message, Cause::conversation_not_found, "opened anew, it is the same one");
    return;
  }
  conversation.kind = "personal";
  conversation.service_url = answered_id(answer, "serviceUrl");
  if (held.stale) {
    batch_.lost.push_back(held.stale->id);
    if (conversation.service_url.empty()) conversation.service_url = held.stale->service_url;
    conversation.aad_object_id = held.stale->aad_object_id;
    conversation.user_id = held.stale->user_id;
    conversation.locale = held.stale->locale;
    conversation.greeted = held.stale->greeted;
  }
  if (conversation.service_url.empty()) conversation.service_url = options_.sender.fallback_service_url;
  if (conversation.aad_object_id.empty()) conversation.aad_object_id = held.message.aad_object_id;
  conversation.tenant_id = tenant_of(held);
  conversation.bot_id = options_.sender.bot_id;
  conversation.last_inbound_at = environment_.now();
  count([](DeliveryCounters& c) { ++c.conversations_created; });
  batch_.opened.push_back(conversation);
  held.conversation = std::move(conversation);
  held.plan = plan_send(held.message, held.conversation, held.content, options_.sender);
  held.target.reset();
  if (held.plan.step == SendPlan::Step::post) {
    waiting_.push_back(held.message.id);
  } else {
    end(held.message, held.plan.cause, held.plan.detail);
  }
}

void OutboxWorker::accept(const Held& held, const Answer& answer) {
  const Instant now = environment_.now();
  const auto took = now - held.message.created_at;
  count([&](DeliveryCounters& c) {
    ++c.sent;
    c.record_latency(took);
  });
  if (held.host_switched) {
    batch_.moved.emplace_back(held.conversation->id, held.conversation->service_url);
  }
  const bool changes = held.plan.step == SendPlan::Step::update || held.plan.step == SendPlan::Step::remove;
  settle({.id = held.message.id,
          .state = OutboxState::sent,
          .at = now,
          .text = changes ? held.target->activity_id : answered_id(answer.body),
          .sent_to = changes ? held.target->conversation_id : held.plan.address});
}

// Somebody who waits for an answer waits less long for a sign that it has come.
milliseconds OutboxWorker::sign_patience(const OutboxMessage& message) const {
  const bool is_reply = message.priority == storage::Priority::reply;
  return is_reply ? options_.sign_patience / 4 : options_.sign_patience;
}

void OutboxWorker::put_back_or_end(const Held& held, const Verdict& verdict) {
  const OutboxMessage& message = held.message;
  const Instant now = environment_.now();
  if (verdict.unconfirmed) count([](DeliveryCounters& c) { ++c.unconfirmed; });
  if (verdict.outcome != Outcome::retry) {
    if (verdict.uninstalled && held.conversation)
      (verdict.cause == Cause::blocked ? batch_.blocked : batch_.lost).push_back(held.conversation->id);
    return end(message, verdict.cause, verdict.detail, verdict.unconfirmed);
  }
  // The spread keeps lanes that were refused together from coming back together.
  const milliseconds spread{static_cast<std::int64_t>(250 * environment_.random())};
  milliseconds pause = verdict.pause
                           ? *verdict.pause + spread
                           : next_pause(pauses_[message.id], verdict.throttled, environment_.random());
  if (verdict.unconfirmed) pause = std::max(pause, sign_patience(message) + spread);
  pauses_[message.id] = pause;
  if (verdict.tenant_suspended) throttle_.pause_tenant(tenant_of(held), now + pause, now);
  if (verdict.throttled) {
    count([](DeliveryCounters& c) { ++c.throttled; });
    throttle_.record_refusal(tenant_of(held), held.conversation ? held.conversation->id : std::string{},
                             now + pause, now);
  }
  if (now + pause >= message.expires_at) {
    return end(message, verdict.cause, verdict.detail + "; it expires before the next try",
               verdict.unconfirmed);
  }
  count([](DeliveryCounters& c) { ++c.retried; });
  settle({.id = message.id,
          .at = now + pause,
          .text = reason_text(verdict.cause, verdict.detail),
          .unconfirmed = verdict.unconfirmed});
}

// Takes `message` as the last look at it: settling drops what is held about it.
void OutboxWorker::end(const OutboxMessage& message, Cause cause, std::string_view detail, bool unconfirmed) {
  const std::string number = std::to_string(message.id);
  const OutboxState state = end_reason(cause).state;
  std::string reason = reason_text(cause, detail);
  if (state == OutboxState::dead) {
    log::warn("delivery.gave_up", {{"message", number}, {"reason", reason}});
  } else {
    log::info("delivery.not_sent", {{"message", number}, {"reason", reason}});
  }
  count([&](DeliveryCounters& c) { ++c.ended(state); });
  settle({.id = message.id,
          .state = state,
          .at = environment_.now(),
          .text = std::move(reason),
          .unconfirmed = unconfirmed});
}

void OutboxWorker::postpone(std::int64_t id, Instant until, Cause cause) {
  count([](DeliveryCounters& c) { ++c.postponed; });
  settle({.id = id, .at = until, .text = reason_text(cause), .attempted = false});
}

void OutboxWorker::settle(Settled settled) {
  held_.erase(settled.id);
  if (settled.state != OutboxState::pending) pauses_.erase(settled.id);
  batch_.settled.push_back(std::move(settled));
}

const std::string& OutboxWorker::tenant_of(const Held& held) const {
  return held.conversation && !held.conversation->tenant_id.empty() ? held.conversation->tenant_id
                                                                    : options_.sender.tenant_id;
}

Instant OutboxWorker::earliest(const Held& held, Instant now) {
  const bool is_reply = held.message.priority == storage::Priority::reply;
  return throttle_.earliest(tenant_of(held), held.conversation ? held.conversation->id : std::string{},
                            is_reply, now);
}

milliseconds OutboxWorker::sleep_time() {
  if (!batch_.settled.empty()) return store_failed_ ? pause_after_store_failure : milliseconds{0};
  const Instant now = environment_.now();
  milliseconds sleep = milliseconds{1'000};  // a clock that jumps is noticed within a second
  for (const std::int64_t id : waiting_) {
    sleep = std::min(sleep, earliest(held_.at(id), now) - now);
  }
  if (const auto next = lane_.next_question()) sleep = std::min(sleep, *next - now);
  if (claim_limit() > 0) sleep = std::min(sleep, next_look_ - now);
  return std::max(sleep, milliseconds{1});
}

}  // namespace pao::bot::delivery
