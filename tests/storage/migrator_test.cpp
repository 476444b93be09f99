#include "storage/migrator.hpp"

#include "storage/database.hpp"
#include "storage/embedded.hpp"
#include "storage/sqlite_session.hpp"
#include "tests/storage/temporary_store.hpp"

#include <string>
#include <vector>

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

TEST_CASE("evidence that lost its SS when the SMGI gave the number is found again (R-40)") {
  TemporaryFolder folder;
  SqliteSession session((folder.path() / "store.db").string(), SqliteAccess::read_write, 1000);
  const auto all = sqlite_migrations(embedded_files());
  std::vector<EmbeddedFile> before = all;
  std::erase_if(before,
                [](const EmbeddedFile& one) { return one.name >= "0013_evidence_of_filed_requests.sql"; });
  REQUIRE(before.size() < all.size());
  REQUIRE(migrate(session, before));
  session.run_script(R"sql(
    INSERT INTO processes (id, position, name, kind, area, continuity_critical)
      VALUES ('DIR', 1, 'Proceso', 'apoyo', 'Oficina', 0);
    INSERT INTO service_requests (id, provisional, process_id, practice, type, subject, current_value,
      requested_value, justification, evidence, filed_at, endorsement_pending, state, decision, reason,
      provisional_id)
      VALUES ('SS-2026-0999', 0, 'DIR', 'planes', 'SS-2', 'a', '', '', '', '', 1, 0, 'radicada', '', '',
      'PAO-2026-0001'), ('PAO-2026-0002', 1, 'DIR', 'planes', 'SS-2', 'b', '', '', '', '', 1, 0, 'radicada',
      '', '', NULL);
    INSERT INTO received_files (id, aad_object_id, conversation_id, activity_id, name, file_type, content_type,
      url, state, received_at, linked_to)
      VALUES ('1', 'a', 'c', '1', 'x', 'pdf', 't', '', 'kept', 1, 'ss:PAO-2026-0001'),
      ('2', 'a', 'c', '2', 'x', 'pdf', 't', '', 'kept', 1, 'ss:PAO-2026-0002'),
      ('3', 'a', 'c', '3', 'x', 'pdf', 't', '', 'kept', 1, 'avance:AV-2026-000001'),
      ('4', 'a', 'c', '4', 'x', 'pdf', 't', '', 'kept', 1, '');
  )sql");
  REQUIRE(migrate(session, all));
  CHECK(session.all("SELECT linked_to FROM received_files ORDER BY id", {}, [](const Row& row) {
    return row.string(0);
  }) == std::vector<std::string>{"ss:SS-2026-0999", "ss:PAO-2026-0002", "avance:AV-2026-000001", ""});
}
