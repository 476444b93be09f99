// Moves the bytes of files between the service and where people keep them (reference 3.9). No token of ours
// goes to a host of files, no redirect is followed, and a host on the list that leads to a private address is
// not spoken to.
#pragma once

#include "bot/auth/http_client.hpp"
#include "bot/auth/service_url.hpp"
#include "handlers/procedure/result.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace pao::bot::files {

// Where files may be fetched from and put to; never hosts of the connector, whose calls carry a token.
struct FileHosts {
  auth::HostRules files;      // without our token
  auth::HostRules connector;  // under /v3/attachments/ lie pictures in a text, only for our token
};

struct TransferLimits {
  std::size_t max_bytes = 20U * 1024 * 1024;
  std::chrono::milliseconds timeout{60'000};  // for one request
  // Of an upload: what one request carries. The file store wants multiples of 320 KiB.
  std::size_t part_bytes = 10U * 320 * 1024;
};

// The bytes at that address. `is_picture`: a picture in a text, which may lie at the connector. `refused`
// with a Spanish sentence when it may not be fetched or is too large; `unavailable` when it failed in
// passing; `not_found` when the address has expired.
Result<std::string> fetch_file(const auth::HttpSend& send, const FileHosts& hosts,
                               const TransferLimits& limits,
                               const std::function<Result<std::string>()>& token, const std::string& url,
                               bool is_picture);

// What the tries of one upload before this one have come to.
struct UploadState {
  bool has_begun = false;
  bool all_left = false;  // the last part too: only its answer is missing
};

// Puts the bytes there, in ranges. `refused`, `unavailable` and `not_found` as above. After a try that failed
// in passing it asks the store what it has and goes on from there: it takes no part twice.
Result<void> upload_file(const auth::HttpSend& send, const FileHosts& hosts, const TransferLimits& limits,
                         const std::string& url, std::string_view bytes, UploadState& state);

}  // namespace pao::bot::files
