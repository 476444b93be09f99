#include "tests/paths.hpp"

namespace pao::tests {

const char* const source_dir = PAO_SOURCE_DIR;
const char* const program = PAO_PROGRAM;

}  // namespace pao::tests
