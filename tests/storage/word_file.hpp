// Real Word documents for tests: the parts of an Office Open XML package in a zip.
#pragma once

#include "tests/storage/temporary_store.hpp"

#include <zip.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace pao::storage::test {

inline std::string zipped(const std::map<std::string, std::string>& parts) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "parts.zip";
  int error = 0;
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  REQUIRE(archive != nullptr);
  for (const auto& [name, bytes] : parts) {
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    REQUIRE(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
  }
  REQUIRE(zip_close(archive) == 0);
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// A paragraph of that style; `more` are further properties.
inline std::string word_paragraph(const std::string& text, const std::string& style = "",
                                  const std::string& more = "") {
  const std::string named = style.empty() ? "" : "<w:pStyle w:val=\"" + style + "\"/>";
  return "<w:p><w:pPr>" + named + more + "</w:pPr><w:r><w:t xml:space=\"preserve\">" + text +
         "</w:t></w:r></w:p>";
}

inline std::string word_file(const std::string& body) {
  const std::string xmlns = " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  const auto style = [](const char* id, const char* name, const char* more) {
    return std::string("<w:style w:type=\"paragraph\" w:styleId=\"") + id + "\"><w:name w:val=\"" + name +
           "\"/>" + more + "</w:style>";
  };
  return zipped(
      {{"[Content_Types].xml",
        head + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
               "Extension=\"rels\" "
               "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
               "Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" "
               "ContentType=\"application/"
               "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
               "</Types>"},
       {"_rels/.rels",
        head + "<Relationships "
               "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
               "Id=\"rId1\" "
               "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
               "Target=\"word/document.xml\"/></Relationships>"},
       {"word/document.xml",
        head + "<w:document" + xmlns + "><w:body>" + body + "<w:sectPr/></w:body></w:document>"},
       {"word/styles.xml", head + "<w:styles" + xmlns + ">" + style("Title", "Title", "") +
                               style("Heading1", "heading 1", "") + style("Heading2", "heading 2", "") +
                               style("Propio", "Estilo de la entidad", "<w:basedOn w:val=\"Heading2\"/>") +
                               style("Nivel", "Nivel propio", "<w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>") +
                               "</w:styles>"}});
}

}  // namespace pao::storage::test
