#include "bot/auth/service_url.hpp"

#include <algorithm>
#include <charconv>

namespace pao::bot::auth {

namespace {

constexpr std::size_t longest_url = 8192;

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

bool is_plain(std::string_view url) {
  return std::all_of(url.begin(), url.end(),
                     [](char c) { return c > 0x20 && c < 0x7f && c != '\\' && c != '#'; });
}

bool is_host_name(std::string_view host) {
  const bool characters =
      host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string_view::npos;
  return characters && !host.empty() && host.size() <= 253 && host.front() != '.' && host.back() != '.' &&
         host.find("..") == std::string_view::npos;
}

bool is_bracketed_address(std::string_view host) {
  return host.size() > 2 && host.front() == '[' && host.back() == ']' &&
         host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
}

// Also the short, octal and hexadecimal spellings that resolvers accept: names of real domains never end
// in a label that starts with a digit.
bool is_address(std::string_view host) {
  if (host.find(':') != std::string_view::npos) return true;
  const auto dot = host.rfind('.');
  const char first = host[dot == std::string_view::npos ? 0 : dot + 1];
  return first >= '0' && first <= '9';
}

std::optional<int> parse_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
  if (port < 1 || port > 65535) return std::nullopt;
  return port;
}

// "host", "host:port", "[address]:port" into `url`. False when it is none of them.
bool read_authority(std::string_view authority, ServiceUrl& url) {
  const auto bracket = authority.rfind(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    const auto port = parse_port(authority.substr(colon + 1));
    if (!port) return false;
    url.port = *port;
  }
  std::string host = lowered(authority.substr(0, colon));
  if (is_bracketed_address(host))
    host = host.substr(1, host.size() - 2);
  else if (!is_host_name(host))
    return false;
  url.host = std::move(host);
  return true;
}

// "botframework.com" covers itself and "api.botframework.com", not "evil-botframework.com".
bool covers(std::string_view domain, std::string_view host) {
  if (domain.empty() || host.size() < domain.size()) return false;
  if (lowered(domain) != host.substr(host.size() - domain.size())) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

std::string comparable_path(std::string_view path) {
  if (!path.empty() && path.back() == '/') path.remove_suffix(1);
  return lowered(path);
}

}  // namespace

std::optional<ServiceUrl> parse_service_url(std::string_view text) {
  if (!is_plain(text) || text.size() > longest_url) return std::nullopt;
  const auto mark = text.find("://");
  if (mark == std::string_view::npos) return std::nullopt;
  ServiceUrl url;
  url.scheme = lowered(text.substr(0, mark));
  if (url.scheme != "https" && url.scheme != "http") return std::nullopt;
  url.port = url.scheme == "https" ? 443 : 80;
  text.remove_prefix(mark + 3);
  const auto path = std::min(text.find_first_of("/?"), text.size());
  if (!read_authority(text.substr(0, path), url)) return std::nullopt;
  url.path = text.substr(path);
  return url;
}

bool is_loopback(std::string_view host) {
  return host == "127.0.0.1" || host == "localhost" || host == "::1";
}

bool same_service_url(std::string_view a, std::string_view b) {
  const auto left = parse_service_url(a);
  const auto right = parse_service_url(b);
  return left && right && left->scheme == right->scheme && left->host == right->host &&
         left->port == right->port && comparable_path(left->path) == comparable_path(right->path);
}

bool same_host(std::string_view a, std::string_view b) {
  const auto left = parse_service_url(a);
  const auto right = parse_service_url(b);
  return left && right && left->scheme == right->scheme && left->host == right->host &&
         left->port == right->port;
}

Result<ServiceUrl> check_service_url(std::string_view text, const HostRules& rules) {
  auto url = parse_service_url(text);
  if (!url) return fail(ErrorCode::refused, "service URL is malformed");
  if (is_loopback(url->host)) {
    if (rules.allow_loopback) return *std::move(url);
    return fail(ErrorCode::refused, "service URL points to this machine");
  }
  if (url->scheme != "https") return fail(ErrorCode::refused, "service URL is not https");
  if (url->port != 443) return fail(ErrorCode::refused, "service URL names a port");
  if (is_address(url->host)) return fail(ErrorCode::refused, "service URL names an address");
  const bool listed = std::any_of(rules.allowed.begin(), rules.allowed.end(),
                                  [&](const std::string& domain) { return covers(domain, url->host); });
  if (!listed) return fail(ErrorCode::refused, "service URL host is not allowed");
  return *std::move(url);
}

}  // namespace pao::bot::auth
