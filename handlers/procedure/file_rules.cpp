#include "handlers/procedure/file_rules.hpp"

#include <algorithm>
#include <array>

namespace pao::procedure {
namespace {

using namespace std::string_view_literals;

struct FileType {
  std::string_view type;
  std::string_view begins;  // "": plain text, told by having no zero byte
};
constexpr std::array types{
    FileType{"pdf", "%PDF"sv},
    FileType{"docx", "PK\x03\x04"sv},
    FileType{"xlsx", "PK\x03\x04"sv},
    FileType{"pptx", "PK\x03\x04"sv},
    FileType{"doc", "\xD0\xCF\x11\xE0"sv},
    FileType{"xls", "\xD0\xCF\x11\xE0"sv},
    FileType{"msg", "\xD0\xCF\x11\xE0"sv},
    FileType{"png", "\x89PNG"sv},
    FileType{"jpg", "\xFF\xD8\xFF"sv},
    FileType{"jpeg", "\xFF\xD8\xFF"sv},
    FileType{"gif", "GIF8"sv},
    FileType{"csv", ""sv},
    FileType{"txt", ""sv},
    FileType{"eml", ""sv},
};

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

const FileType* find_type(std::string_view type) {
  const auto* found =
      std::find_if(types.begin(), types.end(), [&](const FileType& row) { return row.type == type; });
  return found == types.end() ? nullptr : found;
}

}  // namespace

std::string evidence_file_type(std::string_view name, std::string_view stated_type) {
  const std::size_t dot = name.rfind('.');
  const std::string ending = lowered(dot == std::string_view::npos ? stated_type : name.substr(dot + 1));
  return find_type(ending) != nullptr ? ending : std::string{};
}

bool begins_like(std::string_view type, std::string_view first_bytes) {
  const FileType* row = find_type(type);
  if (row == nullptr || first_bytes.empty()) return false;
  if (row->begins.empty())
    return first_bytes.substr(0, 2) != "MZ" && first_bytes.find('\0') == std::string_view::npos;
  return first_bytes.substr(0, row->begins.size()) == row->begins;
}

std::string picture_type(std::string_view first_bytes) {
  for (const std::string_view type : {"png"sv, "jpg"sv, "gif"sv}) {
    if (begins_like(type, first_bytes)) return std::string(type);
  }
  return {};
}

std::string evidence_file_types() {
  std::string all;
  for (const FileType& row : types) all += (all.empty() ? "" : ", ") + std::string(row.type);
  return all;
}

std::string size_phrase(std::int64_t bytes) {
  constexpr std::int64_t kilobyte = 1024;
  constexpr std::int64_t megabyte = 1024 * kilobyte;
  if (bytes < kilobyte) return std::to_string(bytes) + " bytes";
  if (bytes < megabyte) return std::to_string((bytes + kilobyte / 2) / kilobyte) + " KB";
  const std::int64_t tenths = (bytes * 10 + megabyte / 2) / megabyte;
  return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10) + " MB";
}

}  // namespace pao::procedure
