// Loads a guideline written in Word as a draft: its text from the document, its rules (periodicity, cut-off,
// fields …) from the version in force of the same practice, which only a Markdown file can state.
#pragma once

#include "storage/import/docx_reader.hpp"
#include "storage/import/import_report.hpp"
#include "storage/session.hpp"

#include <optional>
#include <span>
#include <string>

namespace pao::storage::import {

struct DocxSource {
  std::string file;  // name without folder
  std::vector<DocxParagraph> paragraphs;
};

// Problems go into the report; nothing when the file cannot be used.
std::optional<DocxSource> read_docx_file(std::string file, std::string_view bytes, ImportReport& report);

// The practice is the one that the name of the file begins with ("riesgos.docx", "riesgos-2027.docx"); the
// vigencia is the year in the name, or else the one in the title. The version is the next one of the two; the
// same text again changes nothing. What was not understood goes into the report's notices, by paragraph.
void store_docx(Session& session, std::span<const DocxSource> sources, Instant now, ImportReport& report);

}  // namespace pao::storage::import
