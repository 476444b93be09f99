#include "storage/registro_store.hpp"

#include "tests/storage/temporary_store.hpp"

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;

namespace {

RegistroEntry turn(const std::string& content) {
  return {.at = parse_instant("2026-11-12T09:00:00-05:00").value(),
          .actor = "U-015",
          .channel = "teams",
          .kind = "turn",
          .subject = "conv-1",
          .content = content};
}

struct Registro : TemporaryStore {
  Registro() {
    for (const char* content : {R"({"q":"uno"})", R"({"q":"dos"})", R"({"q":"tres"})", R"({"q":"cuatro"})"}) {
      writing(*database, [&](Session& s) { (void)append_registro(s, turn(content)); });
    }
  }

  // What somebody with the file in hands can do: take the protection away first.
  void tamper(std::initializer_list<std::string_view> statements) {
    writing(*database, [&](Session& s) {
      s.run("DROP TRIGGER registro_is_never_changed");
      s.run("DROP TRIGGER registro_is_never_deleted");
      for (const std::string_view sql : statements) s.run(sql);
    });
  }

  RegistroVerdict verdict() { return reading(*database, verify_registro); }
};

}  // namespace

TEST_CASE("entries are numbered without gaps and chained") {
  Registro registro;
  std::vector<RegistroEntry> entries;
  reading(*registro.database, [&](Session& s) {
    each_registro(s, 2, [&](const RegistroEntry& entry) {
      entries.push_back(entry);
      return entries.size() < 2;
    });
  });
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].number == 2);
  CHECK(entries[0].content == R"({"q":"dos"})");
  CHECK(entries[1].number == 3);
  CHECK(entries[0].hash.size() == 64);
  CHECK(entries[0].hash != entries[1].hash);
  const RegistroVerdict verdict = registro.verdict();
  CHECK(verdict.entries == 4);
  CHECK(verdict.first_broken == 0);
}

TEST_CASE("a number is not lost with a write that fails") {
  Registro registro;
  CHECK_FALSE(registro.database->write([](Session& s) -> Result<void> {
    (void)append_registro(s, turn("{}"));
    return fail(ErrorCode::refused, "no");
  }));
  const auto entry = writing(*registro.database, [](Session& s) { return append_registro(s, turn("{}")); });
  CHECK(entry.number == 5);
  CHECK(registro.verdict().first_broken == 0);
}

TEST_CASE("the database refuses to change or delete an entry") {
  Registro registro;
  CHECK_FALSE(registro.database->write([](Session& s) { s.run("UPDATE registro SET actor = 'x'"); }));
  CHECK_FALSE(registro.database->write([](Session& s) { s.run("DELETE FROM registro WHERE number = 4"); }));
  CHECK(registro.verdict().entries == 4);
}

TEST_CASE("tampering is found where it happened") {
  struct Case {
    const char* name;
    std::initializer_list<std::string_view> statements;
    std::int64_t first_broken;
  };
  const Case cases[] = {
      {"one byte of the content", {"UPDATE registro SET content = '{\"q\":\"doz\"}' WHERE number = 2"}, 2},
      {"the actor", {"UPDATE registro SET actor = 'U-016' WHERE number = 3"}, 3},
      {"the time", {"UPDATE registro SET at = at + 1 WHERE number = 1"}, 1},
      {"text moved from one field to the next",
       {"UPDATE registro SET channel = 'team', kind = 'sturn' WHERE number = 2"},
       2},
      {"the hash", {"UPDATE registro SET hash = '00' WHERE number = 4"}, 4},
      {"an entry removed", {"DELETE FROM registro WHERE number = 2"}, 2},
      {"an entry removed and the rest renumbered",
       {"DELETE FROM registro WHERE number = 2", "UPDATE registro SET number = 2 WHERE number = 3",
        "UPDATE registro SET number = 3 WHERE number = 4"},
       2},
      {"the tail cut", {"DELETE FROM registro WHERE number > 2"}, 3},
      {"everything cut", {"DELETE FROM registro"}, 1},
      {"an entry put in front",
       {"INSERT INTO registro (number, at, actor, channel, kind, subject, content, hash)"
        " VALUES (0, 0, 'x', 'x', 'x', 'x', '{}', 'x')"},
       1},
      {"an entry put at the end",
       {"INSERT INTO registro (number, at, actor, channel, kind, subject, content, hash)"
        " VALUES (5, 0, 'x', 'x', 'x', 'x', '{}', 'x')"},
       5},
      {"the stored length", {"UPDATE registro_head SET entries = 3"}, 4},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    Registro registro;
    registro.tamper(each.statements);
    const RegistroVerdict verdict = registro.verdict();
    CHECK(verdict.first_broken == each.first_broken);
    CHECK_FALSE(verdict.reason.empty());
  }
}
