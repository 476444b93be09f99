#include "storage/import/csv_reader.hpp"

#include <doctest/doctest.h>

using namespace pao::storage::import;

namespace {

using Cells = std::vector<std::string>;

}  // namespace

TEST_CASE("cells are read as RFC 4180 writes them") {
  struct Case {
    const char* name;
    std::string text;
    Cells cells;  // of the first row after the header "a,b"
  };
  const Case cases[] = {
      {"plain, LF", "a,b\n1,2\n", {"1", "2"}},
      {"plain, CRLF", "a,b\r\n1,2\r\n", {"1", "2"}},
      {"no line end at the end", "a,b\n1,2", {"1", "2"}},
      {"byte order mark",
       "\xEF\xBB\xBF"
       "a,b\n1,2\n",
       {"1", "2"}},
      {"empty cells", "a,b\n,\n", {"", ""}},
      {"comma in quotes", "a,b\n\"1,5\",2\n", {"1,5", "2"}},
      {"doubled quotes", "a,b\n\"dijo \"\"no\"\"\",2\n", {"dijo \"no\"", "2"}},
      {"line end in quotes", "a,b\n\"una\r\notra\",2\n", {"una\r\notra", "2"}},
      {"empty quotes at the end", "a,b\n1,\"\"", {"1", ""}},
      {"trailing comma at the end", "a,b\n1,", {"1", ""}},
      {"empty line between", "a,b\n\n1,2\n", {"1", "2"}},
      {"accents", "a,b\nGestión,Año\n", {"Gestión", "Año"}},
      {"too many cells are kept", "a,b\n1,2,3\n", {"1", "2", "3"}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const auto table = read_csv(each.text);
    REQUIRE(table);
    CHECK(table->header == Cells{"a", "b"});
    REQUIRE(table->rows.size() == 1);
    CHECK(table->rows.front().cells == each.cells);
  }
}

TEST_CASE("a file that cannot be read is refused with its line") {
  struct Case {
    std::string text;
    std::size_t line;
    const char* reason;
  };
  using namespace std::string_literals;
  const Case cases[] = {
      {"", 1, "the file has no header row"},
      {"a,a\n1,2\n", 1, "column a appears twice"},
      {"a,\n1,2\n", 1, "a column has no name"},
      {"a,b\n1,x\"y\n", 2, "a quote in the middle of a cell"},
      {"a,b\n1,\"x\"y\n", 2, "a quote in the middle of a cell"},
      {"a,b\n1,2\n\"abierta\n,3\n", 3, "a quote is not closed"},
      {"a,b\n1,\xFF\n", 2, "the text is not UTF-8"},
      {"a,b\n1,\xC0\xAF\n", 2, "the text is not UTF-8"},
      {"a,b\n1,\xED\xA0\x80\n", 2, "the text is not UTF-8"},
      {"a,b\n1,2\0\n"s, 2, "a zero byte"},
      {"a,b\r1,2\r", 1, "a carriage return that does not end a line"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    const auto table = read_csv(each.text);
    REQUIRE_FALSE(table);
    CHECK(table.error().line == each.line);
    CHECK(table.error().reason == each.reason);
  }
}

TEST_CASE("sizes are bounded") {
  const CsvLimits limits{.bytes = 100, .rows = 2, .columns = 3, .cell_bytes = 10};
  CHECK(read_csv("a,b\n1,2\n3,4\n", limits));
  CHECK_FALSE(read_csv("a,b\n" + std::string(100, '1'), limits));
  CHECK_FALSE(read_csv("a,b\n1,2\n3,4\n5,6\n", limits));
  CHECK_FALSE(read_csv("a,b,c,d\n", limits));
  CHECK_FALSE(read_csv("a,b\n12345678901,2\n", limits));
  CHECK_FALSE(read_csv("a,b\n\"12345678901\",2\n", limits));
}

TEST_CASE("rows know the line they start on") {
  const auto table = read_csv("a\n\"x\ny\"\nz\n");
  REQUIRE(table);
  CHECK(table->rows.at(0).line == 2);
  CHECK(table->rows.at(1).line == 4);
}
