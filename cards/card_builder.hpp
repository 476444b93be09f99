// The parts of an Adaptive Card 1.5, as functions. Internal to cards: the one place that knows the format.
// Texts are escaped unless the function's name says markdown; values of buttons are strings by type.
#pragma once

#include "cards/card.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pao::cards::build {

using Json = nlohmann::ordered_json;
using Blocks = std::vector<Json>;
using Data = std::vector<std::pair<std::string, std::string>>;
using Facts = std::vector<std::pair<std::string, std::string>>;

enum class Tone { normal, good, warning, attention };  // always next to a word that says the same

struct TextStyle {
  bool bold = false;
  bool subtle = false;
  bool small = false;
  bool tight = false;  // close to the block above
  Tone tone = Tone::normal;
};
inline constexpr TextStyle subtle_small{.subtle = true, .small = true, .tight = true};

// ---- Text ----
Json heading(std::string_view text);                                   // the card's title
Json section(std::string_view text, Tone tone = Tone::normal);         // a title inside the card
Json text(std::string_view text, TextStyle style = {});                // escaped
Json markdown(const std::string& own_markdown, TextStyle style = {});  // our own words; parts through plain()
Json facts(const Facts& rows);  // escaped; rows without value are left out

// ---- Layout ----
enum class Box { plain, emphasis, good, warning, attention };
Json container(Blocks items, Box box = Box::plain);
Json separated(Json block);  // with a line above
// Text to the left taking the room, a block as narrow as it can be to the right.
Json side_by_side(Blocks left, Blocks right);

// ---- Inputs: `label` is always visible; `value` may be empty ----
struct Input {
  std::string id;
  std::string label;
  std::string value = {};
  bool required = true;
  std::string error = {};  // empty: "Complete este campo."
};
Json line_input(const Input& input, int max_length, const std::string& regex = {});
Json paragraph_input(const Input& input, int max_length);
Json date_input(const Input& input);
// Suggests from a data set (cards/datasets.hpp) while one types; the value is the id of what is chosen.
// `title` names a value that is there already.
Json typeahead_input(const Input& input, const char* dataset, const std::string& title = {});
enum class ChoiceLook { list, buttons };
// Values that are not among the choices are not preselected.
Json choice_input(const Input& input, const std::vector<std::pair<std::string, std::string>>& value_and_title,
                  ChoiceLook look = ChoiceLook::list);

// ---- Buttons ----
struct Button {
  std::string title;
  const char* verb;  // of cards/verbs.hpp
  Data data;
  enum class Kind { primary, normal } kind = Kind::normal;
  // Whether the inputs of the card go along and must be filled in. False where a card also has a form that
  // this button leaves.
  bool with_inputs = true;
  // The answer opens in a dialog that only who presses sees, instead of replacing the card: for cards in
  // conversations with others.
  bool opens_dialog = false;
};
Json button_row(const std::vector<Button>& buttons);

// ---- The card ----
struct Draft {
  std::string summary;  // plain Spanish, not escaped
  Blocks body;
  std::vector<Button> buttons = {};
};
// Within `max_card_bytes`: a card that would be longer becomes one that says so and offers the pending list.
Card finish(const Draft& draft);

std::string without_final_period(std::string_view sentence);  // to go on after it
std::string more_line(int hidden);                            // "y 3 más"
std::string first_name(std::string_view full_name);           // "Ana" of "Ana Ceiba"

}  // namespace pao::cards::build
