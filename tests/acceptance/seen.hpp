// A message of the service the way a person in Teams sees it: words, fields, buttons.
#pragma once

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pao::tests {

struct SeenButton {
  std::string title;
  std::string verb;
  std::map<std::string, std::string> data;
};

class Seen {
 public:
  Seen() = default;
  // Of a message activity, as the connector received it.
  static Seen message(const std::string& activity);
  // Of the body that an invoke was answered with: a card that takes the place of the old one, or a sentence.
  static Seen invoke_answer(const std::string& body);

  bool is_card() const { return !card_.is_null(); }
  const std::string& text() const { return text_; }  // beside the card
  // The question whether a file may be stored, or the file itself: name, contentType, content; null without.
  const nlohmann::ordered_json& file() const { return file_; }
  std::string words() const;  // all that can be read, a line each
  bool shows(std::string_view part) const;

  std::vector<SeenButton> buttons() const;          // in reading order
  std::vector<SeenButton> main_buttons() const;     // those at the foot of the card
  SeenButton button(std::string_view title) const;  // the test fails when there is none
  bool offers(std::string_view title) const;

  std::vector<std::string> fields() const;           // ids of the inputs, in reading order
  std::vector<std::string> required_fields() const;  // those that must be filled in
  std::string prefilled(std::string_view field) const;

 private:
  std::string text_;
  nlohmann::ordered_json card_;
  nlohmann::ordered_json file_;
};

// For messages of doctest.
std::string toString(const Seen& seen);

}  // namespace pao::tests
