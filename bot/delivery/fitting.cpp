#include "bot/delivery/fitting.hpp"

#include "bot/protocol/extras.hpp"
#include "bot/protocol/outgoing.hpp"
#include "cards/delivery_card.hpp"

#include <string>

namespace pao::bot::delivery {
namespace {

using protocol::max_message_utf16_bytes;
using protocol::utf16_bytes;

// The longest beginning of the text with at most so many bytes of UTF-16.
std::string_view beginning(std::string_view text, std::size_t most) {
  std::size_t bytes = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0U) == 0x80U) continue;
    bytes += byte >= 0xF0 ? 4 : 2;
    if (bytes > most) return text.substr(0, at);
  }
  return text;
}

// Where to end, so that the sense is cut as little as possible; never in the first half.
std::string_view whole_part(std::string_view text) {
  for (const std::string_view end : {"\n\n", "\n", ". ", " "}) {
    const std::size_t at = text.rfind(end);
    if (at == std::string_view::npos || at < text.size() / 2) continue;
    return text.substr(0, end == ". " ? at + 1 : at);
  }
  return text;
}

std::size_t size_of(const handlers::Content& content) {
  const std::size_t card = content.card ? utf16_bytes(content.card->json) : 0;
  return utf16_bytes(content.text) + card + utf16_bytes(protocol::entities_json(content));
}

}  // namespace

handlers::Content fit(const handlers::Content& content, std::string_view number) {
  handlers::Content fitted = content;
  if (size_of(fitted) <= max_message_utf16_bytes) return fitted;
  if (fitted.card && utf16_bytes(fitted.card->json) > max_message_utf16_bytes / 2) {
    fitted.card = cards::card_too_large(fitted.card->summary, number);
    if (size_of(fitted) <= max_message_utf16_bytes) return fitted;
  }
  const std::string closing = "\n\n" + cards::rest_elsewhere(number);
  const std::size_t taken = size_of(fitted) - utf16_bytes(fitted.text) + utf16_bytes(closing);
  fitted.text = std::string(whole_part(beginning(content.text, max_message_utf16_bytes - taken))) + closing;
  return fitted;
}

}  // namespace pao::bot::delivery
