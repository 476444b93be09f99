#include "storage/import/docx_guideline.hpp"

#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace pao::storage::import {
namespace {

using procedure::Criterion;

constexpr std::size_t longest_heading = 160;  // bytes; a longer numbered paragraph is text
constexpr const char* only_section = "Lineamientos";

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// "3.2. Cómo se redacta" → depth 2, behind the numeral; depth 0 when it begins with none.
struct Numeral {
  int depth = 0;
  std::size_t length = 0;
};
Numeral numeral_of(std::string_view text) {
  Numeral numeral;
  std::size_t at = 0;
  while (at < text.size() && digit(text[at])) {
    std::size_t end = at;
    while (end < text.size() && digit(text[end])) ++end;
    if (end - at > 2) return {};  // a year or an amount
    ++numeral.depth;
    at = end;
    if (at + 1 < text.size() && text[at] == '.' && digit(text[at + 1])) {
      ++at;
      continue;
    }
    break;
  }
  if (numeral.depth == 0) return {};
  const bool marked = at < text.size() && (text[at] == '.' || text[at] == ')' || text[at] == '-');
  if (marked) ++at;
  if (at >= text.size() || text[at] != ' ') return {};
  if (!marked && numeral.depth == 1) return {};  // "5 días hábiles …"
  while (at < text.size() && text[at] == ' ') ++at;
  numeral.length = at;
  return numeral;
}

bool is_code(std::string_view text) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() == 6 && std::all_of(text.begin(), text.begin() + 3, capital) && text[3] == '-' &&
         digit(text[4]) && digit(text[5]);
}

// A paragraph that begins something: how deep, and its words without numeral and code.
struct Heading {
  int depth = 0;  // 0: none
  std::string code;
  std::string text;
};
Heading heading_of(const DocxParagraph& paragraph) {
  Heading heading{.depth = paragraph.heading, .text = paragraph.text};
  const Numeral numeral = numeral_of(heading.text);
  if (numeral.depth > 0) {
    const bool reads_as_heading = heading.text.size() <= longest_heading && heading.text.back() != '.' &&
                                  heading.text.back() != ';' && heading.text.back() != ',';
    if (heading.depth == 0 && reads_as_heading) heading.depth = numeral.depth;
    if (heading.depth > 0) heading.text.erase(0, numeral.length);
  }
  const std::size_t space = heading.text.find(' ');
  const std::string_view first = std::string_view(heading.text).substr(0, space);
  if (is_code(first) && space != std::string::npos && heading.text.size() <= longest_heading) {
    heading.code = first;
    heading.text.erase(0, heading.text.find_first_not_of(' ', space));
    if (heading.depth == 0) heading.depth = 9;  // a code alone makes a criterion
  }
  return heading;
}

// Gives codes: the written one, that of the same title before, or the next free one.
class Codes {
 public:
  Codes(std::string_view prefix, std::span<const Criterion> before) : prefix_(prefix), before_(before) {
    for (const Criterion& one : before)
      last_ = std::max(last_, (one.code[4] - '0') * 10 + (one.code[5] - '0'));
  }

  // Empty when the prefix has no free code left.
  std::string take(const std::string& written, const std::string& title) {
    if (!written.empty()) return used_.insert(written).second ? written : "";
    const std::string folded = knowledge::fold(title);
    for (const Criterion& one : before_) {
      if (knowledge::fold(one.title) == folded && used_.insert(one.code).second) return one.code;
    }
    while (last_ < 99) {
      ++last_;
      std::string code = prefix_ + "-" + (last_ < 10 ? "0" : "") + std::to_string(last_);
      if (used_.insert(code).second) return code;
    }
    return "";
  }

 private:
  std::string prefix_;
  std::span<const Criterion> before_;
  std::set<std::string> used_;
  int last_ = 0;
};

class Splitter {
 public:
  Splitter(std::string_view prefix, std::span<const Criterion> before, int section_depth)
      : prefix_(prefix), codes_(prefix, before), section_depth_(section_depth) {}

  void take(const DocxParagraph& paragraph) {
    if (paragraph.has_picture) complain(paragraph.number, "Hay una imagen; no se importó.");
    if (paragraph.text.empty()) return;
    if (paragraph.in_table) return add_table_cell(paragraph);
    if (paragraph.is_title) return add_title(paragraph);
    const Heading heading = heading_of(paragraph);
    if (heading.depth == 0) return add_text(paragraph);
    close();
    if (heading.depth <= section_depth_ && heading.code.empty()) {
      section_ = heading.text;
      return;
    }
    open(paragraph.number, heading);
  }

  DocxGuideline finish() {
    close();
    if (out_.criteria.empty()) complain(0, "No encontré encabezados ni numerales que separen criterios.");
    return std::move(out_);
  }

 private:
  void complain(std::size_t paragraph, std::string reason) {
    out_.not_understood.push_back({paragraph, std::move(reason)});
  }

  void add_title(const DocxParagraph& paragraph) {
    if (out_.title.empty()) {
      out_.title = paragraph.text;
    } else {
      complain(paragraph.number, "Hay otro título: «" + paragraph.text.substr(0, 80) + "».");
    }
  }

  // One notice a table, however many cells it has.
  void add_table_cell(const DocxParagraph& paragraph) {
    if (last_table_cell_ + 1 != paragraph.number)
      complain(paragraph.number, "Aquí empieza una tabla; no se importó.");
    last_table_cell_ = paragraph.number;
  }

  void open(std::size_t paragraph, const Heading& heading) {
    if (heading.text.empty()) return complain(paragraph, "Encabezado sin palabras.");
    if (!heading.code.empty() && heading.code.substr(0, 3) != prefix_) {
      return complain(paragraph,
                      "El código " + heading.code + " no es de esta práctica; su texto no se importó.");
    }
    const std::string code = codes_.take(heading.code, heading.text);
    if (code.empty()) {
      return complain(paragraph, heading.code.empty() ? "No quedan códigos libres para este criterio."
                                                      : "El código " + heading.code + " está repetido.");
    }
    current_ =
        Criterion{.code = code, .section = section_.empty() ? only_section : section_, .title = heading.text};
    current_paragraph_ = paragraph;
  }

  void add_text(const DocxParagraph& paragraph) {
    if (!current_)
      return complain(paragraph.number, "Texto fuera de un criterio: «" + shown(paragraph.text) + "».");
    if (!current_->text.empty()) current_->text += ' ';
    current_->text += paragraph.text;
  }

  void close() {
    if (!current_) return;
    if (current_->text.empty()) {
      complain(current_paragraph_, "El encabezado «" + shown(current_->title) + "» no tiene texto.");
    } else {
      out_.criteria.push_back(std::move(*current_));
    }
    current_.reset();
  }

  // The beginning, cut between characters.
  static std::string shown(const std::string& text) {
    std::size_t end = std::min<std::size_t>(text.size(), 60);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + (end < text.size() ? "…" : "");
  }

  std::string prefix_;
  Codes codes_;
  int section_depth_;
  DocxGuideline out_;
  std::string section_;
  std::optional<Criterion> current_;
  std::size_t current_paragraph_ = 0;
  std::size_t last_table_cell_ = 0;
};

// How deep the headings are that are sections: the highest level, when all of its headings are followed by a
// deeper one before any text; else none.
int section_depth_of(std::span<const DocxParagraph> paragraphs) {
  int highest = 10;
  for (const DocxParagraph& paragraph : paragraphs) {
    if (paragraph.text.empty() || paragraph.in_table || paragraph.is_title) continue;
    const Heading heading = heading_of(paragraph);
    if (heading.depth > 0 && heading.code.empty()) highest = std::min(highest, heading.depth);
  }
  std::size_t with_text = 0, with_heading = 0;
  bool open = false;
  for (const DocxParagraph& paragraph : paragraphs) {
    if (paragraph.text.empty() || paragraph.in_table || paragraph.is_title) continue;
    const Heading heading = heading_of(paragraph);
    if (open) ++(heading.depth == 0 ? with_text : with_heading);
    open = heading.depth == highest && heading.code.empty();
  }
  return with_heading > with_text ? highest : 0;
}

}  // namespace

DocxGuideline split_into_criteria(std::span<const DocxParagraph> paragraphs, std::string_view prefix,
                                  std::span<const Criterion> before) {
  Splitter splitter(prefix, before, section_depth_of(paragraphs));
  for (const DocxParagraph& paragraph : paragraphs) splitter.take(paragraph);
  return splitter.finish();
}

}  // namespace pao::storage::import
