// What is followed up: the items of the eight practices and the progress recorded on them.
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

std::optional<procedure::Item> find_item(Session& session, std::string_view item_id);

// Items of one process, or of all when the id is empty; in the order of import.
std::vector<procedure::Item> items_of(Session& session, std::string_view process_id);

// The commitments of one process, and those that a person answers for in any; in the order of import.
std::vector<procedure::Item> commitments_of(Session& session, std::string_view process_id);
std::vector<procedure::Item> commitments_of_owner(Session& session, std::string_view person_id);

// The records of one process (all when empty) for periods of the year.
std::vector<procedure::ProgressRecord> records_of(Session& session, std::string_view process_id, int year);

// Whether anything of the practice was recorded for a period of the year.
bool has_records(Session& session, std::string_view practice, int year);

// Records of one item, oldest period first.
std::vector<procedure::ProgressRecord> records_of_item(Session& session, std::string_view item_id);

// Gives the record its receipt number ("AV-2026-000123") and stores it as `registered`, `captured`.
// Fails with `conflict` when the item already has a record of that period.
Result<procedure::ProgressRecord> add_record(Session& session, procedure::ProgressRecord record);

}  // namespace pao::storage
