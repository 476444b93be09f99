#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {

using procedure::PracticeRules;

std::vector<Sample> samples() {
  std::vector<Sample> all;
  add_conversation_cards(all);
  add_progress_cards(all);
  add_status_cards(all);
  add_request_cards(all);
  add_guideline_cards(all);
  add_advice_cards(all);
  add_report_cards(all);
  add_session_cards(all);
  add_shared_cards(all);
  add_verification_cards(all);
  add_file_cards(all);
  add_alert_cards(all);
  add_rights_cards(all);
  return all;
}

std::vector<std::string> practices() {
  using namespace procedure::practice;
  return {plans, projects, indicators, risks, review_meeting, improvements, continuity, documents};
}

PracticeRules rules_of(const std::string& practice) {
  using namespace procedure::practice;
  PracticeRules rules;
  rules.practice = practice;
  rules.term = 2026;
  rules.version = 1;
  rules.evidence_required = practice != documents;
  if (practice == plans) {
    rules.required_fields = {"actividad_id", "periodo",    "porcentaje_avance", "descripcion_cualitativa",
                             "evidencia",    "responsable"};
    rules.conditional_fields = {{"justificacion_atraso", "porcentaje_avance < porcentaje_programado"}};
    rules.evidence_kinds = {
        "acta", "informe", "documento_aprobado", "enlace_publicacion", "captura_sistema", "lista_asistencia"};
  } else if (practice == projects) {
    rules.required_fields = {
        "codigo_bpin",      "periodo",   "avance_fisico_producto",  "avance_gestion", "compromisos_cop",
        "obligaciones_cop", "pagos_cop", "descripcion_cualitativa", "evidencia"};
    rules.conditional_fields = {{"alerta_ejecucion", "obligaciones < 80% de lo programado"}};
    rules.evidence_kinds = {"reporte_siif", "reporte_piip", "acta_recibo", "informe_supervision",
                            "cronograma_actualizado"};
  } else if (practice == indicators) {
    rules.required_fields = {"indicador_id", "periodo",  "numerador", "denominador",
                             "resultado",    "analisis", "evidencia"};
    rules.conditional_fields = {
        {"accion_correctiva", "estado in (critico, en_riesgo) durante 2 periodos seguidos"}};
    rules.evidence_kinds = {"base_de_datos", "hoja_de_calculo", "reporte_sistema", "informe"};
  } else if (practice == risks) {
    rules.required_fields = {
        "riesgo_id",     "periodo",  "control_id", "control_ejecutado", "descripcion_ejecucion",
        "materializado", "evidencia"};
    rules.conditional_fields = {{"plan_contingencia", "materializado = si"}};
    rules.evidence_kinds = {"evidencia_control", "acta", "reporte_sistema", "registro_incidente"};
  } else if (practice == review_meeting) {
    rules.required_fields = {"periodo",    "fecha_reunion", "asistentes", "temas_tratados",
                             "decisiones", "compromisos",   "acta"};
    rules.conditional_fields = {{"delegacion", "lider no asiste"}};
    rules.evidence_kinds = {"acta_firmada", "lista_asistencia", "presentacion"};
  } else if (practice == improvements) {
    rules.required_fields = {
        "mejora_id", "periodo", "actividad_id", "porcentaje_avance", "descripcion_cualitativa", "evidencia"};
    rules.conditional_fields = {{"verificacion_eficacia", "estado = cerrada"}};
    rules.evidence_kinds = {"analisis_causa", "documento_aprobado", "acta", "reporte_sistema", "encuesta"};
  } else if (practice == continuity) {
    rules.required_fields = {"plan_id",          "periodo",     "estado_bia", "pruebas_realizadas",
                             "resultado_prueba", "rto_logrado", "acciones",   "evidencia"};
    rules.conditional_fields = {{"informe_incidente", "hubo_interrupcion = si"}};
    rules.evidence_kinds = {"bia",
                            "plan_continuidad",
                            "informe_prueba",
                            "lista_asistencia",
                            "arbol_llamadas",
                            "registro_incidente"};
  } else if (practice == documents) {
    rules.required_fields = {"codigo_documento", "version", "resultado_revision",
                             "fecha_revision",   "revisor", "observaciones"};
    rules.conditional_fields = {{"fecha_compromiso_actualizacion", "resultado_revision = actualizar"}};
    rules.evidence_kinds = {"control_de_cambios", "documento_aprobado", "acta", "listado_maestro"};
  }
  return rules;
}

}  // namespace pao::cards::gallery
