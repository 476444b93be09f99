#include "storage/migrator.hpp"

#include "storage/sha256.hpp"

#include <algorithm>
#include <map>

namespace pao::storage {
namespace {

std::map<std::string, std::string> applied_migrations(SqliteSession& session) {
  std::map<std::string, std::string> applied;
  session.each("SELECT name, checksum FROM schema_migrations", {}, [&](const Row& row) {
    applied.emplace(row.string(0), row.string(1));
    return true;
  });
  return applied;
}

Result<void> check_applied(std::map<std::string, std::string> applied,
                           std::span<const EmbeddedFile> migrations) {
  bool gap = false;
  for (const EmbeddedFile& migration : migrations) {
    const auto found = applied.find(std::string(migration.name));
    if (found == applied.end()) {
      gap = true;
      continue;
    }
    if (gap) return fail(ErrorCode::refused, "an earlier migration than " + found->first + " is missing");
    if (found->second != sha256_hex(migration.bytes)) {
      return fail(ErrorCode::refused, "migration " + found->first + " was altered after it was applied");
    }
    applied.erase(found);
  }
  if (!applied.empty()) {
    return fail(ErrorCode::refused,
                "the store was written by a newer version: it holds migration " + applied.begin()->first);
  }
  return {};
}

}  // namespace

std::vector<EmbeddedFile> sqlite_migrations(std::span<const EmbeddedFile> files) {
  std::vector<EmbeddedFile> migrations;
  for (const EmbeddedFile& file : files) {
    if (file.name.ends_with(".sql") && !file.name.ends_with(".postgres.sql")) migrations.push_back(file);
  }
  std::sort(migrations.begin(), migrations.end(),
            [](const EmbeddedFile& a, const EmbeddedFile& b) { return a.name < b.name; });
  return migrations;
}

Result<void> migrate(SqliteSession& session, std::span<const EmbeddedFile> migrations) {
  session.run_script(
      "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, checksum TEXT NOT NULL,"
      " applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)");
  std::map<std::string, std::string> applied = applied_migrations(session);
  if (Result<void> checked = check_applied(applied, migrations); !checked) return checked;
  for (const EmbeddedFile& migration : migrations) {
    const std::string name(migration.name);
    if (applied.contains(name)) continue;
    const std::string checksum = sha256_hex(migration.bytes);
    session.begin_writing();
    try {
      session.run_script(std::string(migration.bytes));
      session.run("INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)",
                  {std::string_view(name), std::string_view(checksum)});
      session.commit();
    } catch (...) {
      session.rollback();
      throw;
    }
  }
  return {};
}

}  // namespace pao::storage
