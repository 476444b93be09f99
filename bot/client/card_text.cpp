#include "bot/client/card_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <utility>

namespace pao::bot::client {
namespace {

using Json = nlohmann::json;
using Style = CardLine::Style;

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return {};
  if (found->is_string()) return found->get<std::string>();
  return found->is_object() || found->is_array() ? std::string{} : found->dump();
}

bool flag_of(const Json& object, const char* key, bool otherwise) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

const Json& list_of(const Json& object, const char* key) {
  static const Json none = Json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : none;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

Style style_of(const Json& block) {
  if (same_word(text_of(block, "style"), "heading") || same_word(text_of(block, "weight"), "bolder"))
    return Style::heading;
  const auto color = text_of(block, "color");
  if (same_word(color, "attention") || same_word(color, "warning")) return Style::attention;
  if (same_word(color, "good")) return Style::good;
  return flag_of(block, "isSubtle", false) ? Style::subtle : Style::normal;
}

// Walks a card and collects lines, inputs and buttons in reading order.
class Renderer {
 public:
  explicit Renderer(int first_number) : number_(first_number) {}

  CardText card(const Json& card) && {
    blocks(list_of(card, "body"), 0);
    buttons(list_of(card, "actions"), 0);
    return std::move(out_);
  }

 private:
  void line(std::string text, Style style, int indent) {
    std::size_t begin = 0;
    while (begin <= text.size()) {
      const auto end = std::min(text.find('\n', begin), text.size());
      if (end > begin || text.empty()) out_.lines.push_back({text.substr(begin, end - begin), style, indent});
      begin = end + 1;
    }
  }

  void blocks(const Json& items, int indent) {
    for (const auto& item : items)
      if (item.is_object()) block(item, indent);
  }

  void block(const Json& item, int indent) {
    const auto type = text_of(item, "type");
    if (type.rfind("Input.", 0) == 0) return input(item, type.substr(6), indent);
    if (!flag_of(item, "isVisible", true)) return;
    if (flag_of(item, "separator", false)) out_.lines.push_back({});
    if (type == "TextBlock") return line(text_of(item, "text"), style_of(item), indent);
    if (type == "RichTextBlock") return rich_text(item, indent);
    if (type == "FactSet") return facts(item, indent);
    if (type == "Container" || type == "TableCell") return container(item, indent);
    if (type == "ColumnSet") return columns(list_of(item, "columns"), indent);
    if (type == "Table") return table(item, indent);
    if (type == "ActionSet") return button_row(list_of(item, "actions"), indent);
    if (type == "Image") return alternative(item, indent);
    if (item.contains("fallback") && item["fallback"].is_object()) block(item["fallback"], indent);
  }

  void rich_text(const Json& item, int indent) {
    std::string text;
    for (const auto& run : list_of(item, "inlines"))
      text += run.is_string() ? run.get<std::string>() : text_of(run, "text");
    line(std::move(text), Style::normal, indent);
  }

  void facts(const Json& item, int indent) {
    for (const auto& fact : list_of(item, "facts"))
      line("**" + text_of(fact, "title") + "** " + text_of(fact, "value"), Style::normal, indent);
  }

  void container(const Json& item, int indent) {
    blocks(list_of(item, "items"), indent);
    if (item.contains("selectAction")) button(item["selectAction"], indent);
  }

  // One line for columns of one line each, as the eye reads them; otherwise one below the other.
  void columns(const Json& columns, int indent) {
    const auto before = out_.lines.size();
    bool one_line_each = true;
    for (const auto& column : columns) {
      if (!column.is_object() || !flag_of(column, "isVisible", true)) continue;
      const auto start = out_.lines.size();
      const auto buttons_before = out_.actions.size(), inputs_before = out_.inputs.size();
      container(column, indent);
      one_line_each = one_line_each && out_.lines.size() - start <= 1 &&
                      out_.actions.size() == buttons_before && out_.inputs.size() == inputs_before;
    }
    if (one_line_each) join_from(before);
  }

  void join_from(std::size_t first) {
    if (out_.lines.size() < first + 2) return;
    auto& joined = out_.lines[first];
    for (auto i = first + 1; i < out_.lines.size(); ++i) joined.text += "   " + out_.lines[i].text;
    out_.lines.resize(first + 1);
  }

  void table(const Json& item, int indent) {
    for (const auto& row : list_of(item, "rows")) {
      const auto before = out_.lines.size();
      for (const auto& cell : list_of(row, "cells")) blocks(list_of(cell, "items"), indent);
      join_from(before);
    }
  }

  void alternative(const Json& item, int indent) {
    const auto text = text_of(item, "altText");
    if (!text.empty()) line("(" + text + ")", Style::subtle, indent);
  }

  void input(const Json& item, const std::string& kind, int indent) {
    CardInput input;
    input.id = text_of(item, "id");
    if (input.id.empty()) return;
    input.hint = text_of(item, "placeholder");
    input.label = text_of(item, "label");
    if (input.label.empty()) input.label = text_of(item, "title");
    if (input.label.empty()) input.label = std::exchange(input.hint, {});
    if (input.label.empty()) input.label = input.id;
    input.value = text_of(item, "value");
    input.required = flag_of(item, "isRequired", false);
    input.visible = flag_of(item, "isVisible", true);
    input.error = text_of(item, "errorMessage");
    if (kind == "Number") input.kind = CardInput::Kind::number;
    if (kind == "Date") input.kind = CardInput::Kind::date;
    if (kind == "Time") input.kind = CardInput::Kind::time;
    if (kind == "Toggle") toggle(item, input);
    if (kind == "ChoiceSet") {
      input.kind = flag_of(item, "isMultiSelect", false) ? CardInput::Kind::choices : CardInput::Kind::choice;
      for (const auto& choice : list_of(item, "choices"))
        input.choices.emplace_back(text_of(choice, "value"), text_of(choice, "title"));
    }
    if (input.visible)
      line("▢ " + input.label + (input.required ? " *" : "") + shown_value(input), Style::normal, indent);
    out_.inputs.push_back(std::move(input));
  }

  static void toggle(const Json& item, CardInput& input) {
    input.kind = CardInput::Kind::toggle;
    if (item.contains("valueOn")) input.value_on = text_of(item, "valueOn");
    if (item.contains("valueOff")) input.value_off = text_of(item, "valueOff");
    if (input.value.empty()) input.value = input.value_off;
  }

  static std::string shown_value(const CardInput& input) {
    if (input.value.empty()) return {};
    if (input.kind == CardInput::Kind::toggle) return input.value == input.value_on ? ": sí" : ": no";
    for (const auto& [value, title] : input.choices)
      if (value == input.value) return ": " + title;
    return ": " + input.value;
  }

  void buttons(const Json& actions, int indent) {
    for (const auto& action : actions)
      if (action.is_object()) button(action, indent);
  }

  // The buttons of a part of the card stand side by side.
  void button_row(const Json& actions, int indent) {
    const auto before = out_.lines.size();
    buttons(actions, indent);
    join_from(before);
  }

  void button(const Json& item, int indent) {
    static const std::vector<std::pair<std::string, CardAction::Kind>> kinds = {
        {"Action.Execute", CardAction::Kind::execute},
        {"Action.Submit", CardAction::Kind::submit},
        {"Action.OpenUrl", CardAction::Kind::open_url},
        {"Action.ShowCard", CardAction::Kind::show_card}};
    const auto type = text_of(item, "type");
    const auto kind =
        std::find_if(kinds.begin(), kinds.end(), [&](const auto& known) { return known.first == type; });
    if (kind == kinds.end()) {
      if (item.contains("fallback") && item["fallback"].is_object()) button(item["fallback"], indent);
      return;
    }
    CardAction action;
    action.kind = kind->second;
    action.title = text_of(item, "title");
    action.id = text_of(item, "id");
    action.verb = text_of(item, "verb");
    if (item.contains("data") && item["data"].is_object()) action.data = item["data"].dump();
    action.url = text_of(item, "url");
    if (item.contains("card")) action.card = item["card"].dump();
    action.takes_inputs = text_of(item, "associatedInputs") != "none";
    line("[" + std::to_string(number_++) + "] " + action.title, Style::normal, indent + 1);
    out_.actions.push_back(std::move(action));
  }

  CardText out_;
  int number_;
};

}  // namespace

CardText card_text(std::string_view card_json, int first_number) {
  return text_of_card(Json::parse(card_json, nullptr, false), first_number);
}

CardText text_of_card(const Json& card, int first_number) {
  if (!card.is_object()) {
    CardText unreadable;
    unreadable.lines.push_back({"(tarjeta que no se puede leer)", Style::attention, 0});
    return unreadable;
  }
  return Renderer(first_number).card(card);
}

}  // namespace pao::bot::client
