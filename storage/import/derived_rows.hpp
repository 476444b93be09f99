// What a row of the entity's files means beyond its own line in a table: roles, records of a process as a
// whole, the due date of a request.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "storage/import/row_writer.hpp"

namespace pao::storage::import {

// Columns of the row's own table that are worked out from several cells. The calendar is the store's.
std::vector<StoredCell> derived_cells(const EntityFile& file, const CsvRow& row,
                                      const procedure::Calendar& calendar);

// Rows of other tables. Called after every row of the file is stored.
void store_derived_rows(Session& session, const EntityFile& file, FileCounts& counts);

// enlaces.csv: each row is a role, and roles that the file no longer gives in its processes end.
void store_liaisons(Session& session, const EntityFile& file, FileCounts& counts);

}  // namespace pao::storage::import
