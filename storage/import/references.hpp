// Whether ids are unique within an import and whether what they refer to exists, in the import or in the
// store.
#pragma once

#include "storage/import/entity_file.hpp"
#include "storage/session.hpp"

#include <span>

namespace pao::storage::import {

void check_references(Session& session, std::span<const EntityFile> files, ImportReport& report);

}  // namespace pao::storage::import
