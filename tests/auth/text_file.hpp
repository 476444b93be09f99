// A file with that content, gone at the end of the scope.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace pao::test {

class TextFile {
 public:
  explicit TextFile(const std::string& content) {
    path_ = (std::filesystem::temp_directory_path() / "pao-XXXXXX").string();
    const int descriptor = mkstemp(path_.data());
    if (descriptor >= 0) close(descriptor);
    write(content);
  }
  ~TextFile() { std::filesystem::remove(path_); }
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;

  void write(const std::string& content) const { std::ofstream(path_) << content; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace pao::test
