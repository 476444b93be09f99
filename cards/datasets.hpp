// The names of the data sets that a field of a card can suggest from while one types, and of the searches of
// the compose box: the contract between cards, app manifest and the lookup handler.
#pragma once

namespace pao::cards::dataset {

inline constexpr const char* items = "elementos";  // of the person's processes; the value is the item's id
inline constexpr const char* people = "personas";  // of the directory; the value is the person's id
inline constexpr const char* criteria = "criterio.buscar";  // commands of the compose box
inline constexpr const char* requests = "ss.buscar";

}  // namespace pao::cards::dataset
