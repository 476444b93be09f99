#include "bot/auth/openssl.hpp"

#include <chrono>
#include <ctime>

namespace pao::bot::auth {

std::optional<Instant> not_after(const X509& certificate) {
  std::tm end{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &end) != 1) return std::nullopt;
  return Instant{std::chrono::seconds{timegm(&end)}};
}

}  // namespace pao::bot::auth
