#include "storage/sqlite_session.hpp"

#include "storage/database_failure.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace pao::storage {
namespace {

ErrorCode code_of(int sqlite_code) {
  switch (sqlite_code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_PERM:
      return ErrorCode::unavailable;
    default:
      return ErrorCode::internal;
  }
}

[[noreturn]] void throw_failure(sqlite3* handle) {
  const int code = sqlite3_extended_errcode(handle);
  throw DatabaseFailure(code_of(code), "sqlite " + std::to_string(code) + ": " + sqlite3_errmsg(handle));
}

void check(sqlite3* handle, int code) {
  if (code != SQLITE_OK) throw_failure(handle);
}

// The file holds what people wrote: nobody but the service's own account reads it.
void make_private_file(const std::string& path) {
  if (std::filesystem::exists(path)) return;
  std::ofstream made(path, std::ios::app);
  if (!made) throw DatabaseFailure(ErrorCode::unavailable, "cannot make the database file");
  made.close();
  std::error_code ignored;
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                               ignored);
}

SQLite::Database open_connection(const std::string& path, SqliteAccess access, int busy_timeout_ms) {
  // No mutex inside SQLite: a session is used by one thread at a time.
  const int flags = SQLite::OPEN_NOMUTEX |
                    (access == SqliteAccess::read_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE);
  if (access == SqliteAccess::read_write) make_private_file(path);
  try {
    SQLite::Database connection(path, flags, busy_timeout_ms);
    sqlite3_extended_result_codes(connection.getHandle(), 1);
    // temp_store keeps the undo pages of savepoints in memory; the caches are small because the operating
    // system keeps the file's pages anyway.
    if (access == SqliteAccess::read_write) {
      connection.exec(
          "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA "
          "temp_store=MEMORY;"
          "PRAGMA mmap_size=0; PRAGMA cache_size=-2000; PRAGMA wal_autocheckpoint=4000; PRAGMA "
          "journal_size_limit=16777216;"
          "PRAGMA trusted_schema=OFF");
    } else {
      connection.exec(
          "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cache_size=-1000;"
          "PRAGMA trusted_schema=OFF");
    }
    return connection;
  } catch (const SQLite::Exception& failure) {
    throw DatabaseFailure(code_of(failure.getErrorCode()),
                          "sqlite " + std::to_string(failure.getExtendedErrorCode()) + ": " + failure.what());
  }
}

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

  std::string_view text(int column) const override {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

 private:
  sqlite3_stmt* statement_;
};

int bind_value(sqlite3_stmt* statement, int index, const Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    const char* bytes = text->data() == nullptr ? "" : text->data();
    return sqlite3_bind_text64(statement, index, bytes, text->size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return sqlite3_bind_int64(statement, index, *number);
  }
  if (const auto* real = std::get_if<double>(&value)) return sqlite3_bind_double(statement, index, *real);
  return sqlite3_bind_null(statement, index);
}

}  // namespace

struct SqliteSession::Prepared {
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  std::string sql;
  std::unique_ptr<sqlite3_stmt, Finalize> statement;
  std::vector<std::size_t> value_of;  // for each SQLite parameter, which value: "$3" takes the third
  bool in_use = false;

  Prepared(sqlite3* handle, std::string_view text) : sql(text) {
    sqlite3_stmt* made = nullptr;
    check(handle, sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()),
                                     SQLITE_PREPARE_PERSISTENT, &made, nullptr));
    statement.reset(made);
    // SQLite numbers "$2" by order of appearance, PostgreSQL by its number: ours is PostgreSQL's reading.
    const int parameters = sqlite3_bind_parameter_count(made);
    for (int index = 1; index <= parameters; ++index) {
      const char* name = sqlite3_bind_parameter_name(made, index);
      const int number = name != nullptr && name[0] == '$' ? std::atoi(name + 1) : 0;
      if (number < 1) throw DatabaseFailure(ErrorCode::internal, "a parameter is not of the form $1");
      value_of.push_back(static_cast<std::size_t>(number - 1));
    }
  }

  void bind(sqlite3* handle, std::span<const Value> values) {
    for (std::size_t index = 0; index < value_of.size(); ++index) {
      if (value_of[index] >= values.size()) {
        throw DatabaseFailure(ErrorCode::internal, "fewer values than parameters");
      }
      check(handle, bind_value(statement.get(), static_cast<int>(index) + 1, values[value_of[index]]));
    }
  }
};

// Holds a statement while it runs. The same text may run inside its own rows: then it gets a second one.
class SqliteSession::Use {
 public:
  Use(SqliteSession& session, std::string_view sql, std::span<const Value> values)
      : handle_(session.connection_.getHandle()), prepared_(&session.prepare(sql)) {
    if (prepared_->in_use) {
      second_ = std::make_unique<Prepared>(handle_, sql);
      prepared_ = second_.get();
    }
    prepared_->bind(handle_, values);
    prepared_->in_use = true;
  }
  ~Use() {
    sqlite3_reset(prepared_->statement.get());
    prepared_->in_use = false;
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

  // True when there is a row.
  bool step() {
    const int code = sqlite3_step(prepared_->statement.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw_failure(handle_);
  }
  sqlite3_stmt* statement() const { return prepared_->statement.get(); }

 private:
  sqlite3* handle_;
  Prepared* prepared_;
  std::unique_ptr<Prepared> second_;
};

SqliteSession::SqliteSession(const std::string& path, SqliteAccess access, int busy_timeout_ms)
    : connection_(open_connection(path, access, busy_timeout_ms)) {
}

SqliteSession::~SqliteSession() {
  rollback();
}

SqliteSession::Prepared& SqliteSession::prepare(std::string_view sql) {
  const LiteralKey key{sql.data(), sql.size()};
  if (const auto found = by_address_.find(key); found != by_address_.end() && found->second->sql == sql) {
    return *found->second;
  }
  Prepared& prepared = prepare_by_content(sql);
  by_address_[key] = &prepared;
  return prepared;
}

SqliteSession::Prepared& SqliteSession::prepare_by_content(std::string_view sql) {
  std::unique_ptr<Prepared>& kept = by_content_[std::string(sql)];
  if (!kept) kept = std::make_unique<Prepared>(connection_.getHandle(), sql);
  return *kept;
}

std::int64_t SqliteSession::run(std::string_view sql, std::initializer_list<Value> values) {
  return run_values(sql, {values.begin(), values.size()});
}

std::int64_t SqliteSession::run_values(std::string_view sql, std::span<const Value> values) {
  Use use(*this, sql, values);
  while (use.step()) {
  }
  return sqlite3_changes64(connection_.getHandle());
}

void SqliteSession::each(std::string_view sql, std::initializer_list<Value> values,
                         const std::function<bool(const Row&)>& on_row) {
  each_values(sql, {values.begin(), values.size()}, on_row);
}

void SqliteSession::each_values(std::string_view sql, std::span<const Value> values,
                                const std::function<bool(const Row&)>& on_row) {
  Use use(*this, sql, values);
  const SqliteRow row(use.statement());
  while (use.step()) {
    if (!on_row(row)) return;
  }
}

Result<void> SqliteSession::savepoint(const std::function<Result<void>()>& work) {
  run("SAVEPOINT part", {});
  const auto undo = [this] {
    // After a disk failure SQLite may have ended the whole transaction: then nothing is left to undo.
    if (!in_transaction()) return;
    run("ROLLBACK TO part", {});
    run("RELEASE part", {});
  };
  Result<void> done;
  try {
    done = work();
  } catch (...) {
    undo();
    throw;
  }
  if (done) {
    run("RELEASE part", {});
  } else {
    undo();
  }
  return done;
}

void SqliteSession::run_script(const std::string& sql) {
  check(connection_.getHandle(),
        sqlite3_exec(connection_.getHandle(), sql.c_str(), nullptr, nullptr, nullptr));
}

void SqliteSession::wait_for_no_disk() {
  run_script("PRAGMA synchronous=OFF");
}

void SqliteSession::begin_reading() {
  run("BEGIN", {});
}

void SqliteSession::begin_writing() {
  run("BEGIN IMMEDIATE", {});
}

void SqliteSession::commit() {
  run("COMMIT", {});
}

void SqliteSession::rollback() noexcept {
  if (!in_transaction()) return;
  try {
    run("ROLLBACK", {});
  } catch (const DatabaseFailure&) {
    // SQLite has ended the transaction already, or will when the connection closes.
  }
}

bool SqliteSession::in_transaction() const {
  return sqlite3_get_autocommit(connection_.getHandle()) == 0;
}

}  // namespace pao::storage
