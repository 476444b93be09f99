#include "storage/sqlite_writer.hpp"

#include "storage/database_failure.hpp"

#include <condition_variable>
#include <typeinfo>

namespace pao::storage {

enum class SqliteWriter::Turn { not_yet, to_write, done };

// Where a caller sleeps. It belongs to the writer and not to the caller's stack, so that the one who wakes
// can let go of the lock first: a caller woken under the lock would run into it and sleep once more.
struct SqliteWriter::Bed {
  std::mutex mutex;
  std::condition_variable changed;
};

// A caller in the queue, on its own stack.
struct SqliteWriter::Waiting {
  const Closure* work;
  Result<void> result = {};
  Waiting* next = nullptr;
  Bed* bed = nullptr;         // null while this caller is the writer and has never slept
  Turn turn = Turn::not_yet;  // guarded by bed->mutex

  Turn sleep() {
    std::unique_lock lock(bed->mutex);
    bed->changed.wait(lock, [this] { return turn != Turn::not_yet; });
    return turn;
  }
  void wake(Turn now) {
    Bed& kept = *bed;  // once the lock is released, this caller may be gone
    {
      const std::lock_guard lock(kept.mutex);
      turn = now;
    }
    kept.changed.notify_one();
  }
};

namespace {

// Runs a closure and turns whatever it throws into a value: one caller's mistake stays with that caller.
Result<void> contained(const SqliteWriter::Closure& work, Session& session) {
  try {
    return work(session);
  } catch (const DatabaseFailure& failure) {
    return tl::unexpected<Error>(failure.error());
  } catch (const std::exception& failure) {
    return fail(ErrorCode::internal, std::string("exception in a write closure: ") + typeid(failure).name());
  } catch (...) {
    return fail(ErrorCode::internal, "unknown exception in a write closure");
  }
}

}  // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<SqliteSession> session, const DatabaseOptions& options)
    : session_(std::move(session)), max_queued_(options.max_queued_writes), max_batch_(options.max_batch) {
}

SqliteWriter::~SqliteWriter() = default;

Result<void> SqliteWriter::write(const Closure& work) {
  if (writing_thread_.load(std::memory_order_relaxed) == std::this_thread::get_id()) {
    return fail(ErrorCode::internal, "a write from inside a write");
  }
  Waiting mine{.work = &work};
  {
    const std::lock_guard lock(mutex_);
    if (queued_ >= max_queued_) return fail(ErrorCode::unavailable, "too many writes are waiting");
    (last_ == nullptr ? first_ : last_->next) = &mine;
    last_ = &mine;
    ++queued_;
    if (writing_) mine.bed = take_bed();
    writing_ = true;
  }
  if (mine.bed != nullptr) {
    const Turn turn = mine.sleep();
    give_back(mine.bed);
    if (turn == Turn::done) return std::move(mine.result);
  }

  // This caller is the first of the queue, so its own closure is in the batch.
  Waiting* batch = take_batch();
  writing_thread_.store(std::this_thread::get_id(), std::memory_order_relaxed);
  write_batch(batch);
  writing_thread_.store(std::thread::id{}, std::memory_order_relaxed);
  finish(batch, mine);
  return std::move(mine.result);
}

SqliteWriter::Bed* SqliteWriter::take_bed() {
  if (free_beds_.empty()) {
    beds_.push_back(std::make_unique<Bed>());
    return beds_.back().get();
  }
  Bed* bed = free_beds_.back();
  free_beds_.pop_back();
  return bed;
}

void SqliteWriter::give_back(Bed* bed) {
  const std::lock_guard lock(mutex_);
  free_beds_.push_back(bed);
}

SqliteWriter::Waiting* SqliteWriter::take_batch() {
  const std::lock_guard lock(mutex_);
  Waiting* batch = first_;
  Waiting* end = first_;
  int taken = 1;
  while (taken < max_batch_ && end->next != nullptr) {
    end = end->next;
    ++taken;
  }
  first_ = end->next;
  if (first_ == nullptr) last_ = nullptr;
  end->next = nullptr;
  queued_ -= taken;
  return batch;
}

void SqliteWriter::write_batch(Waiting* batch) {
  Result<void> begun = begin();
  for (Waiting* one = batch; one != nullptr; one = one->next) {
    if (!begun) {
      one->result = begun;
    } else if (batch->next == nullptr) {
      run_alone(*one);
    } else {
      run_part(*one);
    }
  }
  if (begun) commit(batch);
}

Result<void> SqliteWriter::begin() {
  try {
    session_->begin_writing();
    return {};
  } catch (const DatabaseFailure& failure) {
    return fail(ErrorCode::unavailable, failure.what());
  }
}

// Alone in its transaction a closure needs no savepoint: when it fails everything is rolled back.
void SqliteWriter::run_alone(Waiting& one) {
  one.result = contained(*one.work, *session_);
}

void SqliteWriter::run_part(Waiting& one) {
  if (!session_->in_transaction()) return;  // lost by an earlier part; commit() tells everybody
  one.result = contained(
      [&one](Session& session) {
        return session.savepoint([&one, &session] { return contained(*one.work, session); });
      },
      *session_);
}

void SqliteWriter::commit(Waiting* batch) {
  bool anything_to_keep = false;
  for (Waiting* one = batch; one != nullptr; one = one->next) anything_to_keep |= one->result.has_value();
  if (!anything_to_keep) {
    session_->rollback();
    return;
  }
  Result<void> committed = fail(ErrorCode::unavailable, "the transaction was lost");
  if (session_->in_transaction()) {
    try {
      session_->commit();
      return;
    } catch (const DatabaseFailure& failure) {
      committed = fail(ErrorCode::unavailable, failure.what());
    }
  }
  session_->rollback();
  for (Waiting* one = batch; one != nullptr; one = one->next) {
    if (one->result) one->result = committed;
  }
}

// Wakes the batch, then names the next writer, so that those woken can join the batch it takes.
void SqliteWriter::finish(Waiting* batch, const Waiting& mine) {
  for (Waiting* one = batch; one != nullptr;) {
    Waiting* next = one->next;  // read before the caller may go
    if (one != &mine) one->wake(Turn::done);
    one = next;
  }
  Waiting* heir = nullptr;
  {
    const std::lock_guard lock(mutex_);
    heir = first_;
    writing_ = heir != nullptr;
  }
  if (heir != nullptr) heir->wake(Turn::to_write);
}

}  // namespace pao::storage
