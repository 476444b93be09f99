#include "handlers/procedure/guideline_states.hpp"

#include "handlers/procedure/characters.hpp"

#include <algorithm>
#include <array>

namespace pao::procedure {
namespace {

struct Arrow {
  GuidelineState from;
  GuidelineEvent event;
  GuidelineState to;
};

// clang-format off: a table
constexpr std::array arrows{
    Arrow{GuidelineState::draft, GuidelineEvent::edit, GuidelineState::draft},
    Arrow{GuidelineState::draft, GuidelineEvent::submit, GuidelineState::in_review},
    Arrow{GuidelineState::in_review, GuidelineEvent::send_back, GuidelineState::draft},
    Arrow{GuidelineState::in_review, GuidelineEvent::approve, GuidelineState::approved},
    Arrow{GuidelineState::approved, GuidelineEvent::publish, GuidelineState::published},
    Arrow{GuidelineState::published, GuidelineEvent::replace, GuidelineState::replaced},
    Arrow{GuidelineState::draft, GuidelineEvent::discard, GuidelineState::discarded},
    Arrow{GuidelineState::in_review, GuidelineEvent::discard, GuidelineState::discarded},
    Arrow{GuidelineState::approved, GuidelineEvent::discard, GuidelineState::discarded},
};
// clang-format on

constexpr std::size_t most_reason_characters = 2000;

tl::unexpected<Error> no_arrow(GuidelineState state) {
  switch (state) {
    case GuidelineState::published:
      return fail(ErrorCode::conflict, "a published version is immutable",
                  "Esta versión ya está publicada y no cambia. Para corregirla, abra la revisión siguiente.");
    case GuidelineState::replaced:
      return fail(ErrorCode::conflict, "a replaced version is immutable",
                  "Esta versión ya fue reemplazada y no cambia. Trabaje sobre la versión vigente.");
    case GuidelineState::discarded:
      return fail(ErrorCode::conflict, "a discarded version does not move",
                  "Esta versión fue descartada. Abra una revisión nueva.");
    case GuidelineState::draft:
      return fail(ErrorCode::conflict, "a draft was not submitted",
                  "Esta versión sigue en borrador. Primero su autor la envía a revisión.");
    case GuidelineState::in_review:
      return fail(ErrorCode::conflict, "the version is under review",
                  "Esta versión está en revisión. Falta que la coordinación la apruebe o la devuelva.");
    case GuidelineState::approved:
      break;
  }
  return fail(ErrorCode::conflict, "the version is approved",
              "Esta versión ya está aprobada. Lo que sigue es publicarla.");
}

Result<void> check_coordination(const GuidelineMove& move) {
  if (!move.actor_coordinates) {
    return fail(ErrorCode::refused, "only coordination decides on a guideline",
                "Solo la coordinación del GESFO aprueba, devuelve y publica los lineamientos.");
  }
  if (move.author_id == move.actor_id) {
    return fail(ErrorCode::refused, "nobody decides on the own draft",
                "Usted es quien escribió esta versión. La debe decidir otra persona de la coordinación.");
  }
  return {};
}

Result<void> check_author(const GuidelineMove& move) {
  if (move.author_id.empty()) {
    return fail(ErrorCode::invalid, "the draft has no author",
                "Este borrador aún no tiene autor. Tómelo primero desde «lineamientos pendientes».");
  }
  if (move.author_id != move.actor_id) {
    return fail(ErrorCode::refused, "only the author changes and submits a draft",
                "Este borrador lo tiene otra persona. Solo su autor lo cambia o lo envía a revisión.");
  }
  return {};
}

Result<void> check_words(const GuidelineMove& move) {
  if (is_blank(move.reason)) {
    return fail(ErrorCode::invalid, "the reason is missing", "Escriba el motivo en una o dos frases.");
  }
  if (count_characters(move.reason) > most_reason_characters) {
    return fail(ErrorCode::invalid, "the reason is too long",
                "El motivo es muy largo. Use máximo 2.000 caracteres.");
  }
  return {};
}

Result<void> check_submission(const GuidelineMove& move) {
  if (const Result<void> author = check_author(move); !author) return author;
  if (move.has_reasons) return {};
  return fail(ErrorCode::invalid, "the review has no reasons",
              "Falta el motivo de la revisión: una directriz, la estrategia de la OAP o una necesidad "
              "encontrada en un reporte.");
}

Result<void> check_publication(const GuidelineMove& move) {
  if (const Result<void> four_eyes = check_coordination(move); !four_eyes) return four_eyes;
  if (move.control_confirmed) return {};
  return fail(ErrorCode::invalid, "the control point of activity 1 is not confirmed",
              "Antes de publicar falta confirmar el punto de control de la actividad 1 para esta versión.");
}

Result<void> check_discard(const GuidelineMove& move) {
  if (!move.actor_coordinates) {
    if (const Result<void> author = check_author(move); !author) return author;
  }
  return check_words(move);
}

Result<void> check_person(const GuidelineMove& move) {
  switch (move.event) {
    case GuidelineEvent::edit:
      return check_author(move);
    case GuidelineEvent::submit:
      return check_submission(move);
    case GuidelineEvent::send_back: {
      const Result<void> four_eyes = check_coordination(move);
      return four_eyes ? check_words(move) : four_eyes;
    }
    case GuidelineEvent::approve:
      return check_coordination(move);
    case GuidelineEvent::publish:
      return check_publication(move);
    case GuidelineEvent::discard:
      return check_discard(move);
    case GuidelineEvent::replace:
      break;
  }
  return fail(ErrorCode::refused, "a version is replaced by publishing the next one only",
              "Una versión se reemplaza al publicar la siguiente.");
}

}  // namespace

std::string_view to_word(GuidelineState state) {
  switch (state) {
    case GuidelineState::draft:
      return "borrador";
    case GuidelineState::in_review:
      return "en_revision";
    case GuidelineState::approved:
      return "aprobado";
    case GuidelineState::published:
      return "publicado";
    case GuidelineState::replaced:
      return "reemplazado";
    case GuidelineState::discarded:
      return "descartado";
  }
  return {};
}

std::optional<GuidelineState> next_state(GuidelineState state, GuidelineEvent event) {
  for (const Arrow& arrow : arrows) {
    if (arrow.from == state && arrow.event == event) return arrow.to;
  }
  return std::nullopt;
}

Result<GuidelineState> decide(const GuidelineMove& move) {
  const std::optional<GuidelineState> next = next_state(move.state, move.event);
  if (!next) return no_arrow(move.state);
  if (const Result<void> allowed = check_person(move); !allowed) {
    return tl::unexpected<Error>(allowed.error());
  }
  return *next;
}

std::string_view to_word(ReviewReasonKind kind) {
  switch (kind) {
    case ReviewReasonKind::directive:
      return "directriz";
    case ReviewReasonKind::oap_strategy:
      return "estrategia_oap";
    case ReviewReasonKind::need:
      return "necesidad";
  }
  return {};
}

std::optional<ReviewReasonKind> parse_review_reason(std::string_view word) {
  for (const ReviewReasonKind kind :
       {ReviewReasonKind::directive, ReviewReasonKind::oap_strategy, ReviewReasonKind::need}) {
    if (to_word(kind) == word) return kind;
  }
  return std::nullopt;
}

Instant rules_from(int term, Instant published_at) {
  return std::max(published_at, start_of_day(make_date(term, 1, 1)));
}

Result<void> check_reason(const ReviewReason& reason) {
  if (is_blank(reason.detail)) {
    return fail(ErrorCode::invalid, "a reason without words",
                "Diga en una frase qué directriz, estrategia o necesidad motiva la revisión.");
  }
  if (count_characters(reason.detail) > most_reason_characters) {
    return fail(ErrorCode::invalid, "a reason too long",
                "El motivo es muy largo. Use máximo 2.000 caracteres.");
  }
  if (reason.kind == ReviewReasonKind::need && is_blank(reason.report_id)) {
    return fail(ErrorCode::invalid, "a need without its report",
                "Indique el reporte de la vigencia anterior en el que se encontró la necesidad, por ejemplo "
                "REP-DIR-2025-T3.");
  }
  return {};
}

}  // namespace pao::procedure
