#include "handlers/procedure/report_states.hpp"

#include <utility>

namespace pao::procedure {
namespace {

constexpr std::pair<ReportState, std::string_view> state_words[] = {
    {ReportState::draft, "borrador"},
    {ReportState::sent, "enviado"},
    {ReportState::in_validation, "en_validacion"},
    {ReportState::in_adjustment, "en_ajustes"},
    {ReportState::final_version, "final"},
    {ReportState::published, "publicado"}};

constexpr std::pair<ResponseKind, std::string_view> response_words[] = {
    {ResponseKind::accepted, "aceptado"},
    {ResponseKind::justified, "justificado"},
    {ResponseKind::adjustment_requested, "ajuste_solicitado"}};

// Where an event may happen. Anything else is refused.
struct Move {
  ReportState from;
  ReportEvent event;
};
constexpr Move moves[] = {
    {ReportState::draft, ReportEvent::send},
    {ReportState::sent, ReportEvent::accept_as_leader},
    {ReportState::sent, ReportEvent::accept_as_liaison},
    {ReportState::sent, ReportEvent::justify},
    {ReportState::sent, ReportEvent::request_adjustment},
    {ReportState::sent, ReportEvent::close_window},
    {ReportState::sent, ReportEvent::resolve},
    {ReportState::sent, ReportEvent::substitute},
    {ReportState::in_validation, ReportEvent::accept_as_leader},
    {ReportState::in_validation, ReportEvent::accept_as_liaison},
    {ReportState::in_validation, ReportEvent::justify},
    {ReportState::in_validation, ReportEvent::request_adjustment},
    {ReportState::in_validation, ReportEvent::close_window},
    {ReportState::in_validation, ReportEvent::resolve},
    {ReportState::in_validation, ReportEvent::substitute},
    {ReportState::in_adjustment, ReportEvent::resolve},
    {ReportState::final_version, ReportEvent::publish},
    {ReportState::published, ReportEvent::add_erratum},
};

bool is_known(ReportState from, ReportEvent event) {
  for (const Move& move : moves) {
    if (move.from == from && move.event == event) return true;
  }
  return false;
}

std::string refusal(ReportState from, ReportEvent event) {
  const bool answers = event == ReportEvent::accept_as_leader || event == ReportEvent::accept_as_liaison ||
                       event == ReportEvent::justify || event == ReportEvent::request_adjustment;
  if (answers) {
    return from == ReportState::draft
               ? "El reporte todavía no se ha enviado. Podrá responderlo cuando lo reciba."
               : "La validación de este reporte ya cerró. Si algo debe cambiar, use otra solicitud SS; se "
                 "tendrá en cuenta en el siguiente reporte.";
  }
  switch (event) {
    case ReportEvent::send:
      return "Este reporte ya se envió. Para corregirlo, envíe una nueva versión mientras se valida.";
    case ReportEvent::substitute:
      return "Solo se puede reemplazar un reporte mientras se valida.";
    case ReportEvent::publish:
      return from == ReportState::published
                 ? "Este reporte ya se publicó y no cambia. Si hay un error, agregue una fe de erratas."
                 : "Solo se publica un reporte final. Resuelva antes lo que está pendiente.";
    case ReportEvent::add_erratum:
      return "La fe de erratas es para reportes publicados.";
    case ReportEvent::close_window:
      return "Este reporte no está en validación.";
    default:
      return "En este reporte no hay nada por resolver.";
  }
}

bool waits(const OpenMatters& open) {
  return open.open_adjustments > 0 || open.pending_justifications > 0;
}

ReportState when_closed(const OpenMatters& open) {
  return waits(open) ? ReportState::in_adjustment : ReportState::final_version;
}

}  // namespace

std::string_view to_word(ReportState state) {
  for (const auto& [value, word] : state_words) {
    if (value == state) return word;
  }
  return {};
}

std::optional<ReportState> parse_report_state(std::string_view word) {
  for (const auto& [value, known] : state_words) {
    if (known == word) return value;
  }
  return std::nullopt;
}

std::string_view to_word(ResponseKind kind) {
  for (const auto& [value, word] : response_words) {
    if (value == kind) return word;
  }
  return {};
}

std::optional<ResponseKind> parse_response_kind(std::string_view word) {
  for (const auto& [value, known] : response_words) {
    if (known == word) return value;
  }
  return std::nullopt;
}

Result<ReportState> next_state(ReportState from, ReportEvent event, const OpenMatters& open) {
  if (!is_known(from, event)) {
    return fail(
        ErrorCode::refused,
        "report event " + std::to_string(static_cast<int>(event)) + " in state " + std::string(to_word(from)),
        refusal(from, event));
  }
  switch (event) {
    case ReportEvent::send:
    case ReportEvent::substitute:
      return ReportState::in_validation;
    case ReportEvent::accept_as_leader:
    case ReportEvent::accept_as_liaison:
      if (open.open_adjustments > 0) {
        return fail(ErrorCode::refused, "an open SS-4 blocks the acceptance",
                    "Hay una SS-4 en curso sobre este reporte. Podrá aceptarlo cuando termine su trámite o "
                    "se anule.");
      }
      return event == ReportEvent::accept_as_leader ? when_closed(open) : ReportState::in_validation;
    case ReportEvent::justify:
    case ReportEvent::request_adjustment:
      return ReportState::in_validation;
    case ReportEvent::close_window:
      return when_closed(open);
    case ReportEvent::resolve:
      return from == ReportState::in_adjustment ? when_closed(open) : from;
    case ReportEvent::publish:
    case ReportEvent::add_erratum:
      return ReportState::published;
  }
  return fail(ErrorCode::internal, "unknown report event");
}

std::string_view outcome_word(const LastWords& words) {
  if (words.of_leader) return to_word(*words.of_leader);
  if (words.of_liaison) return to_word(*words.of_liaison);
  return "sin_pronunciamiento";
}

}  // namespace pao::procedure
