// What an imported SS brings besides its row: the events that its clock is replayed from, and the SMGI's
// number for what was filed here.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "storage/import/entity_file.hpp"
#include "storage/import/import_report.hpp"
#include "storage/session.hpp"

namespace pao::storage::import {

// True when the row was dealt with and must not be stored: it gives the number of a request filed here
// (`numero_provisional`), or tells of one that people have worked on here, which keeps what they did.
bool keep_own_request(Session& session, const EntityFile& file, const CsvRow& row, Instant now,
                      FileCounts& counts, ImportReport& report);

// Writes the events of the row again; to be called when it was inserted or changed.
void store_request_history(Session& session, const EntityFile& file, const CsvRow& row, Instant now,
                           const procedure::Calendar& calendar);

}  // namespace pao::storage::import
