#include "handlers/procedure/follow_up_report.hpp"

#include "handlers/procedure/period.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace pao::procedure {
namespace {

std::string line_key(const ReportLine& line) {
  return line.practice + "/" + line.item_id + "/" + line.period;
}

std::string state_words(ObligationState state) {
  switch (state) {
    case ObligationState::met:
      return "registrado a tiempo";
    case ObligationState::met_late:
      return "registrado fuera de plazo";
    case ObligationState::overdue:
      return "sin registro";
    case ObligationState::no_record_due:
      return "no exigible";
    default:
      return "aún no vence";
  }
}

std::string recorded_words(const ReportLine& line) {
  return line.recorded_at ? line.record_id + " del " + iso_date(local_date(*line.recorded_at)) : "ninguno";
}

std::string review_words(const std::optional<ReviewState>& review) {
  return review ? std::string(to_word(*review)) : "sin revisión";
}

// Why a line differs when nobody treated it: the records tell.
std::string told_by_records(const ReportLine& before, const ReportLine& after) {
  if (!before.recorded_at && after.recorded_at) {
    return "Se registró el " + iso_date(local_date(*after.recorded_at)) + ", después del corte.";
  }
  if (before.review != after.review) return "El asesor revisó el registro después del corte.";
  return "Cambió el registro en el que se basa.";
}

void add_change(std::vector<LineChange>& changes, const ReportLine& before, const ReportLine& after,
                const char* field, std::string was, std::string is) {
  if (was == is) return;
  changes.push_back({after.practice, after.item_id, after.period, after.item_name, field, std::move(was),
                     std::move(is), after.reason.empty() ? told_by_records(before, after) : after.reason});
}

// "PAI-COM-01-T1 y 2 más": at most two ids are named.
std::string some_items(const std::vector<const ReportLine*>& lines) {
  std::vector<std::string> ids;
  for (const ReportLine* line : lines) {
    if (std::find(ids.begin(), ids.end(), line->item_id) == ids.end()) ids.push_back(line->item_id);
  }
  if (ids.size() == 1) return ids[0];
  if (ids.size() == 2) return ids[0] + " y " + ids[1];
  return ids[0] + ", " + ids[1] + " y " + std::to_string(ids.size() - 2) + " más";
}

struct Finding {
  const char* one;
  const char* many;
  const char* suggestion;
  bool (*fits)(const ReportLine&);
};

constexpr Finding findings[] = {
    {"Falta 1 registro del periodo", "Faltan %d registros del periodo",
     "Registre cada avance con su evidencia. Si el periodo ya cerró, pida la reapertura con una SS-5.",
     [](const ReportLine& line) { return line.state == ObligationState::overdue; }},
    {"Hubo 1 registro fuera de plazo", "Hubo %d registros fuera de plazo",
     "Acuerde con el equipo una fecha interna anterior al corte.",
     [](const ReportLine& line) { return line.state == ObligationState::met_late; }},
    {"Hay 1 registro devuelto sin corregir", "Hay %d registros devueltos sin corregir",
     "Corrija lo que pidió el asesor y vuelva a registrar.",
     [](const ReportLine& line) { return line.review == ReviewState::returned; }},
};

std::string observed_text(const Finding& finding, const std::vector<const ReportLine*>& lines) {
  std::string text = lines.size() == 1 ? finding.one : finding.many;
  if (const auto at = text.find("%d"); at != std::string::npos) {
    text.replace(at, 2, std::to_string(lines.size()));
  }
  return text + ". Se trata de " + some_items(lines) + ".";
}

}  // namespace

std::string_view to_word(ReportKind kind) {
  return kind == ReportKind::preventive ? "preventivo" : "final";
}

std::optional<ReportKind> parse_report_kind(std::string_view word) {
  if (word == "preventivo") return ReportKind::preventive;
  if (word == "final") return ReportKind::final_report;
  return std::nullopt;
}

bool belongs_to_cycle(const Obligation& obligation, std::string_view cycle) {
  const std::optional<Period> quarter = parse_period(cycle);
  if (!quarter) return false;
  const Date ended_on = obligation.opens_on - std::chrono::days{1};
  return first_day(*quarter) <= ended_on && ended_on <= last_day(*quarter);
}

std::vector<PracticeFigures> figures_of(const std::vector<ReportLine>& lines,
                                        const std::vector<ReportRecommendation>& recommendations) {
  std::vector<PracticeFigures> all;
  const auto of = [&](const std::string& practice) -> PracticeFigures& {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const PracticeFigures& one) { return one.practice == practice; });
    if (found != all.end()) return *found;
    all.push_back({.practice = practice});
    return all.back();
  };
  for (const ReportLine& line : lines) {
    PracticeFigures& figures = of(line.practice);
    const bool due = line.state == ObligationState::met || line.state == ObligationState::met_late ||
                     line.state == ObligationState::overdue;
    figures.obligations += due;
    figures.not_yet_due += !due && line.state != ObligationState::no_record_due;
    figures.on_time += line.state == ObligationState::met;
    figures.late += line.state == ObligationState::met_late;
    figures.missing += line.state == ObligationState::overdue;
    figures.returned += line.review == ReviewState::returned;
    figures.alerts += line.alerts;
    figures.justified += line.treatment == "justificada";
  }
  for (const ReportRecommendation& one : recommendations) ++of(one.practice).recommendations;
  return all;
}

std::vector<LineChange> changes_between(const std::vector<ReportLine>& preventive,
                                        const std::vector<ReportLine>& final_lines) {
  std::map<std::string, const ReportLine*> before;
  for (const ReportLine& line : preventive) before.emplace(line_key(line), &line);
  std::vector<LineChange> changes;
  for (const ReportLine& after : final_lines) {
    const auto found = before.find(line_key(after));
    if (found == before.end()) {
      changes.push_back({after.practice, after.item_id, after.period, after.item_name, "línea", "no estaba",
                         state_words(after.state),
                         after.reason.empty() ? "La obligación se creó después del corte." : after.reason});
      continue;
    }
    const ReportLine& was = *found->second;
    add_change(changes, was, after, "estado", state_words(was.state), state_words(after.state));
    add_change(changes, was, after, "registro", recorded_words(was), recorded_words(after));
    add_change(changes, was, after, "revisión", review_words(was.review), review_words(after.review));
    add_change(changes, was, after, "tratamiento", was.treatment.empty() ? "ninguno" : was.treatment,
               after.treatment.empty() ? "ninguno" : after.treatment);
    before.erase(found);
  }
  for (const ReportLine& was : preventive) {
    if (!before.contains(line_key(was))) continue;
    changes.push_back({was.practice, was.item_id, was.period, was.item_name, "línea", state_words(was.state),
                       "ya no está", "La obligación ya no existe en el periodo."});
  }
  return changes;
}

std::vector<ReportRecommendation> suggested_recommendations(const std::vector<ReportLine>& lines,
                                                            Date target_on) {
  std::vector<std::string> practices;
  for (const ReportLine& line : lines) {
    if (std::find(practices.begin(), practices.end(), line.practice) == practices.end()) {
      practices.push_back(line.practice);
    }
  }
  std::vector<ReportRecommendation> suggested;
  for (const std::string& practice : practices) {
    for (const Finding& finding : findings) {
      std::vector<const ReportLine*> seen;
      for (const ReportLine& line : lines) {
        if (line.practice == practice && finding.fits(line)) seen.push_back(&line);
      }
      if (seen.empty()) continue;
      suggested.push_back({.practice = practice,
                           .observed = observed_text(finding, seen),
                           .suggestion = finding.suggestion,
                           .target_on = target_on});
    }
  }
  return suggested;
}

std::string last_closed_cycle(Date today) {
  const std::chrono::year_month_day day{today};
  const int quarter = (static_cast<int>(static_cast<unsigned>(day.month())) - 1) / 3;  // 0: none closed yet
  const int year = static_cast<int>(day.year());
  return quarter == 0 ? std::to_string(year - 1) + "-T4"
                      : std::to_string(year) + "-T" + std::to_string(quarter);
}

}  // namespace pao::procedure
