// What people read: no word of grading (procedure section 1), no English, nothing that is formatting or a
// mention because somebody typed it, and never "radicada" with a provisional number.
#include "tests/cards/gallery.hpp"
#include "tests/grading_words.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <regex>
#include <set>

namespace {

using nlohmann::json;

const std::set<std::string> shown_names = {"text",         "title",       "value",       "label",
                                           "errorMessage", "placeholder", "fallbackText"};

// Texts that a person reads. Values of choices and data of buttons are ours and not shown.
void collect(const json& node, bool markdown_only, std::vector<std::string>& texts) {
  if (node.is_array()) {
    for (const json& child : node) collect(child, markdown_only, texts);
  }
  if (!node.is_object()) return;
  const std::string type = node.value("type", "");
  for (const auto& [name, value] : node.items()) {
    if (name == "data" || name == "fallback") continue;
    if (!value.is_string()) {
      const bool choices = name == "choices";
      if (!(markdown_only && choices)) collect(value, markdown_only, texts);
      continue;
    }
    if (!shown_names.contains(name)) continue;
    const bool reads_markdown =
        type == "TextBlock" || name == "fallbackText" || (type.empty() && !node.contains("id"));
    if (!markdown_only || reads_markdown) texts.push_back(value.get<std::string>());
  }
}

std::vector<std::string> texts_of(const pao::cards::Card& card, bool markdown_only = false) {
  std::vector<std::string> texts;
  collect(json::parse(card.json), markdown_only, texts);
  if (!markdown_only) texts.push_back(card.summary);
  return texts;
}

bool has_word(const std::string& text, const std::string& words) {
  return std::regex_search(text, std::regex("(^|[^a-zA-Z])(" + words + ")([^a-zA-Z]|$)", std::regex::icase));
}

}  // namespace

TEST_CASE("no card grades anybody") {
  for (const auto& sample : pao::cards::gallery::samples()) {
    CAPTURE(sample.name);
    for (const std::string& text : texts_of(sample.card)) {
      CAPTURE(text);
      CHECK(pao::tests::grading_word(text).empty());
    }
  }
}

TEST_CASE("cards speak Spanish") {
  const std::string words =
      "the|and|your|you|please|status|update|submit|save|cancel|send|error code|click|loading|open|due|late|"
      "overdue|pending|request|progress|next|previous|required|optional|unknown|null|true|false|undefined|"
      "none";
  for (const auto& sample : pao::cards::gallery::samples()) {
    CAPTURE(sample.name);
    for (const std::string& text : texts_of(sample.card)) {
      CAPTURE(text);
      CHECK(!has_word(text, words));
    }
  }
}

TEST_CASE("typed Markdown, HTML, mentions and card functions stay text") {
  // What the hostile text would leave unescaped if it were put in as it is.
  const std::vector<std::string> live = {"<at>", "<b>", "[aquí]", " _ya_", "{{DATE", " &lt;x&gt;"};
  for (const auto& sample : pao::cards::gallery::samples()) {
    CAPTURE(sample.name);
    for (const std::string& text : texts_of(sample.card, true)) {
      CAPTURE(text);
      for (const std::string& mark : live) CHECK(text.find(mark) == std::string::npos);
      CHECK(text.find("**Urgente") == std::string::npos);
    }
  }
}

TEST_CASE("a request with a provisional number is never shown as filed") {
  int provisional = 0;
  for (const auto& sample : pao::cards::gallery::samples()) {
    if (sample.name.find("_provisional") == std::string::npos) continue;
    ++provisional;
    CAPTURE(sample.name);
    bool says_pending = false;
    for (const std::string& text : texts_of(sample.card)) {
      CAPTURE(text);
      CHECK(!has_word(text, "radicadas?"));
      says_pending = says_pending || text.find("endiente de radicar") != std::string::npos;
    }
    CHECK(says_pending);
  }
  CHECK(provisional >= 6);
}

TEST_CASE("a request shows number, type, state, service level, due date and who has it") {
  const auto all = pao::cards::gallery::samples();
  const auto receipt = std::find_if(
      all.begin(), all.end(), [](const auto& sample) { return sample.name == "request_receipt_filed"; });
  REQUIRE(receipt != all.end());
  for (const char* part :
       {"SS-2026-0086", "SS-2, Modificación", "Radicada", "5 días hábiles",
        "Vence el 19 de noviembre de 2026, le quedan 4 días hábiles", "Bruno Páramo (demo)"}) {
    CAPTURE(part);
    CHECK(receipt->card.json.find(part) != std::string::npos);
  }
}
