#include "storage/import/entity_import.hpp"

#include "storage/calendar_store.hpp"
#include "storage/columns.hpp"
#include "storage/database_failure.hpp"
#include "storage/import/derived_rows.hpp"
#include "storage/import/docx_import.hpp"
#include "storage/import/entity_file.hpp"
#include "storage/import/guideline_import.hpp"
#include "storage/import/references.hpp"
#include "storage/import/request_history.hpp"
#include "storage/import/row_writer.hpp"
#include "storage/reference_revision.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace pao::storage::import {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t max_file_bytes = 64u << 20;

struct Sources {
  std::vector<EntityFile> files;  // in the order of file_schemas()
  std::vector<GuidelineSource> guidelines;
  std::vector<DocxSource> documents;
};

bool is_importable(const fs::path& path) {
  return path.extension() == ".csv" || path.extension() == ".md" || path.extension() == ".docx";
}

Result<std::vector<fs::path>> list_files(std::span<const fs::path> paths) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const fs::path& path : paths) {
    if (fs::is_directory(path, error)) {
      std::vector<fs::path> inside;
      for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
        if (entry.is_regular_file() && is_importable(entry.path())) inside.push_back(entry.path());
      }
      std::sort(inside.begin(), inside.end());
      files.insert(files.end(), inside.begin(), inside.end());
    } else if (fs::is_regular_file(path, error)) {
      files.push_back(path);
    } else {
      return fail(ErrorCode::not_found, "no such file or folder: " + path.string());
    }
    if (error) return fail(ErrorCode::unavailable, "cannot list " + path.string());
  }
  return files;
}

Result<std::string> read_bytes(const fs::path& path) {
  std::error_code error;
  if (fs::file_size(path, error) > max_file_bytes && !error) {
    return fail(ErrorCode::invalid, path.string() + " is larger than 64 MB");
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file || error) return fail(ErrorCode::unavailable, "cannot read " + path.string());
  return std::move(bytes).str();
}

void read_csv_source(const std::string& name, std::string_view bytes, Sources& sources,
                     ImportReport& report) {
  const FileSchema* schema = find_schema(name);
  if (schema == nullptr) {
    report.refuse({name, 0, "", "this file is not known"});
    return;
  }
  if (auto file = read_entity_file(*schema, bytes, report)) sources.files.push_back(std::move(*file));
}

Result<void> read_source(const fs::path& path, Sources& sources, ImportReport& report) {
  const std::string name = path.filename().string();
  if (is_ignored_file(name)) {
    report.notices.push_back(name + " holds expected results and was passed over");
    return {};
  }
  if (!is_importable(path)) {
    report.refuse({name, 0, "", "only CSV, Markdown and Word (.docx) files can be imported"});
    return {};
  }
  Result<std::string> bytes = read_bytes(path);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  if (path.extension() == ".csv") {
    read_csv_source(name, *bytes, sources, report);
  } else if (path.extension() == ".docx") {
    if (auto document = read_docx_file(name, *bytes, report))
      sources.documents.push_back(std::move(*document));
  } else if (auto guideline = read_guideline_file(name, std::move(*bytes), report)) {
    sources.guidelines.push_back(std::move(*guideline));
  }
  return {};
}

Result<Sources> read_sources(std::span<const fs::path> paths, ImportReport& report) {
  Result<std::vector<fs::path>> files = list_files(paths);
  if (!files) return tl::unexpected<Error>(files.error());
  Sources sources;
  std::set<std::string> names;
  for (const fs::path& path : *files) {
    if (!names.insert(path.filename().string()).second) {
      report.refuse({path.filename().string(), 0, "", "two files of this name are given"});
      continue;
    }
    if (Result<void> read = read_source(path, sources, report); !read) {
      return tl::unexpected<Error>(read.error());
    }
  }
  std::sort(sources.files.begin(), sources.files.end(),
            [](const EntityFile& a, const EntityFile& b) { return a.schema < b.schema; });
  return sources;
}

// A record made here and now reported by the SMGI for the same item and period is one record: it keeps its
// receipt and its time, and is confirmed. True when the row was dealt with that way.
bool confirm_own_record(Session& session, const EntityFile& file, const CsvRow& row, FileCounts& counts,
                        ImportReport& report) {
  struct Own {
    std::string id;
    bool confirmed;
    std::string review;
  };
  const auto cell = [&](std::string_view goes) -> std::string_view {
    for (std::size_t i = 0; i < file.rules.size(); ++i) {
      if (file.rules[i] != nullptr && file.rules[i]->goes == goes) return row.cells[i];
    }
    return {};
  };
  const auto own = session.first(
      "SELECT id, filing = 'confirmado' AND id NOT LIKE 'AV-%', review FROM progress_records"
      " WHERE item_id = $1 AND period = $2 AND id <> $3",
      {cell("item_id"), cell("period"), cell("id")}, [](const Row& found) {
        return Own{found.string(0), found.flag(1), found.string(2)};
      });
  if (!own) return false;
  if (own->confirmed) {
    report.refuse({std::string(file.schema->file), row.line, "",
                   "the item has record " + own->id + " for this period"});
    return true;
  }
  const std::int64_t changed = session.run(
      "UPDATE progress_records SET filing = 'confirmado', review = $2 WHERE id = $1"
      " AND (filing <> 'confirmado' OR review <> $2)",
      {std::string_view(own->id), cell("review")});
  count(counts, changed == 0 ? Upsert::unchanged : Upsert::updated);
  return true;
}

Upsert store_row(Session& session, const EntityFile& file, const CsvRow& row,
                 const procedure::Calendar& calendar, FileCounts& counts) {
  const FileSchema& schema = *file.schema;
  std::vector<StoredCell> cells = stored_cells(file, row);
  for (StoredCell& cell : derived_cells(file, row, calendar)) cells.push_back(std::move(cell));
  if (schema.positioned) {
    cells.push_back({"position", next_number(session, "position." + std::string(schema.table))});
  }
  const Upsert done = upsert(session, schema.table, {schema.key}, cells, schema.positioned ? "position" : "");
  count(counts, done);
  return done;
}

void store_request(Session& session, const EntityFile& file, const CsvRow& row, Instant now,
                   const procedure::Calendar& calendar, FileCounts& counts, ImportReport& report) {
  if (keep_own_request(session, file, row, now, counts, report)) return;
  if (store_row(session, file, row, calendar, counts) == Upsert::unchanged) return;
  store_request_history(session, file, row, now, calendar);
}

// A row that the database refuses (an id or an account that belongs to another row) is a problem of that row.
void store_file(Session& session, const EntityFile& file, Instant now, const procedure::Calendar& calendar,
                ImportReport& report) {
  FileCounts counts{.file = std::string(file.schema->file), .rows = file.table.rows.size()};
  const bool rows_of_its_own = !file.schema->key.empty();
  for (const CsvRow& row : file.table.rows) {
    if (!rows_of_its_own) break;
    try {
      const bool is_record = file.schema->table == "progress_records";
      if (is_record && confirm_own_record(session, file, row, counts, report)) continue;
      if (file.schema->derives == Derives::service_level_clock) {
        store_request(session, file, row, now, calendar, counts, report);
      } else {
        store_row(session, file, row, calendar, counts);
      }
    } catch (const DatabaseFailure& failure) {
      if (failure.code() != ErrorCode::internal) throw;
      report.refuse({counts.file, row.line, "", failure.what()});
    }
  }
  if (report.problem_count == 0) store_derived_rows(session, file, counts);
  report.files.push_back(std::move(counts));
}

void store_sources(Session& session, const Sources& sources, Instant now, ImportReport& report) {
  check_references(session, sources.files, report);
  if (report.problem_count != 0) return;
  std::optional<procedure::Calendar> calendar;
  for (const EntityFile& file : sources.files) {
    // The entity's own days come before the files whose dates are counted with them.
    const bool counts_days = file.schema->derives == Derives::service_level_clock ||
                             file.schema->derives == Derives::validation_window;
    if (counts_days && !calendar) calendar = load_calendar(session);
    store_file(session, file, now, calendar.value_or(procedure::Calendar()), report);
    // Rows that are missing now would be reported again by whatever refers to them.
    if (report.problem_count != 0) return;
  }
  store_guidelines(session, sources.guidelines, now, report);
  store_docx(session, sources.documents, now, report);
}

}  // namespace

Result<ImportReport> import_paths(Database& database, std::span<const std::filesystem::path> paths,
                                  const ImportOptions& options) {
  ImportReport found;
  const Result<Sources> sources = read_sources(paths, found);
  if (!sources) return tl::unexpected<Error>(sources.error());
  ImportReport report;
  bool undone_on_purpose = false;
  const Result<void> written = database.write([&](Session& session) -> Result<void> {
    report = found;
    store_sources(session, *sources, options.now, report);
    undone_on_purpose = report.problem_count != 0 || options.check_only;
    if (undone_on_purpose) return fail(ErrorCode::refused, "nothing is to be stored");
    touch_reference(session);
    return {};
  });
  if (!written && !undone_on_purpose) return tl::unexpected<Error>(written.error());
  report.stored = written.has_value();
  return report;
}

}  // namespace pao::storage::import
