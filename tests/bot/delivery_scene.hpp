// A store, a simulated Teams, and the delivery worker between them.
#pragma once

#include "bot/delivery/outbox_worker.hpp"
#include "tests/support/simulated_teams.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <stdlib.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace pao::tests {

using namespace pao::bot::delivery;
using namespace std::chrono_literals;
using storage::OutboxMessage;
using storage::OutboxState;
using storage::Priority;

// Runs with the real clock, plus what a test adds.
class MovableClock {
 public:
  Instant now() const {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()) +
           std::chrono::milliseconds{added_ms_.load()};
  }
  void advance(std::chrono::milliseconds by) { added_ms_ += by.count(); }

 private:
  std::atomic<std::int64_t> added_ms_{0};
};

class SceneFolder {
 public:
  SceneFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pao-delivery-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path = pattern;
  }
  ~SceneFolder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

// A store, a Teams, and a worker between them that a test starts when it is ready.
class Scene {
 public:
  Scene() {
    auto opened = storage::Database::open("sqlite:" + (folder_.path / "store.db").string());
    REQUIRE(opened);
    database_ = std::move(*opened);
    options.sender = {.bot_id = "28:app", .tenant_id = "t", .fallback_service_url = ""};
    options.sign_patience = 50ms;
    options.throttle = {.requests_per_second = 1000, .conversation_windows = false};
  }

  void know(const std::string& conversation, const std::string& aad = "") {
    write([&](storage::Session& session) {
      storage::Conversation known;
      known.id = conversation;
      known.kind = "personal";
      known.service_url = teams.service_url();
      known.tenant_id = "t";
      known.bot_id = "28:app";
      known.user_id = "29:" + conversation;
      known.aad_object_id = aad.empty() ? "aad-" + conversation : aad;
      storage::save_conversation(session, known);
    });
  }

  OutboxMessage reply(const std::string& conversation, const std::string& text) {
    OutboxMessage message;
    message.key = "k" + std::to_string(++serial_);
    message.kind = "reply";
    message.lane = conversation;
    message.conversation_id = conversation;
    message.reply_to = "in-" + std::to_string(serial_);
    message.text = text;
    message.created_at = message.not_before = clock.now();
    message.expires_at = clock.now() + 2min;
    return message;
  }

  OutboxMessage notice_to(const std::string& aad, const std::string& text) {
    OutboxMessage message = reply("", text);
    message.kind = "notice";
    message.priority = Priority::notice;
    message.lane = "person:" + aad;
    message.aad_object_id = aad;
    message.reply_to.clear();
    return message;
  }

  void add(const OutboxMessage& message) {
    write([&](storage::Session& session) { REQUIRE(storage::enqueue(session, message)); });
    if (worker) worker->wake();
  }

  void start(Renderer renderer = nullptr) {
    ConnectorAccess access;
    access.token = [this]() -> Result<std::string> {
      ++token_calls;
      if (token_refusals > 0 && token_refusals-- > 0) return fail(ErrorCode::refused, "AADSTS7000222");
      return token;
    };
    access.forget_token = [this] {
      ++tokens_forgotten;
      token = teams.access_token();
    };
    access.check_address = [this](const std::string& url) -> Result<void> {
      if (url.rfind(teams.service_url(), 0) == 0) return {};
      if (!also_allowed.empty() && url.rfind(also_allowed, 0) == 0) return {};
      return fail(ErrorCode::refused, "host is not on the list");
    };
    worker = std::make_unique<OutboxWorker>(
        *database_, options, WorkerEnvironment{[this] { return clock.now(); }, [] { return 0.5; }}, access,
        std::move(renderer));
  }

  // The stored row, once its state is the expected one (or after ten seconds, whatever it is then).
  OutboxMessage settled(const std::string& key, OutboxState expected) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    for (;;) {
      for (OutboxMessage& row : rows()) {
        const bool over = std::chrono::steady_clock::now() > deadline;
        if (row.key == key && (row.state == expected || over)) return std::move(row);
      }
      std::this_thread::sleep_for(2ms);
    }
  }

  std::vector<OutboxMessage> rows() {
    auto rows =
        database_->read([](storage::Session& s) { return storage::list_outbox(s, std::nullopt, 10'000); });
    REQUIRE(rows);
    return std::move(*rows);
  }

  OutboxMessage find(const std::string& key) {
    for (OutboxMessage& row : rows()) {
      if (row.key == key) return std::move(row);
    }
    return {};
  }

  bool installed(const std::string& conversation) {
    auto found =
        database_->read([&](storage::Session& s) { return storage::find_conversation(s, conversation); });
    return found && *found && (*found)->installed;
  }

  template <class Work>
  void write(Work work) {
    REQUIRE(database_->write(work));
  }

  MovableClock clock;
  SimulatedTeams teams;
  WorkerOptions options;
  std::string token = teams.access_token();
  std::string also_allowed;  // another service address
  std::atomic<int> token_calls{0};
  std::atomic<int> token_refusals{0};  // so often the identity provider gives none
  std::atomic<int> tokens_forgotten{0};

 private:
  SceneFolder folder_;
  std::unique_ptr<storage::Database> database_;
  int serial_ = 0;

 public:
  std::unique_ptr<OutboxWorker> worker;  // goes first
};

inline std::vector<std::string> texts(const std::vector<Delivered>& delivered) {
  std::vector<std::string> found;
  for (const auto& one : delivered) found.push_back(nlohmann::json::parse(one.body).value("text", ""));
  return found;
}

}  // namespace pao::tests
