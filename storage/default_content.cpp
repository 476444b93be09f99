#include "storage/default_content.hpp"

#include "storage/embedded.hpp"
#include "storage/import/csv_reader.hpp"

namespace pao::storage {
namespace {

constexpr const char* seeded_mark = "seeded.entity_days";

bool was_seeded(Session& session) {
  return session
      .first("SELECT 1 FROM counters WHERE name = $1", {std::string_view(seeded_mark)},
             [](const Row&) { return true; })
      .has_value();
}

}  // namespace

Result<std::vector<procedure::EntityDay>> shipped_entity_days() {
  const auto table = import::read_csv(embedded_file("entity_days.csv"));
  if (!table) return fail(ErrorCode::internal, "entity_days.csv: " + table.error().reason);
  std::vector<procedure::EntityDay> days;
  for (const import::CsvRow& row : table->rows) {
    if (row.cells.size() != 4) return fail(ErrorCode::internal, "entity_days.csv: four columns expected");
    const std::optional<Date> day = parse_date(row.cells[0]);
    if (!day) return fail(ErrorCode::internal, "entity_days.csv: a date cannot be read");
    days.push_back(
        {.day = *day, .name = row.cells[1], .norm = row.cells[2], .working = row.cells[3] == "si"});
  }
  return days;
}

Result<void> seed_default_content(Database& database) {
  const Result<bool> seeded = database.read(was_seeded);
  if (!seeded) return tl::unexpected<Error>(seeded.error());
  if (*seeded) return {};
  Result<std::vector<procedure::EntityDay>> days = shipped_entity_days();
  if (!days) return tl::unexpected<Error>(days.error());
  return database.write([&](Session& session) {
    session.run("INSERT INTO counters (name, value) VALUES ($1, 1) ON CONFLICT (name) DO NOTHING",
                {std::string_view(seeded_mark)});
    for (const procedure::EntityDay& entity_day : *days) {
      const std::string day = iso_date(entity_day.day);
      session.run(
          "INSERT INTO entity_days (day, name, norm, working) VALUES ($1, $2, $3, $4)"
          " ON CONFLICT (day) DO NOTHING",
          {std::string_view(day), std::string_view(entity_day.name), std::string_view(entity_day.norm),
           to_value(entity_day.working)});
    }
  });
}

}  // namespace pao::storage
