// The files of an evidence pack of a control point: each table as CSV and JSON, and an index in Spanish with
// the fingerprint of each file.
#pragma once

#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/control_points.hpp"

#include <string>
#include <vector>

namespace pao::cards::documents {

// RFC 4180, with a heading row. A cell that a spreadsheet would take for a formula gets a quotation mark
// before it: what people typed stays text.
std::string to_csv(const procedure::EvidenceTable& table);

// A list of objects, the columns in their order.
std::string to_json(const procedure::EvidenceTable& table);

struct PackedFile {
  std::string name;
  std::string title;
  std::size_t rows = 0;
  std::string sha256;
};
std::string evidence_index(procedure::ControlPoint control, const std::string& period, Instant made_at,
                           const std::vector<PackedFile>& files);

}  // namespace pao::cards::documents
