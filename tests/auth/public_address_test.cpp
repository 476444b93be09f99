// Which addresses are out on the internet.
#include "bot/auth/public_address.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>

#include <string>

namespace {

bool is_public(const std::string& text) {
  sockaddr_storage storage{};
  if (text.find(':') == std::string::npos) {
    auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
    v4.sin_family = AF_INET;
    REQUIRE(inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1);
  } else {
    auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
    v6.sin6_family = AF_INET6;
    REQUIRE(inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1);
  }
  return pao::bot::auth::is_public_address(reinterpret_cast<const sockaddr*>(&storage));
}

}  // namespace

TEST_CASE("addresses that are not on the internet are told from those that are") {
  for (const char* inside : {"0.0.0.0",     "10.0.0.1",        "100.64.0.1",       "127.0.0.1",
                             "127.9.9.9",   "169.254.169.254", "172.16.0.1",       "172.31.255.255",
                             "192.168.1.1", "192.0.2.1",       "198.18.0.1",       "198.51.100.7",
                             "203.0.113.7", "224.0.0.1",       "255.255.255.255",  "::",
                             "::1",         "fe80::1",         "fc00::1",          "fd12::1",
                             "ff02::1",     "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1",
                             "2001:db8::1"}) {
    CAPTURE(inside);
    CHECK_FALSE(is_public(inside));
  }
  for (const char* outside : {"13.107.136.10", "172.15.0.1", "172.32.0.1", "192.169.0.1", "100.128.0.1",
                              "2620:1ec:8f8::10", "::ffff:13.107.136.10"}) {
    CAPTURE(outside);
    CHECK(is_public(outside));
  }
  sockaddr other{};
  other.sa_family = AF_UNIX;
  CHECK_FALSE(pao::bot::auth::is_public_address(&other));
}
