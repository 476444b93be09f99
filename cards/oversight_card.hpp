// What internal control reads: plans of every process, final reports with what was
// answered; and for the coordination, what was read.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/model.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

// What is shown is of the vigencia `term`; a button leads to `other_term`, where there is one (0: none).
struct OversightListView {
  std::vector<std::pair<std::string, std::string>> processes;  // id and name, of the page
  int term = 0;
  int other_term = 0;
  int page = 0;
  int total = 0;
  std::string notice;
};
inline constexpr int oversight_list_size = 12;
Card oversight_list_card(const OversightListView& view);

struct PlanLine {
  std::string id;
  std::string name;
  std::string detail;   // "PAI, peso 40 %, meta: 12 reportes"
  std::string figures;  // "Programado 80 %, reportado 60 %"
};
struct PlanOverview {
  std::string process_id;
  std::string process_name;
  int term = 0;
  int other_term = 0;
  std::string summary;  // "Programado 80 %, reportado 72 %. 20 registros oportunos, 2 extemporáneos, 1 sin
                        // registrar."
  std::vector<PlanLine> activities;  // of the page
  int page = 0;
  int total = 0;
  Instant as_of;
  std::string notice;
};
inline constexpr int plan_page_size = 5;
Card plan_overview_card(const PlanOverview& view);

struct PlanRecordLine {
  std::string title;    // "PAI-DIR-01-T1, octubre de 2026"
  std::string figures;  // "Programado 80 %, reportado 60 %. Oportuno"
  std::string description;
  std::string justification;
  std::string evidence;
};
struct PlanActivityView {
  std::string process_id;
  std::string process_name;
  int term = 0;
  int other_term = 0;
  PlanLine activity;
  std::vector<PlanRecordLine> records;  // of the page
  int page = 0;
  int total = 0;
  std::string notice;
};
inline constexpr int plan_records_size = 5;
Card plan_activity_card(const PlanActivityView& view);

struct FinishedReportLine {
  std::string id;
  std::string title;   // "Tercer trimestre de 2026"
  std::string detail;  // "Publicado el … El proceso respondió: justificado, el …"
};
struct AdjustmentLine {
  std::string title;   // "SS-2026-0073: Aprobada"
  std::string detail;  // what was said, what the evidence shows, why
};
struct FinishedReportsView {
  std::string process_id;
  std::string process_name;
  std::vector<FinishedReportLine> reports;
  std::vector<AdjustmentLine> adjustments;  // SS-4 of the process that were answered, newest first
  std::string notice;
};
Card finished_reports_card(const FinishedReportsView& view);

struct OversightReadLine {
  Instant at;
  std::string who;
  std::string what;
};
struct OversightReadsView {
  std::vector<OversightReadLine> reads;
  int page = 0;
  int total = 0;
};
inline constexpr int oversight_reads_size = 15;
Card oversight_reads_card(const OversightReadsView& view);

}  // namespace pao::cards
