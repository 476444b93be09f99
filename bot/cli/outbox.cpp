#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "bot/delivery/end_reasons.hpp"
#include "storage/outbox_store.hpp"

#include <fmt/format.h>

#include <array>
#include <memory>

namespace pao::bot::cli {
namespace {

using storage::OutboxMessage;
using storage::OutboxState;

constexpr std::array<std::pair<OutboxState, const char*>, 7> words = {
    {{OutboxState::pending, "pending"},
     {OutboxState::sending, "sending"},
     {OutboxState::sent, "sent"},
     {OutboxState::obsolete, "obsolete"},
     {OutboxState::unreachable, "unreachable"},
     {OutboxState::dead, "dead"},
     {OutboxState::cancelled, "cancelled"}}};

const char* word_of(OutboxState state) {
  for (const auto& [candidate, word] : words) {
    if (candidate == state) return word;
  }
  return "unknown";
}

std::optional<OutboxState> parse_state(const std::string& word) {
  for (const auto& [state, candidate] : words) {
    if (word == candidate) return state;
  }
  return std::nullopt;
}

// What the stored reason says in Spanish; empty members when there is none, or a message that waits for the
// first time.
struct Explained {
  std::string sentence;
  std::string remedy;
};
Explained explain(const OutboxMessage& message) {
  const delivery::EndReason* reason = delivery::end_reason_of(message.reason);
  if (reason == nullptr) return {};
  Explained explained{std::string(reason->sentence), std::string(reason->remedy)};
  if (message.state == OutboxState::pending || message.state == OutboxState::sending) {
    explained.remedy = "No hay que hacer nada: se reintenta solo.";
  }
  return explained;
}

void list(Context& context, const std::string& state, int limit, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const auto messages = workspace->database->read(
      [&](storage::Session& session) { return storage::list_outbox(session, parse_state(state), limit); });
  if (!messages) return report(context, messages.error());
  Json rows = Json::array();
  for (const OutboxMessage& message : *messages) {
    const Explained explained = explain(message);
    rows.push_back({{"id", message.id},
                    {"channel", message.channel},
                    {"kind", message.kind},
                    {"state", word_of(message.state)},
                    {"attempts", message.attempts},
                    {"created_at", iso_instant(message.created_at)},
                    {"subject", message.subject},
                    {"unconfirmed", message.unconfirmed},
                    {"reason", message.reason},
                    {"sentence", explained.sentence},
                    {"remedy", explained.remedy}});
  }
  if (as_json) return print(rows);
  for (const Json& row : rows) {
    fmt::print("{:>8} {} {:<8} {:<11} {:>2} {} {}\n", row["id"].get<std::int64_t>(),
               row["created_at"].get<std::string>(), row["kind"].get<std::string>(),
               row["state"].get<std::string>(), row["attempts"].get<int>(), row["subject"].get<std::string>(),
               row["reason"].get<std::string>());
    if (row["sentence"] != "") {
      fmt::print("{:>8} {} {}\n", "", row["sentence"].get<std::string>(), row["remedy"].get<std::string>());
    }
  }
}

// How many messages are in each state; every state is named, so that the numbers add up in sight.
void summarize(Context& context, const std::string& prefix, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const auto counted = workspace->database->read(
      [&](storage::Session& session) { return storage::count_by_state(session, prefix); });
  if (!counted) return report(context, counted.error());
  Json states = Json::object();
  for (const auto& [state, word] : words) states[word] = 0;
  std::int64_t audience = 0, unconfirmed = 0;
  for (const storage::StateCount& count : *counted) {
    states[word_of(count.state)] = count.messages;
    audience += count.messages;
    unconfirmed += count.unconfirmed;
  }
  if (as_json) {
    return print(
        {{"prefix", prefix}, {"audience", audience}, {"states", states}, {"unconfirmed", unconfirmed}});
  }
  for (const auto& [state, word] : words) fmt::print("{:<12}{:>9}\n", word, states[word].get<std::int64_t>());
  fmt::print("{:<12}{:>9}\n", "audience", audience);
  fmt::print("{} sends may have been read once more: they left and no receipt came\n", unconfirmed);
}

// Changes one message; `change` says whether it could.
template <class Change>
void change_one(Context& context, std::int64_t id, const char* refusal, Change change) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const Instant now = workspace->clock();
  const Result<bool> changed =
      workspace->database->write([&](storage::Session& session) { return change(session, now); });
  if (!changed) return report(context, changed.error());
  if (!*changed) return report(context, {ErrorCode::refused, fmt::format("message {}: {}", id, refusal)});
  fmt::print("message {}: done\n", id);
}

// After the channel has recovered, or mail was configured: nobody has to be looked up by hand.
void retry_all(Context& context, const std::string& reason, const std::string& prefix) {
  if (delivery::end_reason_of(reason) == nullptr) {
    report(context, {ErrorCode::invalid, "--reason: there is no reason \"" + reason +
                                             "\"; outbox list shows them as the first word"});
    context.status = usage;
    return;
  }
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const Instant now = workspace->clock();
  const Result<std::int64_t> put_back = workspace->database->write(
      [&](storage::Session& session) { return storage::retry_undelivered(session, prefix, reason, now); });
  if (!put_back) return report(context, put_back.error());
  fmt::print("{} messages: put back\n", *put_back);
}

}  // namespace

void add_outbox(CLI::App& app, Context& context) {
  struct Options {
    std::string state;
    std::string prefix;
    std::string reason;
    int limit = 50;
    std::int64_t id = 0;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* outbox = app.add_subcommand("outbox", "what has to be sent, and what became of it");
  outbox->require_subcommand(1);
  CLI::App* listed = outbox->add_subcommand("list", "newest first");
  listed->add_option("--state", options->state, "only of one state")
      ->check(CLI::IsMember({"pending", "sending", "sent", "obsolete", "unreachable", "dead", "cancelled"}));
  listed->add_option("--limit", options->limit, "how many")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  listed->add_flag("--json", options->json, "one JSON document");
  listed->callback([&context, options] { list(context, options->state, options->limit, options->json); });

  CLI::App* summary = outbox->add_subcommand("summary", "how many messages are in each state");
  summary->add_option("--prefix", options->prefix, "only keys that begin so (digest:2026-11-12:)");
  summary->add_flag("--json", options->json, "one JSON document");
  summary->callback([&context, options] { summarize(context, options->prefix, options->json); });

  CLI::App* retried = outbox->add_subcommand("retry", "puts a dead, unreachable or cancelled message back");
  CLI::Option* id = retried->add_option("id", options->id, "number of the message");
  CLI::Option* reason = retried->add_option("--reason", options->reason,
                                            "instead: all dead and unreachable ones of that reason "
                                            "(channel_failed, mail_off) that have not expired");
  retried->add_option("--prefix", options->prefix, "of these, only keys that begin so (report:)")
      ->needs(reason);
  id->excludes(reason);
  retried->require_option(1, 2);
  retried->callback([&context, options] {
    if (!options->reason.empty()) return retry_all(context, options->reason, options->prefix);
    change_one(context, options->id, "is not dead, unreachable or cancelled, or has expired",
               [&](storage::Session& session, Instant now) {
                 return storage::retry_message(session, options->id, now);
               });
  });
  CLI::App* cancelled = outbox->add_subcommand("cancel", "a message that waits is not sent");
  cancelled->add_option("id", options->id, "number of the message")->required();
  cancelled->callback([&context, options] {
    change_one(context, options->id, "does not wait any more", [&](storage::Session& session, Instant now) {
      return storage::cancel_message(session, options->id, delivery::reason_text(delivery::Cause::cancelled),
                                     now);
    });
  });
}

}  // namespace pao::bot::cli
