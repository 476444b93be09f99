// The módulo Planes of one process as internal control reads it: quantitative (planned and reported
// percentages, timeliness) and qualitative (descriptions, justifications, evidence), PEI and PAI. Made from
// items, records and obligations; nothing of the chat is in it.
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::oversight {

struct PlanPeriod {
  std::string period;
  std::optional<double> planned;   // cumulative percentage
  std::optional<double> reported;  // none: nothing recorded
  Date due_on;
  std::optional<Instant> recorded_at;
  procedure::ObligationState state = procedure::ObligationState::future;
  procedure::Timeliness timeliness = procedure::Timeliness::none;
  std::string description;
  std::string justification;
  std::string evidence;
};

struct PlanTask {
  std::string id;
  std::string name;
  double weight = 0;               // percent of the activity
  std::optional<double> planned;   // of the last period that has opened
  std::optional<double> reported;  // of the last record
  std::vector<PlanPeriod> periods;
};

struct PlanActivity {
  std::string id;
  std::string name;
  std::string plan;  // "PEI", "PAI"
  std::string objective;
  std::string goal;
  double weight = 0;  // percent of the plan of the process
  std::optional<Date> starts_on;
  std::optional<Date> ends_on;
  std::optional<double> planned;  // weighted by its tasks (PLA: promedio ponderado)
  std::optional<double> reported;
  std::vector<PlanTask> tasks;
};

struct PlanCounts {
  int on_time = 0;
  int late = 0;
  int missing = 0;  // overdue and not recorded
};

struct ProcessPlan {
  std::string process_id;
  int year = 0;
  std::vector<PlanActivity> activities;  // in the order of the import
  PlanCounts counts;
  std::optional<double> planned;
  std::optional<double> reported;
};

// Of one vigencia: the activities and tasks that run in that year, with its records, as they stand now.
Result<ProcessPlan> plan_of(storage::Session& session, const Reference& reference,
                            std::string_view process_id, int year, Instant now);

// The vigencia that a card or an operator names; `invalid` with a Spanish sentence for what is none. An empty
// text names the usual one: until 31 March the year before, when anything was recorded in it, because its
// December falls due in January and internal control looks back on it then; afterwards this year.
Result<int> term_named(storage::Session& session, std::string_view text, Date today);

// Whether the item's dates touch that year; one without dates is of every vigencia.
bool runs_in(const procedure::Item& item, int term);

// Cards lead from this year to the one before, and from every other one to this year.
int other_term(int term, Date today);

// What knows the rules of that vigencia: today's know this year and the one before, an earlier one has those
// of its last day.
Result<std::shared_ptr<const Reference>> reference_for(const ReferenceSource& source, int term);

// The average of the values by their weights; nothing when there is none. Without weights all count alike.
std::optional<double> weighted(const std::vector<std::pair<double, std::optional<double>>>& values);

// goes with every view and export.
inline constexpr const char* oversight_notice =
    "Información de consulta registrada por los procesos. No es la evaluación de la Oficina de Control "
    "Interno "
    "ni reemplaza su Informe de Gestión por Dependencias.";

}  // namespace pao::handlers::oversight
