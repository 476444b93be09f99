// Stores the rows of one file: inserts new ones, updates changed ones, leaves the others alone.
#pragma once

#include "storage/import/entity_file.hpp"
#include "storage/session.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace pao::storage::import {

// A value for a column of the table; std::monostate is NULL.
struct StoredCell {
  std::string column;
  std::variant<std::monostate, std::int64_t, std::string> value;
};

enum class Upsert { inserted, updated, unchanged };

// Inserts the row or brings the one with the same key columns up to date. `cells` holds the key columns too;
// columns in `insert_only` keep the value they were inserted with.
Upsert upsert(Session& session, std::string_view table, const std::vector<std::string_view>& key,
              const std::vector<StoredCell>& cells, std::string_view insert_only = {});

// The cells of a row as its schema places them, the fixed values and the JSON column included.
std::vector<StoredCell> stored_cells(const EntityFile& file, const CsvRow& row);

void count(FileCounts& counts, Upsert done);

}  // namespace pao::storage::import
