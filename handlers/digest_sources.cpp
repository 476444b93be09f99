#include "handlers/digest_lines.hpp"
#include "handlers/reports/cycle.hpp"

namespace pao::handlers {

const std::vector<DigestSource>& digest_sources() {
  static const std::vector<DigestSource> sources = {
      // name, function
      {"validacion", reports::validation_lines},
  };
  return sources;
}

}  // namespace pao::handlers
