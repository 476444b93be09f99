// The built program as its users run it: commands to their end, and the service as a process.
#pragma once

#include "tests/acceptance/ministry.hpp"

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace pao::tests {

struct Ran {
  int status = -1;  // of the exit; -1: ended by a signal
  std::string out, err;
};

// Runs it with those settings in its environment, and nothing else there.
Ran run_program(const std::vector<std::string>& arguments, const Settings& settings = {});

// `serve` in a process of its own.
class ServiceProcess {
 public:
  // Waits until it says on which port it listens.
  explicit ServiceProcess(Settings settings);
  ~ServiceProcess();  // kills it when it still runs
  ServiceProcess(const ServiceProcess&) = delete;
  ServiceProcess& operator=(const ServiceProcess&) = delete;

  int port() const { return port_; }
  std::chrono::milliseconds start_time() const { return start_time_; }

  std::string log() const;  // so far

  void signal(int number) const;
  // The exit status; -1 when a signal ended it.
  int wait();

 private:
  storage::test::TemporaryFolder folder_;
  pid_t pid_ = 0;
  int port_ = 0;
  std::chrono::milliseconds start_time_{};
};

}  // namespace pao::tests
