// Structured values in one column.
#include "storage/columns.hpp"

#include "storage/database_failure.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::storage;

TEST_CASE("texts, months and days come back from their column as they were stored") {
  const std::map<std::string, std::string> texts{{"motivo", "Falta \"el\" acta"}, {"año", ""}};
  CHECK(texts_from_json(texts_to_json(texts)) == texts);
  CHECK(texts_from_json(texts_to_json({})).empty());
  CHECK(months_to_text({2, 4, 12}) == "2,4,12");
  CHECK(months_from_text("2,4,12") == std::vector{2, 4, 12});
  CHECK(months_from_text("").empty());
  CHECK(day_text(make_date(2026, 11, 9)) == "2026-11-09");
  CHECK(day_text(std::nullopt).empty());
}

TEST_CASE("a column that holds something else is a failure of the store, not an empty value") {
  for (const char* column : {"", "[]", "7", "{\"a\":1}", "{\"a\":null}", "{"}) {
    CAPTURE(column);
    CHECK_THROWS_AS(texts_from_json(column), DatabaseFailure);
  }
}

TEST_CASE("a number is padded to at least so many digits and never cut") {
  CHECK(numbered_id("PAO", 2026, 1, 4) == "PAO-2026-0001");
  CHECK(numbered_id("PAO", 2026, 12345, 4) == "PAO-2026-12345");
  CHECK(numbered_id("DES", 2027, 42, 1) == "DES-2027-42");
}
