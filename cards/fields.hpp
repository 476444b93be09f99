// The one table of everything a form can ask: label, kind of input, hint, and what to say when it is wrong.
// A field that a new guideline brings and this table does not know is asked as a line of text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pao::cards {

enum class FieldKind {
  identity,   // names the item or the period: shown, not asked, when the item tells it
  line,       // one line of text
  paragraph,  // several lines of text
  percent,    // 0 to 100, at most two decimals, comma or point
  number,     // decimals with comma, no points
  pesos,      // whole pesos, points between thousands allowed
  date,
  choice,
  evidence,       // name of a file or link
  evidence_kind,  // one of the kinds that the practice accepts
  computed,       // shown, never asked
};

struct FieldChoice {
  std::string value;
  std::string title;
};

struct FieldSpec {
  std::string name;
  std::string label;
  FieldKind kind = FieldKind::line;
  std::string hint = {};  // under the input; may be empty
  std::vector<FieldChoice> choices = {};
};

// Never fails: an unknown name gives a line of text with a label made from its words.
FieldSpec field_spec(std::string_view field);

// Where the table has it: the order in which people are asked. Unknown names come last.
std::size_t field_position(std::string_view field);

// "nuevo_campo" → "Nuevo campo".
std::string words_of_id(std::string_view id);

}  // namespace pao::cards
