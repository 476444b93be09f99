// The sample ministry and its guidelines in a store of a test's own: imported once a program, then copied.
#pragma once

#include "storage/import/entity_import.hpp"
#include "tests/paths.hpp"
#include "tests/storage/temporary_store.hpp"

#include <array>
#include <filesystem>
#include <span>

namespace pao::storage::test {

// What nothing in the demo was recorded after.
inline constexpr const char* demo_morning = "2026-11-12T09:00:00-05:00";

inline void import_into(const std::string& url, std::span<const std::filesystem::path> paths) {
  const auto database = open_store(url);
  const auto done = import::import_paths(*database, paths, {.now = instant(demo_morning)});
  if (!done) FAIL(done.error().detail);
  REQUIRE(done->stored);
}

inline const std::filesystem::path& demo_file() {
  static const TemporaryFolder folder;
  static const std::filesystem::path file = [] {
    const std::filesystem::path data = std::filesystem::path(pao::tests::source_dir) / "tests" / "data";
    const std::array paths = {data / "ministry", data / "guidelines"};
    import_into(folder.url(), paths);  // closed again, so that one file holds everything
    return folder.path() / "store.db";
  }();
  return file;
}

struct DemoStore {
  TemporaryFolder folder;
  std::unique_ptr<Database> database = [this] {
    std::filesystem::copy_file(demo_file(), folder.path() / "store.db");
    return open_store(folder.url());
  }();
};

}  // namespace pao::storage::test
