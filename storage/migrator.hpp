// Brings a schema up to date from storage/migrations: 0001_name.sql, 0002_name.sql …, forward only.
#pragma once

#include "storage/embedded.hpp"
#include "storage/sqlite_session.hpp"

#include <span>

namespace pao::storage {

// The migrations among the embedded files, by name. "0002_protection.sqlite.sql" is for the SQLite adapter
// only; another adapter brings its own of that number.
std::vector<EmbeddedFile> sqlite_migrations(std::span<const EmbeddedFile> files);

// Applies what is missing, each in a transaction of its own, and notes name, SHA-256 and time in
// schema_migrations. Fails with `refused` when a migration already applied reads otherwise now, or when the
// store holds one that is not listed (it was written by a newer version); nothing is changed then.
// Throws DatabaseFailure.
Result<void> migrate(SqliteSession& session, std::span<const EmbeddedFile> migrations);

}  // namespace pao::storage
