#include "handlers/paging.hpp"

#include <algorithm>
#include <charconv>

namespace pao::handlers {

int page_of(const Turn& turn, int total, int size) {
  const std::string_view text = turn.value("pagina");
  int page = 0;
  std::from_chars(text.data(), text.data() + text.size(), page);
  return std::clamp(page, 0, std::max(0, (total - 1) / size));
}

}  // namespace pao::handlers
