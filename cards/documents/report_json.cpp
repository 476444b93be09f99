#include "cards/documents/report_json.hpp"

#include <nlohmann/json.hpp>

namespace pao::cards {
namespace {

using Json = nlohmann::ordered_json;
using procedure::ReportModel;

template <class T, class Write>
Json optional_of(const std::optional<T>& value, Write write) {
  return value ? Json(write(*value)) : Json(nullptr);
}

template <class Row, class Write>
Json list_of(const std::vector<Row>& rows, Write write) {
  Json list = Json::array();
  for (const Row& row : rows) list.push_back(write(row));
  return list;
}

Json to_json(const procedure::PracticeFigures& figures) {
  return {{"practica", figures.practice},
          {"obligaciones", figures.obligations},
          {"a_tiempo", figures.on_time},
          {"fuera_de_plazo", figures.late},
          {"sin_registro", figures.missing},
          {"devueltas", figures.returned},
          {"alertas", figures.alerts},
          {"recomendaciones", figures.recommendations},
          {"aun_no_vencen", figures.not_yet_due},
          {"justificadas", figures.justified}};
}

Json to_json(const procedure::ReportLine& line) {
  return {{"practica", line.practice},
          {"elemento_id", line.item_id},
          {"periodo", line.period},
          {"elemento", line.item_name},
          {"fecha_limite", iso_date(line.due_on)},
          {"registro_id", line.record_id},
          {"registrado_en", optional_of(line.recorded_at, iso_instant)},
          {"estado", procedure::to_word(line.state)},
          {"revision", optional_of(line.review, [](auto state) { return procedure::to_word(state); })},
          {"alertas", line.alerts},
          {"tratamiento", line.treatment},
          {"motivo", line.reason}};
}

Json to_json(const procedure::ReportRecommendation& one) {
  return {{"recomendacion_id", one.id},
          {"practica", one.practice},
          {"observado", one.observed},
          {"sugerencia", one.suggestion},
          {"fecha_objetivo", optional_of(one.target_on, iso_date)},
          {"estado", procedure::to_word(one.state)},
          {"mejora_id", one.improvement_id},
          {"motivo", one.reason},
          {"comentario_asesor", one.advisor_comment},
          {"reitera", one.reiterates}};
}

Json to_json(const procedure::ReportAnswer& said) {
  return {{"respuesta_id", said.id},         {"tipo", procedure::to_word(said.kind)},
          {"persona", said.person_name},     {"rol", procedure::to_word(said.role)},
          {"practica", said.practice},       {"elemento_id", said.item_id},
          {"periodo", said.period},          {"texto", said.text},
          {"evidencia", said.evidence},      {"ss", said.request_id},
          {"fecha", iso_instant(said.at)},   {"resolucion", said.resolution},
          {"motivo", said.resolution_reason}};
}

Json to_json(const procedure::LineChange& change) {
  return {{"practica", change.practice},  {"elemento_id", change.item_id}, {"periodo", change.period},
          {"elemento", change.item_name}, {"campo", change.field},         {"antes", change.before},
          {"despues", change.after},      {"motivo", change.reason}};
}

}  // namespace

std::string report_json(const ReportModel& report) {
  const auto row = [](const auto& one) { return to_json(one); };
  const Json json = {{"formato", "pao-teams/reporte-de-seguimiento/1"},
                     {"reporte_id", report.id},
                     {"tipo", procedure::to_word(report.kind)},
                     {"version", report.version},
                     {"proceso_id", report.process_id},
                     {"proceso", report.process_name},
                     {"ciclo", report.cycle},
                     {"estado", procedure::to_word(report.state)},
                     {"lider", report.leader_name},
                     {"asesor", report.advisor_name},
                     {"corte", iso_instant(report.cut_off_at)},
                     {"enviado_en", optional_of(report.sent_at, iso_instant)},
                     {"fecha_limite", optional_of(report.deadline_on, iso_date)},
                     {"por_que_esa_fecha", report.explanation},
                     {"introduccion", report.introduction},
                     {"pronunciamiento", report.outcome},
                     {"practicas", list_of(report.practices, row)},
                     {"lineas", list_of(report.lines, row)},
                     {"recomendaciones", list_of(report.recommendations, row)},
                     {"respuestas", list_of(report.answers, row)},
                     {"diferencias", list_of(report.changes, row)},
                     {"erratas", report.errata},
                     {"huella", report.fingerprint}};
  // Text that is not UTF-8 must never stop a report.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pao::cards
