// The program as a process that can be killed.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>

namespace pao::tests {

class Victim {
 public:
  // Starts `program serve` with those settings (configuration by key) as its environment; what it says is
  // added to the log. Throws std::runtime_error when it cannot be started.
  Victim(const std::string& program, const std::map<std::string, std::string>& settings,
         const std::filesystem::path& log);
  ~Victim();  // kills it
  Victim(const Victim&) = delete;
  Victim& operator=(const Victim&) = delete;

  bool is_alive();
  void kill();  // SIGKILL, and waits until it is gone

 private:
  pid_t pid_ = 0;
};

}  // namespace pao::tests
