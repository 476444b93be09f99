// How the assistant writes: dates, numbers, lists and the sentences that more than one place needs.
// Spanish of Colombia, "usted", short sentences, no word of grading (procedure section 1).
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::cards {

std::string long_date(Date day);       // "9 de abril de 2026"
std::string weekday_date(Date day);    // "lunes 9 de noviembre de 2026"
std::string long_instant(Instant at);  // "12 de noviembre de 2026, 9:05 a. m."
std::string decimal(double number);    // "93,5": comma, no trailing zeros, at most two decimals
std::string period_name(
    std::string_view period);  // "2026-10" → "octubre de 2026"; "2026-T3" → "tercer trimestre de 2026"
std::string practice_name(std::string_view practice);  // "planes" → "Planes"; the id itself when unknown
std::string field_label(std::string_view field);  // "porcentaje_avance" → "Porcentaje de avance acumulado"
std::string evidence_kind_name(std::string_view kind);  // "lista_asistencia" → "Lista de asistencia"
std::string request_type_name(std::string_view type);   // "SS-2" → "Modificación"
std::string request_state_name(procedure::RequestState state);
std::string obligation_state_name(procedure::ObligationState state);
std::string timeliness_name(procedure::Timeliness timeliness);  // "Oportuno", "Extemporáneo"; empty for none

// The state of one SS as a person may read it: while the number is provisional it is "Pendiente de radicar"
// and never "Radicada", because the number of the SMGI is the proof of filing.
std::string request_state_text(const procedure::ServiceRequest& request);

// A recorded value as it is shown, by the kind of its field: "93,5 %", "$ 1.613.900.000", "9 de abril de
// 2026", "Sí", "Lista de asistencia"; the value itself when it cannot be read as that kind.
std::string value_text(std::string_view field, std::string_view value);

// "vence hoy", "le quedan 6 días hábiles", "le queda 1 día hábil", "venció hace 3 días hábiles".
std::string days_left_phrase(int business_days_left);

// "Vence el 23 de noviembre de 2026, le quedan 6 días hábiles", "Vence hoy, 12 de noviembre de 2026",
// "Venció el 9 de noviembre de 2026, hace 3 días hábiles".
std::string due_phrase(Date due_on, int business_days_left);

// "Ana, Luis y Marta".
std::string enumerate(const std::vector<std::string>& names);

// What a person reads when something failed: the error's own message, or the general sentence for its code,
// and the reference number that the log holds too.
std::string error_sentence(const Error& error, std::string_view reference);

// Escapes what would be read as Markdown, HTML, a mention or a card function in a text block or a message:
// a user's text is data. Control and direction-changing characters are dropped, line ends stay.
std::string plain(std::string_view text);

// Without control and direction-changing characters, nothing escaped: for places that do not read Markdown
// (values and labels of inputs, button titles, notifications).
std::string clean(std::string_view text);

// At most `max_bytes` long, cut between characters, at a space when one is near, and ended by "…".
std::string shorten(std::string_view text, std::size_t max_bytes);

inline constexpr const char* sample_notice =
    "Contenido de muestra: no es un documento oficial de la entidad.";

}  // namespace pao::cards
