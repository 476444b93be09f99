#include "bot/auth/token.hpp"

#include "bot/auth/base64url.hpp"
#include "bot/auth/openssl.hpp"
#include "bot/auth/strict_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace pao::bot::auth {

namespace {

constexpr std::size_t longest_token = 16 * 1024;

bool is_bearer(std::string_view scheme) {
  constexpr std::string_view bearer = "bearer";
  return scheme.size() == bearer.size() &&
         std::equal(scheme.begin(), scheme.end(), bearer.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
         });
}

}  // namespace

std::optional<std::string_view> bearer_token(std::string_view authorization) {
  const auto blank = authorization.find(' ');
  if (blank == std::string_view::npos || !is_bearer(authorization.substr(0, blank))) return std::nullopt;
  const auto start = authorization.find_first_not_of(' ', blank);
  if (start == std::string_view::npos) return std::nullopt;
  const std::string_view token = authorization.substr(start);
  if (token.size() > longest_token) return std::nullopt;
  for (char separator : {' ', '\t', ','})  // one after the other: find_first_of is slow on long texts
    if (token.find(separator) != std::string_view::npos) return std::nullopt;
  return token;
}

std::optional<TokenParts> parse_token(std::string_view token, nlohmann::json& payload) {
  const auto first = token.find('.');
  const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
    return std::nullopt;
  const auto header_text = base64url_decode(token.substr(0, first));
  const auto payload_text = base64url_decode(token.substr(first + 1, second - first - 1));
  auto signature = base64url_decode(token.substr(second + 1));
  if (!header_text || !payload_text || !signature || signature->empty()) return std::nullopt;

  const auto header = parse_strict_object(*header_text);
  if (!header || text_member(*header, "alg") != "RS256" || header->contains("crit")) return std::nullopt;
  const auto kid = text_member(*header, "kid");
  auto claims = parse_strict_object(*payload_text);
  if (!kid || kid->empty() || !claims) return std::nullopt;
  payload = std::move(*claims);
  return TokenParts{token.substr(0, second), std::string(*kid), std::move(*signature)};
}

bool signature_matches(const TokenParts& parts, EVP_PKEY* key) {
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
  return context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(parts.signature.data()),
                          parts.signature.size(),
                          reinterpret_cast<const unsigned char*>(parts.signing_input.data()),
                          parts.signing_input.size()) == 1;
}

}  // namespace pao::bot::auth
