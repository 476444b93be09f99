// A store in a folder of its own that goes away with the test.
#pragma once

#include "storage/database.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

namespace pao::storage::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pao-storage-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string url() const { return "sqlite:" + (path_ / "store.db").string(); }

 private:
  std::filesystem::path path_;
};

inline std::unique_ptr<Database> open_store(const std::string& url, const DatabaseOptions& options = {}) {
  Result<std::unique_ptr<Database>> opened = Database::open(url, options);
  if (!opened) FAIL(opened.error().detail);
  return std::move(*opened);
}

struct TemporaryStore {
  TemporaryFolder folder;
  std::unique_ptr<Database> database = open_store(folder.url());
};

inline Instant instant(std::string_view iso) {
  return parse_instant(iso).value();
}

// Closures that hand the result of a store function on, for one-line reads and writes in tests.
template <class Work>
auto reading(Database& database, Work work) {
  auto result = database.read(std::move(work));
  if (!result) FAIL(result.error().detail);
  if constexpr (!std::is_void_v<typename decltype(result)::value_type>) return std::move(*result);
}

template <class Work>
auto writing(Database& database, Work work) {
  auto result = database.write(std::move(work));
  if (!result) FAIL(result.error().detail);
  if constexpr (!std::is_void_v<typename decltype(result)::value_type>) return std::move(*result);
}

}  // namespace pao::storage::test
