// What of an item an SS may change, and how a requested value is read (R-38, GEN-14, GEN-15). Everything here
// is protected: no other path of the product writes it.
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

// Names as forms and imports use them; everything else of an item is one of its attributes.
namespace item_field {
inline constexpr const char* starts_on = "fecha_inicio";
inline constexpr const char* ends_on = "fecha_fin";
inline constexpr const char* owner = "responsable_id";
inline constexpr const char* name = "nombre";
inline constexpr const char* periodicity = "periodicidad";
inline constexpr const char* planned_months = "meses_programados";
inline constexpr const char* goal = "meta";
inline constexpr const char* weight = "peso";
inline constexpr const char* formula = "formula";
inline constexpr const char* removed_by = "eliminado_por_ss";  // attribute: number of the SS that ended it
}  // namespace item_field

// The fields that an SS may change in an item of that kind, in the order in which people are asked.
std::vector<std::string> changeable_fields(ItemKind kind);

// The stored value of the field: dates as 2026-11-30, the owner as person id; "" when it has none.
std::string item_value(const Item& item, std::string_view field);

// The item with the new value. The value is read by its field: dates "2026-11-30" or "30/11/2026", months
// "2, 4, 6", weights 0 to 100 with comma or point, periodicity in words; texts as they are. The owner must be
// given as person id: who exists is not known here. `invalid` with a sentence when it cannot be read, when
// the item would end before it begins, or when the field is not one of the item's kind.
Result<Item> with_value(const Item& item, std::string_view field, std::string_view value);

// The item ended on that day by an SS (elimination, SS-3): what was due until then stays as it is.
Item ended(const Item& item, Date last_day, std::string_view request_id);

}  // namespace pao::procedure
