// A service for several tenants: each of the list is served, and no other, whatever the token says.
#include "tests/acceptance/door.hpp"

#include <doctest/doctest.h>

namespace pao::tests {

TEST_CASE("G05, G07: each listed tenant is served, and no other") {
  const std::string second = "bbbbbbbb-0000-4000-8000-000000000002";
  Door door({channel_key().jwk()}, {{"identity.allowed_tenants", std::string(demo_tenant) + "," + second}});
  const auto body_of = [&](const std::string& tenant) {
    json body = door.message();
    body["conversation"]["tenantId"] = tenant;
    body["channelData"]["tenant"]["id"] = tenant;
    return body;
  };
  for (const std::string& tenant : {std::string(demo_tenant), second}) {
    CAPTURE(tenant);
    door.accepts(door.send(door.token(), body_of(tenant)));
    door.accepts(door.send(door.token({{"tid", tenant}}), body_of(tenant)));
  }
  for (const char* tenant : {"cccccccc-0000-4000-8000-000000000003", "", "common", "organizations"}) {
    CAPTURE(tenant);
    door.refuses(door.send(door.token(), body_of(tenant)), 403);
    door.refuses(door.send(door.token({{"tid", second}}), body_of(tenant)), 403);
  }
}

}  // namespace pao::tests
