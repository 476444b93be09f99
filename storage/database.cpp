#include "storage/database.hpp"

#include "storage/database_failure.hpp"
#include "storage/default_content.hpp"
#include "storage/fleeting_database.hpp"
#include "storage/migrator.hpp"
#include "storage/sqlite_database.hpp"

namespace pao::storage {
namespace {

enum class Durability { until_power_fails, on_disk };

Result<std::unique_ptr<Database>> open_as(Durability durability, const std::string& url,
                                          const DatabaseOptions& options) {
  constexpr std::string_view scheme = "sqlite:";
  if (!url.starts_with(scheme) || url.size() == scheme.size()) {
    return fail(ErrorCode::invalid, "storage.url must be sqlite:PATH");
  }
  const std::string path = url.substr(scheme.size());
  try {
    auto writer = std::make_unique<SqliteSession>(path, SqliteAccess::read_write, options.busy_timeout_ms);
    if (durability == Durability::until_power_fails) writer->wait_for_no_disk();
    const std::vector<EmbeddedFile> migrations = sqlite_migrations(embedded_files());
    if (Result<void> migrated = migrate(*writer, migrations); !migrated) {
      return tl::unexpected<Error>(migrated.error());
    }
    std::unique_ptr<Database> database = std::make_unique<SqliteDatabase>(path, std::move(writer), options);
    if (Result<void> seeded = seed_default_content(*database); !seeded) {
      return tl::unexpected<Error>(seeded.error());
    }
    return database;
  } catch (const DatabaseFailure& failure) {
    return tl::unexpected<Error>(failure.error());
  }
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::string& url, const DatabaseOptions& options) {
  return open_as(Durability::on_disk, url, options);
}

Result<std::unique_ptr<Database>> open_fleeting(const std::string& url) {
  return open_as(Durability::until_power_fails, url, {});
}

}  // namespace pao::storage
