#include "cards/report_blocks.hpp"

#include "cards/evidence_files.hpp"
#include "cards/report_words.hpp"
#include "cards/texts.hpp"
#include "handlers/procedure/plain_language.hpp"

#include <algorithm>
#include <utility>

namespace pao::cards::report_part {
namespace {

using namespace build;
using procedure::ReportModel;
using procedure::ReportState;

constexpr std::size_t shown_text_bytes = 500;

std::string number(int count) {
  return std::to_string(count);
}

std::string figures_line(const procedure::PracticeFigures& one) {
  std::string text = count_of(one.obligations, "obligación", "obligaciones") + ": " + number(one.on_time) +
                     " a tiempo, " + number(one.late) + " fuera de plazo, " + number(one.missing) +
                     " sin registro. " + count_of(one.returned, "devuelta", "devueltas") + ", " +
                     count_of(one.alerts, "alerta enviada", "alertas enviadas") + ", " +
                     count_of(one.recommendations, "recomendación", "recomendaciones") + ".";
  if (one.not_yet_due > 0) text += " " + number(one.not_yet_due) + " aún no vencen.";
  if (one.justified > 0) text += " " + number(one.justified) + " con justificación aceptada.";
  return text;
}

std::string decision_text(const procedure::ReportAnswer& said) {
  if (said.kind == procedure::ResponseKind::accepted) return "";
  const std::string text = resolution_name(said.resolution);
  const bool says_why = !said.resolution.empty() && !said.resolution_reason.empty();
  return !says_why ? text : text + ". " + shorten(said.resolution_reason, 300);
}

Blocks answer_blocks(const procedure::ReportAnswer& said) {
  const char* role = said.role == procedure::Role::leader ? "líder" : "enlace";
  const std::string who = said.person_name.empty() ? std::string(role) : said.person_name + ", " + role;
  std::string about = said.item_id.empty() ? "todo el reporte" : said.item_id;
  if (!said.period.empty()) about += ", " + period_name(said.period);
  return {text(response_name(procedure::to_word(said.kind)) + " · " + said.id, {.bold = true}),
          facts({{"Quién", who + ", " + long_instant(said.at)},
                 {"Sobre", about},
                 {"Qué dijo", shorten(said.text, shown_text_bytes)},
                 {"Evidencia", shorten(said.evidence, 200)},
                 {"Decisión", decision_text(said)}})};
}

bool of_one_line(const procedure::LineChange& left, const procedure::LineChange& right) {
  return left.item_id == right.item_id && left.period == right.period;
}

// The changes of one line, with their reason once where it is the same.
Blocks change_blocks(const std::vector<procedure::LineChange>& changes, std::size_t begin, std::size_t end) {
  Blocks blocks = {text(changes[begin].item_id + ", " + period_name(changes[begin].period), {.bold = true})};
  for (std::size_t i = begin; i < end; ++i) {
    const procedure::LineChange& change = changes[i];
    blocks.push_back(
        text(with_long_dates(change.field + ": " + change.before + " → " + change.after), {.tight = true}));
    if (i + 1 < end && changes[i + 1].reason == change.reason) continue;
    blocks.push_back(text("Por qué: " + shorten(with_long_dates(change.reason), 300), subtle_small));
  }
  return blocks;
}

// In one line: the card of the recommendations has all of it.
std::string later_line(const procedure::ReportRecommendation& one) {
  std::string line = one.id + ": " + recommendation_state_name(one.state) + ".";
  if (!one.improvement_id.empty()) line += " Acción de mejora: " + shorten(one.improvement_id, 60) + ".";
  if (!one.reason.empty())
    line += " El proceso dijo: «" + without_final_period(shorten(one.reason, 120)) + "».";
  if (!one.advisor_comment.empty())
    line += " El asesor comentó: «" + without_final_period(shorten(one.advisor_comment, 120)) + "».";
  return line;
}

}  // namespace

std::string count_of(int count, const char* one, const char* many) {
  return number(count) + " " + (count == 1 ? one : many);
}

Data of_report(const ReportModel& report) {
  const int version = report.state == ReportState::draft ? 0 : report.version;
  return {{"reporte", report.id}, {"version", number(version)}};
}

std::string period_of(const ReportModel& report) {
  return report.process_name + ", " + period_name(report.cycle);
}

void add_figures(Blocks& body, const ReportModel& report) {
  for (const auto& one : report.practices) {
    body.push_back(separated(container({text(practice_name(one.practice), {.bold = true}),
                                        text(figures_line(one), {.small = true, .tight = true})})));
  }
}

void add_acronyms(Blocks& body, const std::string& words) {
  std::string meanings;
  for (const procedure::Acronym& one : procedure::acronyms_in(words)) {
    meanings +=
        (meanings.empty() ? "" : " ") + std::string(one.letters) + ": " + std::string(one.meaning) + ".";
  }
  if (!meanings.empty()) body.push_back(text(meanings, {.subtle = true, .small = true}));
}

std::string recommendation_words(const procedure::ReportRecommendation& one) {
  return one.observed + " " + one.suggestion + " " + one.reason + " " + one.advisor_comment;
}

Blocks recommendation_blocks(const procedure::ReportRecommendation& one) {
  Blocks items = {text(practice_name(one.practice) + " · " + one.id, {.bold = true})};
  if (!one.reiterates.empty()) {
    items.push_back(text("Se reitera: quedó sin respuesta en el reporte anterior.", subtle_small));
  }
  items.push_back(facts({{"Qué se observó", shorten(one.observed, shown_text_bytes)},
                         {"Qué se sugiere", shorten(one.suggestion, shown_text_bytes)},
                         {"Para cuándo", one.target_on ? long_date(*one.target_on) : std::string()},
                         {"Estado", recommendation_state_name(one.state)},
                         {"Acción de mejora", one.improvement_id},
                         {"Lo que dijo el proceso", shorten(one.reason, shown_text_bytes)},
                         {"Comentario del asesor", shorten(one.advisor_comment, shown_text_bytes)}}));
  return items;
}

void add_answers(Blocks& body, const ReportModel& report, const EvidenceFiles& files) {
  body.push_back(section("Lo que dijo el proceso y cómo se resolvió"));
  if (report.answers.empty()) body.push_back(text("El proceso no presentó justificaciones ni solicitudes."));
  const std::size_t shown = std::min(report.answers.size(), most_rows);
  std::size_t room = most_files_of_card;
  for (std::size_t i = 0; i < shown; ++i) {
    Blocks items = answer_blocks(report.answers[i]);
    const auto proof = files.find(report.answers[i].id);
    if (proof != files.end()) add_evidence_rows(items, proof->second, room);
    body.push_back(separated(container(std::move(items))));
  }
  if (report.answers.size() > shown) {
    body.push_back(text(more_line(static_cast<int>(report.answers.size() - shown)) + ".", {.subtle = true}));
  }
}

void add_changes(Blocks& body, const ReportModel& report) {
  body.push_back(section("Diferencias con el reporte preventivo"));
  if (report.changes.empty()) body.push_back(text("El reporte final dice lo mismo que el preventivo."));
  const std::size_t shown = std::min(report.changes.size(), most_rows);
  for (std::size_t begin = 0, end = 0; begin < shown; begin = end) {
    while (end < shown && of_one_line(report.changes[begin], report.changes[end])) ++end;
    body.push_back(separated(container(change_blocks(report.changes, begin, end))));
  }
  if (report.changes.size() > shown) {
    body.push_back(text(more_line(static_cast<int>(report.changes.size() - shown)) + ".", {.subtle = true}));
  }
}

void add_problems(Blocks& body, const std::vector<std::string>& problems) {
  if (problems.empty()) return;
  Blocks items = {text("Antes de enviar, corrija esto:", {.bold = true})};
  const std::size_t shown = std::min(problems.size(), most_rows);
  for (std::size_t i = 0; i < shown; ++i) items.push_back(text(shorten(problems[i], 300), {.tight = true}));
  body.push_back(container(std::move(items), Box::warning));
}

void add_to_comment(Blocks& body, const std::vector<std::string>& recommendation_ids, bool published) {
  if (recommendation_ids.empty()) return;
  std::string names;
  for (const std::string& id : recommendation_ids) names += (names.empty() ? "" : ", ") + id;
  const std::string asks = published ? "Comente" : "Antes de publicar, comente";
  body.push_back(container({text(asks + " lo que el proceso marcó «no procede»: " + names +
                                 ". Ábralo con el botón «Recomendaciones».")},
                           Box::warning));
}

void add_later(Blocks& body, const ReportModel& report) {
  if (report.later.empty()) return;
  body.push_back(section("Después de la publicación"));
  body.push_back(text("Esto se dijo después. No hace parte del documento publicado.", subtle_small));
  const std::size_t shown = std::min(report.later.size(), most_rows);
  for (std::size_t i = 0; i < shown; ++i) body.push_back(text(later_line(report.later[i]), {.small = true}));
  if (report.later.size() > shown) {
    body.push_back(text(more_line(static_cast<int>(report.later.size() - shown)) + ".", {.subtle = true}));
  }
}

}  // namespace pao::cards::report_part
