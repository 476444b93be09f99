// Reads the conditions that a guideline states for its conditional fields ("resultado_revision =
// actualizar"). A guideline is data: a condition is compared, never run, and one that is not understood does
// not hold.
//
//   field = word, field != word
//   field < x                              also >, <=, >=; x is a number or another field
//   field < N% de lo programado            `field_cop` against `field_programadas_cop`
//   field in (word, word)                  one of them
//   field in (word, word) durante 2 periodos seguidos
//                                          and `anterior_field` too: what the record before says
//   someone no verb ("lider no asiste")    the question `verb_someone` ("asiste_lider") was answered "no"
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pao::procedure {

// Before the name of a field: its value in the record before.
inline constexpr const char* earlier_prefix = "anterior_";

// Whether the condition holds for these values. False for one that is not understood and when a value
// compared is missing.
bool condition_holds(std::string_view condition, const std::map<std::string, std::string>& values);

// Whether it has one of the forms above and, for the last one, there is such a question.
bool is_understood(std::string_view condition);

// The field that has to be known to decide the condition: the one on its left, the programmed amount, the
// question; empty when the condition is not understood.
std::string condition_field(std::string_view condition);

}  // namespace pao::procedure
