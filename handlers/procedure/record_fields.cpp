#include "handlers/procedure/record_fields.hpp"

#include <array>

namespace pao::procedure {
namespace {

using Values = std::map<std::string, std::string>;

struct OtherName {
  std::string_view form;
  std::string_view imported;
};

constexpr std::array<OtherName, 5> other_names{{{"descripcion_cualitativa", "descripcion"},
                                                {"descripcion_ejecucion", "descripcion"},
                                                {"justificacion_atraso", "justificacion"},
                                                {"avance_fisico_producto", "avance_fisico_pct"},
                                                {"avance_gestion", "avance_gestion_pct"}}};

std::string value_of(const Values& values, std::string_view field) {
  const auto found = values.find(std::string(field));
  return found == values.end() ? std::string{} : found->second;
}

}  // namespace

std::string field_value(const Values& values, std::string_view field) {
  if (std::string value = value_of(values, field); !value.empty()) return value;
  for (const OtherName& name : other_names) {
    if (name.form == field) return value_of(values, name.imported);
  }
  return {};
}

std::string_view form_name(std::string_view field) {
  for (const OtherName& name : other_names) {
    if (name.imported == field) return name.form;
  }
  return field;
}

Values with_form_names(Values values) {
  for (const OtherName& name : other_names) {
    if (std::string value = field_value(values, name.form); !value.empty())
      values[std::string(name.form)] = std::move(value);
  }
  return values;
}

}  // namespace pao::procedure
