// Which files serve as evidence: by what they are called and by how they begin. Nothing that runs is taken.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pao::procedure {

// The type in lower case that a file of that name and stated type counts as ("pdf"); "" when it is not taken.
// A name with an ending decides; the stated type serves where the name has none.
std::string evidence_file_type(std::string_view name, std::string_view stated_type);

// Whether bytes that begin so can be of that type: an executable called "acta.pdf" cannot.
bool begins_like(std::string_view type, std::string_view first_bytes);

// The type of a picture by its first bytes ("png", "jpg", "gif"); "" when it is none.
std::string picture_type(std::string_view first_bytes);

// "pdf, docx, …": what is taken, for the person who sent something else.
std::string evidence_file_types();

// "2,1 MB", "640 KB", "512 bytes".
std::string size_phrase(std::int64_t bytes);

}  // namespace pao::procedure
