// The files an entity hands over, one table each: which columns there are, what they may hold and where they
// go. Adding a column or a file is a line here.
#pragma once

#include <span>
#include <string_view>

namespace pao::storage::import {

enum class CellKind {
  id,          // letters, digits and - _ . without spaces, up to 80 bytes
  text,        // one or more lines
  day,         // 2026-04-09
  instant,     // 2026-04-09T17:03:51-05:00
  integer,     // 12
  decimal,     // -93.5
  percentage,  // 0 … 100, decimals allowed
  money,       // whole pesos, not negative
  yes_no,      // si, no; stored as 1, 0 where it has a column of its own
  word,        // one of `among`
  period,      // 2026-03, 2026-T1, 2026-C1, 2026-S1, 2026
  months,      // "02 04 12"
  reference,   // an id of the file `among`, in this import or stored
};

struct ColumnRule {
  std::string_view name;  // '#' stands for a digit: "revision_####_en"
  CellKind kind;
  bool required;
  std::string_view goes;  // column of the table; empty: into the JSON column under its own name; "-": nowhere
  std::string_view among;  // words "a|b|c", or the file a reference points into
};

struct FixedValue {
  std::string_view column;
  std::string_view value;
};

// What a row means beyond its own line in the table; see derived_rows.cpp.
enum class Derives {
  nothing,
  role_of_person,       // personas: the role in the row, where no other file is the authority for it
  roles_of_process,     // procesos: leader and advisor
  liaison_role,         // enlaces: the row is the role
  meeting_record,       // repac: minutes registered are the progress record of the quarter
  document_review,      // documentos: when every document was reviewed, the process has recorded
  service_level_clock,  // solicitudes: due date from level and suspension
  validation_window,    // reportes: deadline of the window and what is known of the response
};

struct FileSchema {
  std::string_view file;
  std::string_view table;
  std::string_view key;               // column of the table that tells rows apart
  std::string_view json_column;       // where columns without a place of their own go; empty: there is none
  std::span<const FixedValue> fixed;  // same for every row of the file
  std::span<const ColumnRule> columns;
  bool positioned = false;  // rows keep the order in which they first came
  Derives derives = Derives::nothing;
};

// In the order in which they are stored: what is referred to comes first.
std::span<const FileSchema> file_schemas();

// Null for a file that is not known.
const FileSchema* find_schema(std::string_view file);

// Null for a column that the file does not have.
const ColumnRule* find_column(const FileSchema& schema, std::string_view name);

// Columns that only tests look at: expected results and the demo's explanation of itself.
bool is_ignored_column(std::string_view name);

// Files that only tests look at ("oraculo_….csv").
bool is_ignored_file(std::string_view file);

}  // namespace pao::storage::import
