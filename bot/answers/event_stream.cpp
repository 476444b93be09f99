#include "bot/answers/event_stream.hpp"

#include "bot/answers/model_json.hpp"

namespace pao::bot::answers {

using nlohmann::json;

void EventStream::take(std::string_view bytes) {
  for (const char c : bytes) {
    if (state_ != State::open) return;
    const bool second_half = c == '\n' && after_return_;
    after_return_ = c == '\r';
    if (second_half) continue;
    if (c != '\n' && c != '\r') {
      line_ += c;
      continue;
    }
    take_line(line_);
    line_.clear();
  }
}

// A blank line ends an event. Comments, names and numbers of events say nothing here.
void EventStream::take_line(std::string_view line) {
  if (line.empty()) {
    if (has_data_) take_event();
    event_.clear();
    has_data_ = false;
    return;
  }
  constexpr std::string_view data = "data:";
  if (line.substr(0, data.size()) != data) return;
  line.remove_prefix(data.size());
  if (line.substr(0, 1) == " ") line.remove_prefix(1);
  if (has_data_) event_ += '\n';
  event_ += line;
  has_data_ = true;
}

void EventStream::take_event() {
  if (event_ == "[DONE]") {
    state_ = State::whole;
    return;
  }
  const json event = parse_model_json(event_);
  if (!event.is_object() || event.contains("error")) {
    state_ = State::broken;
    return;
  }
  const json& choice = first_choice(event);  // none: what was used, what a filter found
  if (!choice.is_object()) return;
  if (const auto delta = choice.find("delta"); delta != choice.end())
    text_ += text_member(*delta, "content").value_or("");
  if (text_member(choice, "finish_reason") == "content_filter") state_ = State::broken;
}

}  // namespace pao::bot::answers
