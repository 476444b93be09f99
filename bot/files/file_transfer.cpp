#include "bot/files/file_transfer.hpp"

#include "bot/protocol/json_reader.hpp"
#include "handlers/procedure/file_rules.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace pao::bot::files {
namespace {

constexpr const char* not_reachable =
    "No pude traer el archivo en este momento. Envíelo de nuevo en unos minutos, por favor.";
constexpr const char* has_expired =
    "El enlace del archivo ya venció. Adjúntelo de nuevo en este chat, por favor.";
constexpr const char* not_allowed =
    "El archivo está en un lugar del que no puedo traerlo. Adjúntelo desde su OneDrive o desde su equipo.";

std::string too_large(std::size_t limit) {
  return "El archivo es demasiado grande: recibo hasta " +
         procedure::size_phrase(static_cast<std::int64_t>(limit)) +
         ". Divídalo o envíe uno más liviano, por favor.";
}

Error refusal_of(int status) {
  if (status == 401 || status == 403 || status == 404 || status == 410) {
    return {ErrorCode::not_found, "files: HTTP " + std::to_string(status), has_expired};
  }
  // A redirect is where a token or an inside address would leak to; it is an answer like any other refusal.
  const bool in_passing = status == 408 || status == 429 || status >= 500;
  return {in_passing ? ErrorCode::unavailable : ErrorCode::refused, "files: HTTP " + std::to_string(status),
          in_passing ? not_reachable : not_allowed};
}

// Where an upload session goes on: behind what it has. It is gone when it has made the file, or has expired.
Result<std::size_t> first_missing(const auth::HttpSend& send, const TransferLimits& limits,
                                  const std::string& url, std::size_t size, bool all_left) {
  const auto reply = send({.url = url, .timeout = limits.timeout});
  if (!reply) return fail(ErrorCode::unavailable, "files: " + reply.error().detail, not_reachable);
  if (reply->status == 404 && all_left) return size;
  if (reply->status != 200) return tl::unexpected(refusal_of(reply->status));
  const auto state = protocol::read_json(reply->body);
  if (!state || !state->is_object() || !state->contains("nextExpectedRanges")) return 0;
  const nlohmann::json& ranges = (*state)["nextExpectedRanges"];
  if (!ranges.is_array()) return 0;
  if (ranges.empty()) return size;
  const std::string next = ranges.front().is_string() ? ranges.front().get<std::string>() : "";
  std::size_t first = 0;
  std::from_chars(next.data(), next.data() + next.size(), first);
  return std::min(first, size);
}

}  // namespace

Result<std::string> fetch_file(const auth::HttpSend& send, const FileHosts& hosts,
                               const TransferLimits& limits,
                               const std::function<Result<std::string>()>& token, const std::string& url,
                               bool is_picture) {
  auth::HttpRequest request{.url = url, .timeout = limits.timeout, .max_reply_bytes = limits.max_bytes};
  const bool at_connector = is_picture && url.find("/v3/attachments/") != std::string::npos &&
                            auth::check_service_url(url, hosts.connector).has_value();
  if (at_connector) {
    const auto bearer = token();
    if (!bearer) return tl::unexpected(Error{ErrorCode::unavailable, bearer.error().detail, not_reachable});
    request.headers = {{"Authorization", "Bearer " + *bearer}};
  } else if (const auto allowed = auth::check_service_url(url, hosts.files); !allowed) {
    return fail(ErrorCode::refused, "files: " + allowed.error().detail, not_allowed);
  }
  auto reply = send(request);
  if (!reply) {
    const bool is_large = reply.error().detail.find("too long") != std::string::npos;
    if (is_large) return fail(ErrorCode::refused, "files: too large", too_large(limits.max_bytes));
    return tl::unexpected(Error{ErrorCode::unavailable, "files: " + reply.error().detail, not_reachable});
  }
  if (reply->status != 200) return tl::unexpected(refusal_of(reply->status));
  return std::move(reply->body);
}

Result<void> upload_file(const auth::HttpSend& send, const FileHosts& hosts, const TransferLimits& limits,
                         const std::string& url, std::string_view bytes, UploadState& state) {
  if (const auto allowed = auth::check_service_url(url, hosts.files); !allowed) {
    return fail(ErrorCode::refused, "files: " + allowed.error().detail, not_allowed);
  }
  if (bytes.empty()) return fail(ErrorCode::refused, "files: nothing to upload", not_allowed);
  const auto begin = state.has_begun ? first_missing(send, limits, url, bytes.size(), state.all_left)
                                     : Result<std::size_t>(0);
  if (!begin) return tl::unexpected(begin.error());
  state.has_begun = true;
  for (std::size_t first = *begin; first < bytes.size(); first += limits.part_bytes) {
    const std::string_view part = bytes.substr(first, limits.part_bytes);
    state.all_left = first + part.size() == bytes.size();
    const std::string range = "bytes " + std::to_string(first) + "-" +
                              std::to_string(first + part.size() - 1) + "/" + std::to_string(bytes.size());
    const auto reply =
        send({.method = "PUT",
              .url = url,
              .headers = {{"Content-Range", range}, {"Content-Type", "application/octet-stream"}},
              .body = std::string(part),
              .timeout = limits.timeout});
    if (!reply) return fail(ErrorCode::unavailable, "files: " + reply.error().detail, not_reachable);
    if (reply->status < 200 || reply->status >= 300) return tl::unexpected(refusal_of(reply->status));
  }
  return {};
}

}  // namespace pao::bot::files
