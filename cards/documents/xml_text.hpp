// Text inside HTML and SVG documents.
#pragma once

#include <string>
#include <string_view>

namespace pao::cards {

// `text` as the content of an element or of an attribute in double quotes: cleaned as everywhere (texts.hpp),
// its markup escaped. Never fails.
std::string xml_escaped(std::string_view text);

}  // namespace pao::cards
