#include "storage/migrator.hpp"

#include "storage/database.hpp"
#include "storage/sqlite_session.hpp"
#include "tests/storage/temporary_store.hpp"

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;

TEST_CASE("a store of a newer version or with an altered migration is refused") {
  for (const char* sql : {"INSERT INTO schema_migrations (name, checksum) VALUES ('9999_future.sql', 'x')",
                          "UPDATE schema_migrations SET checksum = 'x' WHERE name = '0001_schema.sql'",
                          "DELETE FROM schema_migrations WHERE name = '0001_schema.sql'"}) {
    CAPTURE(sql);
    TemporaryFolder folder;
    {
      auto database = open_store(folder.url());
      writing(*database, [&](Session& s) { s.run(sql); });
    }
    const auto opened = Database::open(folder.url());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::refused);
  }
}

TEST_CASE("migrations are applied once, in order, and a failing one leaves nothing") {
  TemporaryFolder folder;
  SqliteSession session((folder.path() / "store.db").string(), SqliteAccess::read_write, 1000);
  const std::vector<EmbeddedFile> two{{"0001_a.sql", "CREATE TABLE a (x TEXT)"},
                                      {"0002_b.sql", "INSERT INTO a VALUES ('uno')"}};
  REQUIRE(migrate(session, two));
  REQUIRE(migrate(session, two));
  const auto rows = [&] {
    return session.first("SELECT COUNT(*) FROM a", {}, [](const Row& row) { return row.integer(0); }).value();
  };
  CHECK(rows() == 1);
  std::vector<EmbeddedFile> three = two;
  three.push_back({"0003_c.sql", "INSERT INTO a VALUES ('dos'); INSERT INTO nowhere VALUES (1)"});
  CHECK_THROWS((void)migrate(session, three));
  CHECK(rows() == 1);
}

TEST_CASE("what is for another database is not applied") {
  const std::vector<EmbeddedFile> files{
      {"0002_b.sqlite.sql", ""}, {"0002_b.postgres.sql", ""}, {"entity_days.csv", ""}, {"0001_a.sql", ""}};
  const auto migrations = sqlite_migrations(files);
  REQUIRE(migrations.size() == 2);
  CHECK(migrations[0].name == "0001_a.sql");
  CHECK(migrations[1].name == "0002_b.sqlite.sql");
}
