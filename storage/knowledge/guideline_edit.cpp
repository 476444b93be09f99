#include "storage/knowledge/guideline_edit.hpp"

#include "storage/knowledge/guideline_file.hpp"

#include <algorithm>
#include <vector>

namespace pao::storage::knowledge {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line(text.substr(at, end - at));
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(std::move(line));
    at = end + 1;
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// One line of plain words: what would be read as a heading, a notice or a list mark at its beginning goes.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  const std::size_t first = out.find_first_not_of("#>- ");
  return first == std::string::npos ? "" : out.substr(first);
}

bool heads(const std::string& line, std::string_view code) {
  return line.starts_with("### " + std::string(code)) &&
         (line.size() == 4 + code.size() || line[4 + code.size()] == ' ');
}

// Behind the criterion that begins at `at`.
std::size_t end_of_criterion(const std::vector<std::string>& lines, std::size_t at) {
  std::size_t end = at + 1;
  while (end < lines.size() && !lines[end].starts_with("### ") && !lines[end].starts_with("## ")) ++end;
  return end;
}

std::vector<std::string> block_of(const procedure::Criterion& criterion) {
  return {"### " + criterion.code + " " + one_line(criterion.title), "", one_line(criterion.text), ""};
}

Result<std::string> readable(std::string document) {
  const auto parsed = parse_guideline(document);
  if (parsed) return document;
  return fail(ErrorCode::invalid, "the changed guideline cannot be read",
              "El cambio no quedó guardado. " + parsed.error().front().reason);
}

}  // namespace

std::string with_version(std::string_view document, int term, int version) {
  std::vector<std::string> out;
  bool in_front_matter = false, in_due_dates = false, other_term = false;
  int fences = 0;
  for (const std::string& line : lines_of(document)) {
    if (line == "---" && fences < 2) {
      ++fences;
      in_front_matter = fences == 1;
      in_due_dates = false;
    } else if (in_front_matter) {
      if (line.starts_with("vigencia:")) {
        other_term = line != "vigencia: " + std::to_string(term);
        out.push_back("vigencia: " + std::to_string(term));
        continue;
      }
      if (line.starts_with("version:")) {
        out.push_back("version: " + std::to_string(version));
        continue;
      }
      if (!line.starts_with(" ")) in_due_dates = line.starts_with("due_dates:");
      if (in_due_dates && other_term) continue;
    }
    out.push_back(line);
  }
  return joined(out);
}

Result<std::string> with_criterion(std::string_view document, const procedure::Criterion& criterion) {
  std::vector<std::string> lines = lines_of(document);
  const std::vector<std::string> block = block_of(criterion);
  const auto same =
      std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return heads(line, criterion.code); });
  if (same != lines.end()) {
    const auto at = static_cast<std::size_t>(same - lines.begin());
    const auto place =
        lines.erase(same, lines.begin() + static_cast<std::ptrdiff_t>(end_of_criterion(lines, at)));
    lines.insert(place, block.begin(), block.end());
    return readable(joined(lines));
  }
  const std::string section = "## " + one_line(criterion.section);
  auto place = std::find(lines.begin(), lines.end(), section);
  if (place == lines.end()) {
    if (!lines.empty() && !lines.back().empty()) lines.emplace_back();
    lines.push_back(section);
    lines.emplace_back();
    place = lines.end();
  } else {
    do {
      ++place;
    } while (place != lines.end() && !place->starts_with("## "));
    if (*(place - 1) != "") place = lines.insert(place, "") + 1;
  }
  lines.insert(place, block.begin(), block.end());
  return readable(joined(lines));
}

Result<std::string> without_criterion(std::string_view document, std::string_view code) {
  std::vector<std::string> lines = lines_of(document);
  const auto found =
      std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return heads(line, code); });
  if (found == lines.end()) {
    return fail(ErrorCode::not_found, "no criterion with that code",
                "Este borrador no tiene el criterio " + std::string(code) + ".");
  }
  const auto at = static_cast<std::size_t>(found - lines.begin());
  lines.erase(found, lines.begin() + static_cast<std::ptrdiff_t>(end_of_criterion(lines, at)));
  return readable(joined(lines));
}

std::string with_criteria(std::string_view document, const std::string& title,
                          const std::vector<procedure::Criterion>& criteria) {
  std::vector<std::string> out;
  int fences = 0;
  for (const std::string& line : lines_of(document)) {
    if (line == "---") ++fences;
    out.push_back(line);
    if (fences == 2) break;
  }
  out.insert(out.end(), {"", "# " + one_line(title), ""});
  // A sample keeps its notice: it must stay visible wherever the text is shown.
  if (const auto before = parse_guideline(document); before && !before->notice.empty()) {
    out.insert(out.end(), {"> " + before->notice, ""});
  }
  std::string section;
  for (const procedure::Criterion& criterion : criteria) {
    if (criterion.section != section || section.empty()) {
      section = criterion.section;
      out.insert(out.end(), {"## " + one_line(section), ""});
    }
    const std::vector<std::string> block = block_of(criterion);
    out.insert(out.end(), block.begin(), block.end());
  }
  return joined(out);
}

}  // namespace pao::storage::knowledge
