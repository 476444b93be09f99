#include "handlers/digest_lines.hpp"

namespace pao::handlers {

const std::vector<DigestSource>& digest_sources() {
  static const std::vector<DigestSource> sources = {
      // name, function
  };
  return sources;
}

}  // namespace pao::handlers
