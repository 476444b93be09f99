// Names of the fields of a record. Imports and forms do not name everything alike; whoever reads a record
// asks for the form's name and finds the value under either.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pao::procedure {

// The value of a field, by the form's name: under that name or, when there is none, under the imported one;
// empty when the record has neither.
std::string field_value(const std::map<std::string, std::string>& values, std::string_view field);

// The form's name of a field as the imports call it; the name itself when it is none of theirs.
std::string_view form_name(std::string_view field);

// The values with what is imported under the form's names too.
std::map<std::string, std::string> with_form_names(std::map<std::string, std::string> values);

}  // namespace pao::procedure
