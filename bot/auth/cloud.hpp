// The clouds of the platform. What belongs to one cloud belongs together: a token of one is worth nothing in
// another, and must not be sent there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::auth {

struct Cloud {
  const char* name;
  const char* login_host;             // where the bot's own token is asked for
  const char* scope;                  // of that token
  const char* issuer;                 // of channel tokens
  const char* metadata_url;           // OpenID metadata of the channel's keys
  const char* emulator_metadata_url;  // the same for emulator tokens; empty: not known for this cloud
  const char* fallback_service_url;  // where a conversation is opened with somebody who never wrote; or empty
  std::vector<std::string> connector_hosts;  // may receive the bot's token, with their subdomains
};

// public, gcc, gcc-high, dod, china. GCC signs in and verifies as the public cloud does, and so does DoD as
// GCC High; their connectors differ.
const std::vector<Cloud>& clouds();

// Null for a name not in the list.
const Cloud* find_cloud(std::string_view name);

std::string token_url(const Cloud& cloud, std::string_view tenant);

// The part of a cloud that a configured value would replace.
enum class CloudPart {
  issuer,
  metadata_url,
  emulator_metadata_url,
  token_url,
  scope,
  connector_host,
  fallback
};

// The names ("gcc-high or dod") of the clouds that `value` belongs to when it is not `ours` too; empty when
// it is ours or nobody's (a test's, a private address).
std::string foreign_cloud(const Cloud& ours, CloudPart part, std::string_view value);

}  // namespace pao::bot::auth
