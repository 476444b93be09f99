#include "bot/turn_runner.hpp"

#include "bot/conversation_references.hpp"
#include "bot/log.hpp"
#include "bot/protocol/extras.hpp"
#include "bot/protocol/invoke_answers.hpp"
#include "cards/basic_card.hpp"
#include "cards/texts.hpp"
#include "storage/late_invokes_store.hpp"
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
// itself; a card that only looked for its state says nothing.
Reply refusal(const Turn& turn, const Error& error, const std::string& reference) {
  const std::string sentence = cards::error_sentence(error, reference);
  Reply reply{.trace = {.outcome = error.code == ErrorCode::internal ? "failed" : "refused",
                        .fields = {{"error", std::string(to_word(error.code))}, {"reference", reference}}}};
  if (turn.refresh) return reply;
  if (turn.invoke) {
    reply.content.text = sentence;
  } else {
    reply.content.card = cards::error_card(sentence, reference);
  }
  return reply;
}

// Of the forms that adaptiveCard/action has for errors: a verb that nobody knows, and our own failures.
int error_status(bool failed, const Error& failure, const char* route) {
  if (!failed) return 0;
  if (failure.code == ErrorCode::internal) return 500;
  return failure.code == ErrorCode::invalid && std::string_view(route) == handlers::no_route ? 400 : 0;
}

// Dialogs that were opened from a conversation with others are seen by one person only: what comes of them
// belongs into that person's own conversation.
bool is_seen_by_one(const protocol::Activity& activity) {
  return activity.invoke_name.rfind("task/", 0) == 0 ||
         activity.invoke_name == "composeExtension/fetchTask" ||
         activity.invoke_name == "composeExtension/submitAction";
}

void move_to_own_conversation(storage::Database& database, Turn& turn) {
  const auto own = database.read([&](storage::Session& session) {
    return storage::personal_conversation_of(session, turn.aad_object_id);
  });
  if (!own || !*own || !(*own)->installed) return;  // the guard then asks to write in the personal chat
  turn.conversation_id = (*own)->id;
  turn.place = handlers::Place::personal;
  turn.thread_id.clear();
  turn.activity_id.clear();
  turn.reply_to_id.clear();
}

// What kind of activity it was, where its words or verb do not say so.
std::string event_of(const protocol::Activity& activity) {
  if (!activity.event.empty()) return activity.event;
  return activity.type == "invoke" ? activity.invoke_name : activity.type;
}

std::string registro_content(const protocol::Activity& activity, const Turn& turn, const char* route,
                             const Reply& reply) {
  nlohmann::json content = {{"route", route}, {"outcome", reply.trace.outcome}, {"activity", activity.id}};
  // What was said in a group without naming us matched no route, and its words are none of our business.
  const bool is_for_us = turn.place == handlers::Place::personal || turn.mentions_us;
  const bool has_words = turn.kind == TurnKind::text || turn.kind == TurnKind::correction;
  if (has_words && is_for_us) content["question"] = turn.text;
  if (turn.kind == TurnKind::action) content["verb"] = turn.verb;
  if (turn.kind != TurnKind::text && turn.kind != TurnKind::action) content["event"] = event_of(activity);
  if (turn.refresh) content["refresh"] = true;
  if (const auto* search = std::get_if<handlers::Search>(&turn.signal)) content["question"] = search->text;
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

storage::OutboxMessage reply_message(const Turn& turn, const std::string& key, const Reply& reply,
                                     bool is_invoke, bool updates_card) {
  storage::OutboxMessage message = message_of(reply.content, turn.at);
  message.key = reply.key.empty() ? "reply:" + key : reply.key;
  message.kind = "reply";
  message.priority = storage::Priority::reply;
  message.conversation_id =
      turn.thread_id.empty() ? turn.conversation_id : turn.conversation_id + ";messageid=" + turn.thread_id;
  message.lane = turn.conversation_id;
  // An invoke is no message that could be answered: its card is.
  message.reply_to = is_invoke ? turn.reply_to_id : turn.activity_id;
  if (updates_card) message.operation = storage::OutboxOperation::update;
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

}  // namespace

// Everything the write transaction needs.
struct TurnRunner::Prepared {
  const protocol::Activity& activity;
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
  storage::Conversation conversation = reference_of(activity, turn);
  if (turn.place != handlers::Place::personal && is_seen_by_one(activity))
    move_to_own_conversation(database_, turn);
  const std::shared_ptr<const handlers::Reference> reference = reference_.current();
  if (const procedure::Person* person = reference->person_by_aad(turn.aad_object_id)) turn.person = *person;

  const handlers::Handled handled = router_.handle(turn);
  if (!handled.decision && handled.decision.error().code == ErrorCode::unavailable) {
    ++metrics_.failed;
    log::error("turn.unavailable", {{"route", handled.route}, {"cause", handled.decision.error().detail}});
    return tl::unexpected<Error>(handled.decision.error());
  }
  Result<storage::ActivityOutcome> outcome =
      store({activity, turn, key, handled.route, handled.decision, std::move(conversation)});

  if (turn.kind == TurnKind::text)
    ++metrics_.messages;
  else if (turn.kind == TurnKind::action)
    ++metrics_.actions;
  else
    ++metrics_.others;
  metrics_.duration.observe(std::chrono::steady_clock::now() - started);
  return outcome;
}

std::optional<storage::ActivityOutcome> TurnRunner::answer_late(const protocol::Activity& activity,
                                                                std::string_view body) {
  const std::string key = protocol::activity_key(activity);
  const protocol::InvokeAnswer answer = protocol::late_answer(activity);
  const storage::ActivityOutcome outcome{.status = answer.status, .body = answer.body};
  const Instant now = clock_();
  const Result<bool> stored = database_.write([&](storage::Session& session) -> Result<bool> {
    if (storage::find_outcome(session, key)) return false;
    storage::insert_outcome(session, key, outcome, now);
    if (protocol::finishes_late(activity))
      storage::save_late_invoke(session, {.key = key, .activity = std::string(body), .answered_at = now});
    return true;
  });
  if (!stored || !*stored) return std::nullopt;
  ++metrics_.late;
  log::warn("turn.late", {{"invoke", activity.invoke_name}});
  return outcome;
}

Result<int> TurnRunner::finish_late(Instant answered_before) {
  const auto kept = database_.read([](storage::Session& session) { return storage::late_invokes(session); });
  if (!kept) return tl::unexpected<Error>(kept.error());
  int finished = 0, left = 0;
  for (const storage::LateInvoke& invoke : *kept) {
    if (invoke.answered_at >= answered_before) continue;
    const Result<protocol::Activity> activity = protocol::parse_activity(invoke.activity);
    ++(activity && run(*activity) ? finished : left);
  }
  if (left > 0) return fail(ErrorCode::unavailable, std::to_string(left) + " late invokes are not finished");
  return finished;
}

Result<storage::ActivityOutcome> TurnRunner::store(const Prepared& prepared) {
  const Turn& turn = prepared.turn;
  const std::string reference = make_reference();
  const bool is_invoke = prepared.activity.type == "invoke";
  Error failure;  // of the handler or of its store step; set again when the closure runs again
  bool failed = false;
  bool enqueued = false;
  bool repeated = false;
  Result<storage::ActivityOutcome> outcome =
      database_.write([&](storage::Session& session) -> Result<storage::ActivityOutcome> {
        failed = enqueued = repeated = false;
        std::optional<storage::ActivityOutcome> answered;  // with a progress card, while we worked
        if (!prepared.key.empty()) {
          answered = storage::find_outcome(session, prepared.key);
          if (answered && !(is_invoke && storage::end_late_invoke(session, prepared.key))) {
            // Its decision was made for nothing, which is rare and harmless: only `store` steps write.
            repeated = true;
            return *answered;
          }
        }
        enqueued |= keep_reference(session, prepared.activity, prepared.conversation);
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
        if (is_invoke && !answered) {
          protocol::InvokeAnswer answer = protocol::invoke_answer(
              prepared.activity, reply, error_status(failed, failure, prepared.route));
          result = {.status = answer.status, .body = std::move(answer.body)};
        }
        if ((!turn.invoke || answered) && !is_empty(reply.content))
          enqueued |= storage::enqueue(
              session,
              reply_message(turn, prepared.key, reply, is_invoke,
                            answered && reply.content.card && protocol::finishes_on_card(prepared.activity)));
        for (const Notice& notice : reply.notices)
          enqueued |= storage::enqueue(session, notice_message(notice, turn.at));
        if (answered)
          result = *answered;
        else if (!prepared.key.empty())
          storage::insert_outcome(session, prepared.key, result, turn.at);
        storage::append_registro(
            session, {.at = turn.at,
                      .actor = turn.actor(),
                      .channel = "teams",
                      .kind = "turn",
                      .subject = turn.conversation_id,
                      .content = registro_content(prepared.activity, turn, prepared.route, reply)});
        return result;
      });

  if (!outcome) {
    ++metrics_.failed;
    log::error("turn.not_stored", {{"route", prepared.route}, {"cause", outcome.error().detail}});
    return outcome;
  }
  if (repeated) ++metrics_.repeated;
  // What a file is uploaded by is delivery's too.
  if (enqueued || turn.kind == TurnKind::file_answer) wake_delivery_();
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
