#include "storage/import/references.hpp"

#include <map>
#include <unordered_set>

namespace pao::storage::import {
namespace {

using Ids = std::unordered_set<std::string>;

// The column of the file that holds the table's key.
std::string_view key_column(const FileSchema& schema) {
  for (const ColumnRule& rule : schema.columns) {
    if (!schema.key.empty() && rule.goes == schema.key) return rule.name;
  }
  return {};
}

// Ids that earlier imports of the same file have stored.
Ids stored_ids(Session& session, const FileSchema& schema) {
  Ids ids;
  std::string sql = "SELECT " + std::string(schema.key) + " FROM " + std::string(schema.table);
  const bool one_of_several = schema.table == "items" && !schema.fixed.empty();
  if (one_of_several) sql += " WHERE kind = '" + std::string(schema.fixed.front().value) + "'";
  session.each(sql, {}, [&](const Row& row) {
    ids.insert(row.string(0));
    return true;
  });
  return ids;
}

class Checker {
 public:
  Checker(Session& session, std::span<const EntityFile> files, ImportReport& report)
      : session_(session), report_(report) {
    for (const EntityFile& file : files) collect(file);
  }

  void check(const EntityFile& file) {
    for (const CsvRow& row : file.table.rows) {
      for (std::size_t i = 0; i < row.cells.size(); ++i) check_cell(file, row, i);
    }
  }

 private:
  void collect(const EntityFile& file) {
    const std::string_view column = key_column(*file.schema);
    if (column.empty()) return;
    Ids& ids = given_[file.schema->file];
    for (const CsvRow& row : file.table.rows) {
      const std::string id(file.cell(row, column));
      ids.insert(id);
      // One table, one id: the same one in two files of a table would overwrite the first.
      if (!id.empty() && !in_table_[file.schema->table].insert(id).second) {
        report_.refuse({std::string(file.schema->file), row.line, std::string(column),
                        "the id " + id + " appears twice"});
      }
    }
  }

  void check_cell(const EntityFile& file, const CsvRow& row, std::size_t i) {
    const ColumnRule* rule = file.rules[i];
    const std::string& cell = row.cells[i];
    if (rule == nullptr || rule->kind != CellKind::reference || cell.empty()) return;
    if (exists(rule->among, cell)) return;
    report_.refuse({std::string(file.schema->file), row.line, file.table.header[i],
                    "not in " + std::string(rule->among) + ", nor stored"});
  }

  bool exists(std::string_view among, const std::string& id) {
    if (const auto given = given_.find(among); given != given_.end() && given->second.contains(id))
      return true;
    auto stored = stored_.find(among);
    if (stored == stored_.end()) {
      stored = stored_.emplace(among, stored_ids(session_, *find_schema(among))).first;
    }
    return stored->second.contains(id);
  }

  Session& session_;
  ImportReport& report_;
  std::map<std::string_view, Ids> given_;     // by file
  std::map<std::string_view, Ids> in_table_;  // by table
  std::map<std::string_view, Ids> stored_;    // by file, loaded when first asked for
};

}  // namespace

void check_references(Session& session, std::span<const EntityFile> files, ImportReport& report) {
  Checker checker(session, files, report);
  for (const EntityFile& file : files) checker.check(file);
}

}  // namespace pao::storage::import
