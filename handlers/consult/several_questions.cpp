#include "handlers/consult/several_questions.hpp"

#include "storage/knowledge/content_lines.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>

namespace pao::handlers::consult {
namespace {

constexpr std::size_t fewest_words = 2;  // "¿y eso?" and "¿sí?" ask nothing of their own

// The piece that ends here, cut off from the rest.
std::string_view take_until(std::string_view& rest, std::size_t end) {
  const std::string_view piece = rest.substr(0, end + 1);
  rest.remove_prefix(std::min(rest.size(), end + 1));
  return storage::knowledge::trim(piece);
}

}  // namespace

std::vector<std::string> questions_in(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("?\n");
    if (end == std::string_view::npos) break;
    const bool asks = text[end] == '?';
    std::string_view piece = take_until(text, end);
    while (!text.empty() && (text.front() == '?' || text.front() == '!')) text.remove_prefix(1);
    // A line without a question mark is a question only where lines are a list of them.
    if (!asks && piece.find("\xC2\xBF") == std::string_view::npos) continue;
    if (storage::knowledge::fold_words(piece).size() >= fewest_words) out.emplace_back(piece);
  }
  return out;
}

}  // namespace pao::handlers::consult
