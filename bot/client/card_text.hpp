// An Adaptive Card as text: what the terminal client shows and asks. Pure; knows no network and no terminal.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pao::bot::client {

// One line to show. Text may hold the Markdown that cards allow: **bold**, _italic_, [links](url), escapes.
struct CardLine {
  enum class Style { normal, heading, subtle, attention, good };
  std::string text;
  Style style = Style::normal;
  int indent = 0;  // levels; a container nested in another is one level deeper
};

// Something the person fills in.
struct CardInput {
  enum class Kind { text, number, date, time, toggle, choice, choices };
  Kind kind = Kind::text;
  std::string id;
  std::string label;  // the placeholder or the id where the card gives none
  std::string hint;   // the placeholder, when there is a label too
  std::string value;  // what the card prefilled; several choices are joined by ","
  bool required = false;
  bool visible = true;  // a hidden input sends its value and is not asked
  std::string error;    // the card's own sentence for a missing value; may be empty
  std::vector<std::pair<std::string, std::string>> choices;  // value and title, in the order shown
  std::string value_on = "true", value_off = "false";        // of a toggle
};

// A button, in the order in which the numbers are shown.
struct CardAction {
  enum class Kind {
    execute,    // sends `verb` and `data` as an invoke
    submit,     // sends `data` as a message
    open_url,   // shows `url`
    show_card,  // shows `card`
  };
  Kind kind = Kind::execute;
  std::string title;
  std::string id;
  std::string verb;
  std::string data = "{}";  // JSON object
  std::string url;
  std::string card;          // JSON of the nested card
  bool takes_inputs = true;  // false: associatedInputs "none"
};

struct CardText {
  std::vector<CardLine> lines;
  std::vector<CardInput> inputs;
  std::vector<CardAction> actions;
};

// Renders a card. Buttons are numbered from `first_number` on. Elements without a text form (images) show
// their alternative text; unknown elements show their fallback, or nothing. A text that is no card object
// gives one line that says so.
CardText card_text(std::string_view card_json, int first_number = 1);
// The same of a card that is parsed already.
CardText text_of_card(const nlohmann::json& card, int first_number = 1);

}  // namespace pao::bot::client
