#include "bot/files/file_worker.hpp"

#include "bot/log.hpp"
#include "bot/protocol/extras.hpp"
#include "handlers/file_messages.hpp"
#include "handlers/procedure/file_rules.hpp"
#include "storage/conversations_store.hpp"
#include "storage/outbox_store.hpp"
#include "storage/registro_store.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace pao::bot::files {
namespace {

using std::chrono::steady_clock;
using storage::FileConsent;
using storage::ReceivedFile;

constexpr int at_a_time = 8;

// What the bytes really are; an error when they are not taken as evidence.
Result<void> identify(ReceivedFile& file, std::string_view bytes) {
  if (bytes.empty()) {
    return fail(ErrorCode::refused, "files: empty", "El archivo está vacío. Revíselo y envíelo de nuevo.");
  }
  if (file.name.empty()) {
    file.file_type = procedure::picture_type(bytes.substr(0, 16));
    file.name = "imagen." + file.file_type;
  } else {
    file.file_type = procedure::evidence_file_type(file.name, file.file_type);
  }
  if (!file.file_type.empty() && procedure::begins_like(file.file_type, bytes.substr(0, 4096))) return {};
  return fail(ErrorCode::refused, "files: not of a type that is taken",
              "El contenido del archivo no corresponde a un tipo que recibo. Recibo: " +
                  procedure::evidence_file_types() + ".");
}

}  // namespace

FileWorker::FileWorker(storage::Database& database, const storage::FileFolder& folder, Clock clock,
                       FileAccess access, FileWorkerOptions options)
    : database_(database),
      folder_(folder),
      clock_(std::move(clock)),
      access_(std::move(access)),
      options_(std::move(options)),
      thread_([this] { run(); }) {
}

FileWorker::~FileWorker() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void FileWorker::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

void FileWorker::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    woken_ = false;
    lock.unlock();
    const bool did_something = work();
    lock.lock();
    if (did_something || stopping_) continue;
    auto until = steady_clock::now() + options_.look_every;
    for (const auto& [id, trial] : trials_) until = std::min(until, trial.not_before);
    changed_.wait_until(lock, until, [this] { return woken_ || stopping_; });
  }
}

bool FileWorker::work() {
  const auto waiting = database_.read([](storage::Session& session) {
    return std::pair(storage::waiting_files(session, at_a_time), storage::accepted_files(session, at_a_time));
  });
  if (!waiting) {
    log::error("files.not_read", {{"cause", waiting.error().detail}});
    return false;
  }
  const auto is_due = [&](const std::string& id) {
    const auto trial = trials_.find(id);
    return trial == trials_.end() || trial->second.not_before <= steady_clock::now();
  };
  bool did_something = false;
  for (const ReceivedFile& file : waiting->first) {
    if (stopping_ || !is_due(file.id)) continue;
    fetch(file);
    did_something = true;
  }
  for (const FileConsent& consent : waiting->second) {
    if (stopping_ || !is_due(consent.id)) continue;
    upload(consent);
    did_something = true;
  }
  return did_something;
}

bool FileWorker::puts_off(const std::string& id, const Error& error) {
  if (error.code != ErrorCode::unavailable) return false;
  Trial& trial = trials_[id];
  if (++trial.tries >= options_.tries) return false;
  trial.not_before = steady_clock::now() + options_.first_pause * (1 << std::min(trial.tries - 1, 10));
  return true;
}

std::unique_ptr<delivery::TypingIndicator> FileWorker::typing_in(const std::string& conversation_id) const {
  if (!access_.show_typing) return nullptr;
  auto known = database_.read(
      [&](storage::Session& session) { return storage::find_conversation(session, conversation_id); });
  return known && *known ? access_.show_typing(std::move(**known)) : nullptr;
}

void FileWorker::fetch(ReceivedFile file) {
  const auto typing = typing_in(file.conversation_id);
  const bool is_picture = file.content_type.rfind("image/", 0) == 0;
  const auto bytes =
      fetch_file(access_.send, options_.hosts, options_.limits, access_.token, file.url, is_picture);
  Result<void> outcome = bytes ? identify(file, *bytes) : tl::unexpected(bytes.error());
  if (outcome) {
    auto kept = folder_.put(*bytes);
    if (kept) {
      file.state = "kept";
      file.size = static_cast<std::int64_t>(bytes->size());
      file.sha256 = std::move(*kept);
    } else {
      outcome = tl::unexpected(kept.error());
    }
  }
  if (!outcome) {
    log::info("files.not_fetched", {{"file", file.id}, {"cause", outcome.error().detail}});
    if (stopping_ || puts_off(file.id, outcome.error())) return;
    file.state = "refused";
    file.reason = outcome.error().message.empty() ? "No pude guardar el archivo. Envíelo de nuevo, por favor."
                                                  : outcome.error().message;
  }
  keep_outcome(file);
}

void FileWorker::keep_outcome(const ReceivedFile& given) {
  ReceivedFile file = given;
  file.ended_at = clock_();
  const auto stored = database_.write([&](storage::Session& session) {
    if (!storage::end_received_file(session, file)) return;
    storage::enqueue(session, handlers::file_receipt_message(file, *file.ended_at));
    storage::append_registro(session, {.at = *file.ended_at,
                                       .actor = "aad:" + file.aad_object_id,
                                       .channel = "teams",
                                       .kind = "file",
                                       .subject = file.id,
                                       .content = handlers::file_registro(file)});
  });
  if (!stored) {
    trials_[file.id].not_before = steady_clock::now() + options_.first_pause;
    log::error("files.not_stored", {{"file", file.id}, {"cause", stored.error().detail}});
    return;
  }
  trials_.erase(file.id);
  access_.wake_delivery();
}

// The content was put into the folder when the file was offered; its subject names it.
void FileWorker::upload(const FileConsent& consent) {
  const auto typing = typing_in(consent.conversation_id);
  Result<void> outcome;
  const auto bytes = folder_.get(handlers::offered_content(consent));
  if (bytes) {
    outcome = upload_file(access_.send, options_.hosts, options_.limits, consent.upload_url, *bytes,
                          trials_[consent.id].upload);
  } else {
    outcome = tl::unexpected(bytes.error());
  }
  if (!outcome) {
    log::info("files.not_uploaded", {{"offer", consent.id}, {"cause", outcome.error().detail}});
    if (stopping_ || puts_off(consent.id, outcome.error())) return;
  }
  const Instant now = clock_();
  const std::string reason = outcome ? std::string() : outcome.error().detail;
  const handlers::Content content = handlers::upload_message(consent, outcome.has_value());
  const auto stored = database_.write([&](storage::Session& session) {
    const char* state = outcome ? "uploaded" : "failed";
    if (!storage::end_file_consent(session, consent.id, state, reason, now)) return;
    storage::OutboxMessage message = handlers::upload_outcome_message(consent, now);
    message.text = content.text;
    message.extras = protocol::stored_extras(content);
    storage::enqueue(session, message);
    storage::append_registro(session,
                             {.at = now,
                              .actor = "aad:" + consent.aad_object_id,
                              .channel = "teams",
                              .kind = "file",
                              .subject = consent.id,
                              .content = std::string(R"({"from":"accepted","to":")") + state + "\"}"});
  });
  if (!stored) {
    trials_[consent.id].not_before = steady_clock::now() + options_.first_pause;
    log::error("files.not_stored", {{"offer", consent.id}, {"cause", stored.error().detail}});
    return;
  }
  trials_.erase(consent.id);
  access_.wake_delivery();
}

}  // namespace pao::bot::files
