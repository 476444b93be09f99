// What the service writes to its log while this lives.
#pragma once

#include "tests/storage/temporary_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

namespace pao::bot::test {

class CapturedLog {
 public:
  CapturedLog() : standard_error_(::dup(STDERR_FILENO)) {
    const int file = ::open(path().c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
    REQUIRE(file >= 0);
    REQUIRE(::dup2(file, STDERR_FILENO) >= 0);
    ::close(file);
  }
  ~CapturedLog() {
    ::dup2(standard_error_, STDERR_FILENO);
    ::close(standard_error_);
  }
  CapturedLog(const CapturedLog&) = delete;
  CapturedLog& operator=(const CapturedLog&) = delete;

  std::string text() const {
    std::fflush(stderr);
    std::ifstream file(path());
    std::stringstream all;
    all << file.rdbuf();
    return all.str();
  }

 private:
  std::string path() const { return (folder_.path() / "log").string(); }

  storage::test::TemporaryFolder folder_;
  int standard_error_;
};

}  // namespace pao::bot::test
