// Teams on this machine, for trying things by hand: answers as identity provider, connector and file store,
// sends what is typed as a person's message, and prints what the service sends until it is stopped.
#include "tests/simulated_teams/person.hpp"

#include <poll.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using pao::tests::SimulatedTeams;
using pao::tests::TypingPerson;

volatile std::sig_atomic_t stopped = 0;

void on_stop(int) {
  stopped = 1;
}

const char* const help =
    "simulated_teams [PORT] [--settings FILE] [--service URL] [--as AAD] [--limits] [--faults]\n"
    "  PORT             to listen on at 127.0.0.1; a free one when left out\n"
    "  --settings FILE  writes the service's variables there (set -a; . FILE) instead of printing them\n"
    "  --service URL    where the service listens; http://127.0.0.1:3978 when left out\n"
    "  --as AAD         who types: an Entra object id; a liaison of the sample ministry when left out\n"
    "  --limits         answers 429 above the platform's limits (7 in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in "
    "an\n"
    "                   hour for each conversation, 50 in 1 s for the tenant)\n"
    "  --faults         10 % of the requests get 429, 5 % a 5xx, 5 % a torn connection\n"
    "Each line that is typed goes to the service as a message of that person; ! lists what else can "
    "happen.\n";

struct Options {
  int port = 0;
  std::string settings, service = "http://127.0.0.1:3978", aad = "demo-aad-0020";
  bool limits = false, faults = false;
};

// False: not understood.
bool read_options(int count, char** arguments, Options& options) {
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    std::string* value = argument == "--settings"  ? &options.settings
                         : argument == "--service" ? &options.service
                         : argument == "--as"      ? &options.aad
                                                   : nullptr;
    if (value != nullptr) {
      if (++i == count) return false;
      *value = arguments[i];
    } else if (argument == "--limits") {
      options.limits = true;
    } else if (argument == "--faults") {
      options.faults = true;
    } else {
      const char* end = argument.data() + argument.size();
      const auto read = std::from_chars(argument.data(), end, options.port);
      if (read.ec != std::errc{} || read.ptr != end || options.port < 0 || options.port > 65535) return false;
    }
  }
  return true;
}

std::vector<std::pair<std::string, std::string>> settings_of(const SimulatedTeams& teams) {
  return {{"PAO_IDENTITY_CLIENT_ID", pao::test::test_app_id},
          {"PAO_IDENTITY_ISSUER", pao::test::test_issuer},
          {"PAO_IDENTITY_CLIENT_SECRET", "simulated"},
          {"PAO_IDENTITY_TENANT_ID", pao::tests::simulated_tenant},
          {"PAO_IDENTITY_OPENID_METADATA_URL", teams.openid_metadata_url()},
          {"PAO_IDENTITY_TOKEN_URL", teams.token_url()},
          {"PAO_CONNECTOR_ALLOW_LOOPBACK", "true"},
          {"PAO_CONNECTOR_FALLBACK_SERVICE_URL", teams.service_url()}};
}

void tell_settings(const SimulatedTeams& teams, const std::string& file) {
  std::ofstream into(file);
  std::ostream& out = file.empty() ? std::cout : into;
  if (file.empty()) out << "Start the service with these variables:\n";
  for (const auto& [name, value] : settings_of(teams)) out << name << "=" << value << "\n";
  if (!out.flush()) throw std::runtime_error(file + ": cannot be written");
  if (!file.empty()) std::cout << "Start the service after: set -a; . " << file << "\n";
  std::cout << "Type what the person says; ! lists what else can happen; Ctrl+C ends.\n" << std::flush;
}

void print(const pao::tests::Delivered& one) {
  const auto body = nlohmann::json::parse(one.body, nullptr, false);
  std::cout << one.conversation << " [" << one.id << "] "
            << (body.is_object() ? body.value("summary", body.value("text", "")) : one.body) << "\n"
            << one.body << "\n\n"
            << std::flush;
}

bool is_typed_within(std::chrono::milliseconds time) {
  if (std::cin.rdbuf()->in_avail() > 0) return true;  // of a paste
  pollfd keyboard{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  return poll(&keyboard, 1, static_cast<int>(time.count())) > 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 1 && std::string_view(arguments[1]) == "--help") {
    std::cout << help;
    return 0;
  }
  Options options;
  if (!read_options(count, arguments, options)) {
    std::cerr << help;
    return 2;
  }
  std::ios::sync_with_stdio(false);  // else what was read ahead is not told
  std::signal(SIGINT, on_stop);
  std::signal(SIGTERM, on_stop);
  try {
    const auto key = pao::test::TestKey::rsa("simulated");
    SimulatedTeams teams(nlohmann::json{{"keys", {key.jwk()}}}.dump(), options.port);
    if (options.limits) teams.set_limits({.conversation_windows = true, .tenant_per_second = 50});
    if (options.faults) teams.set_weather({.throttled = 0.10, .failing = 0.05, .resets = 0.05});
    const TypingPerson person(teams, key, options.service, options.aad);
    tell_settings(teams, options.settings);
    bool typing = true;
    for (std::size_t shown = 0; stopped == 0;) {
      const auto delivered = teams.delivered();
      for (; shown < delivered.size(); ++shown) print(delivered[shown]);
      if (!typing) {
        (void)teams.wait_for(shown + 1, std::chrono::milliseconds{200});
        continue;
      }
      if (!is_typed_within(std::chrono::milliseconds{100})) continue;
      std::string line;
      typing = static_cast<bool>(std::getline(std::cin, line));
      if (line.empty()) continue;
      std::cout << "> " << (line[0] == '!' ? take_order(line, teams, person) : person.says(line)) << "\n"
                << std::flush;
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
