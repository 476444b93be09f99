#include "bot/client/terminal_text.hpp"

#include <doctest/doctest.h>

using namespace pao::bot::client;

TEST_CASE("Markdown becomes attributes, or disappears in plain text") {
  struct Case {
    const char *markdown, *plain, *ansi;
  };
  for (const auto& c : {
           Case{"**PLA-05** dice", "PLA-05 dice", "\x1b[1mPLA-05\x1b[22m dice"},
           Case{"_nota_ y snake_case", "nota y snake_case", "\x1b[3mnota\x1b[23m y snake_case"},
           Case{"vea [la norma](https://e.co/a)", "vea la norma (https://e.co/a)",
                "vea la norma (https://e.co/a)"},
           Case{"[1] Registrar", "[1] Registrar", "[1] Registrar"},
           Case{"5 \\* 3 \\[x\\]", "5 * 3 [x]", "5 * 3 [x]"},
           Case{"a\x1b[2Jb\x07", "a[2Jb", "a[2Jb"},
       }) {
    CAPTURE(c.markdown);
    CHECK(inline_text(c.markdown, true) == c.plain);
    CHECK(inline_text(c.markdown, false) == c.ansi);
  }
}

TEST_CASE("long lines are wrapped between words and keep their margin; accents count as one column") {
  CHECK(terminal_line({"aaa bbb ccc", CardLine::Style::normal, 1}, true, 11) == "    aaa bbb\n    ccc\n");
  CHECK(terminal_line({"ááá ñññ", CardLine::Style::normal, 0}, true, 9) == "  ááá ñññ\n");
  CHECK(terminal_line({"", CardLine::Style::normal, 0}, true) == "\n");
}
