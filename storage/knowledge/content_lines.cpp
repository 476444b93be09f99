#include "storage/knowledge/content_lines.hpp"

#include <algorithm>

namespace pao::storage::knowledge {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string_view> split_trimmed(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    if (const std::string_view part = trim(text.substr(at, end - at)); !part.empty()) out.push_back(part);
    at = end + 1;
  }
  return out;
}

std::vector<std::string_view> content_lines(std::string_view file) {
  std::vector<std::string_view> out = split_trimmed(file, '\n');
  std::erase_if(out, [](std::string_view line) { return line.front() == '#'; });
  return out;
}

std::pair<std::string_view, std::string_view> key_and_value(std::string_view line, char separator) {
  const std::size_t at = line.find(separator);
  if (at == std::string_view::npos) return {trim(line), {}};
  return {trim(line.substr(0, at)), trim(line.substr(at + 1))};
}

}  // namespace pao::storage::knowledge
