// The shape that all files of storage/content/knowledge_* share: lines, "#" comments, "key SEPARATOR value".
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace pao::storage::knowledge {

std::string_view trim(std::string_view text);

// The lines that are neither empty nor a comment, trimmed.
std::vector<std::string_view> content_lines(std::string_view file);

// Parts between separators, trimmed, empty ones left out.
std::vector<std::string_view> split_trimmed(std::string_view text, char separator);

// What stands before and behind the first separator, trimmed; the whole as key when there is none.
std::pair<std::string_view, std::string_view> key_and_value(std::string_view line, char separator);

}  // namespace pao::storage::knowledge
