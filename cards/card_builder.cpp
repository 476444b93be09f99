#include "cards/card_builder.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>

namespace pao::cards::build {
namespace {

constexpr std::size_t max_summary_bytes = 200;
constexpr std::size_t max_button_title_bytes = 48;

const char* color(Tone tone) {
  switch (tone) {
    case Tone::good:
      return "good";
    case Tone::warning:
      return "warning";
    case Tone::attention:
      return "attention";
    case Tone::normal:
      break;
  }
  return nullptr;
}

const char* box_style(Box box) {
  switch (box) {
    case Box::emphasis:
      return "emphasis";
    case Box::good:
      return "good";
    case Box::warning:
      return "warning";
    case Box::attention:
      return "attention";
    case Box::plain:
      break;
  }
  return nullptr;
}

// One line end is not shown by Markdown; an empty line is.
std::string paragraphs(std::string_view escaped) {
  std::string out;
  for (const char c : escaped) {
    if (c != '\n') {
      out += c;
    } else if (!out.empty() && out.back() != '\n') {
      out += "\n\n";
    }
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

Json text_block(std::string shown) {
  return {{"type", "TextBlock"}, {"text", std::move(shown)}, {"wrap", true}};
}

Json input_base(const char* type, const Input& input) {
  Json json = {{"type", type}, {"id", input.id}, {"label", clean(input.label)}};
  if (input.required) {
    json["isRequired"] = true;
    json["errorMessage"] = input.error.empty() ? "Complete este campo." : input.error;
  } else if (!input.error.empty()) {
    json["errorMessage"] = input.error;
  }
  if (!input.value.empty()) json["value"] = clean(input.value);
  return json;
}

Json data_object(const Data& data) {
  Json json = Json::object();
  for (const auto& [name, value] : data) json[name] = clean(value);
  return json;
}

// A dialog is opened by Action.Submit only.
Json dialog_action(const Button& button, const std::string& title) {
  Json data = {{"msteams", {{"type", "task/fetch"}}}, {"verb", button.verb}};
  data.update(data_object(button.data));
  return {{"type", "Action.Submit"}, {"title", title}, {"data", std::move(data)}};
}

Json action(const Button& button) {
  const std::string title = clean(shorten(button.title, max_button_title_bytes));
  if (button.opens_dialog) return dialog_action(button, title);
  Json json = {{"type", "Action.Execute"}, {"title", title}, {"verb", button.verb}};
  json["data"] = data_object(button.data);
  // Clients without Action.Execute send a message with the same values; the verb travels among them.
  Json fallback = {{"type", "Action.Submit"}, {"title", title}};
  fallback["data"] = {{"verb", button.verb}};
  fallback["data"].update(json["data"]);
  if (button.kind == Button::Kind::primary) {
    json["style"] = "positive";
    fallback["style"] = "positive";
  }
  if (!button.with_inputs) {
    json["associatedInputs"] = "none";
    fallback["associatedInputs"] = "none";
  }
  json["fallback"] = std::move(fallback);
  return json;
}

Json actions(const std::vector<Button>& buttons) {
  Json list = Json::array();
  for (const Button& button : buttons) list.push_back(action(button));
  return list;
}

std::string render(const std::string& summary, const Blocks& body, const std::vector<Button>& buttons) {
  Json card = {{"$schema", "http://adaptivecards.io/schemas/adaptive-card.json"},
               {"type", "AdaptiveCard"},
               {"version", "1.5"},
               {"lang", "es"},
               {"fallbackText", plain(summary) + " Para verlo completo, actualice Teams o escriba «ayuda»."},
               {"msteams", {{"width", "full"}}},
               {"body", body}};
  if (!buttons.empty()) card["actions"] = actions(buttons);
  // Text that is not UTF-8 must never stop a card.
  return card.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Json heading(std::string_view shown) {
  Json json = text_block(plain(shown));
  json["style"] = "heading";
  json["size"] = "large";
  json["weight"] = "bolder";
  return json;
}

Json section(std::string_view shown, Tone tone) {
  Json json = text_block(plain(shown));
  json["style"] = "heading";
  json["weight"] = "bolder";
  json["spacing"] = "medium";
  if (const char* name = color(tone)) json["color"] = name;
  return json;
}

Json markdown(const std::string& own_markdown, TextStyle style) {
  Json json = text_block(own_markdown);
  if (style.bold) json["weight"] = "bolder";
  if (style.subtle) json["isSubtle"] = true;
  if (style.small) json["size"] = "small";
  if (style.tight) json["spacing"] = "none";
  if (const char* name = color(style.tone)) json["color"] = name;
  return json;
}

Json text(std::string_view shown, TextStyle style) {
  return markdown(paragraphs(plain(shown)), style);
}

Json facts(const Facts& rows) {
  Json list = Json::array();
  for (const auto& [title, value] : rows) {
    if (!value.empty()) list.push_back({{"title", plain(title)}, {"value", paragraphs(plain(value))}});
  }
  return {{"type", "FactSet"}, {"facts", std::move(list)}};
}

Json container(Blocks items, Box box) {
  Json json = {{"type", "Container"}};
  if (const char* style = box_style(box)) json["style"] = style;
  json["items"] = std::move(items);
  return json;
}

Json separated(Json block) {
  block["separator"] = true;
  block["spacing"] = "medium";
  return block;
}

Json side_by_side(Blocks left, Blocks right) {
  Json columns = Json::array();
  columns.push_back({{"type", "Column"}, {"width", "stretch"}, {"items", std::move(left)}});
  columns.push_back({{"type", "Column"},
                     {"width", "auto"},
                     {"verticalContentAlignment", "center"},
                     {"items", std::move(right)}});
  return {{"type", "ColumnSet"}, {"columns", std::move(columns)}};
}

Json line_input(const Input& input, int max_length, const std::string& regex) {
  Json json = input_base("Input.Text", input);
  json["maxLength"] = max_length;
  if (!regex.empty()) json["regex"] = regex;
  return json;
}

Json paragraph_input(const Input& input, int max_length) {
  Json json = input_base("Input.Text", input);
  json["isMultiline"] = true;
  json["maxLength"] = max_length;
  return json;
}

Json date_input(const Input& input) {
  Json json = input_base("Input.Date", input);
  // A value in another form would hide the card on some clients.
  if (!input.value.empty() && !parse_date(input.value)) json.erase("value");
  return json;
}

Json choice_input(const Input& input, const std::vector<std::pair<std::string, std::string>>& value_and_title,
                  ChoiceLook look) {
  Json json = input_base("Input.ChoiceSet", input);
  json["style"] = look == ChoiceLook::list ? "compact" : "expanded";
  if (look == ChoiceLook::list) json["placeholder"] = "Elija una opción";
  json["wrap"] = true;
  json["choices"] = Json::array();
  bool among = false;
  for (const auto& [value, title] : value_and_title) {
    json["choices"].push_back({{"title", clean(title)}, {"value", clean(value)}});
    among = among || value == input.value;
  }
  if (!among) json.erase("value");
  return json;
}

Json typeahead_input(const Input& input, const char* dataset, const std::string& title) {
  constexpr int shown_by_teams = 15;
  Json json = input_base("Input.ChoiceSet", input);
  json["style"] = "filtered";
  json["placeholder"] = "Escriba para buscar";
  json["choices"] = Json::array();
  if (!input.value.empty()) {
    json["choices"].push_back(
        {{"title", clean(title.empty() ? input.value : title)}, {"value", clean(input.value)}});
  }
  json["choices.data"] = {
      {"type", "Data.Query"}, {"dataset", dataset}, {"count", shown_by_teams}, {"skip", 0}};
  return json;
}

Json button_row(const std::vector<Button>& buttons) {
  return {{"type", "ActionSet"}, {"spacing", "small"}, {"actions", actions(buttons)}};
}

Card finish(const Draft& draft) {
  Blocks body = draft.body;
  std::vector<Button> buttons = draft.buttons;
  // A phone shows two buttons in a row; the rest of a longer row would be cut off.
  if (buttons.size() > 2) {
    for (std::size_t i = 0; i < buttons.size(); i += 2) {
      const auto first = buttons.begin() + static_cast<std::ptrdiff_t>(i);
      body.push_back(button_row({first, i + 1 < buttons.size() ? first + 2 : first + 1}));
    }
    buttons.clear();
  }
  std::string summary = clean(shorten(draft.summary, max_summary_bytes));
  std::replace(summary.begin(), summary.end(), '\n', ' ');
  Card card{render(summary, body, buttons), summary};
  if (card.json.size() > max_card_bytes) {
    const Blocks short_body = {
        heading(summary),
        text("El contenido es demasiado largo para mostrarlo en una tarjeta. Puede consultarlo en el SMGI o "
             "pedírselo a su asesor.")};
    card.json = render(summary, short_body, {{"Mis pendientes", verb::my_status, {{"pagina", "0"}}}});
  }
  return card;
}

std::string more_line(int hidden) {
  return "y " + std::to_string(hidden) + " más";
}

std::string without_final_period(std::string_view sentence) {
  if (!sentence.empty() && sentence.back() == '.') sentence.remove_suffix(1);
  return std::string(sentence);
}

std::string first_name(std::string_view full_name) {
  return std::string(full_name.substr(0, full_name.find(' ')));
}

}  // namespace pao::cards::build
