// A CSV file of the entity, read and checked against its schema cell by cell.
#pragma once

#include "storage/import/csv_reader.hpp"
#include "storage/import/entity_schema.hpp"
#include "storage/import/import_report.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage::import {

struct EntityFile {
  const FileSchema* schema;
  CsvTable table;
  std::vector<const ColumnRule*> rules;  // one for each column of the table; null: an ignored column

  // The cell of that column; "" when the file does not have the column.
  std::string_view cell(const CsvRow& row, std::string_view column) const;
};

// Why the cell cannot be what the rule says; nothing when it can. An empty cell is fine unless required.
// References are not looked up here.
std::optional<std::string> refuse_cell(const ColumnRule& rule, std::string_view cell);

// Problems go into the report. Rows with another number of cells than the header are left out, rows with a
// wrong cell stay in, so that what refers to them is not reported as well. Nothing when the file is
// unreadable.
std::optional<EntityFile> read_entity_file(const FileSchema& schema, std::string_view bytes,
                                           ImportReport& report);

}  // namespace pao::storage::import
