// The sample ministry of tests/data/ministry as values of the procedure, for tests only.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "handlers/procedure/model.hpp"
#include "handlers/procedure/numbers.hpp"
#include "tests/paths.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace pao::procedure::sample {

using Row = std::map<std::string, std::string>;

inline std::string read_file(const std::string& path) {
  std::ifstream file(std::string(pao::tests::source_dir) + "/" + path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      row.push_back(std::move(cell));
      cell.clear();
    } else if (c == '\n') {
      row.push_back(std::move(cell));
      cell.clear();
      rows.push_back(std::move(row));
      row.clear();
    } else if (c != '\r') {
      cell += c;
    }
  }
  return rows;
}

inline std::vector<Row> read_csv(const std::string& path) {
  const auto cells = parse_csv(read_file(path));
  REQUIRE(cells.size() > 1);
  std::vector<Row> rows;
  for (std::size_t i = 1; i < cells.size(); ++i) {
    REQUIRE(cells[i].size() == cells[0].size());
    Row row;
    for (std::size_t column = 0; column < cells[0].size(); ++column) row[cells[0][column]] = cells[i][column];
    rows.push_back(std::move(row));
  }
  return rows;
}

inline std::vector<Row> ministry(const std::string& name) {
  return read_csv("tests/data/ministry/" + name);
}

inline std::optional<Date> date_of(const std::string& text) {
  return text.empty() ? std::nullopt : parse_date(text);
}

// The calendar that the product ships.
inline Calendar entity_calendar() {
  std::vector<EntityDay> days;
  for (const Row& row : read_csv("storage/content/entity_days.csv")) {
    const auto day = parse_date(row.at("fecha"));
    REQUIRE(day);
    days.push_back({*day, row.at("nombre"), row.at("norma"), row.at("laborable") == "si"});
  }
  return Calendar(std::move(days));
}

inline PracticeRules rules_of(const char* practice, Periodicity periodicity, int cutoff,
                              std::vector<int> before = {5, 2, 0}) {
  PracticeRules rules;
  rules.practice = practice;
  rules.term = 2026;
  rules.version = 1;
  rules.periodicity = periodicity;
  rules.cutoff_business_day = cutoff;
  rules.alert_days_before = std::move(before);
  rules.alert_days_after = {1, 3, 5};
  return rules;
}

inline std::vector<PracticeRules> guidelines_2026() {
  return {rules_of(practice::plans, Periodicity::monthly, 5),
          rules_of(practice::projects, Periodicity::monthly, 3),
          rules_of(practice::indicators, Periodicity::quarterly, 8),
          rules_of(practice::risks, Periodicity::four_monthly, 5, {10, 5, 2, 0}),
          rules_of(practice::review_meeting, Periodicity::quarterly, 15, {10, 5, 2, 0}),
          rules_of(practice::improvements, Periodicity::monthly, 5),
          rules_of(practice::continuity, Periodicity::semiannual, 10, {15, 5, 2, 0}),
          rules_of(practice::documents, Periodicity::annual, 10, {20, 10, 5, 2, 0})};
}

inline std::vector<Process> processes() {
  std::vector<Process> processes;
  for (const Row& row : ministry("procesos.csv")) {
    Process process;
    process.id = row.at("proceso_id");
    processes.push_back(std::move(process));
  }
  return processes;
}

inline void add_items(std::vector<Item>& items, const std::string& file, const std::string& id_column,
                      ItemKind kind, const char* practice) {
  for (const Row& row : ministry(file)) {
    Item item;
    item.id = row.at(id_column);
    item.kind = kind;
    item.practice = practice;
    item.process_id = row.at("proceso_id");
    item.attributes = row;
    if (row.count("periodicidad") > 0) {
      const auto periodicity = parse_periodicity(row.at("periodicidad"));
      REQUIRE(periodicity);
      item.periodicity = *periodicity;
    }
    if (row.count("fecha_inicio") > 0) {
      item.starts_on = date_of(row.at("fecha_inicio"));
      item.ends_on = date_of(row.at("fecha_fin"));
    }
    if (row.count("horizonte_inicio") > 0) {
      item.starts_on = make_date(std::stoi(row.at("horizonte_inicio")), 1, 1);
      item.ends_on = make_date(std::stoi(row.at("horizonte_fin")), 12, 31);
    }
    if (row.count("meses_programados") > 0) {
      std::istringstream months(row.at("meses_programados"));
      for (int month = 0; months >> month;) item.planned_months.push_back(month);
    }
    items.push_back(std::move(item));
  }
}

inline std::vector<Item> items() {
  std::vector<Item> items;
  add_items(items, "tareas_plan.csv", "tarea_id", ItemKind::plan_task, practice::plans);
  add_items(items, "indicadores.csv", "indicador_id", ItemKind::indicator, practice::indicators);
  add_items(items, "controles.csv", "control_id", ItemKind::risk_control, practice::risks);
  add_items(items, "proyectos.csv", "bpin", ItemKind::project, practice::projects);
  add_items(items, "mejoras.csv", "mejora_id", ItemKind::improvement, practice::improvements);
  return items;
}

inline void add_record(std::vector<ProgressRecord>& records, const char* practice, std::string item_id,
                       std::string period, const std::string& recorded_at, Row values = {}) {
  if (recorded_at.empty()) return;
  const auto at = parse_instant(recorded_at);
  REQUIRE(at);
  ProgressRecord record;
  record.practice = practice;
  record.item_id = std::move(item_id);
  record.period = std::move(period);
  record.recorded_at = *at;
  record.values = std::move(values);
  records.push_back(std::move(record));
}

// The records of the ministry. The half-yearly record of continuidad has no file of its own in the sample
// data (continuidad.csv holds the analysis and the tests), so its instants are those of the oracle.
inline std::vector<ProgressRecord> records() {
  struct Source {
    const char* file;
    const char* practice;
    const char* id_column;
  };
  std::vector<ProgressRecord> records;
  for (const Source& source : {Source{"avances_plan.csv", practice::plans, "tarea_id"},
                               Source{"mediciones_indicadores.csv", practice::indicators, "indicador_id"},
                               Source{"seguimiento_riesgos.csv", practice::risks, "control_id"},
                               Source{"avances_proyectos.csv", practice::projects, "bpin"},
                               Source{"avances_mejoras.csv", practice::improvements, "mejora_id"}}) {
    for (const Row& row : ministry(source.file)) {
      add_record(records, source.practice, row.at(source.id_column), row.at("periodo"),
                 row.at("registrado_en"), row);
    }
  }
  for (const Row& row : ministry("repac.csv")) {
    add_record(records, practice::review_meeting, "REPAC-" + row.at("proceso_id"), row.at("periodo"),
               row.at("acta_registrada_en"));
  }
  for (const Row& row : ministry("documentos.csv")) {
    add_record(records, practice::documents, "DOC-" + row.at("proceso_id"),
               row.at("fecha_limite_revision").substr(0, 4), row.at("revision_2026_en"));
  }
  for (const Row& row : ministry("oraculo_obligaciones.csv")) {
    if (row.at("practica") != practice::continuity) continue;
    add_record(records, practice::continuity, row.at("elemento_id"), row.at("periodo"),
               row.at("registrado_en"));
  }
  return records;
}

}  // namespace pao::procedure::sample
