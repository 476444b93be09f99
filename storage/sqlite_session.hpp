// One SQLite connection with its prepared statements: the Session of the SQLite adapter.
// SQLite-specific text (pragmas, flags, error codes) stands in sqlite_*.cpp only.
#pragma once

#include "storage/session.hpp"

#include <SQLiteCpp/Database.h>

#include <memory>
#include <string>
#include <unordered_map>

namespace pao::storage {

enum class SqliteAccess { read_only, read_write };

// Used by one thread at a time; who owns it sees to that.
class SqliteSession final : public Session {
 public:
  // Opens the file (made when absent and access is read_write, readable by its owner only).
  // Throws DatabaseFailure.
  SqliteSession(const std::string& path, SqliteAccess access, int busy_timeout_ms);
  ~SqliteSession() override;

  std::int64_t run(std::string_view sql, std::initializer_list<Value> values) override;
  std::int64_t run_values(std::string_view sql, std::span<const Value> values) override;
  void each(std::string_view sql, std::initializer_list<Value> values,
            const std::function<bool(const Row&)>& on_row) override;
  void each_values(std::string_view sql, std::span<const Value> values,
                   const std::function<bool(const Row&)>& on_row) override;
  Result<void> savepoint(const std::function<Result<void>()>& work) override;

  // Runs several statements without parameters, as they stand in a migration.
  void run_script(const std::string& sql);

  // From now on a commit does not wait for the disk: it survives the process, not the machine.
  void wait_for_no_disk();

  void begin_reading();  // one consistent state from the first query on
  void begin_writing();  // takes the write lock now, so that no later statement can fail for it
  void commit();
  void rollback() noexcept;  // does nothing outside a transaction

  // False after SQLite ended the transaction by itself (disk full, I/O error).
  bool in_transaction() const;

 private:
  struct Prepared;
  class Use;

  struct LiteralKey {
    const char* address;
    std::size_t length;
    bool operator==(const LiteralKey&) const = default;
  };
  struct LiteralHash {
    std::size_t operator()(const LiteralKey& key) const noexcept {
      return std::hash<const char*>{}(key.address) ^ key.length;
    }
  };

  Prepared& prepare(std::string_view sql);
  Prepared& prepare_by_content(std::string_view sql);

  SQLite::Database connection_;
  std::unordered_map<std::string, std::unique_ptr<Prepared>> by_content_;
  // The quick way in: a literal keeps its address. The content is compared as well, because a text that is
  // not a literal may come to lie where another one was.
  std::unordered_map<LiteralKey, Prepared*, LiteralHash> by_address_;
};

}  // namespace pao::storage
