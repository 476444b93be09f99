#include "storage/database.hpp"

#include "tests/storage/temporary_store.hpp"

#include <sys/stat.h>

#include <atomic>
#include <condition_variable>
#include <fstream>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;

namespace {

void make_table(Database& database) {
  writing(database,
          [](Session& s) { s.run("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"); });
}

std::int64_t count_notes(Database& database) {
  return reading(database, [](Session& s) {
    return s.first("SELECT COUNT(*) FROM notes", {}, [](const Row& row) { return row.integer(0); }).value();
  });
}

void add_note(Session& session, std::string_view text) {
  session.run("INSERT INTO notes (text) VALUES ($1)", {text});
}

// Keeps the writer busy until it is let go, so that the writes that come meanwhile share the next commit.
class BusyWriter {
 public:
  explicit BusyWriter(Database& database)
      : thread_([this, &database] {
          (void)database.write([this](Session&) {
            inside_.set_value();
            go_.get_future().wait();
          });
        }) {
    inside_.get_future().wait();
  }
  ~BusyWriter() { thread_.join(); }

  void let_go() { go_.set_value(); }

 private:
  std::promise<void> inside_;
  std::promise<void> go_;
  std::thread thread_;
};

// Starts writes one by one, each queued before the next one starts, behind a busy writer.
std::vector<Result<void>> write_together(Database& database,
                                         std::vector<std::function<Result<void>(Session&)>> works) {
  std::vector<Result<void>> results(works.size());
  std::vector<std::thread> threads;
  BusyWriter busy(database);
  for (std::size_t i = 0; i < works.size(); ++i) {
    threads.emplace_back([&, i] { results[i] = database.write(works[i]); });
  }
  busy.let_go();
  for (std::thread& thread : threads) thread.join();
  return results;
}

}  // namespace

TEST_CASE("a write is seen by the next read and after opening again") {
  TemporaryFolder folder;
  {
    auto database = open_store(folder.url());
    make_table(*database);
    writing(*database, [](Session& s) { add_note(s, "uno"); });
    CHECK(count_notes(*database) == 1);
  }
  CHECK(count_notes(*open_store(folder.url())) == 1);
}

TEST_CASE("the file is readable by its owner only") {
  TemporaryStore store;
  struct stat info {};
  REQUIRE(stat((store.folder.path() / "store.db").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("a read and a write hand back what the closure returns") {
  TemporaryStore store;
  CHECK(store.database->read([](Session&) { return 7; }).value() == 7);
  CHECK(store.database->write([](Session&) { return std::string("ok"); }).value() == "ok");
  const auto failed =
      store.database->write([](Session&) -> Result<int> { return fail(ErrorCode::conflict, "no"); });
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == ErrorCode::conflict);
}

TEST_CASE("a failing closure leaves nothing behind") {
  TemporaryStore store;
  make_table(*store.database);
  struct Case {
    const char* name;
    std::function<Result<void>(Session&)> work;
    ErrorCode code;
  };
  const Case cases[] = {
      {"a failure as value",
       [](Session& s) -> Result<void> {
         add_note(s, "x");
         return fail(ErrorCode::refused, "no");
       },
       ErrorCode::refused},
      {"an exception",
       [](Session& s) -> Result<void> {
         add_note(s, "x");
         throw std::runtime_error("surprise");
       },
       ErrorCode::internal},
      {"something else thrown",
       [](Session& s) -> Result<void> {
         add_note(s, "x");
         throw 7;
       },
       ErrorCode::internal},
      {"a broken constraint",
       [](Session& s) -> Result<void> {
         add_note(s, "x");
         s.run("INSERT INTO notes (text) VALUES (NULL)");
         return {};
       },
       ErrorCode::internal},
      {"a statement that does not exist",
       [](Session& s) -> Result<void> {
         add_note(s, "x");
         s.run("INSERT INTO nowhere VALUES (1)");
         return {};
       },
       ErrorCode::internal},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const Result<void> alone = store.database->write(each.work);
    REQUIRE_FALSE(alone);
    CHECK(alone.error().code == each.code);
    CHECK(count_notes(*store.database) == 0);
  }
}

TEST_CASE("a failing closure does not disturb those that share its commit") {
  TemporaryStore store;
  make_table(*store.database);
  std::vector<std::function<Result<void>(Session&)>> works;
  for (int i = 0; i < 12; ++i) {
    works.push_back([i](Session& s) -> Result<void> {
      add_note(s, "una");
      if (i % 3 == 1) return fail(ErrorCode::conflict, "no");
      if (i % 3 == 2) throw std::runtime_error("surprise");
      return {};
    });
  }
  const auto results = write_together(*store.database, works);
  for (int i = 0; i < 12; ++i) {
    CAPTURE(i);
    const Result<void>& result = results[static_cast<std::size_t>(i)];
    CHECK(result.has_value() == (i % 3 == 0));
    if (!result) CHECK(result.error().code == (i % 3 == 1 ? ErrorCode::conflict : ErrorCode::internal));
  }
  CHECK(count_notes(*store.database) == 4);
}

TEST_CASE("concurrent writers all arrive, each once") {
  TemporaryStore store;
  make_table(*store.database);
  constexpr int writers = 8;
  constexpr int each = 50;
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < writers; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < each; ++i) {
        if (!store.database->write([](Session& s) { add_note(s, "una"); })) ++failures;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(failures == 0);
  CHECK(count_notes(*store.database) == writers * each);
}

TEST_CASE("a commit that fails takes everything with it and is told to every caller") {
  TemporaryStore store;
  writing(*store.database, [](Session& s) {
    s.run("CREATE TABLE parents (id INTEGER PRIMARY KEY)");
    s.run("CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)");
  });
  std::vector<std::function<Result<void>(Session&)>> works;
  for (int i = 0; i < 4; ++i) {
    works.push_back([i](Session& s) -> Result<void> {
      s.run("INSERT INTO parents (id) VALUES ($1)", {to_value(i)});
      // Nobody can know before the commit: a parent that never comes.
      if (i == 2) s.run("INSERT INTO children (parent) VALUES (99)");
      return {};
    });
  }
  const auto results = write_together(*store.database, works);
  const auto parents = reading(*store.database, [](Session& s) {
    return s.all("SELECT id FROM parents", {}, [](const Row& row) { return row.integer(0); });
  });
  // Whoever shared the commit with the broken one failed as well; whatever is stored was reported as stored.
  CHECK_FALSE(results[2]);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const bool stored =
        std::find(parents.begin(), parents.end(), static_cast<std::int64_t>(i)) != parents.end();
    CHECK(stored == results[i].has_value());
    if (!results[i]) CHECK(results[i].error().code == ErrorCode::unavailable);
  }
  CHECK(store.database->write([](Session& s) { s.run("INSERT INTO parents (id) VALUES (50)"); }));
}

TEST_CASE("a full disk is told as unavailable and the store goes on when there is room") {
  TemporaryStore store;
  make_table(*store.database);
  writing(*store.database,
          [](Session& s) { s.each("PRAGMA max_page_count = 120", {}, [](const Row&) { return true; }); });
  const std::string large(1 << 20, 'x');
  const Result<void> full = store.database->write([&](Session& s) { add_note(s, large); });
  REQUIRE_FALSE(full);
  CHECK(full.error().code == ErrorCode::unavailable);
  CHECK(count_notes(*store.database) == 0);
  writing(*store.database,
          [](Session& s) { s.each("PRAGMA max_page_count = 100000", {}, [](const Row&) { return true; }); });
  CHECK(store.database->write([&](Session& s) { add_note(s, large); }));
}

TEST_CASE("more waiting writes than the queue holds are refused at once") {
  TemporaryFolder folder;
  auto database = open_store(folder.url(), {.max_queued_writes = 2});
  make_table(*database);
  std::vector<std::thread> waiting;
  std::atomic<int> stored{0};
  std::atomic<int> refused{0};
  {
    BusyWriter busy(*database);
    for (int i = 0; i < 6; ++i) {
      waiting.emplace_back([&] {
        const Result<void> done = database->write([](Session& s) { add_note(s, "una"); });
        if (done) {
          ++stored;
        } else if (done.error().code == ErrorCode::unavailable) {
          ++refused;
        }
      });
    }
    while (refused < 4) std::this_thread::yield();
    busy.let_go();
  }
  for (std::thread& thread : waiting) thread.join();
  CHECK(stored == 2);
  CHECK(refused == 4);
  CHECK(count_notes(*database) == 2);
}

TEST_CASE("a write from inside a write is a mistake, not a deadlock") {
  TemporaryStore store;
  Result<void> inner;
  writing(*store.database, [&](Session&) { inner = store.database->write([](Session&) {}); });
  REQUIRE_FALSE(inner);
  CHECK(inner.error().code == ErrorCode::internal);
}

TEST_CASE("a reader sees one state from its first query on, and cannot write") {
  TemporaryStore store;
  make_table(*store.database);
  writing(*store.database, [](Session& s) { add_note(s, "una"); });
  const auto counts = reading(*store.database, [&](Session& s) {
    const auto count = [&] {
      return s.first("SELECT COUNT(*) FROM notes", {}, [](const Row& row) { return row.integer(0); }).value();
    };
    const std::int64_t before = count();
    std::thread([&] { writing(*store.database, [](Session& w) { add_note(w, "otra"); }); }).join();
    return std::pair(before, count());
  });
  CHECK(counts == std::pair<std::int64_t, std::int64_t>(1, 1));
  CHECK(count_notes(*store.database) == 2);
  CHECK_FALSE(store.database->read([](Session& s) { add_note(s, "no"); }));
  CHECK(count_notes(*store.database) == 2);
}

TEST_CASE("more readers than connections wait for each other") {
  TemporaryFolder folder;
  auto database = open_store(folder.url(), {.max_readers = 2});
  make_table(*database);
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 20; ++k) done += database->read([](Session&) { return 1; }).value();
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(done == 160);
}

TEST_CASE("a savepoint undoes its own part only") {
  TemporaryStore store;
  make_table(*store.database);
  writing(*store.database, [](Session& s) {
    add_note(s, "antes");
    const Result<void> part = s.savepoint([&]() -> Result<void> {
      add_note(s, "dentro");
      return fail(ErrorCode::refused, "no");
    });
    CHECK_FALSE(part);
    CHECK(s.savepoint([&]() -> Result<void> {
      add_note(s, "dentro");
      return {};
    }));
  });
  CHECK(count_notes(*store.database) == 2);
}

TEST_CASE("parameters are taken by their number, as often as they appear") {
  TemporaryStore store;
  const auto row = reading(*store.database, [](Session& s) {
    return s.first("SELECT $3, $1, $2, $1", {std::string_view("a"), to_value(2), Value{}}, [](const Row& r) {
      return std::tuple(r.is_null(0), r.string(1), r.integer(2), r.string(3));
    });
  });
  CHECK(row == std::tuple(true, std::string("a"), std::int64_t{2}, std::string("a")));
}

TEST_CASE("the same statement may run inside its own rows") {
  TemporaryStore store;
  make_table(*store.database);
  writing(*store.database, [](Session& s) {
    add_note(s, "a");
    add_note(s, "b");
  });
  int pairs = 0;
  const std::function<void(Session&, int)> visit = [&](Session& s, int depth) {
    s.each("SELECT id FROM notes", {}, [&](const Row&) {
      if (depth == 0) {
        visit(s, 1);
      } else {
        ++pairs;
      }
      return true;
    });
  };
  reading(*store.database, [&](Session& s) { visit(s, 0); });
  CHECK(pairs == 4);
}

TEST_CASE("text that lies where another statement was is not mistaken for it") {
  TemporaryStore store;
  std::string sql = "SELECT 1";
  const auto first = [](const Row& row) { return row.integer(0); };
  CHECK(reading(*store.database, [&](Session& s) { return s.first(sql, {}, first); }) == 1);
  sql[7] = '2';
  CHECK(reading(*store.database, [&](Session& s) { return s.first(sql, {}, first); }) == 2);
}

TEST_CASE("only sqlite urls with a path are opened") {
  for (const char* url : {"", "sqlite:", "postgres://host/db", "store.db"}) {
    CAPTURE(url);
    const auto opened = Database::open(url);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::invalid);
  }
  TemporaryFolder folder;
  const auto nowhere = Database::open("sqlite:" + (folder.path() / "no" / "store.db").string());
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().code == ErrorCode::unavailable);
  std::ofstream(folder.path() / "other.db") << std::string(5000, 'x');
  const auto other = Database::open("sqlite:" + (folder.path() / "other.db").string());
  REQUIRE_FALSE(other);
  CHECK(other.error().code == ErrorCode::unavailable);
}
