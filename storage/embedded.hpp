// Files compiled into the program: migrations and default content.
#pragma once

#include <span>
#include <string_view>

namespace pao::storage {

struct EmbeddedFile {
  std::string_view name;   // file name without folder
  std::string_view bytes;  // as in the source tree; valid for the life of the program
};

// Every file of storage/migrations and storage/content.
std::span<const EmbeddedFile> embedded_files();

// The bytes of the one with that name; empty when there is none.
std::string_view embedded_file(std::string_view name);

}  // namespace pao::storage
