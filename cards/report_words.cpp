#include "cards/report_words.hpp"

#include "cards/texts.hpp"

namespace pao::cards {

std::string report_state_name(procedure::ReportState state) {
  using procedure::ReportState;
  switch (state) {
    case ReportState::draft:
      return "En borrador";
    case ReportState::sent:
    case ReportState::in_validation:
      return "En validación";
    case ReportState::in_adjustment:
      return "En ajustes";
    case ReportState::final_version:
      return "Final";
    case ReportState::published:
      return "Publicado";
  }
  return "";
}

std::string line_state_name(procedure::ObligationState state) {
  using enum procedure::ObligationState;
  switch (state) {
    case met:
      return "Registrado a tiempo";
    case met_late:
      return "Registrado fuera de plazo";
    case overdue:
      return "Sin registro";
    case no_record_due:
      return "No exigible";
    default:
      return "Aún no vence";
  }
}

std::string response_name(std::string_view word) {
  if (word == "aceptado") return "Aceptó el reporte";
  if (word == "justificado") return "Justificó con evidencias";
  if (word == "ajuste_solicitado") return "Pidió un ajuste (SS-4)";
  if (word == "sin_pronunciamiento") return "No se pronunció";
  return std::string(word);
}

std::string recommendation_state_name(procedure::RecommendationState state) {
  using enum procedure::RecommendationState;
  switch (state) {
    case draft:
      return "En borrador";
    case sent:
      return "Espera la respuesta del proceso";
    case applied:
      return "Aplicada";
    case converted:
      return "Convertida en acción de mejora";
    case not_applicable:
      return "No procede";
    case unanswered:
      return "Sin respuesta";
    case action_running:
      return "Acción de mejora en ejecución";
    case action_closed:
      return "Acción de mejora cerrada";
  }
  return "";
}

std::string resolution_name(std::string_view word) {
  if (word.empty()) return "Pendiente de decisión";
  if (word == "aceptada") return "Aceptada";
  if (word == "aceptada_en_parte") return "Aceptada en parte";
  if (word == "rechazada") return "Rechazada";
  return "Se cerró: " + std::string(word);
}

const std::vector<std::pair<std::string, std::string>>& line_state_choices() {
  static const std::vector<std::pair<std::string, std::string>> choices = {
      {"cumplida", "Registrado a tiempo"},
      {"cumplida_extemporanea", "Registrado fuera de plazo"},
      {"no_exigible", "No exigible"},
      {"vencida", "Sin registro"}};
  return choices;
}

std::string with_long_dates(std::string_view text) {
  constexpr std::size_t length = 10;  // of "2026-11-09"
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const bool starts = i == 0 || text[i - 1] == ' ' || text[i - 1] == '(';
    const auto day = starts && i + length <= text.size() ? parse_date(text.substr(i, length)) : std::nullopt;
    if (!day) {
      out += text[i++];
      continue;
    }
    out += long_date(*day);
    i += length;
  }
  return out;
}

}  // namespace pao::cards
