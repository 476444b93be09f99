#include "bot/auth/public_address.hpp"

#include <netinet/in.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace pao::bot::auth {
namespace {

struct Block {
  std::uint32_t network;
  int bits;
};
// RFC 6890 and its successors, as far as they are not reachable from everywhere.
constexpr std::array not_public{
    Block{0x00000000, 8},  Block{0x0A000000, 8},  Block{0x64400000, 10}, Block{0x7F000000, 8},
    Block{0xA9FE0000, 16}, Block{0xAC100000, 12}, Block{0xC0000000, 24}, Block{0xC0000200, 24},
    Block{0xC0A80000, 16}, Block{0xC6120000, 15}, Block{0xC6336400, 24}, Block{0xCB007100, 24},
    Block{0xE0000000, 3},
};

bool is_public_v4(std::uint32_t address) {
  for (const Block& block : not_public) {
    const std::uint32_t mask = 0xFFFFFFFFU << (32 - block.bits);
    if ((address & mask) == block.network) return false;
  }
  return true;
}

std::uint32_t last_four(const unsigned char* bytes) {
  return static_cast<std::uint32_t>(bytes[12]) << 24U | static_cast<std::uint32_t>(bytes[13]) << 16U |
         static_cast<std::uint32_t>(bytes[14]) << 8U | bytes[15];
}

bool is_public_v6(const unsigned char* bytes) {
  static constexpr unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  static constexpr unsigned char translated[12] = {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};
  if (std::memcmp(bytes, mapped, 12) == 0 || std::memcmp(bytes, translated, 12) == 0) {
    return is_public_v4(last_four(bytes));
  }
  const bool is_global = (bytes[0] & 0xE0U) == 0x20U;  // 2000::/3: everything that is routed
  const bool is_documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8;
  return is_global && !is_documentation;
}

}  // namespace

bool is_public_address(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, address, sizeof v4);
    return is_public_v4(ntohl(v4.sin_addr.s_addr));
  }
  if (address->sa_family != AF_INET6) return false;
  sockaddr_in6 v6{};
  std::memcpy(&v6, address, sizeof v6);
  return is_public_v6(v6.sin6_addr.s6_addr);
}

}  // namespace pao::bot::auth
