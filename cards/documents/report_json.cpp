#include "cards/documents/report_json.hpp"

#include <nlohmann/json.hpp>

#include <exception>
#include <stdexcept>
#include <utility>

namespace pao::cards {
namespace {

using Json = nlohmann::ordered_json;
using procedure::ReportModel;

constexpr const char* format = "pao-teams/reporte-de-seguimiento/1";

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

// ---- The way back: the same names. Whatever is missing or unknown throws, for read_report_json alone ----

template <class T>
T known(std::optional<T> value) {
  if (!value) throw std::invalid_argument("a word or a date that is not known");
  return *std::move(value);
}

std::string text(const Json& json, const char* name) {
  return json.at(name).get<std::string>();
}

int number(const Json& json, const char* name) {
  return json.at(name).get<int>();
}

template <class T>
std::optional<T> optional_in(const Json& json, const char* name,
                             std::optional<T> (*parse)(std::string_view)) {
  if (json.at(name).is_null()) return std::nullopt;
  return known(parse(text(json, name)));
}

template <class Row>
std::vector<Row> rows_in(const Json& json, const char* name, Row (*read)(const Json&)) {
  std::vector<Row> rows;
  for (const Json& row : json.at(name)) rows.push_back(read(row));
  return rows;
}

procedure::PracticeFigures figures_in(const Json& row) {
  return {.practice = text(row, "practica"),
          .obligations = number(row, "obligaciones"),
          .on_time = number(row, "a_tiempo"),
          .late = number(row, "fuera_de_plazo"),
          .missing = number(row, "sin_registro"),
          .returned = number(row, "devueltas"),
          .alerts = number(row, "alertas"),
          .recommendations = number(row, "recomendaciones"),
          .not_yet_due = number(row, "aun_no_vencen"),
          .justified = number(row, "justificadas")};
}

procedure::ReportLine line_in(const Json& row) {
  return {.practice = text(row, "practica"),
          .item_id = text(row, "elemento_id"),
          .period = text(row, "periodo"),
          .item_name = text(row, "elemento"),
          .due_on = known(parse_date(text(row, "fecha_limite"))),
          .record_id = text(row, "registro_id"),
          .recorded_at = optional_in(row, "registrado_en", parse_instant),
          .state = known(procedure::parse_obligation_state(text(row, "estado"))),
          .review = optional_in(row, "revision", procedure::parse_review_state),
          .alerts = number(row, "alertas"),
          .treatment = text(row, "tratamiento"),
          .reason = text(row, "motivo")};
}

procedure::ReportRecommendation recommendation_in(const Json& row) {
  return {.id = text(row, "recomendacion_id"),
          .practice = text(row, "practica"),
          .observed = text(row, "observado"),
          .suggestion = text(row, "sugerencia"),
          .target_on = optional_in(row, "fecha_objetivo", parse_date),
          .state = known(procedure::parse_recommendation_state(text(row, "estado"))),
          .improvement_id = text(row, "mejora_id"),
          .reason = text(row, "motivo"),
          .advisor_comment = text(row, "comentario_asesor"),
          .reiterates = text(row, "reitera")};
}

procedure::ReportAnswer answer_in(const Json& row) {
  return {.id = text(row, "respuesta_id"),
          .kind = known(procedure::parse_response_kind(text(row, "tipo"))),
          .person_name = text(row, "persona"),
          .role = known(procedure::parse_role(text(row, "rol"))),
          .practice = text(row, "practica"),
          .item_id = text(row, "elemento_id"),
          .period = text(row, "periodo"),
          .text = text(row, "texto"),
          .evidence = text(row, "evidencia"),
          .request_id = text(row, "ss"),
          .at = known(parse_instant(text(row, "fecha"))),
          .resolution = text(row, "resolucion"),
          .resolution_reason = text(row, "motivo")};
}

procedure::LineChange change_in(const Json& row) {
  return {.practice = text(row, "practica"),
          .item_id = text(row, "elemento_id"),
          .period = text(row, "periodo"),
          .item_name = text(row, "elemento"),
          .field = text(row, "campo"),
          .before = text(row, "antes"),
          .after = text(row, "despues"),
          .reason = text(row, "motivo")};
}

ReportModel model_in(const Json& json) {
  if (text(json, "formato") != format) throw std::invalid_argument("another format");
  return {.id = text(json, "reporte_id"),
          .process_id = text(json, "proceso_id"),
          .process_name = text(json, "proceso"),
          .cycle = text(json, "ciclo"),
          .kind = known(procedure::parse_report_kind(text(json, "tipo"))),
          .version = number(json, "version"),
          .state = known(procedure::parse_report_state(text(json, "estado"))),
          .leader_name = text(json, "lider"),
          .advisor_name = text(json, "asesor"),
          .cut_off_at = known(parse_instant(text(json, "corte"))),
          .sent_at = optional_in(json, "enviado_en", parse_instant),
          .deadline_on = optional_in(json, "fecha_limite", parse_date),
          .explanation = text(json, "por_que_esa_fecha"),
          .introduction = text(json, "introduccion"),
          .outcome = text(json, "pronunciamiento"),
          .practices = rows_in(json, "practicas", figures_in),
          .lines = rows_in(json, "lineas", line_in),
          .recommendations = rows_in(json, "recomendaciones", recommendation_in),
          .answers = rows_in(json, "respuestas", answer_in),
          .changes = rows_in(json, "diferencias", change_in),
          .errata = json.at("erratas").get<std::vector<std::string>>(),
          .fingerprint = text(json, "huella"),
          .later = {}};
}

}  // namespace

std::string report_json(const ReportModel& report) {
  const auto row = [](const auto& one) { return to_json(one); };
  const Json json = {{"formato", format},
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

Result<ReportModel> read_report_json(std::string_view document) {
  try {
    // Without the parser's own exception: its words quote the document.
    return model_in(Json::parse(document, nullptr, false));
  } catch (const std::exception& problem) {
    return fail(ErrorCode::internal,
                std::string("the document of a report cannot be read: ") + problem.what());
  }
}

}  // namespace pao::cards
