#include "storage/import/entity_file.hpp"

#include "handlers/procedure/numbers.hpp"
#include "handlers/procedure/period.hpp"

#include <algorithm>
#include <charconv>

namespace pao::storage::import {
namespace {

constexpr std::size_t max_id_bytes = 80;

bool is_id(std::string_view cell) {
  return cell.size() <= max_id_bytes && std::all_of(cell.begin(), cell.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                  c == '_' || c == '.';
         });
}

std::optional<std::int64_t> whole_number(std::string_view cell) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return number;
}

// As written in these files: an optional minus, digits, a point before decimals.
std::optional<double> decimal(std::string_view cell) {
  if (cell.find_first_not_of("-0123456789.") != std::string_view::npos) return std::nullopt;
  return procedure::parse_number(cell);
}

bool is_among(std::string_view word, std::string_view words) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find('|'), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

bool is_months(std::string_view cell) {
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find(' '), cell.size());
    const std::optional<std::int64_t> month = whole_number(cell.substr(0, end));
    if (!month || *month < 1 || *month > 12) return false;
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return true;
}

std::string expected_form(const ColumnRule& rule) {
  switch (rule.kind) {
    case CellKind::id:
    case CellKind::reference:
      return "an id of letters, digits, '-', '_' and '.', up to 80 characters";
    case CellKind::text:
      return "text without control characters";
    case CellKind::day:
      return "a date like 2026-04-09 that exists";
    case CellKind::instant:
      return "a time with offset like 2026-04-09T17:03:51-05:00";
    case CellKind::integer:
      return "a whole number";
    case CellKind::decimal:
      return "a number like -93.5";
    case CellKind::percentage:
      return "a number from 0 to 100";
    case CellKind::money:
      return "whole pesos, digits only";
    case CellKind::yes_no:
      return "si or no";
    case CellKind::word:
      return "one of " + std::string(rule.among);
    case CellKind::period:
      return "a period like 2026-03, 2026-T1, 2026-C1, 2026-S1 or 2026";
    case CellKind::months:
      return "months from 1 to 12, a space between them";
  }
  return {};
}

bool has_form(const ColumnRule& rule, std::string_view cell) {
  switch (rule.kind) {
    case CellKind::id:
    case CellKind::reference:
      return is_id(cell);
    case CellKind::text:
      return std::none_of(cell.begin(), cell.end(), [](unsigned char c) {
        return (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f;
      });
    case CellKind::day:
      return parse_date(cell).has_value();
    case CellKind::instant:
      return parse_instant(cell).has_value();
    case CellKind::integer:
      return whole_number(cell).has_value();
    case CellKind::decimal:
      return decimal(cell).has_value();
    case CellKind::percentage: {
      const std::optional<double> number = decimal(cell);
      return number && *number >= 0 && *number <= 100;
    }
    case CellKind::money: {
      const std::optional<std::int64_t> pesos = whole_number(cell);
      return pesos && *pesos >= 0;
    }
    case CellKind::yes_no:
      return cell == "si" || cell == "no";
    case CellKind::word:
      return is_among(cell, rule.among);
    case CellKind::period:
      return procedure::parse_period(cell).has_value();
    case CellKind::months:
      return is_months(cell);
  }
  return false;
}

void check_columns(EntityFile& file, ImportReport& report) {
  const std::string name(file.schema->file);
  for (const std::string& column : file.table.header) {
    const ColumnRule* rule = find_column(*file.schema, column);
    if (rule == nullptr && !is_ignored_column(column)) report.refuse({name, 1, column, "unknown column"});
    file.rules.push_back(rule);
  }
  for (const ColumnRule& rule : file.schema->columns) {
    const bool there = std::find(file.rules.begin(), file.rules.end(), &rule) != file.rules.end();
    if (rule.required && !there) {
      report.refuse({name, 1, std::string(rule.name), "the column is missing"});
    }
  }
}

bool check_row(const EntityFile& file, const CsvRow& row, ImportReport& report) {
  const std::string name(file.schema->file);
  if (row.cells.size() != file.rules.size()) {
    report.refuse({name, row.line, "",
                   "the row has " + std::to_string(row.cells.size()) + " cells and the header " +
                       std::to_string(file.rules.size())});
    return false;
  }
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (file.rules[i] == nullptr) continue;
    if (auto reason = refuse_cell(*file.rules[i], row.cells[i])) {
      report.refuse({name, row.line, file.table.header[i], std::move(*reason)});
    }
  }
  return true;
}

}  // namespace

std::string_view EntityFile::cell(const CsvRow& row, std::string_view column) const {
  const auto found = std::find(table.header.begin(), table.header.end(), column);
  if (found == table.header.end()) return {};
  return row.cells[static_cast<std::size_t>(found - table.header.begin())];
}

std::optional<std::string> refuse_cell(const ColumnRule& rule, std::string_view cell) {
  if (cell.empty()) return rule.required ? std::optional<std::string>("a value is required") : std::nullopt;
  if (has_form(rule, cell)) return std::nullopt;
  return "expected " + expected_form(rule);
}

std::optional<EntityFile> read_entity_file(const FileSchema& schema, std::string_view bytes,
                                           ImportReport& report) {
  auto table = read_csv(bytes);
  if (!table) {
    report.refuse({std::string(schema.file), table.error().line, "", table.error().reason});
    return std::nullopt;
  }
  EntityFile file{.schema = &schema, .table = std::move(*table), .rules = {}};
  check_columns(file, report);
  std::erase_if(file.table.rows, [&](const CsvRow& row) { return !check_row(file, row, report); });
  return file;
}

}  // namespace pao::storage::import
