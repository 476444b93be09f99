#include "storage/import/docx_reader.hpp"

#include <pugixml.hpp>
#include <zip.h>

#include <map>
#include <memory>
#include <optional>

namespace pao::storage::import {
namespace {

constexpr zip_uint64_t max_part_bytes = 16u << 20;
constexpr std::size_t max_paragraphs = 50000;

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

tl::unexpected<Error> not_a_document(const char* why) {
  return fail(ErrorCode::invalid, std::string("the file is not a Word document: ") + why,
              "El archivo no es un documento de Word (.docx) que pueda leer.");
}

// `bytes` must outlive it.
Archive open_archive(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return nullptr;
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (archive == nullptr) zip_source_free(source);
  zip_error_fini(&error);
  return Archive(archive);
}

// Nothing when there is no such part or it is too large.
std::optional<std::string> read_part(zip_t* archive, const char* name) {
  zip_stat_t stat;
  if (zip_stat(archive, name, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) return std::nullopt;
  if (stat.size > max_part_bytes) return std::nullopt;
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen(archive, name, 0));
  if (!file) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(stat.size), '\0');
  const zip_int64_t read = zip_fread(file.get(), bytes.data(), stat.size);
  if (read < 0 || static_cast<zip_uint64_t>(read) != stat.size) return std::nullopt;
  return bytes;
}

// Heading level (1…9) and title of each paragraph style, with what it inherits.
struct Style {
  int heading = 0;
  bool is_title = false;
  std::string based_on;
};
using Styles = std::map<std::string, Style>;

int level_in_name(std::string_view name) {
  for (const std::string_view prefix : {std::string_view("heading "), std::string_view("Heading "),
                                        std::string_view("Título "), std::string_view("título ")}) {
    if (name.starts_with(prefix) && name.size() == prefix.size() + 1) {
      const char digit = name.back();
      if (digit >= '1' && digit <= '9') return digit - '0';
    }
  }
  return 0;
}

int outline_level(const pugi::xml_node& properties) {
  const pugi::xml_attribute value = properties.child("w:outlineLvl").attribute("w:val");
  const int level = value ? value.as_int(9) : 9;
  return level >= 0 && level < 9 ? level + 1 : 0;
}

Styles read_styles(const std::string& xml) {
  Styles styles;
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size())) return styles;
  for (const pugi::xml_node& node : document.child("w:styles").children("w:style")) {
    const std::string_view name = node.child("w:name").attribute("w:val").value();
    Style style;
    style.heading = level_in_name(name);
    if (style.heading == 0) style.heading = outline_level(node.child("w:pPr"));
    style.is_title = name == "Title" || name == "Título";
    style.based_on = node.child("w:basedOn").attribute("w:val").value();
    styles.emplace(node.attribute("w:styleId").value(), std::move(style));
  }
  for (auto& [id, style] : styles) {
    std::string parent = style.based_on;
    for (int depth = 0; depth < 10 && style.heading == 0 && !style.is_title && !parent.empty(); ++depth) {
      const auto found = styles.find(parent);
      if (found == styles.end()) break;
      style.heading = found->second.heading;
      style.is_title = found->second.is_title;
      parent = found->second.based_on;
    }
  }
  return styles;
}

// What is read of a run; everything else of a paragraph is passed over.
void add_text(const pugi::xml_node& node, DocxParagraph& into) {
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (name == "w:t") {
      into.text += child.text().get();
    } else if (name == "w:tab" || name == "w:br" || name == "w:cr") {
      into.text += ' ';
    } else if (name == "w:noBreakHyphen") {
      into.text += '-';
    } else if (name == "w:drawing" || name == "w:pict" || name == "w:object") {
      into.has_picture = true;
    } else if (name == "w:r" || name == "w:hyperlink" || name == "w:ins" || name == "w:smartTag" ||
               name == "w:sdt" || name == "w:sdtContent" || name == "w:fldSimple") {
      add_text(child, into);
    }
  }
}

// Blanks at the ends and between words count as one.
std::string one_line(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool no_break_space = text.compare(i, 2, "\xC2\xA0") == 0;
    if (no_break_space || static_cast<unsigned char>(text[i]) <= ' ') {
      if (!out.empty() && out.back() != ' ') out += ' ';
      if (no_break_space) ++i;
    } else {
      out += text[i];
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

DocxParagraph paragraph_of(const pugi::xml_node& node, const Styles& styles, std::size_t number,
                           bool in_table) {
  DocxParagraph paragraph{.number = number};
  const pugi::xml_node properties = node.child("w:pPr");
  const auto style = styles.find(properties.child("w:pStyle").attribute("w:val").value());
  if (style != styles.end()) {
    paragraph.heading = style->second.heading;
    paragraph.is_title = style->second.is_title;
  }
  if (const int level = outline_level(properties)) paragraph.heading = level;
  paragraph.numbered = !properties.child("w:numPr").empty();
  paragraph.in_table = in_table;
  add_text(node, paragraph);
  paragraph.text = one_line(paragraph.text);
  return paragraph;
}

// True while there is room for more.
bool add_paragraphs(const pugi::xml_node& parent, const Styles& styles, bool in_table,
                    std::vector<DocxParagraph>& into) {
  for (const pugi::xml_node& node : parent.children()) {
    const std::string_view name = node.name();
    if (name == "w:p") {
      if (into.size() == max_paragraphs) return false;
      into.push_back(paragraph_of(node, styles, into.size() + 1, in_table));
    } else if (name == "w:tbl" || name == "w:tr" || name == "w:tc" || name == "w:sdt" ||
               name == "w:sdtContent" || name == "w:ins") {
      if (!add_paragraphs(node, styles, in_table || name == "w:tbl", into)) return false;
    }
  }
  return true;
}

}  // namespace

Result<std::vector<DocxParagraph>> read_docx(std::string_view bytes) {
  const Archive archive = open_archive(bytes);
  if (!archive) return not_a_document("no zip archive");
  const std::optional<std::string> text = read_part(archive.get(), "word/document.xml");
  if (!text) return not_a_document("no readable word/document.xml");
  pugi::xml_document document;
  if (!document.load_buffer(text->data(), text->size(), pugi::parse_default | pugi::parse_ws_pcdata)) {
    return not_a_document("word/document.xml is not XML");
  }
  const pugi::xml_node body = document.child("w:document").child("w:body");
  if (!body) return not_a_document("no body");
  const Styles styles = read_styles(read_part(archive.get(), "word/styles.xml").value_or(""));
  std::vector<DocxParagraph> paragraphs;
  if (!add_paragraphs(body, styles, false, paragraphs)) {
    return fail(ErrorCode::invalid, "the Word document has more than 50,000 paragraphs",
                "El documento es demasiado largo.");
  }
  return paragraphs;
}

}  // namespace pao::storage::import
