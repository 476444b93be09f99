// The one place, besides the import, that writes items (R-38, C-12): every function here keeps who changed
// what from which value to which, and the SS it was approved by (of a commitment: where it was agreed).
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct ItemChange {
  std::int64_t id = 0;
  std::string request_id;
  std::string item_id;
  std::string period = {};  // of a corrected record; empty otherwise
  std::string field;        // "fecha_fin", "creacion", "eliminacion", a field of the record
  std::string old_value;
  std::string new_value;
  std::string changed_by;  // person id
  Instant changed_at;
};

// Stores the item as it is now, and the change. `not_found` when there is no such item; `conflict` when its
// field no longer has the old value.
Result<void> change_item(Session& session, const procedure::Item& changed, const ItemChange& change);

// `conflict` when the id is taken.
Result<void> create_item(Session& session, const procedure::Item& item, const ItemChange& change);

// Corrects one value of the record of the item and period (SS-1). `not_found` when there is no such record.
Result<void> correct_record(Session& session, const ItemChange& change);

// A change that is not of an item of ours (the report, SS-4): only its trace.
void note_change(Session& session, const ItemChange& change);

std::vector<ItemChange> changes_of_item(Session& session, std::string_view item_id);        // in order
std::vector<ItemChange> changes_of_request(Session& session, std::string_view request_id);  // in order

}  // namespace pao::storage
