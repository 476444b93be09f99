#include "bot/turn_runner.hpp"

#include "bot/log.hpp"
#include "bot/protocol/extras.hpp"
#include "bot/protocol/outgoing.hpp"
#include "cards/basic_card.hpp"
#include "cards/texts.hpp"
#include "storage/outbox_store.hpp"
#include "storage/registro_store.hpp"

#include <nlohmann/json.hpp>

#include <atomic>
#include <random>
#include <utility>

namespace pao::bot {
namespace {

using namespace std::chrono_literals;
using handlers::Decision;
using handlers::Notice;
using handlers::Reply;
using handlers::Turn;
using handlers::TurnKind;

// A reply older than this helps nobody; a notice to somebody else still does.
constexpr auto reply_lives = 6h;
constexpr auto notice_lives = std::chrono::days{7};

// The conversation's last contact is kept to this precision, so that most turns do not write it.
constexpr auto contact_precision = 10min;

// Short enough to read out on the telephone: 8 letters and digits without look-alikes.
std::string make_reference() {
  static constexpr char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  thread_local std::mt19937_64 random{std::random_device{}()};
  std::string reference = "PT-";
  std::uint64_t bits = random();
  for (int i = 0; i < 8; ++i, bits >>= 5) reference += letters[bits & 31];
  return reference;
}

std::string_view to_word(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid:
      return "invalid";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::refused:
      return "refused";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

// What the sender reads instead of an answer. A pressed card stays as it is and shows the sentence below
// itself.
Reply refusal(const Turn& turn, const Error& error, const std::string& reference) {
  const std::string sentence = cards::error_sentence(error, reference);
  Reply reply{.trace = {.outcome = error.code == ErrorCode::internal ? "failed" : "refused",
                        .fields = {{"error", std::string(to_word(error.code))}, {"reference", reference}}}};
  if (turn.invoke) {
    reply.content.text = sentence;
  } else {
    reply.content.card = cards::error_card(sentence, reference);
  }
  return reply;
}

std::string registro_content(const Turn& turn, const char* route, const Reply& reply) {
  nlohmann::json content = {
      {"route", route}, {"outcome", reply.trace.outcome}, {"activity", turn.activity_id}};
  // What was said in a group without naming us matched no route, and its words are none of our business.
  const bool is_for_us = turn.place == handlers::Place::personal || turn.mentions_us;
  if (turn.kind == TurnKind::text && is_for_us) content["question"] = turn.text;
  if (turn.kind == TurnKind::action) content["verb"] = turn.verb;
  if (!reply.content.text.empty()) content["answer"] = reply.content.text;
  if (reply.content.card) content["card"] = reply.content.card->summary;
  for (const auto& [name, value] : reply.trace.fields) content[name] = value;
  return content.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool is_empty(const handlers::Content& content) {
  return content.text.empty() && !content.card;
}

storage::OutboxMessage message_of(const handlers::Content& content, Instant now) {
  storage::OutboxMessage message{
      .text = content.text, .extras = protocol::stored_extras(content), .not_before = now, .created_at = now};
  if (content.card) {
    message.card = content.card->json;
    message.summary = content.card->summary;
  }
  return message;
}

storage::OutboxMessage reply_message(const Turn& turn, const std::string& key, const Reply& reply) {
  storage::OutboxMessage message = message_of(reply.content, turn.at);
  message.key = reply.key.empty() ? "reply:" + key : reply.key;
  message.kind = "reply";
  message.priority = storage::Priority::reply;
  message.conversation_id =
      turn.thread_id.empty() ? turn.conversation_id : turn.conversation_id + ";messageid=" + turn.thread_id;
  message.lane = turn.conversation_id;
  message.reply_to = turn.activity_id;
  message.expires_at = turn.at + reply_lives;
  return message;
}

storage::OutboxMessage notice_message(const Notice& notice, Instant now) {
  storage::OutboxMessage message = message_of(notice.content, now);
  message.key = notice.key;
  message.kind = "notice";
  message.priority = storage::Priority::notice;
  message.conversation_id = notice.conversation_id;
  message.aad_object_id = notice.aad_object_id;
  message.lane = notice.conversation_id.empty() ? "person:" + notice.aad_object_id : notice.conversation_id;
  message.reply_to = notice.reply_to;
  message.operation = notice.operation;
  message.target_key = notice.target_key;
  message.subject = notice.subject;
  message.expires_at = now + notice_lives;
  return message;
}

storage::Conversation reference_of(const protocol::Activity& activity, const Turn& turn) {
  storage::Conversation reference{
      .id = activity.conversation_id,
      .kind = activity.conversation_type.empty() ? "personal" : activity.conversation_type,
      .service_url = activity.service_url,
      .tenant_id = activity.tenant_id,
      .bot_id = activity.recipient.id,
      .locale = activity.locale,
      .installed = turn.kind != TurnKind::departure,
      .last_inbound_at = turn.at};
  if (turn.place == handlers::Place::personal) {
    reference.user_id = activity.from.id;
    reference.aad_object_id = activity.from.aad_object_id;
  }
  return reference;
}

bool needs_saving(const std::optional<storage::Conversation>& stored, const storage::Conversation& now) {
  return !stored || stored->service_url != now.service_url || stored->tenant_id != now.tenant_id ||
         stored->bot_id != now.bot_id || stored->user_id != now.user_id ||
         stored->aad_object_id != now.aad_object_id || stored->installed != now.installed ||
         now.last_inbound_at - stored->last_inbound_at > contact_precision;
}

// Stores where the conversation is when that is new. Somebody who can be reached now for the first time, or
// again, is sent what could not reach them; true when there is such a message.
bool keep_reference(storage::Session& session, const storage::Conversation& now) {
  const std::optional<storage::Conversation> stored = storage::find_conversation(session, now.id);
  if (needs_saving(stored, now)) storage::save_conversation(session, now);
  const bool newly_reachable = now.installed && !now.aad_object_id.empty() && (!stored || !stored->installed);
  return newly_reachable && storage::revive_unreachable(session, now.aad_object_id, now.last_inbound_at) > 0;
}

}  // namespace

// Everything the write transaction needs.
struct TurnRunner::Prepared {
  const Turn& turn;
  const std::string& key;
  const char* route;
  const Result<Decision>& decision;
  storage::Conversation conversation;
};

TurnRunner::TurnRunner(storage::Database& database, const handlers::ReferenceSource& reference,
                       const handlers::Router& router, Clock clock, TurnMetrics& metrics,
                       std::function<void()> wake_delivery)
    : database_(database),
      reference_(reference),
      router_(router),
      clock_(std::move(clock)),
      metrics_(metrics),
      wake_delivery_(std::move(wake_delivery)) {
}

Result<storage::ActivityOutcome> TurnRunner::run(const protocol::Activity& activity) {
  const auto started = std::chrono::steady_clock::now();
  const std::string key = protocol::activity_key(activity);
  Turn turn = protocol::to_turn(activity, clock_());
  const std::shared_ptr<const handlers::Reference> reference = reference_.current();
  if (const procedure::Person* person = reference->person_by_aad(turn.aad_object_id)) turn.person = *person;

  const handlers::Handled handled = router_.handle(turn);
  if (!handled.decision && handled.decision.error().code == ErrorCode::unavailable) {
    ++metrics_.failed;
    log::error("turn.unavailable", {{"route", handled.route}, {"cause", handled.decision.error().detail}});
    return tl::unexpected<Error>(handled.decision.error());
  }
  Result<storage::ActivityOutcome> outcome =
      store({turn, key, handled.route, handled.decision, reference_of(activity, turn)});

  if (turn.kind == TurnKind::text)
    ++metrics_.messages;
  else if (turn.kind == TurnKind::action)
    ++metrics_.actions;
  else
    ++metrics_.others;
  metrics_.duration.observe(std::chrono::steady_clock::now() - started);
  return outcome;
}

Result<storage::ActivityOutcome> TurnRunner::store(const Prepared& prepared) {
  const Turn& turn = prepared.turn;
  const std::string reference = make_reference();
  Error failure;  // of the handler or of its store step; set again when the closure runs again
  bool failed = false;
  bool enqueued = false;
  bool repeated = false;
  Result<storage::ActivityOutcome> outcome =
      database_.write([&](storage::Session& session) -> Result<storage::ActivityOutcome> {
        failed = enqueued = repeated = false;
        if (!prepared.key.empty()) {
          if (auto stored = storage::find_outcome(session, prepared.key)) {
            // Its decision was made for nothing, which is rare and harmless: only `store` steps write.
            repeated = true;
            return *stored;
          }
        }
        enqueued |= keep_reference(session, prepared.conversation);
        const bool greets_again =
            turn.kind == TurnKind::arrival && !storage::mark_greeted(session, turn.conversation_id);

        Reply reply;
        if (!prepared.decision) {
          failed = true;
          failure = prepared.decision.error();
        } else if (prepared.decision->store) {
          const Result<void> stored = session.savepoint([&]() -> Result<void> {
            Result<Reply> made = prepared.decision->store(session);
            if (!made) return tl::unexpected<Error>(made.error());
            reply = std::move(*made);
            return {};
          });
          if (!stored) {
            if (stored.error().code == ErrorCode::unavailable) return tl::unexpected<Error>(stored.error());
            failed = true;
            failure = stored.error();
          }
        } else if (!greets_again) {
          reply = prepared.decision->reply;
        }
        if (failed) reply = refusal(turn, failure, reference);

        storage::ActivityOutcome result;
        if (turn.invoke) {
          result.body = protocol::invoke_body(reply.content);
        } else if (!is_empty(reply.content)) {
          enqueued |= storage::enqueue(session, reply_message(turn, prepared.key, reply));
        }
        for (const Notice& notice : reply.notices)
          enqueued |= storage::enqueue(session, notice_message(notice, turn.at));
        if (!prepared.key.empty()) storage::insert_outcome(session, prepared.key, result, turn.at);
        storage::append_registro(session, {.at = turn.at,
                                           .actor = turn.actor(),
                                           .channel = "teams",
                                           .kind = "turn",
                                           .subject = turn.conversation_id,
                                           .content = registro_content(turn, prepared.route, reply)});
        return result;
      });

  if (!outcome) {
    ++metrics_.failed;
    log::error("turn.not_stored", {{"route", prepared.route}, {"cause", outcome.error().detail}});
    return outcome;
  }
  if (repeated) ++metrics_.repeated;
  if (enqueued) wake_delivery_();
  if (failed) {
    ++(failure.code == ErrorCode::internal ? metrics_.failed : metrics_.refused);
    log::warn("turn.refused", {{"reference", reference},
                               {"route", prepared.route},
                               {"code", to_word(failure.code)},
                               {"cause", failure.detail}});
  } else {
    log::debug("turn.done", {{"route", prepared.route}, {"actor", turn.actor()}});
  }
  return outcome;
}

}  // namespace pao::bot
