// The file store beside Teams: downloads and upload sessions that need no token and must get none.
#include "tests/support/teams_server.hpp"

#include <algorithm>
#include <charconv>

namespace pao::tests {

using Json = nlohmann::json;

namespace {

struct Range {
  std::size_t first = 0, last = 0, total = 0;
};

// "bytes 0-99/200".
std::optional<Range> range_of(std::string_view header) {
  Range range;
  const auto number = [&](std::size_t& value, char after) {
    const auto read = std::from_chars(header.data(), header.data() + header.size(), value);
    if (read.ec != std::errc{}) return false;
    header.remove_prefix(static_cast<std::size_t>(read.ptr - header.data()));
    if (after == '\0') return header.empty();
    if (header.empty() || header.front() != after) return false;
    header.remove_prefix(1);
    return true;
  };
  if (header.substr(0, 6) != "bytes ") return std::nullopt;
  header.remove_prefix(6);
  if (!number(range.first, '-') || !number(range.last, '/') || !number(range.total, '\0'))
    return std::nullopt;
  return range.last < range.first || range.last >= range.total ? std::nullopt : std::optional(range);
}

}  // namespace

void SimulatedTeams::Server::add_file_routes() {
  http_.Get(R"(/files/download/(.+))", [this](const httplib::Request& request, httplib::Response& response) {
    const std::lock_guard lock(mutex);
    if (request.has_header("Authorization")) file_tokens.push_back(request.get_header_value("Authorization"));
    if (redirects_files)
      return response.set_redirect("http://localhost:" + std::to_string(port) + request.path);
    const auto file = files.find(request.matches[1]);
    if (file == files.end()) return answer(response, 404, "");
    response.set_content(file->second, "application/octet-stream");
  });
  // A picture in a text: for whoever shows a token, as the real one is for the bot.
  http_.Get(R"(/teams/v3/attachments/([^/]+)/views/original)",
            [this](const httplib::Request& request, httplib::Response& response) {
              const std::lock_guard lock(mutex);
              if (!request.has_header("Authorization")) return answer(response, 401, "");
              file_tokens.push_back(request.get_header_value("Authorization"));
              const auto file = files.find(request.matches[1]);
              if (file == files.end()) return answer(response, 404, "");
              response.set_content(file->second, "image/png");
            });
  // What an upload session has, as long as it is open.
  http_.Get(R"(/files/upload/(.+))", [this](const httplib::Request& request, httplib::Response& response) {
    const std::lock_guard lock(mutex);
    if (request.has_header("Authorization")) file_tokens.push_back(request.get_header_value("Authorization"));
    const std::string name = request.matches[1];
    if (uploads.contains(name)) return answer(response, 404, teams_error("itemNotFound"));
    const std::string next = std::to_string(parts_[name].size()) + "-";
    answer(response, 200, Json{{"nextExpectedRanges", {next}}}.dump());
  });
  // An upload session takes the parts in their order; the last one makes the file.
  http_.Put(R"(/files/upload/(.+))", [this](const httplib::Request& request, httplib::Response& response) {
    const std::lock_guard lock(mutex);
    if (request.has_header("Authorization")) file_tokens.push_back(request.get_header_value("Authorization"));
    const std::string header = request.get_header_value("Content-Range");
    const auto range = range_of(header);
    const std::string name = request.matches[1];
    std::string& part = parts_[name];
    const bool fits =
        range && range->first == part.size() && range->last - range->first + 1 == request.body.size();
    if (!fits) return answer(response, 416, teams_error("invalidRange"));
    upload_ranges.push_back(header);
    part += request.body;
    if (part.size() < range->total) {
      const std::string next = std::to_string(part.size()) + "-";
      return answer(response, 202, Json{{"nextExpectedRanges", {next}}}.dump());
    }
    uploads[name] = std::move(part);
    parts_.erase(name);
    answer(response, 201, Json{{"id", "01" + name}, {"name", name}}.dump());
  });
}

}  // namespace pao::tests
