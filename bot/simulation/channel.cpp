#include "bot/simulation/channel.hpp"

#include "bot/delivery/retry_policy.hpp"
#include "bot/delivery/send_plan.hpp"
#include "handlers/renderers.hpp"
#include "storage/conversations_store.hpp"

#include <functional>
#include <utility>

namespace pao::bot::simulation {
namespace {

using namespace std::chrono_literals;
using delivery::Outcome;
using storage::OutboxMessage;

constexpr auto lease = 30s;
constexpr int claimed_at_once = 256;

using Outcomes = std::vector<std::function<void(storage::Session&)>>;

std::optional<storage::Conversation> conversation_of(storage::Session& session,
                                                     const OutboxMessage& message) {
  if (message.conversation_id.empty()) {
    return storage::personal_conversation_of(session, message.aad_object_id);
  }
  return storage::find_conversation(session, delivery::without_thread(message.conversation_id));
}

struct Prepared {
  std::optional<storage::Conversation> conversation;
  std::optional<handlers::Content> content;
  std::optional<delivery::Target> target;  // of an update or a removal
};

// The message that an update or a removal is about.
std::optional<delivery::Target> target_of(storage::Session& session, const OutboxMessage& message) {
  if (message.operation == storage::OutboxOperation::post) return std::nullopt;
  if (message.target_key.empty()) return delivery::Target{message.conversation_id, message.reply_to};
  const auto sent = storage::find_message(session, message.target_key);
  return sent ? delivery::Target{sent->sent_to, sent->receipt} : delivery::Target{};
}

Prepared prepare(Service& service, const OutboxMessage& message) {
  const Instant now = service.now();
  Result<Prepared> prepared = service.store().read([&](storage::Session& session) -> Result<Prepared> {
    Prepared made{.conversation = conversation_of(session, message), .target = target_of(session, message)};
    if (message.kind == "reply" || message.kind == "notice") {
      made.content = handlers::Content{.text = message.text};
      if (!message.card.empty())
        made.content->card = cards::Card{.json = message.card, .summary = message.summary};
      return made;
    }
    auto content = handlers::render_message(session, *service.current_reference(), message, now);
    if (!content) return tl::unexpected<Error>(content.error());
    made.content = std::move(*content);
    return made;
  });
  return prepared ? std::move(*prepared) : Prepared{};
}

}  // namespace

int Channel::answer_of(Instant now) {
  if (now < away_until_) return 503;
  if (dice_.happens(faults_.throttled)) return 429;
  if (dice_.happens(faults_.failing)) return 503;
  return 201;
}

void Channel::arrive(const OutboxMessage& message, const std::string& conversation,
                     const handlers::Content& content, Instant now) {
  ++arrivals_;
  if (++arrived_[message.id] > 1 + doubles_allowed_[message.id]) unexplained_.push_back(message.key);
  delivered_.push_back({.message = message.id,
                        .key = message.key,
                        .kind = message.kind,
                        .channel = message.channel,
                        .conversation = conversation,
                        .text = content.text,
                        .shown = content.card ? client::card_text(content.card->json) : client::CardText{},
                        .at = now});
}

std::vector<OutboxMessage> Channel::claim(Service& service, int limit) {
  const Instant now = service.now();
  auto claimed = service.store().write(
      [&](storage::Session& session) { return storage::claim_due(session, now, now + lease, limit); });
  return claimed ? std::move(*claimed) : std::vector<OutboxMessage>{};
}

void Channel::send(Service& service, const OutboxMessage& message, Outcomes& outcomes) {
  const Instant now = service.now();
  const std::int64_t id = message.id;
  const auto end = [&](delivery::Cause cause, const std::string& detail) {
    outcomes.push_back([id, cause, detail, now](storage::Session& session) {
      storage::mark_ended(session, id, delivery::end_reason(cause).state,
                          delivery::reason_text(cause, detail), now);
    });
  };
  if (now >= message.expires_at) return end(delivery::Cause::expired, "");
  const Prepared prepared = prepare(service, message);
  const delivery::SendPlan plan =
      delivery::plan_send(message, prepared.conversation, prepared.content, {}, prepared.target);
  using Step = delivery::SendPlan::Step;
  if (plan.step == Step::end || plan.step == Step::create_conversation) return end(plan.cause, plan.detail);

  ++sends_;
  delivery::Answer answer{.status = answer_of(now)};
  const bool is_cut = answer.status == 201 && dice_.happens(faults_.cut);
  if (answer.status == 429) answer.retry_after = "2";
  if (is_cut) {
    ++cut_;
    ++doubles_allowed_[id];
    answer = {.status = 0, .failure = "connection reset (simulated)", .left = true};
  }
  const bool shows = plan.step == Step::post || plan.step == Step::update;
  if (shows && (answer.status == 201 || is_cut)) {
    arrive(message, prepared.conversation->id, *prepared.content, now);
  }

  const delivery::Verdict verdict = delivery::judge(
      answer, {message.unconfirmed, delivery::is_reason(message.reason, delivery::Cause::channel_failed)},
      false, now);
  if (verdict.outcome != Outcome::retry) pauses_.erase(id);
  if (verdict.outcome == Outcome::sent) {
    outcomes.push_back([id, now, to = prepared.conversation->id](storage::Session& session) {
      storage::mark_sent(session, id, "m-" + std::to_string(id), now, to);
    });
  } else if (verdict.outcome == Outcome::retry) {
    auto& last = pauses_[id];
    const auto pause = verdict.pause.value_or(delivery::next_pause(last, verdict.throttled, dice_.share()));
    last = pause;
    outcomes.push_back([id, at = now + pause, verdict](storage::Session& session) {
      storage::mark_retry(session, id, at, delivery::reason_text(verdict.cause, verdict.detail),
                          verdict.unconfirmed);
    });
  } else {
    end(verdict.cause, verdict.detail);
  }
}

bool Channel::deliver_due(Service& service) {
  bool any = false;
  for (;;) {
    const std::vector<OutboxMessage> claimed = claim(service, claimed_at_once);
    if (claimed.empty()) return any;
    any = true;
    Outcomes outcomes;
    for (const OutboxMessage& message : claimed) {
      if (message.reclaimed) ++doubles_allowed_[message.id];
      send(service, message, outcomes);
    }
    (void)service.store().write([&](storage::Session& session) {
      for (const auto& outcome : outcomes) outcome(session);
    });
  }
}

void Channel::deliver(Service& service, std::chrono::milliseconds patience) {
  const Instant until = service.now() + patience;
  for (;;) {
    deliver_due(service);
    const Instant now = service.now();
    const auto next =
        service.store().read([&](storage::Session& session) { return storage::next_due(session, now); });
    if (!next || !*next || **next > until) return;
    service.set_time(**next);
  }
}

void Channel::die_while_sending(Service& service) {
  const std::vector<OutboxMessage> claimed = claim(service, 8);
  Outcomes never_stored;
  for (const OutboxMessage& message : claimed) send(service, message, never_stored);
  pauses_.clear();  // they are in the worker's memory
}

std::vector<Delivered> Channel::take_delivered() {
  return std::exchange(delivered_, {});
}

}  // namespace pao::bot::simulation
