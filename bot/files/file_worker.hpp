// Fetches the files that people have sent and uploads those that they have accepted, in a thread of its own:
// each outcome and the message about it are stored in one transaction.
#pragma once

#include "bot/clock.hpp"
#include "bot/delivery/typing_indicator.hpp"
#include "bot/files/file_transfer.hpp"
#include "storage/database.hpp"
#include "storage/file_consents_store.hpp"
#include "storage/file_folder.hpp"
#include "storage/received_files_store.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace pao::bot::files {

struct FileWorkerOptions {
  FileHosts hosts;
  TransferLimits limits;
  int tries = 3;                                 // of a transfer that fails in passing
  std::chrono::milliseconds first_pause{2'000};  // then twice as long each time
  std::chrono::milliseconds look_every{30'000};  // how soon what another process stored is noticed
};

// What the worker is given. Called on its thread, several times for the same thing.
struct FileAccess {
  auth::HttpSend send;                         // to files: never follows a redirect
  std::function<Result<std::string>()> token;  // for pictures at the connector
  std::function<void()> wake_delivery;
  delivery::ShowTyping show_typing = {};  // while a transfer runs; may be empty
};

class FileWorker {
 public:
  // Starts the thread. What is referred to must outlive the worker.
  FileWorker(storage::Database& database, const storage::FileFolder& folder, Clock clock, FileAccess access,
             FileWorkerOptions options);
  ~FileWorker();  // stops; waits for the transfer that runs, which `send` may cut short: it is done again
                  // later
  FileWorker(const FileWorker&) = delete;
  FileWorker& operator=(const FileWorker&) = delete;

  // Something may be waiting now. From any thread, after the commit; cheap.
  void wake();

 private:
  void run();
  bool work();  // true when something was done
  void fetch(storage::ReceivedFile file);
  void upload(const storage::FileConsent& consent);
  void keep_outcome(const storage::ReceivedFile& file);
  // Whether the transfer failed in passing and is tried again later.
  bool puts_off(const std::string& id, const Error& error);
  std::unique_ptr<delivery::TypingIndicator> typing_in(const std::string& conversation_id) const;

  storage::Database& database_;
  const storage::FileFolder& folder_;
  const Clock clock_;
  const FileAccess access_;
  const FileWorkerOptions options_;

  struct Trial {
    int tries = 0;
    std::chrono::steady_clock::time_point not_before;
    UploadState upload = {};
  };
  std::map<std::string, Trial> trials_;  // of transfers under way or failed in passing, by id

  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = true;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace pao::bot::files
