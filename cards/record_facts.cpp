#include "cards/record_facts.hpp"

#include "cards/fields.hpp"
#include "cards/texts.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace pao::cards {

std::string filing_text(procedure::FilingState filing) {
  switch (filing) {
    case procedure::FilingState::sent:
      return "Enviado al SMGI; falta su confirmación";
    case procedure::FilingState::confirmed:
      return "Confirmado en el SMGI";
    case procedure::FilingState::captured:
      break;
  }
  return "Guardado en PAO Teams; pendiente de pasar al SMGI";
}

std::string review_text(procedure::ReviewState review) {
  switch (review) {
    case procedure::ReviewState::registered:
      return "Por verificar";
    case procedure::ReviewState::in_review:
      return "En verificación";
    case procedure::ReviewState::accepted:
      return "Aceptado";
    case procedure::ReviewState::returned:
      return "Devuelto para corregir";
  }
  return {};
}

std::string channel_text(const std::string& channel) {
  if (channel == "pao_teams") return "PAO Teams";
  if (channel == "smgi") return "SMGI";
  return channel;
}

build::Facts recorded_values(const procedure::ProgressRecord& record) {
  std::vector<std::pair<std::string, std::string>> values(record.values.begin(), record.values.end());
  const auto rank = [](const auto& value) {
    return std::pair(field_spec(value.first).kind == FieldKind::paragraph, field_position(value.first));
  };
  std::stable_sort(values.begin(), values.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  build::Facts rows;
  for (const auto& [field, value] : values) {
    const FieldSpec spec = field_spec(field);
    if (spec.kind != FieldKind::identity)
      rows.emplace_back(spec.label, shorten(value_text(field, value), 600));
  }
  return rows;
}

}  // namespace pao::cards
