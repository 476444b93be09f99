// The SQLite adapter of Database: one writer with group commit, a bounded pool of readers beside it.
#pragma once

#include "storage/database.hpp"
#include "storage/sqlite_writer.hpp"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace pao::storage {

class SqliteDatabase final : public Database {
 public:
  // The file exists and its schema is up to date.
  SqliteDatabase(std::string path, std::unique_ptr<SqliteSession> writer, const DatabaseOptions& options);
  ~SqliteDatabase() override;

 private:
  class Lease;

  Result<void> read_closure(const Closure& closure) override;
  Result<void> write_closure(const Closure& closure) override;

  std::unique_ptr<SqliteSession> take_reader();
  void give_back(std::unique_ptr<SqliteSession> reader);

  const std::string path_;
  const DatabaseOptions options_;
  SqliteWriter writer_;  // closed last: the last connection to close folds the log into the file

  std::mutex mutex_;  // guards what follows
  std::condition_variable reader_free_;
  std::vector<std::unique_ptr<SqliteSession>> free_readers_;
  int readers_ = 0;  // opened, free or not
};

}  // namespace pao::storage
