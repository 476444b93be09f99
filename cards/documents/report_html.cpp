#include "cards/documents/report_html.hpp"

#include "cards/documents/xml_text.hpp"
#include "cards/report_words.hpp"
#include "cards/texts.hpp"
#include "handlers/procedure/plain_language.hpp"

#include <utility>

namespace pao::cards {
namespace {

using procedure::ReportKind;
using procedure::ReportModel;

constexpr const char* style =
    "body{font:16px/1.5 system-ui,Segoe UI,Arial,sans-serif;color:#1b1b1b;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #767676}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:600;"
    "padding:.3rem 0}th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "td.n{text-align:right}thead th{background:#eef2f6}.aviso{border-left:4px solid #1f4e79;padding:.5rem "
    "1rem;"
    "background:#eef2f6}@media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}"
    "tr{break-inside:avoid}thead{display:table-header-group}}@page{margin:2cm}";

struct Column {
  const char* title;
  bool number = false;
};

std::string table(const std::string& caption, const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows) {
  std::string out = "<table><caption>" + xml_escaped(caption) + "</caption><thead><tr>";
  for (const Column& column : columns) out += std::string("<th scope=\"col\">") + column.title + "</th>";
  out += "</tr></thead><tbody>\n";
  for (const auto& row : rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == 0) {
        out += "<th scope=\"row\">" + xml_escaped(row[i]) + "</th>";
      } else {
        out += (columns[i].number ? "<td class=\"n\">" : "<td>") + xml_escaped(row[i]) + "</td>";
      }
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table>\n";
}

std::string paragraph(const std::string& text) {
  return text.empty() ? "" : "<p>" + xml_escaped(text) + "</p>\n";
}

std::string section(const std::string& title) {
  return "<h2>" + xml_escaped(title) + "</h2>\n";
}

std::string deadline_sentence(const ReportModel& report) {
  if (report.kind == ReportKind::final_report) {
    return report.outcome.empty() ? ""
                                  : "Pronunciamiento del proceso: " + response_name(report.outcome) + ".";
  }
  if (!report.deadline_on) return "Este reporte es un borrador: todavía no se ha enviado.";
  return "Puede responder hasta el " + long_date(*report.deadline_on) +
         ", a las 11:59 p. m. Después de ese momento ya no se reciben respuestas.";
}

// Everything that people wrote in it, to find the acronyms that need their meaning.
std::string all_words(const ReportModel& report) {
  std::string words = report.introduction + "\n";
  for (const auto& one : report.recommendations) {
    words += one.observed + "\n" + one.suggestion + "\n" + one.reason + "\n" + one.advisor_comment + "\n";
  }
  for (const auto& one : report.later) words += one.reason + "\n" + one.advisor_comment + "\n";
  for (const auto& said : report.answers) {
    words += said.text + "\n" + said.request_id + "\n" + said.resolution_reason + "\n";
  }
  for (const auto& figures : report.practices) words += practice_name(figures.practice) + "\n";
  for (const auto& line : report.lines) words += line.item_id + "\n";
  return words;
}

std::string acronym_sentences(const ReportModel& report) {
  std::string text;
  for (const procedure::Acronym& one : procedure::acronyms_in(all_words(report))) {
    text += (text.empty() ? "" : " ") + std::string(one.letters) + ": " + std::string(one.meaning) + ".";
  }
  return text;
}

std::vector<std::vector<std::string>> figure_rows(const ReportModel& report) {
  std::vector<std::vector<std::string>> rows;
  const auto text = [](int number) { return std::to_string(number); };
  for (const auto& one : report.practices) {
    rows.push_back({practice_name(one.practice), text(one.obligations), text(one.on_time), text(one.late),
                    text(one.missing), text(one.returned), text(one.alerts), text(one.recommendations)});
  }
  return rows;
}

std::string record_text(const procedure::ReportLine& line) {
  if (!line.recorded_at) return "Ninguno";
  return (line.record_id.empty() ? "" : line.record_id + ", ") + long_instant(*line.recorded_at);
}

std::vector<std::vector<std::string>> line_rows(const ReportModel& report) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : report.lines) {
    std::string state = line_state_name(line.state);
    if (line.review == procedure::ReviewState::returned) state += ", devuelto para corregir";
    if (!line.treatment.empty()) state += ". Línea " + line.treatment + ": " + line.reason;
    rows.push_back({line.item_id + ", " + line.item_name, practice_name(line.practice),
                    period_name(line.period), long_date(line.due_on), record_text(line), state,
                    std::to_string(line.alerts)});
  }
  return rows;
}

// What became of it.
std::string outcome_html(const procedure::ReportRecommendation& one) {
  std::string out = paragraph("Estado: " + recommendation_state_name(one.state) + ".");
  if (!one.improvement_id.empty()) out += paragraph("Acción de mejora: " + one.improvement_id + ".");
  if (!one.reason.empty()) out += paragraph("Lo que dijo el proceso: " + one.reason);
  if (!one.advisor_comment.empty()) out += paragraph("Comentario del asesor: " + one.advisor_comment);
  return out;
}

std::string recommendation_html(const procedure::ReportRecommendation& one) {
  std::string out = "<li><p><strong>" + xml_escaped(practice_name(one.practice)) + "</strong> (" +
                    xml_escaped(one.id) + ")</p>\n";
  if (!one.reiterates.empty()) out += paragraph("Se reitera: quedó sin respuesta en el reporte anterior.");
  out += paragraph("Qué se observó: " + one.observed);
  out += paragraph("Qué se sugiere: " + one.suggestion);
  if (one.target_on) out += paragraph("Para cuándo: " + long_date(*one.target_on) + ".");
  return out + outcome_html(one) + "</li>\n";
}

std::string later_html(const ReportModel& report) {
  std::string out = section("Después de la publicación") +
                    paragraph("Esto se dijo después. No hace parte del documento publicado.") + "<ul>\n";
  for (const auto& one : report.later) {
    out += "<li><p><strong>" + xml_escaped(practice_name(one.practice)) + "</strong> (" +
           xml_escaped(one.id) + ")</p>\n" + outcome_html(one) + "</li>\n";
  }
  return out + "</ul>\n";
}

std::string resolution_text(const procedure::ReportAnswer& said) {
  if (said.kind == procedure::ResponseKind::accepted) return "No requiere decisión";
  std::string text = resolution_name(said.resolution);
  const bool says_why = !said.resolution.empty() && !said.resolution_reason.empty();
  if (says_why) text += ". Por qué: " + said.resolution_reason;
  return text;
}

std::string who(const procedure::ReportAnswer& said) {
  const std::string role = said.role == procedure::Role::leader ? "Líder" : "Enlace";
  return said.person_name.empty() ? role : said.person_name + ", " + (role == "Líder" ? "líder" : "enlace");
}

std::string about(const procedure::ReportAnswer& said) {
  const std::string item = said.item_id.empty() ? "Todo el reporte" : said.item_id;
  return said.period.empty() ? item : item + ", " + period_name(said.period);
}

std::vector<std::vector<std::string>> answer_rows(const ReportModel& report) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& said : report.answers) {
    rows.push_back({said.id, response_name(procedure::to_word(said.kind)), who(said), long_instant(said.at),
                    about(said), said.text, said.evidence, resolution_text(said)});
  }
  return rows;
}

std::vector<std::vector<std::string>> change_rows(const ReportModel& report) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& change : report.changes) {
    rows.push_back({change.item_id + ", " + period_name(change.period), practice_name(change.practice),
                    change.field, with_long_dates(change.before), with_long_dates(change.after),
                    with_long_dates(change.reason)});
  }
  return rows;
}

std::string header_facts(const ReportModel& report) {
  std::string facts = "Líder: " + report.leader_name + ". Asesor: " + report.advisor_name + ". Versión " +
                      std::to_string(report.version) +
                      ". Corte de los datos: " + long_instant(report.cut_off_at);
  if (report.sent_at) facts += " Enviado el " + long_instant(*report.sent_at);
  return facts;
}

// A line of its own; nothing for nothing.
std::string line(const std::string& text) {
  return text.empty() ? "" : text + "\n";
}

std::string named_line(const char* name, const std::string& value) {
  return value.empty() ? "" : name + (": " + value) + "\n";
}

std::string answers_text(const ReportModel& report) {
  std::string out = "\nLo que dijo el proceso y cómo se resolvió\n";
  if (report.answers.empty()) return out + "El proceso no presentó justificaciones ni solicitudes.\n";
  for (const auto& said : report.answers) {
    out += "\n" + said.id + ", " + response_name(procedure::to_word(said.kind)) + "\n";
    out += who(said) + ", " + long_instant(said.at) + "\n" + named_line("Sobre", about(said)) +
           named_line("Qué dijo", said.text) + named_line("Evidencia", said.evidence) +
           named_line("Decisión", resolution_text(said));
  }
  return out;
}

std::string recommendation_text(const procedure::ReportRecommendation& one, ReportKind kind) {
  std::string out = "\n" + one.id + ", " + practice_name(one.practice) + "\nQué se observó: " + one.observed +
                    "\nQué se sugiere: " + one.suggestion + "\n";
  if (one.target_on) out += "Para cuándo: " + long_date(*one.target_on) + ".\n";
  if (kind == ReportKind::preventive) return out;
  return out + "Estado: " + recommendation_state_name(one.state) + ".\n" +
         named_line("Acción de mejora", one.improvement_id) +
         named_line("Lo que dijo el proceso", one.reason) +
         named_line("Comentario del asesor", one.advisor_comment);
}

}  // namespace

std::string report_title(const ReportModel& report) {
  const char* kind = report.kind == ReportKind::preventive ? "Reporte preventivo de seguimiento: "
                                                           : "Reporte final de seguimiento: ";
  return kind + report.process_name + ", " + period_name(report.cycle);
}

std::string report_html(const ReportModel& report) {
  const std::string title = report_title(report);
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"es-CO\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
      xml_escaped(title) + "</title>\n<style>" + style + "</style></head>\n<body><main>\n<h1>" +
      xml_escaped(title) + "</h1>\n" + paragraph(header_facts(report));
  const std::string deadline = deadline_sentence(report);
  if (!deadline.empty()) out += "<p class=\"aviso\">" + xml_escaped(deadline) + "</p>\n";
  out += paragraph(report.introduction);
  const std::string acronyms = acronym_sentences(report);
  if (!acronyms.empty()) out += section("Siglas de este reporte") + paragraph(acronyms);
  out += section("Cómo va cada práctica") + table("Obligaciones del periodo por práctica",
                                                  {{"Práctica"},
                                                   {"Obligaciones", true},
                                                   {"A tiempo", true},
                                                   {"Fuera de plazo", true},
                                                   {"Sin registro", true},
                                                   {"Devueltas", true},
                                                   {"Alertas enviadas", true},
                                                   {"Recomendaciones", true}},
                                                  figure_rows(report));
  out += section("Recomendaciones");
  if (report.recommendations.empty()) out += paragraph("No hay recomendaciones en este reporte.");
  if (!report.recommendations.empty()) {
    out += "<ol>\n";
    for (const auto& one : report.recommendations) out += recommendation_html(one);
    out += "</ol>\n";
  }
  if (report.kind == ReportKind::final_report) {
    out += section("Lo que dijo el proceso y cómo se resolvió");
    out += report.answers.empty() ? paragraph("El proceso no presentó justificaciones ni solicitudes.")
                                  : table("Respuestas recibidas durante la validación",
                                          {{"Número"},
                                           {"Respuesta"},
                                           {"Quién"},
                                           {"Cuándo"},
                                           {"Sobre qué"},
                                           {"Qué dijo"},
                                           {"Evidencia"},
                                           {"Decisión y motivo"}},
                                          answer_rows(report));
    out += section("Diferencias con el reporte preventivo");
    out += report.changes.empty()
               ? paragraph("El reporte final dice lo mismo que el preventivo.")
               : table("Qué cambió y por qué",
                       {{"Elemento y periodo"}, {"Práctica"}, {"Qué"}, {"Antes"}, {"Ahora"}, {"Motivo"}},
                       change_rows(report));
  }
  out += section("Detalle") + table("Cada obligación y el registro del que sale",
                                    {{"Elemento"},
                                     {"Práctica"},
                                     {"Periodo"},
                                     {"Fecha límite"},
                                     {"Registro"},
                                     {"Estado"},
                                     {"Alertas", true}},
                                    line_rows(report));
  if (!report.explanation.empty()) {
    out += section("Por qué esa fecha límite") + paragraph(with_long_dates(report.explanation));
  }
  for (std::size_t i = 0; i < report.errata.size(); ++i) {
    out += section("Fe de erratas " + std::to_string(i + 1)) + paragraph(report.errata[i]);
  }
  if (!report.later.empty()) out += later_html(report);
  if (!report.fingerprint.empty()) {
    out += section("Huella del documento publicado") + paragraph("SHA-256: " + report.fingerprint);
  }
  return out +
         paragraph(
             "Este reporte acompaña al proceso. No reemplaza la evaluación de la Oficina de "
             "Control Interno.") +
         "</main></body></html>\n";
}

std::string report_text(const ReportModel& report) {
  const bool is_final = report.kind == ReportKind::final_report;
  std::string out = report_title(report) + "\n\n" + line(deadline_sentence(report)) + "\n";
  if (!report.introduction.empty()) out += report.introduction + "\n\n";
  const std::string acronyms = acronym_sentences(report);
  if (!acronyms.empty()) out += "Siglas: " + acronyms + "\n\n";
  for (const auto& one : report.practices) {
    out += practice_name(one.practice) + ": " + std::to_string(one.obligations) + " obligaciones, " +
           std::to_string(one.on_time) + " a tiempo, " + std::to_string(one.late) + " fuera de plazo, " +
           std::to_string(one.missing) + " sin registro, " + std::to_string(one.returned) + " devueltas.\n";
  }
  if (is_final) out += answers_text(report);
  for (const auto& one : report.recommendations) out += recommendation_text(one, report.kind);
  if (is_final) {
    return clean(out +
                 "\nEste reporte acompaña al proceso. No reemplaza la evaluación de la Oficina de Control "
                 "Interno. Puede leerlo completo en Teams: escriba «reportes» al asistente PAO Teams.\n");
  }
  return clean(out + "\nResponda en Teams: escriba «reportes» al asistente PAO Teams.\n");
}

}  // namespace pao::cards
