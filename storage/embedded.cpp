#include "storage/embedded.hpp"

namespace pao::storage {

std::string_view embedded_file(std::string_view name) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.name == name) return file.bytes;
  }
  return {};
}

}  // namespace pao::storage
