// Group commit: closures of concurrent callers share one transaction and one fsync.
#pragma once

#include "storage/database.hpp"
#include "storage/sqlite_session.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace pao::storage {

// There is no writer thread to wake: the first caller to come is the writer of everything that waits at that
// moment, and hands over to the first that came meanwhile. While one batch waits for the disk the next one
// forms, so no timer is needed, and a lone caller pays for no change of thread.
class SqliteWriter {
 public:
  using Closure = std::function<Result<void>(Session&)>;

  SqliteWriter(std::unique_ptr<SqliteSession> session, const DatabaseOptions& options);
  ~SqliteWriter();

  // See Database::write. Safe from any thread; a write from inside a closure fails with `internal`.
  Result<void> write(const Closure& work);

 private:
  enum class Turn;
  struct Bed;
  struct Waiting;

  Bed* take_bed();  // under mutex_
  void give_back(Bed* bed);
  Waiting* take_batch();
  void write_batch(Waiting* batch);
  Result<void> begin();
  void run_alone(Waiting& one);
  void run_part(Waiting& one);
  void commit(Waiting* batch);
  void finish(Waiting* batch, const Waiting& mine);

  std::unique_ptr<SqliteSession> session_;  // belongs to the caller who is the writer
  const int max_queued_;
  const int max_batch_;
  std::atomic<std::thread::id> writing_thread_{};

  std::mutex mutex_;  // guards what follows
  Waiting* first_ = nullptr;
  Waiting* last_ = nullptr;
  int queued_ = 0;
  bool writing_ = false;
  std::vector<std::unique_ptr<Bed>> beds_;  // as many as ever slept at the same time
  std::vector<Bed*> free_beds_;
};

}  // namespace pao::storage
