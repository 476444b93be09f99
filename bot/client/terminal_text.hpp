// Text for a terminal: the Markdown of messages and cards turned into ANSI attributes, wrapped to a width.
#pragma once

#include "bot/client/card_text.hpp"

#include <string>
#include <string_view>

namespace pao::bot::client {

// **bold** and _italic_ become attributes (dropped when `plain`), [text](url) becomes "text (url)", a
// backslash before punctuation is removed.
std::string inline_text(std::string_view markdown, bool plain);

// One line of a card: indented, wrapped at `width` columns, ended by a line feed.
std::string terminal_line(const CardLine& line, bool plain, int width = 96);

}  // namespace pao::bot::client
