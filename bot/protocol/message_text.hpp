// What a person meant by a message: the text of an activity without the marks that Teams puts into it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::protocol {

// A mention entity of the activity.
struct Mention {
  std::string text;  // as it stands in the message: "<at>Ana</at>"
  std::string name;  // display name of who is mentioned
  bool ours = false;
};

struct CleanText {
  std::string text;
  bool mentions_us = false;  // our mention stood in the text
};

// Our own mentions are removed, others become the person's name (so that "asignar a @Ana" keeps its sense);
// placeholders of quoted messages are removed; character references are decoded once; non-breaking spaces
// become spaces and other control characters than line feeds and tabs disappear; blanks around the text are
// cut. Longer than `max_bytes`: cut between two characters. `text` is UTF-8 (reference 3.1, 3.6, 3.13).
CleanText clean_message_text(std::string_view text, const std::vector<Mention>& mentions,
                             std::size_t max_bytes);

// The text without control characters other than line feeds and tabs.
std::string without_controls(std::string text);

}  // namespace pao::bot::protocol
