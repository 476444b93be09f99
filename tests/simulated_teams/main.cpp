// Teams on this machine, for trying things by hand: `simulated_teams [PORT]` answers as identity provider,
// connector and file store, and prints what arrives until it is stopped.
#include "tests/support/signed_tokens.hpp"
#include "tests/support/simulated_teams.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <chrono>
#include <csignal>
#include <iostream>
#include <string_view>
#include <thread>

namespace {

volatile std::sig_atomic_t stopped = 0;

void on_stop(int) {
  stopped = 1;
}

const char* const help =
    "simulated_teams [PORT] [--limits] [--faults]\n"
    "  PORT      to listen on at 127.0.0.1; a free one when left out\n"
    "  --limits  answers 429 above the platform's limits (7 in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in an hour "
    "for\n"
    "            each conversation, 50 in 1 s for the tenant)\n"
    "  --faults  10 % of the requests get 429, 5 % a 5xx, 5 % a torn connection\n"
    "It says how to point the service at it, then prints each message that the service sends.\n";

constexpr const char* tenant = "aaaaaaaa-0000-4000-8000-000000000001";

void print_settings(const pao::tests::SimulatedTeams& teams, const std::string& bearer) {
  std::cout << "Start the service with these variables:\n"
            << "  PAO_IDENTITY_CLIENT_ID=" << pao::test::test_app_id << "\n"
            << "  PAO_IDENTITY_ISSUER=" << pao::test::test_issuer << "\n"
            << "  PAO_IDENTITY_CLIENT_SECRET=simulated\n"
            << "  PAO_IDENTITY_TENANT_ID=" << tenant << "\n"
            << "  PAO_IDENTITY_OPENID_METADATA_URL=" << teams.openid_metadata_url() << "\n"
            << "  PAO_IDENTITY_TOKEN_URL=" << teams.token_url() << "\n"
            << "  PAO_CONNECTOR_ALLOW_LOOPBACK=true\n"
            << "  PAO_CONNECTOR_FALLBACK_SERVICE_URL=" << teams.service_url() << "\n"
            << "Post activities to it with serviceUrl " << teams.service_url() << " and, for an hour,\n"
            << "  Authorization: Bearer " << bearer << "\n"
            << "What it sends is printed here; Ctrl+C ends.\n"
            << std::flush;
}

void print(const pao::tests::Delivered& one) {
  const auto body = nlohmann::json::parse(one.body, nullptr, false);
  std::cout << one.conversation << " [" << one.id << "] "
            << (body.is_object() ? body.value("summary", body.value("text", "")) : one.body) << "\n"
            << one.body << "\n\n"
            << std::flush;
}

}  // namespace

int main(int count, char** arguments) {
  int port = 0;
  bool limits = false, faults = false;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--help") {
      std::cout << help;
      return 0;
    }
    const auto read = std::from_chars(argument.data(), argument.data() + argument.size(), port);
    const bool is_port = read.ec == std::errc{} && read.ptr == argument.data() + argument.size();
    if (argument == "--limits") {
      limits = true;
    } else if (argument == "--faults") {
      faults = true;
    } else if (!is_port || port < 0 || port > 65535) {
      std::cerr << help;
      return 2;
    }
  }
  std::signal(SIGINT, on_stop);
  std::signal(SIGTERM, on_stop);
  try {
    const auto key = pao::test::TestKey::rsa("simulated");
    pao::tests::SimulatedTeams teams(nlohmann::json{{"keys", {key.jwk()}}}.dump(), port);
    if (limits) teams.set_limits({.conversation_windows = true, .tenant_per_second = 50});
    if (faults) teams.set_weather({.throttled = 0.10, .failing = 0.05, .resets = 0.05});
    const auto now = std::chrono::time_point_cast<pao::Instant::duration>(std::chrono::system_clock::now());
    print_settings(teams, key.token(pao::test::channel_claims(now, {{"serviceurl", teams.service_url()}})));
    for (std::size_t shown = 0; stopped == 0;) {
      if (!teams.wait_for(shown + 1, std::chrono::milliseconds{200})) continue;
      const auto delivered = teams.delivered();
      for (; shown < delivered.size(); ++shown) print(delivered[shown]);
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
