// A text that a language model sends piece by piece: server-sent events in the form that OpenAI made common
// and Azure OpenAI speaks too. Any bytes are safe, however they are cut.
#pragma once

#include <string>
#include <string_view>

namespace pao::bot::answers {

class EventStream {
 public:
  enum class State {
    open,    // more may come; an end of the bytes now means that it was cut
    whole,   // it has said that this was all
    broken,  // something that is no such stream, or the model's own error
  };

  // The next bytes. Nothing changes once it is not open.
  void take(std::string_view bytes);

  State state() const { return state_; }
  const std::string& text() const { return text_; }  // so far, UTF-8

 private:
  void take_line(std::string_view line);
  void take_event();

  State state_ = State::open;
  std::string text_;
  std::string line_;   // that has not ended yet
  std::string event_;  // its data until now
  bool has_data_ = false;
  bool after_return_ = false;  // the line ended with CR: a LF belongs to it
};

}  // namespace pao::bot::answers
