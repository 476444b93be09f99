#include "handlers/digest_lines.hpp"
#include "handlers/requests/clock_job.hpp"

namespace pao::handlers {

const std::vector<DigestSource>& digest_sources() {
  static const std::vector<DigestSource> sources = {
      // name, function
      {requests::clock_source, requests::clock_lines},
  };
  return sources;
}

}  // namespace pao::handlers
