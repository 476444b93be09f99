#include "storage/import/row_writer.hpp"

#include "storage/columns.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace pao::storage::import {
namespace {

Value value_of(const StoredCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return Value{std::string_view(*text)};
  if (const auto* number = std::get_if<std::int64_t>(&cell.value)) return Value{*number};
  return Value{};
}

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

std::string parameter(std::size_t number) {
  std::string text(1, '$');
  text += std::to_string(number);
  return text;
}

bool row_exists(Session& session, std::string_view table, const std::vector<std::string_view>& key,
                const std::vector<StoredCell>& cells) {
  std::vector<std::string> terms;
  std::vector<Value> values;
  for (const StoredCell& cell : cells) {
    if (!contains(key, cell.column)) continue;
    values.push_back(value_of(cell));
    terms.push_back(cell.column + " = " + parameter(values.size()));
  }
  bool found = false;
  session.each_values("SELECT 1 FROM " + std::string(table) + " WHERE " + joined(terms, " AND "), values,
                      [&](const Row&) {
                        found = true;
                        return false;
                      });
  return found;
}

std::string upsert_sql(std::string_view table, const std::vector<std::string_view>& key,
                       const std::vector<StoredCell>& cells, std::string_view insert_only) {
  std::vector<std::string> columns;
  std::vector<std::string> parameters;
  std::vector<std::string> sets;
  std::vector<std::string> differences;
  for (const StoredCell& cell : cells) {
    columns.push_back(cell.column);
    parameters.push_back(parameter(columns.size()));
    if (contains(key, cell.column) || cell.column == insert_only) continue;
    sets.push_back(cell.column + " = excluded." + cell.column);
    differences.push_back("t." + cell.column + " IS DISTINCT FROM excluded." + cell.column);
  }
  std::string keys;
  for (const std::string_view column : key) keys += (keys.empty() ? "" : ", ") + std::string(column);
  std::string sql = "INSERT INTO " + std::string(table) + " AS t (" + joined(columns, ", ") + ") VALUES (" +
                    joined(parameters, ", ") + ") ON CONFLICT (" + keys + ") DO ";
  if (sets.empty()) return sql + "NOTHING";
  return sql + "UPDATE SET " + joined(sets, ", ") + " WHERE " + joined(differences, " OR ");
}

std::int64_t number_of(std::string_view cell) {
  std::int64_t number = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return number;
}

// "02 04" → "2,4"
std::string months_of(std::string_view cell) {
  std::vector<int> months;
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find(' '), cell.size());
    months.push_back(static_cast<int>(number_of(cell.substr(0, end))));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return months_to_text(months);
}

// The cell was checked before; an empty one is NULL, except where "" and "none" are the same.
StoredCell stored_cell(const ColumnRule& rule, std::string_view cell) {
  const std::string column(rule.goes);
  if (rule.kind == CellKind::text) return {column, std::string(cell)};
  if (rule.kind == CellKind::months) return {column, months_of(cell)};
  if (cell.empty()) return {column, std::monostate{}};
  if (rule.kind == CellKind::yes_no) return {column, std::int64_t{cell == "si" ? 1 : 0}};
  if (rule.kind == CellKind::integer) return {column, number_of(cell)};
  if (rule.kind == CellKind::instant) {
    return {column, std::int64_t{parse_instant(cell).value().time_since_epoch().count()}};
  }
  return {column, std::string(cell)};
}

}  // namespace

Upsert upsert(Session& session, std::string_view table, const std::vector<std::string_view>& key,
              const std::vector<StoredCell>& cells, std::string_view insert_only) {
  const bool existed = row_exists(session, table, key, cells);
  std::vector<Value> values;
  values.reserve(cells.size());
  for (const StoredCell& cell : cells) values.push_back(value_of(cell));
  const std::int64_t changed = session.run_values(upsert_sql(table, key, cells, insert_only), values);
  if (!existed) return Upsert::inserted;
  return changed == 0 ? Upsert::unchanged : Upsert::updated;
}

std::vector<StoredCell> stored_cells(const EntityFile& file, const CsvRow& row) {
  const FileSchema& schema = *file.schema;
  std::vector<StoredCell> cells;
  std::map<std::string, std::string> further;
  for (const FixedValue& fixed : schema.fixed) {
    cells.push_back({std::string(fixed.column), std::string(fixed.value)});
  }
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const ColumnRule* rule = file.rules[i];
    if (rule == nullptr || rule->goes == "-") continue;
    if (!rule->goes.empty()) {
      cells.push_back(stored_cell(*rule, row.cells[i]));
    } else if (!row.cells[i].empty()) {
      further.emplace(file.table.header[i], row.cells[i]);
    }
  }
  if (!schema.json_column.empty()) {
    cells.push_back({std::string(schema.json_column), texts_to_json(further)});
  }
  return cells;
}

void count(FileCounts& counts, Upsert done) {
  switch (done) {
    case Upsert::inserted:
      ++counts.inserted;
      break;
    case Upsert::updated:
      ++counts.updated;
      break;
    case Upsert::unchanged:
      ++counts.unchanged;
      break;
  }
}

}  // namespace pao::storage::import
