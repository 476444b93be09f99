#include "cards/texts.hpp"

#include "cards/fields.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace pao::cards {
namespace {

using procedure::ObligationState;
using procedure::RequestState;

constexpr std::array<const char*, 12> months = {"enero",      "febrero", "marzo",     "abril",
                                                "mayo",       "junio",   "julio",     "agosto",
                                                "septiembre", "octubre", "noviembre", "diciembre"};
constexpr std::array<const char*, 7> weekdays = {"domingo", "lunes",   "martes", "miércoles",
                                                 "jueves",  "viernes", "sábado"};
constexpr std::array<const char*, 4> ordinals = {"primer", "segundo", "tercer", "cuarto"};

struct Named {
  std::string_view id;
  const char* name;
};

constexpr Named practices[] = {
    {procedure::practice::plans, "Planes"},
    {procedure::practice::projects, "Proyectos de Inversión"},
    {procedure::practice::indicators, "Indicadores"},
    {procedure::practice::risks, "Riesgos"},
    {procedure::practice::review_meeting, "REPAC"},
    {procedure::practice::improvements, "Mejoras por Autocontrol"},
    {procedure::practice::continuity, "Continuidad del Negocio"},
    {procedure::practice::documents, "Documentos"},
    {procedure::practice::general, "Lineamientos generales"},
};

constexpr Named evidence_kinds[] = {
    {"acta", "Acta"},
    {"acta_firmada", "Acta firmada"},
    {"acta_recibo", "Acta de recibo a satisfacción"},
    {"analisis_causa", "Análisis de causa"},
    {"arbol_llamadas", "Árbol de llamadas"},
    {"base_de_datos", "Base de datos"},
    {"bia", "Análisis de impacto al negocio (BIA)"},
    {"captura_sistema", "Captura de un sistema con fecha visible"},
    {"control_de_cambios", "Control de cambios"},
    {"cronograma_actualizado", "Cronograma actualizado"},
    {"documento_aprobado", "Documento aprobado"},
    {"encuesta", "Encuesta"},
    {"enlace_publicacion", "Enlace a una publicación"},
    {"evidencia_control", "Soporte de la ejecución del control"},
    {"hoja_de_calculo", "Hoja de cálculo"},
    {"informe", "Informe"},
    {"informe_prueba", "Informe de la prueba"},
    {"informe_supervision", "Informe de supervisión"},
    {"lista_asistencia", "Lista de asistencia"},
    {"listado_maestro", "Listado maestro de documentos"},
    {"plan_continuidad", "Plan de continuidad"},
    {"presentacion", "Presentación"},
    {"registro_incidente", "Registro del incidente"},
    {"reporte_piip", "Reporte de la PIIP"},
    {"reporte_siif", "Reporte del SIIF Nación"},
    {"reporte_sistema", "Reporte de un sistema"},
};

constexpr Named request_types[] = {
    {"SS-1", "Corrección de registro"},
    {"SS-2", "Modificación"},
    {"SS-3", "Creación o eliminación"},
    {"SS-4", "Ajuste al reporte de seguimiento"},
    {"SS-5", "Reapertura de periodo"},
    {"SS-6", "Documento"},
    {"SS-7", "Asesoría"},
};

template <std::size_t N>
const char* find_name(const Named (&table)[N], std::string_view id) {
  for (const Named& row : table) {
    if (row.id == id) return row.name;
  }
  return nullptr;
}

std::string business_days(int count) {
  return std::to_string(count) + (count == 1 ? " día hábil" : " días hábiles");
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

const char* general_sentence(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid:
      return "No pude leer esos datos. Revíselos e inténtelo de nuevo.";
    case ErrorCode::not_found:
      return "No encontré lo que busca. Puede que haya cambiado; pida la lista otra vez.";
    case ErrorCode::refused:
      return "Con su rol no puedo hacer eso en este momento.";
    case ErrorCode::conflict:
      return "Esta tarjeta ya no está al día. Pida la información otra vez para ver el estado actual.";
    case ErrorCode::unavailable:
      return "En este momento no puedo completar la acción. Inténtelo de nuevo en unos minutos.";
    case ErrorCode::internal:
      break;
  }
  return "Algo falló de nuestro lado y no pude completar la acción. Ya quedó informado.";
}

}  // namespace

std::string long_date(Date day) {
  const std::chrono::year_month_day date{day};
  return std::to_string(static_cast<unsigned>(date.day())) + " de " +
         months.at(static_cast<unsigned>(date.month()) - 1) + " de " +
         std::to_string(static_cast<int>(date.year()));
}

std::string weekday_date(Date day) {
  return std::string(weekdays.at(std::chrono::weekday{day}.c_encoding())) + " " + long_date(day);
}

std::string long_instant(Instant at) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(local_time_of_day(at)).count();
  const auto hour = minutes / 60;
  const auto shown = hour % 12 == 0 ? 12 : hour % 12;
  std::array<char, 32> clock{};
  std::snprintf(clock.data(), clock.size(), "%d:%02d %s", static_cast<int>(shown),
                static_cast<int>(minutes % 60), hour < 12 ? "a. m." : "p. m.");
  return long_date(local_date(at)) + ", " + clock.data();
}

std::string decimal(double number) {
  if (!std::isfinite(number)) return "";
  std::array<char, 400> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.2f", number);
  std::string text = buffer.data();
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') {
    text.pop_back();
  } else {
    text[text.find('.')] = ',';
  }
  return text == "-0" ? "0" : text;
}

std::string period_name(std::string_view period) {
  const std::string as_is(period);
  const auto year = digits(period.substr(0, 4));
  if (period.size() < 4 || !year) return as_is;
  const std::string of_year = " de " + std::to_string(*year);
  if (period.size() == 4) return "vigencia " + as_is;
  if (period[4] != '-') return as_is;
  const std::string_view part = period.substr(5);
  if (part.size() == 2) {
    const bool lettered = part[0] == 'T' || part[0] == 'C' || part[0] == 'S';
    const auto number = digits(lettered ? part.substr(1) : part);
    if (!number || *number < 1) return as_is;
    const auto index = static_cast<std::size_t>(*number) - 1;
    if (!lettered) return *number <= 12 ? months.at(index) + of_year : as_is;
    const auto [last, word] = part[0] == 'T'   ? std::pair{4, " trimestre"}
                              : part[0] == 'C' ? std::pair{3, " cuatrimestre"}
                                               : std::pair{2, " semestre"};
    if (*number <= last) return ordinals.at(index) + std::string(word) + of_year;
  }
  return as_is;
}

std::string practice_name(std::string_view practice) {
  const char* name = find_name(practices, practice);
  return name ? name : words_of_id(practice);
}

std::string field_label(std::string_view field) {
  return field_spec(field).label;
}

std::string evidence_kind_name(std::string_view kind) {
  const char* name = find_name(evidence_kinds, kind);
  return name ? name : words_of_id(kind);
}

std::string request_type_name(std::string_view type) {
  const char* name = find_name(request_types, type);
  return name ? name : std::string(type);
}

std::string request_state_name(RequestState state) {
  switch (state) {
    case RequestState::draft:
      return "Borrador";
    case RequestState::filed:
      return "Radicada";
    case RequestState::in_review:
      return "En revisión";
    case RequestState::waiting_information:
      return "En espera de información";
    case RequestState::approved:
      return "Aprobada";
    case RequestState::rejected:
      return "Rechazada";
    case RequestState::applied:
      return "Aplicada";
    case RequestState::closed:
      return "Cerrada";
    case RequestState::closed_unanswered:
      return "Cerrada por falta de respuesta";
    case RequestState::withdrawn:
      return "Anulada";
  }
  return "";
}

std::string request_state_text(const procedure::ServiceRequest& request) {
  const std::string pending = "Pendiente de radicar";
  if (!request.provisional) return request_state_name(request.state);
  if (request.state == RequestState::draft || request.state == RequestState::filed) return pending;
  return request_state_name(request.state) + " (pendiente de radicar)";
}

std::string obligation_state_name(ObligationState state) {
  switch (state) {
    case ObligationState::future:
      return "Futura";
    case ObligationState::open:
      return "Abierta";
    case ObligationState::due_soon:
      return "Por vencer";
    case ObligationState::met:
      return "Cumplida";
    case ObligationState::met_late:
      return "Cumplida fuera de plazo";
    case ObligationState::overdue:
      return "Vencida";
    case ObligationState::no_record_due:
      return "No exigible";
  }
  return "";
}

std::string timeliness_name(procedure::Timeliness timeliness) {
  switch (timeliness) {
    case procedure::Timeliness::on_time:
      return "Oportuno";
    case procedure::Timeliness::late:
      return "Extemporáneo";
    case procedure::Timeliness::none:
      break;
  }
  return "";
}

std::string days_left_phrase(int business_days_left) {
  if (business_days_left == 0) return "vence hoy";
  if (business_days_left < 0) return "venció hace " + business_days(-business_days_left);
  return (business_days_left == 1 ? "le queda " : "le quedan ") + business_days(business_days_left);
}

std::string due_phrase(Date due_on, int business_days_left) {
  if (business_days_left == 0) return "Vence hoy, " + long_date(due_on);
  if (business_days_left < 0)
    return "Venció el " + long_date(due_on) + ", hace " + business_days(-business_days_left);
  return "Vence el " + long_date(due_on) + ", " + days_left_phrase(business_days_left);
}

std::string enumerate(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) {
      // "y" becomes "e" before the sound i: "Ana e Isabel", but "nieve y hielo".
      const std::string_view next = names[i];
      const bool sounds_like_i =
          !next.empty() &&
          (next[0] == 'I' || next[0] == 'i' || next.substr(0, 2) == "Hi" || next.substr(0, 2) == "hi") &&
          next.substr(0, 3) != "hie" && next.substr(0, 3) != "Hie";
      text += i + 1 < names.size() ? ", " : sounds_like_i ? " e " : " y ";
    }
    text += names[i];
  }
  return text;
}

std::string error_sentence(const Error& error, std::string_view reference) {
  std::string sentence = error.message.empty() ? general_sentence(error.code) : error.message;
  if (!reference.empty())
    sentence += " Si necesita ayuda, mencione la referencia " + std::string(reference) + ".";
  return sentence;
}

}  // namespace pao::cards
