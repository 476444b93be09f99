#include "storage/file_folder.hpp"

#include "storage/sha256.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace pao::storage {
namespace {

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The bytes in a new file, on the disk when it returns. An earlier attempt's rest is written over.
bool write_durably(const std::filesystem::path& path, std::string_view bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bool good = true;
  while (good && !bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    good = written > 0;
    if (good) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  good = good && fsync(file) == 0;
  return close(file) == 0 && good;
}

}  // namespace

std::filesystem::path FileFolder::path_of(std::string_view sha256) const {
  return folder_ / sha256.substr(0, 2) / sha256.substr(2);
}

Result<std::string> FileFolder::put(std::string_view bytes) const {
  std::string name = sha256_hex(bytes);
  const std::filesystem::path path = path_of(name);
  std::error_code error;
  if (std::filesystem::exists(path, error)) return name;
  std::filesystem::create_directories(path.parent_path(), error);
  const std::filesystem::path partial = path.string() + "." + std::to_string(getpid()) + ".part";
  bool good = !error && write_durably(partial, bytes);
  if (good) std::filesystem::rename(partial, path, error);
  if (!good || error) {
    std::filesystem::remove(partial, error);
    return fail(ErrorCode::unavailable, "the folder of files cannot be written");
  }
  return name;
}

Result<std::string> FileFolder::get(std::string_view sha256) const {
  if (!is_sha256(sha256)) return fail(ErrorCode::not_found, "not a name of a content");
  std::ifstream file(path_of(sha256), std::ios::binary);
  if (!file) return fail(ErrorCode::not_found, "no content of that name");
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (sha256_hex(bytes) != sha256) return fail(ErrorCode::internal, "a stored content has changed");
  return bytes;
}

}  // namespace pao::storage
