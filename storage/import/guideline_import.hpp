// Loads guidelines (lineamientos) from their Markdown files.
#pragma once

#include "storage/import/import_report.hpp"
#include "storage/knowledge/guideline_file.hpp"
#include "storage/session.hpp"

#include <optional>
#include <span>
#include <string>

namespace pao::storage::import {

struct GuidelineSource {
  std::string file;      // name without folder
  std::string document;  // as read
  knowledge::Guideline guideline;
};

// Problems go into the report; nothing when the file cannot be used.
std::optional<GuidelineSource> read_guideline_file(std::string file, std::string document,
                                                   ImportReport& report);

// Into a store without guidelines they are published at once, as the initial load; later ones arrive as
// drafts. A version is told by practice, term and number: the same content again changes nothing, other
// content for a version that exists is refused.
void store_guidelines(Session& session, std::span<const GuidelineSource> sources, Instant now,
                      ImportReport& report);

}  // namespace pao::storage::import
