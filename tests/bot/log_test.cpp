// A line a fact, whatever the values hold.
#include "bot/log.hpp"

#include "tests/bot/captured_log.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pao::bot;
using pao::bot::test::CapturedLog;

TEST_CASE("a value stays on its line and cannot pretend to be another field or line") {
  struct Case {
    std::string value, written;
  };
  const Case cases[] = {
      {"PLA-05", "key=PLA-05\n"},
      {"", "key=\"\"\n"},
      {"two words", "key=\"two words\"\n"},
      {"a=b", "key=\"a=b\"\n"},
      {"line\n2026-11-12T09:00:00 error forged", "key=\"line 2026-11-12T09:00:00 error forged\"\n"},
      {"\r\n\t\x1b[31m", "key=\"    [31m\"\n"},
      {R"(" level="fatal)", R"(key="\" level=\"fatal")"
                            "\n"},
      {R"(C:\x)", R"(key="C:\\x")"
                  "\n"},
      {"{} %s {0}", "key=\"{} %s {0}\"\n"},
      {std::string(2000, 'x'), "key=" + std::string(512, 'x') + "\n"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.value);
    const CapturedLog captured;
    log::info("event", {{"key", each.value}});
    const std::string text = captured.text();
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find(" info event " + each.written) != std::string::npos);
  }
}

TEST_CASE("lines below the level are not written") {
  const CapturedLog captured;
  log::set_level("warn");
  log::info("quiet");
  log::warn("loud");
  log::set_level("info");
  log::debug("quieter");
  CHECK(captured.text().find("loud") != std::string::npos);
  CHECK(captured.text().find("quiet") == std::string::npos);
}
