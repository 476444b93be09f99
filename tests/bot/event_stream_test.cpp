// A text that comes piece by piece: what counts as whole, whatever the network and the sender make of it.
#include "bot/answers/event_stream.hpp"

#include <doctest/doctest.h>

using namespace pao::bot::answers;
using State = EventStream::State;

namespace {

EventStream read(std::string_view bytes, std::size_t step = 1) {
  EventStream stream;
  for (std::size_t at = 0; at < bytes.size(); at += step) stream.take(bytes.substr(at, step));
  return stream;
}

const std::string good =
    ": esto es un comentario\n\n"
    "event: message\nid: 1\n"
    "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n"
    "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n"
    "data: {\"choices\":[{\"delta\":{\"content\":\"El plazo es de \"}}]}\n\n"
    "data:{\"choices\":[{\"delta\":{\"content\":\"5 d\\u00edas\"},\"finish_reason\":null}]}\n\n"
    "data: {\"choices\":[{\"delta\":{\"content\":\" h\xc3\xa1"
    "biles.\"}}]}\n\n"
    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
    "data: {\"choices\":[],\"usage\":{\"total_tokens\":9}}\n\n"
    "data: [DONE]\n\n";

}  // namespace

TEST_CASE("a stream says the same however its bytes are cut and its lines end") {
  std::string with_returns;
  for (const char c : good) with_returns += c == '\n' ? std::string("\r\n") : std::string(1, c);
  std::string returns_only = good;
  for (char& c : returns_only) c = c == '\n' ? '\r' : c;
  for (const std::string& bytes : {good, with_returns, returns_only}) {
    for (const std::size_t step : {1U, 2U, 7U, 64U, 100'000U}) {
      CAPTURE(step);
      const EventStream stream = read(bytes, step);
      CHECK(stream.state() == State::whole);
      CHECK(stream.text() == "El plazo es de 5 días hábiles.");
    }
  }
}

TEST_CASE("a stream that was cut anywhere is not whole, and its text is the beginning of the whole one") {
  const std::string whole = read(good).text();
  for (std::size_t size = 0; size + 1 < good.size(); ++size) {
    const EventStream stream = read(std::string_view(good).substr(0, size), size + 1);
    CHECK(stream.state() == State::open);
    CHECK(whole.rfind(stream.text(), 0) == 0);
  }
}

TEST_CASE("what is no such stream breaks it, and nothing is taken afterwards") {
  for (const char* event : {"<html>", "[]", "42", "{\"choices\":", "{\"error\":{\"message\":\"TEXTO\"}}",
                            "{\"choices\":[{\"delta\":{\"content\":\"\xff\"}}]}",
                            "{\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]}",
                            "{\"choices\":[]}\ndata: {\"choices\":[]}"}) {
    CAPTURE(event);
    EventStream stream = read("data: " + std::string(event) + "\n\n");
    CHECK(stream.state() == State::broken);
    stream.take("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: [DONE]\n\n");
    CHECK(stream.state() == State::broken);
    CHECK(stream.text().empty());
  }
  const std::string deep(5000, '[');
  CHECK(read("data: " + deep + "\n\n", 512).state() == State::broken);
  // Odd, but harmless: says nothing.
  for (const char* event :
       {"{}", "{\"choices\":[{}]}", "{\"choices\":[7]}", "{\"choices\":[{\"delta\":null}]}",
        "{\"choices\":[{\"delta\":{\"content\":7}}]}", "{\"choices\":{}}"}) {
    CAPTURE(event);
    const EventStream stream = read("data: " + std::string(event) + "\n\ndata: [DONE]\n\n");
    CHECK(stream.state() == State::whole);
    CHECK(stream.text().empty());
  }
}
