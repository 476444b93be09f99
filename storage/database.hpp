// The system of record: one SQLite file (WAL, synchronous FULL), one writer at a time with group commit,
// readers beside it. A PostgreSQL adapter will answer to the same two calls.
#pragma once

#include "storage/session.hpp"

#include <functional>
#include <memory>
#include <string>
#include <type_traits>

namespace pao::storage {

struct DatabaseOptions {
  int busy_timeout_ms = 5000;
  int max_queued_writes = 4096;  // more waiting closures than this: write() answers `unavailable` at once
  int max_batch = 256;           // closures that share one commit at the most
  int max_readers = 4;           // connections for read(), opened when first needed; more callers wait
};

// Safe for concurrent use from any thread; outlives every call of read() and write().
class Database {
 public:
  // `url` is "sqlite:PATH"; the file is made when absent and its schema brought up to date. Fails with
  // `invalid` for another scheme, `refused` when the file was written by a newer version or a migration was
  // altered, `unavailable` when the disk says no.
  static Result<std::unique_ptr<Database>> open(const std::string& url, const DatabaseOptions& options = {});

  virtual ~Database() = default;

  // Runs work on a read-only connection that sees one consistent state. The closure touches only the session
  // and its own captures. Whatever Result<T> or T it returns comes back as Result<T>.
  template <class Work>
  auto read(Work work) {
    return run_typed([this](const Closure& closure) { return read_closure(closure); }, std::move(work));
  }

  // Runs work on the writer, alone; returns after the commit is on disk. When work fails, nothing it wrote
  // remains and the failure is returned. Closures of concurrent callers share one fsync, each in a savepoint
  // of its own. A closure may be run again, so it touches only the session and values it can set again.
  template <class Work>
  auto write(Work work) {
    return run_typed([this](const Closure& closure) { return write_closure(closure); }, std::move(work));
  }

 protected:
  using Closure = std::function<Result<void>(Session&)>;
  virtual Result<void> read_closure(const Closure& closure) = 0;
  virtual Result<void> write_closure(const Closure& closure) = 0;

 private:
  template <class T>
  struct ValueOf {
    using Type = T;
  };
  template <class T>
  struct ValueOf<Result<T>> {
    using Type = T;
  };

  template <class Run, class Work>
  static auto run_typed(Run run, Work work) {
    using Returned = std::invoke_result_t<Work, Session&>;
    using T = typename ValueOf<Returned>::Type;
    if constexpr (std::is_void_v<T>) {
      return run([&](Session& session) -> Result<void> {
        if constexpr (std::is_void_v<Returned>) {
          work(session);
          return {};
        } else {
          return work(session);
        }
      });
    } else {
      std::optional<T> value;
      Result<void> done = run([&](Session& session) -> Result<void> {
        Result<T> result = work(session);
        if (!result) return tl::unexpected<Error>(result.error());
        value = std::move(*result);
        return {};
      });
      if (!done) return Result<T>(tl::unexpected<Error>(done.error()));
      return Result<T>(std::move(*value));
    }
  }
};

}  // namespace pao::storage
