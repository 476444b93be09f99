// What is larger than Teams takes is shortened, and says so (reference 6.1).
#include "bot/delivery/fitting.hpp"
#include "bot/protocol/outgoing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>

using namespace pao;
using namespace pao::bot::delivery;
using bot::protocol::max_message_utf16_bytes;
using bot::protocol::message_body;
using bot::protocol::utf16_bytes;
using handlers::Content;

namespace {

constexpr std::size_t most_letters = max_message_utf16_bytes / 2;

bool is_sendable(const Content& content) {
  return message_body({.text = content.text,
                       .card = content.card ? std::string_view(content.card->json) : std::string_view(),
                       .extras = &content})
      .has_value();
}

std::string paragraphs(std::size_t bytes) {
  std::string text;
  for (int i = 0; text.size() < bytes; ++i) {
    text += "Párrafo " + std::to_string(i) + ". Con dos frases, y una más larga que la otra.\n\n";
  }
  return text;
}

}  // namespace

TEST_CASE("what fits is left as it is, up to the last unit (checklist 13)") {
  const Content exact{.text = std::string(most_letters, 'a')};
  CHECK(fit(exact, "7").text == exact.text);
  std::string pairs;
  for (std::size_t i = 0; i < most_letters / 2; ++i) pairs += "\xF0\x9F\x91\x8D";
  CHECK(fit({.text = pairs}, "7").text == pairs);
  CHECK(fit({.text = pairs + "a"}, "7").text != pairs + "a");
}

TEST_CASE("a long text ends at a paragraph and says where the rest is") {
  const std::string text = paragraphs(200'000);
  const Content fitted = fit({.text = text}, "123");
  CHECK(is_sendable(fitted));
  CHECK(utf16_bytes(fitted.text) > max_message_utf16_bytes * 9 / 10);
  const std::size_t closing = fitted.text.rfind("\n\n_El mensaje sigue");
  REQUIRE(closing != std::string::npos);
  CHECK(text.substr(0, closing) == fitted.text.substr(0, closing));
  CHECK(text.substr(closing, 2) == "\n\n");
  CHECK(fitted.text.find("número de mensaje 123") != std::string::npos);
}

TEST_CASE("without a paragraph it ends at a line, a sentence, a word, or a character") {
  const auto repeated = [](const std::string& part) {
    std::string text;
    while (text.size() < 150'000) text += part;
    return text;
  };
  for (const char* part : {"una línea\n", "Una frase. ", "palabra ", "ñ", "\xF0\x9F\x91\x8D"}) {
    CAPTURE(part);
    const std::string text = repeated(part);
    const Content fitted = fit({.text = text}, "");
    CHECK(is_sendable(fitted));
    const std::string kept = fitted.text.substr(0, fitted.text.rfind("\n\n_El mensaje sigue"));
    CHECK(text.substr(0, kept.size()) == kept);
    CHECK_NOTHROW(nlohmann::json(kept).dump());  // no character is cut in two
    CHECK(fitted.text.find("número") == std::string::npos);
  }
}

TEST_CASE("a card that is too large becomes the card that says so") {
  Content content{
      .text = "Aquí está.",
      .card = cards::Card{R"({"x":")" + std::string(90'000, 'a') + "\"}", "Reporte de seguimiento"}};
  const Content fitted = fit(content, "9");
  CHECK(is_sendable(fitted));
  CHECK(fitted.text == content.text);
  REQUIRE(fitted.card);
  CHECK(fitted.card->json.find("demasiado grande") != std::string::npos);
  CHECK(fitted.card->json.find("Reporte de seguimiento") != std::string::npos);
  CHECK(fitted.card->json.find("número de mensaje 9") != std::string::npos);
}

TEST_CASE("a card that fits stays when only the text is too long, and sources are counted") {
  Content content{.text = paragraphs(150'000), .card = cards::Card{R"({"x":1})", "s"}};
  for (int i = 0; i < 20; ++i) {
    content.citations.push_back({.title = std::string(80, 't'), .excerpt = std::string(160, 'e')});
  }
  const Content fitted = fit(content, "1");
  CHECK(is_sendable(fitted));
  CHECK(fitted.card->json == R"({"x":1})");
  CHECK(fitted.citations.size() == 20);
}
