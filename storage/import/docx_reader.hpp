// The paragraphs of a Word document (.docx: a zip of XML parts), in reading order, with what they are.
#pragma once

#include "handlers/procedure/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage::import {

struct DocxParagraph {
  std::size_t number = 0;  // 1 is the first of the document, empty ones counted, as Word counts them
  std::string text;        // one line; text marked as deleted is left out
  int heading = 0;         // 1…9 by style or outline level; 0: none
  bool is_title = false;   // style "Title"
  bool numbered = false;   // Word numbers it or puts a mark before it
  bool in_table = false;
  bool has_picture = false;
};

// `invalid` when it is no such document, or larger than we read (16 MB a part, 50,000 paragraphs). Nothing of
// it is followed or run: relations, macros, fields and entities are not read.
Result<std::vector<DocxParagraph>> read_docx(std::string_view bytes);

}  // namespace pao::storage::import
