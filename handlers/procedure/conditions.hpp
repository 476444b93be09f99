// Reads the conditions that a guideline states for its conditional fields ("resultado_revision =
// actualizar"). A guideline is data: a condition is compared, never run, and one that is not understood does
// not hold.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pao::procedure {

// Whether the condition holds for these values. Forms: "field = word", "field != word", "field < x" (also >,
// <=, >=; x is a number or another field) and "field < N% de lo programado" (`field_cop` against
// `field_programadas_cop`). False for a form that is not one of these and when a value compared is missing.
bool condition_holds(std::string_view condition, const std::map<std::string, std::string>& values);

// The field on the left of a condition of the first two forms, which the form must ask for to decide it;
// empty for other forms.
std::string condition_field(std::string_view condition);

}  // namespace pao::procedure
