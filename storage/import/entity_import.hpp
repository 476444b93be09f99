// Imports what the entity hands over: its data as CSV, its guidelines as Markdown. All or nothing.
#pragma once

#include "storage/database.hpp"
#include "storage/import/import_report.hpp"

#include <filesystem>
#include <span>

namespace pao::storage::import {

struct ImportOptions {
  bool check_only = false;  // finds every problem and counts what would change, and changes nothing
  Instant now;
};

// Files, or folders whose .csv and .md files are taken. The order does not matter; what refers to something
// may come with it or be stored already. Rows are told apart by their id: importing the same again changes
// nothing. A report with problems means that nothing was stored. Fails with `not_found` for a path that is
// not there, `unavailable` when the disk or the database says no.
Result<ImportReport> import_paths(Database& database, std::span<const std::filesystem::path> paths,
                                  const ImportOptions& options);

}  // namespace pao::storage::import
