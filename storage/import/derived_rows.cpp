#include "storage/import/derived_rows.hpp"

#include "handlers/procedure/obligations.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/procedure/validation_window.hpp"
#include "storage/columns.hpp"
#include "storage/designations_store.hpp"
#include "storage/items_store.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace pao::storage::import {
namespace {

int small_number(std::string_view cell) {
  int number = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return number;
}

// ---- Roles ----

struct Grant {
  std::string_view person_id;
  procedure::Role role;
  std::string_view process_id;  // "": everywhere
};

Upsert store_grant(Session& session, const Grant& grant, std::string_view source, bool principal,
                   std::string_view since, std::string_view until) {
  StoredCell until_cell{"until", std::monostate{}};
  if (!until.empty()) until_cell.value = std::string(until);
  return upsert(session, "role_grants", {"person_id", "role", "process_id", "since", "source"},
                {{"person_id", std::string(grant.person_id)},
                 {"role", std::string(procedure::to_word(grant.role))},
                 {"process_id", std::string(grant.process_id)},
                 {"since", std::string(since)},
                 {"source", std::string(source)},
                 {"principal", std::int64_t{principal ? 1 : 0}},
                 until_cell});
}

// Leaders and advisors are named by the process, liaisons by enlaces.csv: for them the role in personas.csv
// is only a description, and nobody gets a right from a list that is not the authority for it.
bool is_granted_by_people(procedure::Role role, std::string_view process_id) {
  switch (role) {
    case procedure::Role::leader:
    case procedure::Role::liaison:
    case procedure::Role::advisor:
      return false;
    case procedure::Role::owner:
      return !process_id.empty();
    default:
      return true;
  }
}

void store_role_of_person(Session& session, const EntityFile& file, const CsvRow& row, FileCounts& counts) {
  const std::string_view person = file.cell(row, "persona_id");
  const procedure::Role role = procedure::parse_role(file.cell(row, "rol")).value();
  const std::string_view process = file.cell(row, "proceso_id");
  counts.removed += static_cast<std::size_t>(
      session.run("DELETE FROM role_grants WHERE source = 'people' AND person_id = $1"
                  " AND NOT (role = $2 AND process_id = $3)",
                  {person, procedure::to_word(role), process}));
  if (!is_granted_by_people(role, process)) return;
  (void)store_grant(session, {person, role, process}, "people", true, "", "");
}

void store_role_of_process(Session& session, std::string_view person, procedure::Role role,
                           std::string_view process, FileCounts& counts) {
  counts.removed += static_cast<std::size_t>(
      session.run("DELETE FROM role_grants WHERE source = 'processes' AND process_id = $1 AND role = $2"
                  " AND person_id <> $3",
                  {process, procedure::to_word(role), person}));
  if (!person.empty()) (void)store_grant(session, {person, role, process}, "processes", true, "", "");
}

// ---- Records of a process as a whole ----

struct ProcessRecord {
  std::string id;
  std::string practice;
  std::string process_id;
  std::string period;
  std::map<std::string, std::string> values;
  Instant recorded_at;
  std::string recorded_by;
  procedure::ReviewState review;
};

// What was recorded here and is now reported by the SMGI is one record: it keeps its receipt and its time,
// and is confirmed. That of the documents is derived and says nothing of its verification.
bool confirm_own(Session& session, const ProcessRecord& record, std::string_view item_id) {
  return session.run(
             "UPDATE progress_records SET filing = 'confirmado',"
             " review = CASE WHEN practice = 'documentos' THEN review ELSE $4 END"
             " WHERE item_id = $1 AND period = $2 AND id <> $3 AND id LIKE 'AV-%'",
             {item_id, std::string_view(record.period), std::string_view(record.id),
              procedure::to_word(record.review)}) > 0;
}

void store_process_record(Session& session, const ProcessRecord& record) {
  const std::string item_id = procedure::process_item_id(record.practice, record.process_id);
  if (confirm_own(session, record, item_id)) return;
  StoredCell recorded_by{"recorded_by", std::monostate{}};
  if (!record.recorded_by.empty()) recorded_by.value = record.recorded_by;
  (void)upsert(session, "progress_records", {"id"},
               {{"id", record.id},
                {"practice", record.practice},
                {"item_id", item_id},
                {"process_id", record.process_id},
                {"period", record.period},
                {"recorded_values", texts_to_json(record.values)},
                {"recorded_at", std::int64_t{record.recorded_at.time_since_epoch().count()}},
                recorded_by,
                {"channel", std::string("smgi")},
                {"review", std::string(procedure::to_word(record.review))},
                {"filing", std::string(procedure::to_word(procedure::FilingState::confirmed))}});
}

void store_meeting_record(Session& session, const EntityFile& file, const CsvRow& row) {
  const std::optional<Instant> at = parse_instant(file.cell(row, "acta_registrada_en"));
  if (!at) return;
  ProcessRecord record{.id = std::string(file.cell(row, "repac_id")),
                       .practice = procedure::practice::review_meeting,
                       .process_id = std::string(file.cell(row, "proceso_id")),
                       .period = std::string(file.cell(row, "periodo")),
                       .values = {},
                       .recorded_at = *at,
                       .recorded_by = std::string(file.cell(row, "registrado_por")),
                       .review = procedure::parse_review_state(file.cell(row, "revision")).value()};
  for (const char* column : {"fecha_reunion", "modalidad", "preside", "asistentes", "acta"}) {
    record.values.emplace(column, file.cell(row, column));
  }
  store_process_record(session, record);
}

// The year of "revision_2026_en"; empty for another column.
std::string review_year(std::string_view column) {
  constexpr std::string_view before = "revision_";
  constexpr std::string_view after = "_en";
  if (column.size() != before.size() + 4 + after.size() || !column.starts_with(before) ||
      !column.ends_with(after)) {
    return {};
  }
  return std::string(column.substr(before.size(), 4));
}

// A process has recorded its yearly review when each of its documents was reviewed; the last one counts.
void store_document_review(Session& session, const std::string& process_id, const std::string& column) {
  const std::string period = review_year(column);
  const std::string id = "DOC-" + process_id + "-" + period;
  std::optional<Instant> last;
  for (const procedure::Item& item : items_of(session, process_id)) {
    if (item.kind != procedure::ItemKind::document) continue;
    const auto found = item.attributes.find(column);
    const auto at = found == item.attributes.end() ? std::nullopt : parse_instant(found->second);
    if (!at) {
      session.run("DELETE FROM progress_records WHERE id = $1", {std::string_view(id)});
      return;
    }
    last = last ? std::max(*last, *at) : *at;
  }
  if (!last) return;
  store_process_record(session, {.id = id,
                                 .practice = procedure::practice::documents,
                                 .process_id = process_id,
                                 .period = period,
                                 .values = {},
                                 .recorded_at = *last,
                                 .recorded_by = {},
                                 .review = procedure::ReviewState::registered});
}

void store_document_reviews(Session& session, const EntityFile& file) {
  std::set<std::string> processes;
  for (const CsvRow& row : file.table.rows) processes.emplace(file.cell(row, "proceso_id"));
  for (const std::string& column : file.table.header) {
    if (review_year(column).empty()) continue;
    for (const std::string& process_id : processes) store_document_review(session, process_id, column);
  }
}

// ---- Requests ----

std::vector<StoredCell> service_clock(const EntityFile& file, const CsvRow& row,
                                      const procedure::Calendar& calendar) {
  const Date filed_on = parse_date(file.cell(row, "fecha_radicado")).value();
  const std::string_view endorsement = file.cell(row, "aval_lider");
  const int level = small_number(file.cell(row, "nivel_servicio_dias"));
  const int suspended = small_number(file.cell(row, "dias_habiles_suspendidos"));
  const bool waits = endorsement == "no";
  const std::int64_t filed_at = start_of_day(filed_on).time_since_epoch().count();
  StoredCell endorsed_at{"endorsed_at", std::monostate{}};
  if (endorsement == "si") endorsed_at.value = filed_at;
  StoredCell due_on{"due_on", std::monostate{}};
  // The clock stands still while information is awaited.
  if (!waits && level > 0 && file.cell(row, "estado") != "en_espera_informacion")
    due_on.value = iso_date(procedure::service_due(filed_on, level, suspended, calendar));
  return {{"filed_at", filed_at}, {"endorsement_pending", std::int64_t{waits ? 1 : 0}}, endorsed_at, due_on};
}

// ---- Reports ----

// The deadline of the window, counted from the day of sending.
std::vector<StoredCell> validation_window(const EntityFile& file, const CsvRow& row,
                                          const procedure::Calendar& calendar) {
  const std::optional<Instant> sent_at = parse_instant(file.cell(row, "enviado_en"));
  if (!sent_at) return {};
  const procedure::ValidationWindow window = procedure::open_window(*sent_at, calendar);
  return {{"deadline_on", iso_date(window.last_day)},
          {"calendar", window.calendar},
          {"explanation", window.explanation},
          {"cut_off_at", std::int64_t{sent_at->time_since_epoch().count()}}};
}

// A justification that is still to be resolved came without its text: it is entered as a response, so that
// the advisor can resolve it. Who said it and with what evidence is in the source system.
void store_report_response(Session& session, const EntityFile& file, const CsvRow& row) {
  const std::string_view report = file.cell(row, "reporte_id");
  const std::string_view state = file.cell(row, "estado");
  const std::optional<Date> day = parse_date(file.cell(row, "fecha_respuesta"));
  const bool is_pending = state == "en_validacion" || state == "en_ajustes";
  if (!is_pending || !day || file.cell(row, "respuesta") != "justificado") return;
  const std::string id = "RSP-" + std::string(report);
  session.run(
      "INSERT INTO report_responses (id, report_id, version, kind, role, text, evidence, responded_at)"
      " VALUES ($1, $2, 1, 'justificado', 'enlace', $3, $4, $5) ON CONFLICT (id) DO NOTHING",
      {std::string_view(id), report, std::string_view("Justificación registrada en el SMGI."),
       std::string_view("Ver el SMGI"), to_value(at_local_time(*day, std::chrono::hours{12}))});
}

}  // namespace

std::vector<StoredCell> derived_cells(const EntityFile& file, const CsvRow& row,
                                      const procedure::Calendar& calendar) {
  if (file.schema->derives == Derives::service_level_clock) return service_clock(file, row, calendar);
  if (file.schema->derives == Derives::validation_window) return validation_window(file, row, calendar);
  return {};
}

void store_derived_rows(Session& session, const EntityFile& file, FileCounts& counts) {
  if (file.schema->derives == Derives::liaison_role) {
    store_liaisons(session, file, counts);
    return reapply_liaison_endings(session);
  }
  if (file.schema->derives == Derives::document_review) return store_document_reviews(session, file);
  for (const CsvRow& row : file.table.rows) {
    switch (file.schema->derives) {
      case Derives::role_of_person:
        store_role_of_person(session, file, row, counts);
        break;
      case Derives::roles_of_process:
        store_role_of_process(session, file.cell(row, "lider_id"), procedure::Role::leader,
                              file.cell(row, "proceso_id"), counts);
        store_role_of_process(session, file.cell(row, "asesor_id"), procedure::Role::advisor,
                              file.cell(row, "proceso_id"), counts);
        break;
      case Derives::meeting_record:
        store_meeting_record(session, file, row);
        break;
      case Derives::validation_window:
        store_report_response(session, file, row);
        break;
      default:
        return;
    }
  }
}

void store_liaisons(Session& session, const EntityFile& file, FileCounts& counts) {
  using Key = std::pair<std::string, std::string>;  // person, since
  std::map<std::string, std::set<Key>> given;       // by process
  for (const CsvRow& row : file.table.rows) {
    const std::string_view process = file.cell(row, "proceso_id");
    const std::string_view person = file.cell(row, "persona_id");
    const std::string_view since = file.cell(row, "desde");
    count(counts, store_grant(session, {person, procedure::Role::liaison, process}, "liaisons",
                              file.cell(row, "principal") == "si", since, file.cell(row, "hasta")));
    given[std::string(process)].emplace(person, since);
  }
  for (const auto& [process, keys] : given) {
    const auto stored = session.all(
        "SELECT person_id, since FROM role_grants WHERE source = 'liaisons' AND process_id = $1",
        {std::string_view(process)}, [](const Row& row) { return Key(row.string(0), row.string(1)); });
    for (const Key& key : stored) {
      if (keys.contains(key)) continue;
      counts.removed += static_cast<std::size_t>(session.run(
          "DELETE FROM role_grants WHERE source = 'liaisons' AND process_id = $1 AND person_id = $2"
          " AND since = $3",
          {std::string_view(process), std::string_view(key.first), std::string_view(key.second)}));
    }
  }
}

}  // namespace pao::storage::import
