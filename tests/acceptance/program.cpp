#include "tests/acceptance/program.hpp"

#include "tests/paths.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <thread>

namespace pao::tests {
namespace {

using namespace std::chrono_literals;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

pid_t start_program(std::vector<std::string> arguments, const Settings& settings,
                    const std::filesystem::path& out, const std::filesystem::path& err) {
  arguments.insert(arguments.begin(), pao::tests::program);
  std::vector<std::string> environment{"PATH=/usr/bin:/bin", "LANG=C.UTF-8"};
  for (const auto& [name, value] : environment_of(settings)) environment.push_back(name + "=" + value);

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&files, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t pid = 0;
  const int failed = posix_spawn(&pid, pao::tests::program, &files, nullptr, pointers_to(arguments).data(),
                                 pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&files);
  REQUIRE(failed == 0);
  return pid;
}

int wait_for_end(pid_t pid) {
  int status = 0;
  REQUIRE(waitpid(pid, &status, 0) == pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Ran run_program(const std::vector<std::string>& arguments, const Settings& settings) {
  const storage::test::TemporaryFolder folder;
  const auto out = folder.path() / "out", err = folder.path() / "err";
  Ran ran;
  ran.status = wait_for_end(start_program(arguments, settings, out, err));
  ran.out = content_of(out);
  ran.err = content_of(err);
  return ran;
}

ServiceProcess::ServiceProcess(Settings settings) {
  if (settings["log.level"] != "debug") settings["log.level"] = "info";  // tells the port
  const auto log = folder_.path() / "log";
  const auto started = std::chrono::steady_clock::now();
  pid_ = start_program({"serve"}, settings, folder_.path() / "out", log);
  const std::string mark = "service.started port=";
  while (port_ == 0) {
    const std::string text = content_of(log);
    const auto at = text.find(mark);
    if (at != std::string::npos && text.find('\n', at) != std::string::npos) {
      port_ = std::stoi(text.substr(at + mark.size()));
    } else if (std::chrono::steady_clock::now() - started > 20s) {
      FAIL("the service did not start: " << text);
    } else {
      std::this_thread::sleep_for(1ms);
    }
  }
  start_time_ =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
}

ServiceProcess::~ServiceProcess() {
  if (pid_ == 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

std::string ServiceProcess::log() const {
  return content_of(folder_.path() / "log");
}

void ServiceProcess::signal(int number) const {
  REQUIRE(kill(pid_, number) == 0);
}

int ServiceProcess::wait() {
  const int status = wait_for_end(pid_);
  pid_ = 0;
  return status;
}

}  // namespace pao::tests
