#include "bot/auth/verified_tokens.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

namespace pao::bot::auth {

TokenDigest token_digest(std::string_view token) {
  // Looking the algorithm up costs more than using it.
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  struct Deleter {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  thread_local const std::unique_ptr<EVP_MD_CTX, Deleter> context(EVP_MD_CTX_new());
  TokenDigest digest{};
  EVP_DigestInit_ex2(context.get(), sha256, nullptr);
  EVP_DigestUpdate(context.get(), token.data(), token.size());
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  return digest;
}

std::size_t VerifiedTokens::Hash::operator()(const TokenDigest& digest) const {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

VerifiedTokens::VerifiedTokens(std::size_t bound)
    : shard_bound_(std::max<std::size_t>(1, bound / shard_count)) {
}

std::shared_ptr<const Claims> VerifiedTokens::find(const TokenDigest& digest) const {
  const Shard& home = shard(digest);
  std::lock_guard lock(home.mutex);
  const auto found = home.tokens.find(digest);
  return found == home.tokens.end() ? nullptr : found->second;
}

void VerifiedTokens::put(const TokenDigest& digest, std::shared_ptr<const Claims> claims, Instant now) {
  Shard& home = shard(digest);
  std::lock_guard lock(home.mutex);
  if (home.tokens.size() >= shard_bound_)
    std::erase_if(home.tokens, [&](const auto& entry) { return entry.second->expires < now; });
  if (home.tokens.size() >= shard_bound_) home.tokens.erase(home.tokens.begin());
  home.tokens.insert_or_assign(digest, std::move(claims));
}

void VerifiedTokens::erase(const TokenDigest& digest) {
  Shard& home = shard(digest);
  std::lock_guard lock(home.mutex);
  home.tokens.erase(digest);
}

std::size_t VerifiedTokens::size() const {
  std::size_t total = 0;
  for (const Shard& one : shards_) {
    std::lock_guard lock(one.mutex);
    total += one.tokens.size();
  }
  return total;
}

}  // namespace pao::bot::auth
