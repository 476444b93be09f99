#include "tests/acceptance/seen.hpp"

#include <doctest/doctest.h>

#include <functional>

namespace pao::tests {
namespace {

using json = nlohmann::ordered_json;

std::string member(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Every object of the card, parents before children, in reading order. What is shown only by clients without
// the card's elements ("fallback") is passed over.
void each_object(const json& node, const std::function<void(const json&)>& visit) {
  if (node.is_object()) visit(node);
  if (!node.is_structured()) return;
  for (const auto& [name, child] : node.items()) {
    if (name != "fallback" && name != "data") each_object(child, visit);
  }
}

bool is_input(const json& object) {
  return member(object, "type").rfind("Input.", 0) == 0;
}

void add_button(const json& object, std::vector<SeenButton>& into) {
  if (member(object, "type") != "Action.Execute") return;
  SeenButton button{.title = member(object, "title"), .verb = member(object, "verb")};
  const json data = object.value("data", json::object());
  for (const auto& [name, value] : data.items()) {
    if (value.is_string()) button.data[name] = value.get<std::string>();
  }
  into.push_back(std::move(button));
}

// Texts are escaped for Teams' Markdown; a person reads them without the marks.
std::string unescaped(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool mark =
        text[i] == '\\' && i + 1 < text.size() && ispunct(static_cast<unsigned char>(text[i + 1]));
    if (!mark) plain += text[i];
  }
  return plain;
}

}  // namespace

Seen Seen::message(const std::string& activity) {
  const json parsed = json::parse(activity, nullptr, false);
  REQUIRE(parsed.is_object());
  Seen seen;
  seen.text_ = member(parsed, "text");
  const auto attachments = parsed.find("attachments");
  if (attachments == parsed.end()) return seen;
  REQUIRE(attachments->size() == 1);
  const std::string type = member(attachments->front(), "contentType");
  if (type.rfind("application/vnd.microsoft.teams.card.file.", 0) == 0) {
    seen.file_ = attachments->front();
    return seen;
  }
  REQUIRE(type == "application/vnd.microsoft.card.adaptive");
  seen.card_ = attachments->front().at("content");
  return seen;
}

Seen Seen::invoke_answer(const std::string& body) {
  const json parsed = json::parse(body, nullptr, false);
  REQUIRE(parsed.is_object());
  Seen seen;
  if (member(parsed, "type") == "application/vnd.microsoft.error") {
    REQUIRE(parsed.value("statusCode", 0) == 400);
    seen.text_ = member(parsed.at("value"), "message");
    return seen;
  }
  REQUIRE(parsed.value("statusCode", 0) == 200);
  if (member(parsed, "type") == "application/vnd.microsoft.card.adaptive") {
    seen.card_ = parsed.at("value");
  } else {
    REQUIRE(member(parsed, "type") == "application/vnd.microsoft.activity.message");
    seen.text_ = parsed.at("value").get<std::string>();
  }
  return seen;
}

std::string Seen::words() const {
  std::string words = text_ + "\n";
  each_object(card_, [&](const json& object) {
    for (const char* name : {"title", "text", "value", "label", "errorMessage"}) {
      const std::string part = unescaped(member(object, name));
      if (!part.empty()) words += part + "\n";
    }
  });
  return words;
}

bool Seen::shows(std::string_view part) const {
  return words().find(part) != std::string::npos;
}

std::vector<SeenButton> Seen::buttons() const {
  std::vector<SeenButton> found;
  each_object(card_, [&](const json& object) { add_button(object, found); });
  return found;
}

std::vector<SeenButton> Seen::main_buttons() const {
  std::vector<SeenButton> found;
  if (!is_card()) return found;
  for (const json& action : card_.value("actions", json::array())) add_button(action, found);
  return found;
}

SeenButton Seen::button(std::string_view title) const {
  for (SeenButton& button : buttons()) {
    if (button.title == title) return button;
  }
  FAIL("no button \"" << title << "\" in: " << words());
  return {};
}

bool Seen::offers(std::string_view title) const {
  for (const SeenButton& button : buttons()) {
    if (button.title == title) return true;
  }
  return false;
}

std::vector<std::string> Seen::fields() const {
  std::vector<std::string> found;
  each_object(card_, [&](const json& object) {
    if (is_input(object)) found.push_back(member(object, "id"));
  });
  return found;
}

std::vector<std::string> Seen::required_fields() const {
  std::vector<std::string> found;
  each_object(card_, [&](const json& object) {
    if (is_input(object) && object.value("isRequired", false)) found.push_back(member(object, "id"));
  });
  return found;
}

std::string Seen::prefilled(std::string_view field) const {
  std::string value;
  each_object(card_, [&](const json& object) {
    if (is_input(object) && member(object, "id") == field) value = member(object, "value");
  });
  return value;
}

std::string toString(const Seen& seen) {
  return seen.words();
}

}  // namespace pao::tests
