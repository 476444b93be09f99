// The plain data of the procedure: who, what, and what was recorded. No behaviour, no database, no JSON.
// Every enumeration has its word as procedure sections 2 and 5 write it ("por_vencer"): `to_word` gives the
// word, `parse_…` reads it and gives nothing for another word. Words are in storage, exports and columns, not
// on cards.
// Ids are the entity's own texts ("DIR", "U-015", "PAI-DIR-01-T1", "2026-T3"); an empty id means "none".
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

// ---- People and processes (procedure section 2) ----

enum class Role {
  leader,            // líder de proceso
  liaison,           // enlace
  owner,             // responsable of something in the SMGI
  advisor,           // asesor GESFO
  professional,      // profesional GESFO
  coordination,      // coordinación GESFO
  head,              // jefe OAP
  internal_control,  // OCI
  administrator,
};

// "lider", "enlace", "responsable", "asesor_gesfo", "profesional_gesfo", "coordinador_gesfo", "jefe_oap",
// "oci", "administrador".
std::string_view to_word(Role role);
std::optional<Role> parse_role(std::string_view word);

// A role held by a person: in one process (leader, liaison, owner, and the advisor's assigned processes),
// or everywhere (`process_id` empty).
struct RoleGrant {
  Role role;
  std::string process_id;
  bool principal = true;      // the main liaison of the process
  std::optional<Date> since;  // first day it holds; none: always did
  std::optional<Date> until;  // last day it holds; none: still does
};

struct Person {
  std::string id;  // "U-015"
  std::string name;
  std::string email;
  std::string aad_object_id;  // identifies the person in every activity; stable in the tenant
  bool active = true;
  std::vector<RoleGrant> roles;
};

struct Process {
  std::string id;  // "DIR"
  std::string name;
  std::string kind;  // estrategico, misional, apoyo, evaluacion
  std::string area;  // dependencia
  std::string leader_id;
  std::string advisor_id;
  bool continuity_critical = false;
};

// ---- Practices and guidelines ----

// The eight practices are data; their ids are those of the guidelines' front matter.
namespace practice {
inline constexpr const char* plans = "planes";
inline constexpr const char* projects = "proyectos-de-inversion";
inline constexpr const char* indicators = "indicadores";
inline constexpr const char* risks = "riesgos";
inline constexpr const char* review_meeting = "repac";
inline constexpr const char* improvements = "mejoras-por-autocontrol";
inline constexpr const char* continuity = "continuidad-del-negocio";
inline constexpr const char* documents = "documentos";
inline constexpr const char* general = "general";
}  // namespace practice

enum class Periodicity { none, monthly, quarterly, four_monthly, semiannual, annual };

// "monthly" (front matter) and "mensual" (indicator sheets) both; nothing for another word.
std::optional<Periodicity> parse_periodicity(std::string_view word);
std::string_view to_word(Periodicity periodicity);  // "mensual"; "ninguna" for none

// A field that the record of a practice must have when a condition in words holds
// ("justificacion_atraso when porcentaje_avance < porcentaje_programado").
struct ConditionalField {
  std::string field;
  std::string condition;
  bool operator==(const ConditionalField&) const = default;
};

struct ServiceLevel {  // of an SS type: "SS-2 modificacion 5"
  std::string type;
  std::string name;
  int business_days;
  bool operator==(const ServiceLevel&) const = default;
};

struct AttentionLevel {  // "1 Asesor GESFO asignado 1"; level 0 has no days
  int level;
  std::string name;
  std::optional<int> business_days;
  bool operator==(const AttentionLevel&) const = default;
};

// What a guideline's front matter fixes for its practice.
struct PracticeRules {
  std::string practice;
  std::string name;
  std::string prefix;  // of its criterion codes: "PLA"
  int term = 0;        // vigencia
  int version = 0;
  bool sample = false;  // sample content: the notice must be shown
  std::string smgi_module;
  Periodicity periodicity = Periodicity::none;
  int cutoff_business_day = 0;  // N of "the first N business days of the month after the period"
  // Annual practices whose cut-off is not the January after: the month of the year itself (10 for documentos,
  // DOC-07). 0: the practice's default in the timing table (procedure section 7), see obligations.hpp.
  int cutoff_month = 0;
  std::vector<int> alert_days_before;
  std::vector<int> alert_days_after;
  std::vector<std::string> required_fields;
  std::vector<ConditionalField> conditional_fields;
  bool evidence_required = false;
  std::vector<std::string> evidence_kinds;
  std::vector<ServiceLevel> service_levels;      // general only
  std::vector<AttentionLevel> attention_levels;  // general only
  int acknowledge_business_days = 1;             // general only
  int validation_window_business_days = 10;      // general only
  bool operator==(const PracticeRules&) const = default;
};

struct Criterion {
  std::string code;  // "PLA-05"
  std::string practice;
  std::string section;  // the ## heading above it
  std::string title;
  std::string text;  // one paragraph, as published
  int term = 0;
  int version = 0;
  bool operator==(const Criterion&) const = default;
};

// ---- Items, obligations and records ----

enum class ItemKind {
  plan_activity,
  plan_task,
  project,
  indicator,
  risk,
  risk_control,
  improvement,
  commitment,
  continuity_plan,
  document,
};

// "actividad_plan", "tarea_plan", "proyecto", "indicador", "riesgo", "control", "mejora", "compromiso",
// "plan_continuidad", "documento".
std::string_view to_word(ItemKind kind);
std::optional<ItemKind> parse_item_kind(std::string_view word);

// Anything of a process on which progress is recorded or that has a date of its own.
struct Item {
  std::string id;
  ItemKind kind;
  std::string practice;
  std::string process_id;
  std::string parent_id;  // the activity of a task, the risk of a control
  std::string name;
  std::string owner_id;                         // responsable; empty when the process as a whole answers
  Periodicity periodicity = Periodicity::none;  // none: the practice's
  std::vector<int> planned_months;              // plan tasks: months with planned progress (1…12)
  std::optional<Date> starts_on;
  std::optional<Date> ends_on;
  std::map<std::string, std::string> attributes;  // further columns of the source, by name
};

// The state of an obligation (5.3). `no_record_due` is no_exigible.
enum class ObligationState { future, open, due_soon, met, met_late, overdue, no_record_due };
enum class Timeliness { none, on_time, late };

// "futura", "abierta", "por_vencer", "cumplida", "cumplida_extemporanea", "vencida", "no_exigible".
std::string_view to_word(ObligationState state);
std::optional<ObligationState> parse_obligation_state(std::string_view word);
std::string_view to_word(Timeliness timeliness);  // "oportuno", "extemporaneo", "" for none

// Something that must be recorded: item × period. Never typed by hand.
struct Obligation {
  std::string process_id;
  std::string practice;
  std::string item_id;  // or "REPAC-DIR", "CON-DIR", "DOC-DIR" where the process as a whole records
  std::string period;   // "2026-03", "2026-T1", "2026-C1", "2026-S1", "2026"
  Date due_on;          // closes at the end of this day, Bogotá
  Date opens_on{};      // first day on which it can be recorded: the period has ended (5.3 `abierta`)
};

// Where a record is on its way to the official system (design principle 2).
enum class FilingState { captured, sent, confirmed };

enum class ReviewState { registered, in_review, accepted, returned };

std::string_view to_word(FilingState state);  // "capturado", "enviado", "confirmado"
std::optional<FilingState> parse_filing_state(std::string_view word);
std::string_view to_word(ReviewState state);  // "registrado", "en_verificacion", "aceptado", "devuelto"
std::optional<ReviewState> parse_review_state(std::string_view word);

// One progress update (avance). `values` holds the practice's fields by name.
struct ProgressRecord {
  std::string id;  // receipt number
  std::string practice;
  std::string item_id;
  std::string process_id;
  std::string period;
  std::map<std::string, std::string> values;
  Instant recorded_at;
  std::string recorded_by;  // person id
  std::string channel;      // "smgi", "pao_teams"
  ReviewState review = ReviewState::registered;
  FilingState filing = FilingState::captured;
  // Fixed by the first save (5.3); none for imported and older records: as the calendar says now.
  std::optional<Date> due_on = {};
  Timeliness timeliness = Timeliness::none;
};

// ---- SS requests (5.2) ----

enum class RequestState {
  draft,
  filed,
  in_review,
  waiting_information,
  approved,
  rejected,
  applied,
  closed,
  closed_unanswered,
  withdrawn,
};

// "borrador", "radicada", "en_revision", "en_espera_informacion", "aprobada", "rechazada", "aplicada",
// "cerrada", "cerrada_sin_respuesta", "anulada".
std::string_view to_word(RequestState state);
std::optional<RequestState> parse_request_state(std::string_view word);

struct ServiceRequest {
  std::string id;           // SMGI number ("SS-2026-0070") or provisional ("PAO-2026-0001")
  bool provisional = true;  // true: "pendiente de radicar"
  std::string process_id;
  std::string practice;
  std::string type;  // "SS-2"
  std::string subject;
  std::string item_id;
  std::string current_value;
  std::string requested_value;
  std::string justification;
  std::string evidence;
  std::string filed_by;  // person id
  Instant filed_at;
  bool endorsement_pending = false;  // aval_pendiente: the clock waits for the leader
  std::optional<Instant> endorsed_at;
  RequestState state = RequestState::draft;
  std::string decision;
  std::string reason;
  std::string advisor_id;      // who has it
  std::optional<Date> due_on;  // none while the clock has not started
  std::optional<Date> answered_on;
  int suspended_business_days = 0;  // spent in waiting_information; the clock stood still (5.2)
  std::string field;           // what of the item is to change ("fecha_fin", item_changes.hpp); may be empty
  std::string provisional_id;  // "PAO-2026-0001": what it was called until the SMGI gave its number
};

}  // namespace pao::procedure
