// Where our own tokens may go: URLs taken apart strictly, compared, and held against a list of hosts.
#pragma once

#include "handlers/procedure/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::auth {

struct ServiceUrl {
  std::string scheme;  // "https" or "http"
  std::string host;    // lower case, without the brackets of an IPv6 address, never empty
  int port = 443;
  std::string path;  // from the "/", may be empty; with the query
};

// Nothing for anything but http(s)://host[:port][/path]: user information, blanks, control and non-ASCII
// characters, backslashes, fragments and odd hosts are refused. International names come in their
// xn-- form from a correct sender.
std::optional<ServiceUrl> parse_service_url(std::string_view url);

// 127.0.0.1, ::1 or localhost.
bool is_loopback(std::string_view host);

// Same place: scheme and host without case, default port left out or not, one trailing slash ignored.
// Also without case in the path: the platform's own SDKs compare the whole text so.
bool same_service_url(std::string_view a, std::string_view b);
bool same_host(std::string_view a, std::string_view b);

// Hosts that may receive the bot's token: domain names that stand for themselves and their subdomains.
struct HostRules {
  std::vector<std::string> allowed = {"botframework.com", "smba.trafficmanager.net", "teams.microsoft.com",
                                      "teams.microsoft.us"};
  bool allow_loopback = false;  // plain http and any port, towards this machine only; for tests
};

// refused: not https, a port other than 443, an IP address, user information, or a host not in the list.
Result<ServiceUrl> check_service_url(std::string_view url, const HostRules& rules);

}  // namespace pao::bot::auth
