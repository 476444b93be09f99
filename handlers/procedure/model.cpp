#include "handlers/procedure/model.hpp"

#include <array>
#include <utility>

namespace pao::procedure {
namespace {

template <class Enum, std::size_t size>
using Words = std::array<std::pair<Enum, std::string_view>, size>;

constexpr Words<Role, 9> role_words{{{Role::leader, "lider"},
                                     {Role::liaison, "enlace"},
                                     {Role::owner, "responsable"},
                                     {Role::advisor, "asesor_gesfo"},
                                     {Role::professional, "profesional_gesfo"},
                                     {Role::coordination, "coordinador_gesfo"},
                                     {Role::head, "jefe_oap"},
                                     {Role::internal_control, "oci"},
                                     {Role::administrator, "administrador"}}};

constexpr Words<Periodicity, 6> periodicity_words{{{Periodicity::none, "ninguna"},
                                                   {Periodicity::monthly, "mensual"},
                                                   {Periodicity::quarterly, "trimestral"},
                                                   {Periodicity::four_monthly, "cuatrimestral"},
                                                   {Periodicity::semiannual, "semestral"},
                                                   {Periodicity::annual, "anual"}}};

constexpr Words<Periodicity, 6> english_periodicity_words{{{Periodicity::none, "none"},
                                                           {Periodicity::monthly, "monthly"},
                                                           {Periodicity::quarterly, "quarterly"},
                                                           {Periodicity::four_monthly, "four_monthly"},
                                                           {Periodicity::semiannual, "semiannual"},
                                                           {Periodicity::annual, "annual"}}};

constexpr Words<ItemKind, 10> item_kind_words{{{ItemKind::plan_activity, "actividad_plan"},
                                               {ItemKind::plan_task, "tarea_plan"},
                                               {ItemKind::project, "proyecto"},
                                               {ItemKind::indicator, "indicador"},
                                               {ItemKind::risk, "riesgo"},
                                               {ItemKind::risk_control, "control"},
                                               {ItemKind::improvement, "mejora"},
                                               {ItemKind::commitment, "compromiso"},
                                               {ItemKind::continuity_plan, "plan_continuidad"},
                                               {ItemKind::document, "documento"}}};

constexpr Words<ObligationState, 7> obligation_words{{{ObligationState::future, "futura"},
                                                      {ObligationState::open, "abierta"},
                                                      {ObligationState::due_soon, "por_vencer"},
                                                      {ObligationState::met, "cumplida"},
                                                      {ObligationState::met_late, "cumplida_extemporanea"},
                                                      {ObligationState::overdue, "vencida"},
                                                      {ObligationState::no_record_due, "no_exigible"}}};

constexpr Words<Timeliness, 3> timeliness_words{
    {{Timeliness::none, ""}, {Timeliness::on_time, "oportuno"}, {Timeliness::late, "extemporaneo"}}};

constexpr Words<FilingState, 3> filing_words{{{FilingState::captured, "capturado"},
                                              {FilingState::sent, "enviado"},
                                              {FilingState::confirmed, "confirmado"}}};

constexpr Words<ReviewState, 4> review_words{{{ReviewState::registered, "registrado"},
                                              {ReviewState::in_review, "en_verificacion"},
                                              {ReviewState::accepted, "aceptado"},
                                              {ReviewState::returned, "devuelto"}}};

constexpr Words<RequestState, 10> request_words{{{RequestState::draft, "borrador"},
                                                 {RequestState::filed, "radicada"},
                                                 {RequestState::in_review, "en_revision"},
                                                 {RequestState::waiting_information, "en_espera_informacion"},
                                                 {RequestState::approved, "aprobada"},
                                                 {RequestState::rejected, "rechazada"},
                                                 {RequestState::applied, "aplicada"},
                                                 {RequestState::closed, "cerrada"},
                                                 {RequestState::closed_unanswered, "cerrada_sin_respuesta"},
                                                 {RequestState::withdrawn, "anulada"}}};

template <class Enum, std::size_t size>
std::string_view word_of(const Words<Enum, size>& words, Enum value) {
  for (const auto& [known, word] : words) {
    if (known == value) return word;
  }
  return {};
}

template <class Enum, std::size_t size>
std::optional<Enum> value_of(const Words<Enum, size>& words, std::string_view text) {
  for (const auto& [value, word] : words) {
    if (word == text) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_word(Role role) {
  return word_of(role_words, role);
}
std::optional<Role> parse_role(std::string_view word) {
  return value_of(role_words, word);
}

std::string_view to_word(Periodicity periodicity) {
  return word_of(periodicity_words, periodicity);
}
std::optional<Periodicity> parse_periodicity(std::string_view word) {
  const auto spanish = value_of(periodicity_words, word);
  return spanish ? spanish : value_of(english_periodicity_words, word);
}

std::string_view to_word(ItemKind kind) {
  return word_of(item_kind_words, kind);
}
std::optional<ItemKind> parse_item_kind(std::string_view word) {
  return value_of(item_kind_words, word);
}

std::string_view to_word(ObligationState state) {
  return word_of(obligation_words, state);
}
std::optional<ObligationState> parse_obligation_state(std::string_view word) {
  return value_of(obligation_words, word);
}

std::string_view to_word(Timeliness timeliness) {
  return word_of(timeliness_words, timeliness);
}

std::string_view to_word(FilingState state) {
  return word_of(filing_words, state);
}
std::optional<FilingState> parse_filing_state(std::string_view word) {
  return value_of(filing_words, word);
}

std::string_view to_word(ReviewState state) {
  return word_of(review_words, state);
}
std::optional<ReviewState> parse_review_state(std::string_view word) {
  return value_of(review_words, word);
}

std::string_view to_word(RequestState state) {
  return word_of(request_words, state);
}
std::optional<RequestState> parse_request_state(std::string_view word) {
  return value_of(request_words, word);
}

}  // namespace pao::procedure
