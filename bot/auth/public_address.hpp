// Whether an address is out on the internet: a host on a list can still resolve to a machine that nobody
// outside should reach through us.
#pragma once

#include <sys/socket.h>

namespace pao::bot::auth {

// False for private, loopback, link-local, shared, multicast and reserved ranges, also inside IPv6, and for
// families that are not IP.
bool is_public_address(const sockaddr* address);

}  // namespace pao::bot::auth
