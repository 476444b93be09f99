#include "storage/sqlite_database.hpp"

#include "storage/database_failure.hpp"

#include <typeinfo>

namespace pao::storage {

SqliteDatabase::SqliteDatabase(std::string path, std::unique_ptr<SqliteSession> writer,
                               const DatabaseOptions& options)
    : path_(std::move(path)), options_(options), writer_(std::move(writer), options) {
}

SqliteDatabase::~SqliteDatabase() = default;

// A reader for the length of one closure, in a transaction that ends with it.
class SqliteDatabase::Lease {
 public:
  explicit Lease(SqliteDatabase& database) : database_(database), reader_(database.take_reader()) {}
  ~Lease() {
    reader_->rollback();  // nothing was written; this is the quickest end
    database_.give_back(std::move(reader_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  SqliteSession& session() const { return *reader_; }

 private:
  SqliteDatabase& database_;
  std::unique_ptr<SqliteSession> reader_;
};

Result<void> SqliteDatabase::read_closure(const Closure& closure) {
  try {
    const Lease lease(*this);
    lease.session().begin_reading();
    return closure(lease.session());
  } catch (const DatabaseFailure& failure) {
    return tl::unexpected<Error>(failure.error());
  } catch (const std::exception& failure) {
    return fail(ErrorCode::internal, std::string("exception in a read closure: ") + typeid(failure).name());
  }
}

Result<void> SqliteDatabase::write_closure(const Closure& closure) {
  return writer_.write(closure);
}

std::unique_ptr<SqliteSession> SqliteDatabase::take_reader() {
  {
    std::unique_lock lock(mutex_);
    reader_free_.wait(lock, [this] { return !free_readers_.empty() || readers_ < options_.max_readers; });
    if (!free_readers_.empty()) {
      std::unique_ptr<SqliteSession> reader = std::move(free_readers_.back());
      free_readers_.pop_back();
      return reader;
    }
    ++readers_;
  }
  try {
    return std::make_unique<SqliteSession>(path_, SqliteAccess::read_only, options_.busy_timeout_ms);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    --readers_;
    reader_free_.notify_one();
    throw;
  }
}

void SqliteDatabase::give_back(std::unique_ptr<SqliteSession> reader) {
  const std::lock_guard lock(mutex_);
  free_readers_.push_back(std::move(reader));
  reader_free_.notify_one();
}

}  // namespace pao::storage
