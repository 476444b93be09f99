#include "handlers/oversight/plan_view.hpp"

#include "handlers/procedure/numbers.hpp"
#include "handlers/procedure/obligations.hpp"
#include "handlers/procedure/record_fields.hpp"
#include "handlers/tracking.hpp"
#include "storage/items_store.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace pao::handlers::oversight {
namespace {

using procedure::Item;
using procedure::ItemKind;
using procedure::ProgressRecord;
using Records = std::map<std::pair<std::string, std::string>, ProgressRecord>;  // by item and period

constexpr int earliest_term = 2000;
constexpr std::chrono::month last_month_of_looking_back = std::chrono::March;

int year_of(Date day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

std::string attribute(const Item& item, const char* name) {
  const auto found = item.attributes.find(name);
  return found == item.attributes.end() ? "" : found->second;
}

double weight_of(const Item& item) {
  return procedure::parse_number(attribute(item, "peso")).value_or(0);
}

PlanPeriod period_of(const Tracked& tracked, const Item& item, const Records& records) {
  PlanPeriod one{.period = tracked.obligation.period,
                 .due_on = tracked.obligation.due_on,
                 .recorded_at = tracked.recorded_at,
                 .state = tracked.assessment.state,
                 .timeliness = tracked.assessment.timeliness};
  if (const auto period = procedure::parse_period(one.period))
    one.planned = procedure::planned_percentage(item, *period);
  const auto found = records.find({item.id, one.period});
  if (found == records.end()) return one;
  const ProgressRecord& record = found->second;
  one.reported = procedure::parse_number(procedure::field_value(record.values, "porcentaje_avance"));
  one.description = procedure::field_value(record.values, "descripcion_cualitativa");
  one.justification = procedure::field_value(record.values, "justificacion_atraso");
  one.evidence = procedure::field_value(record.values, "evidencia");
  return one;
}

void count(PlanCounts& counts, const PlanPeriod& period) {
  if (period.timeliness == procedure::Timeliness::on_time) ++counts.on_time;
  if (period.timeliness == procedure::Timeliness::late) ++counts.late;
  if (period.state == procedure::ObligationState::overdue) ++counts.missing;
}

PlanTask task_of(const Item& item, const std::vector<Tracked>& tracked, const Records& records, Date today,
                 PlanCounts& counts) {
  PlanTask task{.id = item.id, .name = item.name, .weight = weight_of(item)};
  for (const Tracked& one : tracked) {
    if (one.obligation.item_id != item.id || one.obligation.practice != procedure::practice::plans) continue;
    PlanPeriod period = period_of(one, item, records);
    count(counts, period);
    if (one.obligation.opens_on <= today) task.planned = period.planned;
    if (period.reported) task.reported = period.reported;
    task.periods.push_back(std::move(period));
  }
  return task;
}

template <class Part>
std::pair<std::optional<double>, std::optional<double>> totals(const std::vector<Part>& parts) {
  std::vector<std::pair<double, std::optional<double>>> planned, reported;
  for (const Part& part : parts) {
    planned.emplace_back(part.weight, part.planned);
    // What was planned and not reported counts as nothing done.
    const bool silent = part.planned && !part.reported;
    reported.emplace_back(part.weight, silent ? std::optional(0.0) : part.reported);
  }
  return {weighted(planned), weighted(reported)};
}

}  // namespace

std::optional<double> weighted(const std::vector<std::pair<double, std::optional<double>>>& values) {
  double sum = 0, weights = 0;
  int count = 0;
  double plain = 0;
  for (const auto& [weight, value] : values) {
    if (!value) continue;
    sum += weight * *value;
    weights += weight;
    plain += *value;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return weights > 0 ? sum / weights : plain / count;
}

Result<int> term_named(storage::Session& session, std::string_view text, Date today) {
  const int this_year = year_of(today);
  if (text.empty()) {
    const bool looks_back = std::chrono::year_month_day{today}.month() <= last_month_of_looking_back;
    const bool has_past =
        looks_back && storage::has_records(session, procedure::practice::plans, this_year - 1);
    return has_past ? this_year - 1 : this_year;
  }
  const auto named = procedure::parse_period(text);
  const bool is_year = named && named->kind == procedure::Periodicity::annual;
  if (is_year && named->year >= earliest_term && named->year <= this_year + 1) return named->year;
  const std::string first = std::to_string(earliest_term), last = std::to_string(this_year + 1);
  return fail(ErrorCode::invalid, "not a year from " + first + " to " + last,
              "Esa vigencia no se puede consultar. Elija un año entre " + first + " y " + last + ".");
}

bool runs_in(const Item& item, int term) {
  return procedure::overlaps(item, {.year = term, .kind = procedure::Periodicity::annual});
}

int other_term(int term, Date today) {
  const int this_year = year_of(today);
  return term == this_year ? this_year - 1 : this_year;
}

Result<std::shared_ptr<const Reference>> reference_for(const ReferenceSource& source, int term) {
  std::shared_ptr<const Reference> current = source.current();
  if (term >= current->term - 1) return current;
  return source.as_of(make_date(term, 12, 31));
}

Result<ProcessPlan> plan_of(storage::Session& session, const Reference& reference,
                            std::string_view process_id, int year, Instant now) {
  const Date today = local_date(now);
  const Result<std::vector<Tracked>> tracked = track_year(session, reference, process_id, year, now);
  if (!tracked) return tl::unexpected<Error>(tracked.error());
  Records records;
  for (ProgressRecord& record : storage::records_of(session, process_id, year)) {
    auto key = std::pair(record.item_id, record.period);
    records.emplace(std::move(key), std::move(record));
  }
  ProcessPlan plan{.process_id = std::string(process_id), .year = year};
  const std::vector<Item> items = storage::items_of(session, process_id);
  for (const Item& item : items) {
    if (item.kind != ItemKind::plan_activity || !runs_in(item, year)) continue;
    PlanActivity activity{.id = item.id,
                          .name = item.name,
                          .plan = attribute(item, "plan"),
                          .objective = attribute(item, "objetivo_estrategico"),
                          .goal = attribute(item, "meta"),
                          .weight = weight_of(item),
                          .starts_on = item.starts_on,
                          .ends_on = item.ends_on};
    for (const Item& task : items) {
      const bool of_it = task.kind == ItemKind::plan_task && task.parent_id == item.id;
      if (of_it && runs_in(task, year))
        activity.tasks.push_back(task_of(task, *tracked, records, today, plan.counts));
    }
    std::tie(activity.planned, activity.reported) = totals(activity.tasks);
    plan.activities.push_back(std::move(activity));
  }
  std::tie(plan.planned, plan.reported) = totals(plan.activities);
  return plan;
}

}  // namespace pao::handlers::oversight
