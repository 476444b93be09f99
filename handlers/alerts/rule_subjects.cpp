#include "cards/texts.hpp"
#include "handlers/alerts/rule_lines.hpp"
#include "handlers/document_reviews.hpp"
#include "handlers/procedure/commitments.hpp"
#include "handlers/procedure/numbers.hpp"
#include "handlers/procedure/period.hpp"
#include "handlers/procedure/record_fields.hpp"
#include "handlers/procedure/record_quality.hpp"
#include "handlers/procedure/service_level.hpp"
#include "storage/items_store.hpp"
#include "storage/verification_store.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace pao::handlers::alerts {
namespace {

using procedure::AlertSubject;
using procedure::AlertSubjectKind;
using procedure::Item;
using procedure::ItemKind;
using procedure::ProgressRecord;
using Facts = std::map<std::string, std::string>;

// DOC-09, REP-06.
constexpr std::chrono::days document_age{3 * 365};
constexpr int meeting_business_day = 10;

std::string value_of(const Facts& values, const char* name) {
  const auto found = values.find(name);
  return found == values.end() ? "" : found->second;
}

const char* yes_or_no(bool yes) {
  return yes ? "si" : "no";
}

std::string rounded(double number) {
  return procedure::stored_number(std::round(number * 10) / 10);
}

int year_of(Date day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

// ---- Records ----

void add_share(Facts& facts, const char* name, const Item& item, const Facts& values) {
  if (item.kind != ItemKind::indicator) return;
  if (const auto share = procedure::share_of_target(item, values)) facts[name] = rounded(*share);
}

void add_execution(Facts& facts) {
  const auto done = procedure::parse_number(value_of(facts, "obligaciones_cop"));
  const auto planned = procedure::parse_number(value_of(facts, "obligaciones_programadas_cop"));
  if (done && planned && *planned > 0) facts["ejecucion"] = rounded(*done / *planned * 100);
}

AlertSubject subject_of(const Item& item, const ProgressRecord& record, const ProgressRecord* before,
                        const Reference& reference) {
  AlertSubject subject{.kind = AlertSubjectKind::record,
                       .id = record.item_id,
                       .step_key = record.period,
                       .process_id = record.process_id,
                       .practice = record.practice,
                       .owner_id = item.owner_id,
                       .name = item.name + ", " + cards::period_name(record.period),
                       .facts = procedure::with_form_names(record.values)};
  Facts& facts = subject.facts;
  facts["periodo_nombre"] = cards::period_name(record.period);
  facts["revision"] = std::string(procedure::to_word(record.review));
  facts["tiene_plan_contingencia"] = yes_or_no(!value_of(record.values, "plan_contingencia").empty());
  add_execution(facts);
  add_share(facts, "cumplimiento", item, record.values);
  if (before != nullptr) {
    add_share(facts, "anterior_cumplimiento", item, before->values);
    facts["avanza"] = yes_or_no(value_of(record.values, "porcentaje_avance") !=
                                value_of(before->values, "porcentaje_avance"));
  }
  if (const auto* rules = reference.rules_of(record.practice)) {
    const auto findings = procedure::check_quality(*rules, item, record.values, before);
    facts["texto_repetido"] =
        yes_or_no(std::any_of(findings.begin(), findings.end(),
                              [](const auto& finding) { return finding.rule == "texto_repetido"; }));
  }
  return subject;
}

void add_records(std::vector<AlertSubject>& subjects, storage::Session& session, const Reference& reference,
                 const std::vector<Item>& items, const std::string& process_id, Instant now) {
  struct LastTwo {
    const ProgressRecord* last = nullptr;
    const ProgressRecord* before = nullptr;
  };
  const std::vector<ProgressRecord> records =
      storage::records_of(session, process_id, year_of(local_date(now)));
  std::map<std::string_view, LastTwo> by_item;  // records come by period
  for (const ProgressRecord& record : records) {
    if (record.recorded_at > now) continue;
    LastTwo& two = by_item[record.item_id];
    two.before = std::exchange(two.last, &record);
  }
  for (const Item& item : items) {
    const auto found = by_item.find(item.id);
    if (found == by_item.end()) continue;
    AlertSubject subject = subject_of(item, *found->second.last, found->second.before, reference);
    if (found->second.last->review == procedure::ReviewState::returned) {
      const auto stored = storage::find_record(session, found->second.last->id);
      if (stored && stored->returned_at) {
        subject.facts["dias_devuelto"] = std::to_string(-procedure::business_days_left(
            local_date(*stored->returned_at), local_date(now), reference.calendar));
      }
    }
    subjects.push_back(std::move(subject));
  }
}

// ---- Items with dates of their own ----

std::optional<Date> date_of(const Item& item) {
  if (item.kind == ItemKind::commitment) return item.ends_on;
  if (item.kind == ItemKind::document)
    return parse_date(value_of(item.attributes, "fecha_compromiso_actualizacion"));
  return std::nullopt;
}

void add_item(std::vector<AlertSubject>& subjects, const Item& item, Date today, const Reference& reference) {
  AlertSubject subject{.kind = AlertSubjectKind::item,
                       .id = item.id,
                       .process_id = item.process_id,
                       .practice = item.practice,
                       .owner_id = item.owner_id,
                       .name = item.name,
                       .due_on = date_of(item),
                       .facts = item.attributes};
  Facts& facts = subject.facts;
  facts["clase"] = std::string(procedure::to_word(item.kind));
  if (subject.due_on) {
    facts["dias"] = std::to_string(procedure::business_days_left(*subject.due_on, today, reference.calendar));
    facts["fecha_nombre"] = cards::long_date(*subject.due_on);
  }
  if (item.kind == ItemKind::commitment) facts["cumplido"] = yes_or_no(!procedure::is_open_commitment(item));
  if (item.kind == ItemKind::continuity_plan) {
    const auto done = parse_date(value_of(item.attributes, "bia_actualizado"));
    const auto limit = parse_date(value_of(item.attributes, "bia_fecha_limite"));
    facts["bia_al_dia"] = yes_or_no((done && year_of(*done) == year_of(today)) || (limit && today <= *limit));
    if (const auto test = parse_date(value_of(item.attributes, "prueba_programada"))) {
      facts["prueba_hecha"] = yes_or_no(!value_of(item.attributes, "prueba_realizada").empty());
      facts["prueba_nombre"] = cards::long_date(*test);
      facts["dias_prueba"] = std::to_string(procedure::business_days_left(*test, today, reference.calendar));
    }
  }
  subjects.push_back(std::move(subject));
}

// ---- The process as a whole ----

void add_documents(Facts& facts, const std::vector<Item>& items, Date today) {
  int old = 0;
  std::optional<Date> oldest;
  for (const Item& item : items) {
    const auto reviewed = parse_date(value_of(item.attributes, "ultima_revision"));
    if (item.kind != ItemKind::document || !reviewed || *reviewed + document_age > today) continue;
    ++old;
    if (oldest && *oldest <= *reviewed) continue;
    oldest = *reviewed;
    facts["documento_mas_viejo"] = item.id + " (" + cards::long_date(*reviewed) + ")";
  }
  facts["documentos_viejos"] = std::to_string(old);
}

// The quarter that has ended must have its meeting by the tenth business day of the month after it.
void add_meeting(AlertSubject& subject, storage::Session& session, Date today, const Reference& reference) {
  const std::chrono::year_month_day day{today};
  const int month = static_cast<int>(static_cast<unsigned>(day.month()));
  const int quarter = (month - 1) / 3;  // the one that ended; 0: the last of the year before
  const int year = static_cast<int>(day.year()) - (quarter == 0 ? 1 : 0);
  const std::string period = std::to_string(year) + "-T" + std::to_string(quarter == 0 ? 4 : quarter);
  const auto due = reference.calendar.nth_business_day_of_month(static_cast<int>(day.year()), quarter * 3 + 1,
                                                                meeting_business_day);
  if (!due) return;
  bool held = false;
  for (const ProgressRecord& record : storage::records_of(session, subject.process_id, year))
    held = held || (record.practice == procedure::practice::review_meeting && record.period == period);
  subject.step_key = period;
  subject.due_on = *due;
  subject.facts["reunion_del_trimestre"] = yes_or_no(held);
  subject.facts["reunion_periodo"] = cards::period_name(period);
  subject.facts["dias"] = std::to_string(procedure::business_days_left(*due, today, reference.calendar));
}

void add_process(std::vector<AlertSubject>& subjects, storage::Session& session,
                 const std::vector<Item>& items, const procedure::Process& process, Date today,
                 const Reference& reference) {
  for (const procedure::PracticeRules& rules : reference.rules) {
    AlertSubject subject{.kind = AlertSubjectKind::process,
                         .id = process.id,
                         .process_id = process.id,
                         .practice = rules.practice,
                         .name = rules.name};
    if (rules.practice == procedure::practice::documents) add_documents(subject.facts, items, today);
    if (rules.practice == procedure::practice::review_meeting) {
      add_meeting(subject, session, today, reference);
      subject.id += "-" + subject.step_key;
    }
    if (rules.practice == procedure::practice::improvements) {
      const auto count = std::count_if(items.begin(), items.end(), [&](const Item& item) {
        return item.kind == ItemKind::improvement && item.starts_on &&
               year_of(*item.starts_on) == year_of(today);
      });
      subject.facts["mejoras_del_anio"] = std::to_string(count);
    }
    subjects.push_back(std::move(subject));
  }
}

}  // namespace

std::vector<AlertSubject> alert_subjects(storage::Session& session, const Reference& reference,
                                         const procedure::Process& process, Instant now) {
  std::vector<Item> items = storage::items_of(session, process.id);
  add_last_reviews(session, items);
  const Date today = local_date(now);
  std::vector<AlertSubject> subjects;
  add_records(subjects, session, reference, items, process.id, now);
  for (const Item& item : items) add_item(subjects, item, today, reference);
  add_process(subjects, session, items, process, today, reference);
  return subjects;
}

}  // namespace pao::handlers::alerts
