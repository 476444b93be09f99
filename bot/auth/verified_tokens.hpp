// Tokens that were verified lately, so that the same one is not verified again.
#pragma once

#include "bot/auth/claims.hpp"
#include "handlers/procedure/bogota_time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>

namespace pao::bot::auth {

using TokenDigest = std::array<std::uint8_t, 32>;

// SHA-256 of the whole token, signature included: the token itself is not kept.
TokenDigest token_digest(std::string_view token);

// Bounded; safe from many threads at once, which rarely wait for each other.
class VerifiedTokens {
 public:
  explicit VerifiedTokens(std::size_t bound);

  // Nothing when the token is not there. Its lifetime and key are for the caller to check again.
  std::shared_ptr<const Claims> find(const TokenDigest& digest) const;

  // Makes room by dropping what has expired at `now`, or else any other token.
  void put(const TokenDigest& digest, std::shared_ptr<const Claims> claims, Instant now);
  void erase(const TokenDigest& digest);
  std::size_t size() const;

 private:
  struct Hash {
    std::size_t operator()(const TokenDigest& digest) const;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<TokenDigest, std::shared_ptr<const Claims>, Hash> tokens;
  };
  static constexpr std::size_t shard_count = 16;

  Shard& shard(const TokenDigest& digest) { return shards_[digest[31] % shard_count]; }
  const Shard& shard(const TokenDigest& digest) const { return shards_[digest[31] % shard_count]; }

  const std::size_t shard_bound_;
  std::array<Shard, shard_count> shards_;
};

}  // namespace pao::bot::auth
