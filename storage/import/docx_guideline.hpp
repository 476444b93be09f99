// From the paragraphs of a Word document to the criteria of a guideline: headings and numerals tell where one
// begins. What could not be understood is told by paragraph, and never guessed.
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/import/docx_reader.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage::import {

struct ParagraphNotice {
  std::size_t paragraph;  // 0: the document as a whole
  std::string reason;     // Spanish
};

struct DocxGuideline {
  std::string title;  // empty: none was found
  std::vector<procedure::Criterion> criteria;
  std::vector<ParagraphNotice> not_understood;
};

// A criterion keeps the code written in its heading ("RIE-07 …"), or that of the criterion of `before` with
// the same title; any other gets the next free code of the prefix. Where the highest headings have text of
// their own they are criteria; else they are sections.
DocxGuideline split_into_criteria(std::span<const DocxParagraph> paragraphs, std::string_view prefix,
                                  std::span<const procedure::Criterion> before);

}  // namespace pao::storage::import
