// The contents of files, each under its SHA-256: the same bytes are kept once, and nothing in a name that
// somebody chose touches the disk.
#pragma once

#include "handlers/procedure/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace pao::storage {

// Safe from many threads and processes at once.
class FileFolder {
 public:
  explicit FileFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Durable when it returns; gives the SHA-256 in hexadecimal. `unavailable` when the disk does not take it.
  Result<std::string> put(std::string_view bytes) const;

  // `not_found` when there is none, `internal` when the bytes are not those of that name any more.
  Result<std::string> get(std::string_view sha256) const;

 private:
  std::filesystem::path path_of(std::string_view sha256) const;
  std::filesystem::path folder_;
};

}  // namespace pao::storage
