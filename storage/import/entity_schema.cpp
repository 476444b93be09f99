#include "storage/import/entity_schema.hpp"

#include "storage/import/item_columns.hpp"

#include <algorithm>

namespace pao::storage::import {
namespace {

constexpr ColumnRule people_columns[] = {
    {"persona_id", CellKind::id, required, "id", ""},
    {"nombre", CellKind::text, required, "name", ""},
    {"rol", CellKind::word, required, "-",
     "lider|enlace|responsable|asesor_gesfo|profesional_gesfo|coordinador_gesfo|jefe_oap|oci|administrador"},
    {"proceso_id", CellKind::reference, optional, "-", "procesos.csv"},
    {"correo", CellKind::text, required, "email", ""},
    {"teams_user_id", CellKind::id, optional, "aad_object_id", ""},
    {"activo", CellKind::yes_no, required, "active", ""},
};

constexpr ColumnRule processes_columns[] = {
    {"proceso_id", CellKind::id, required, "id", ""},
    {"nombre", CellKind::text, required, "name", ""},
    {"tipo", CellKind::word, required, "kind", "estrategico|misional|apoyo|evaluacion"},
    {"dependencia", CellKind::text, required, "area", ""},
    {"lider_id", CellKind::reference, optional, "leader_id", "personas.csv"},
    {"asesor_id", CellKind::reference, optional, "advisor_id", "personas.csv"},
    {"critico_continuidad", CellKind::yes_no, required, "continuity_critical", ""},
};

constexpr ColumnRule liaisons_columns[] = {
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"persona_id", CellKind::reference, required, "person_id", "personas.csv"},
    {"principal", CellKind::yes_no, required, "principal", ""},
    {"desde", CellKind::day, optional, "since", ""},
    {"hasta", CellKind::day, optional, "until", ""},
};

constexpr ColumnRule thematic_advisors_columns[] = {
    {"practica", CellKind::id, required, "practice", ""},
    {"persona_id", CellKind::reference, required, "person_id", "personas.csv"},
};

constexpr ColumnRule entity_days_columns[] = {
    {"fecha", CellKind::day, required, "day", ""},
    {"nombre", CellKind::text, required, "name", ""},
    {"norma", CellKind::text, required, "norm", ""},
    {"laborable", CellKind::yes_no, required, "working", ""},
};

constexpr FixedValue plan_records_fixed[] = {{"practice", "planes"}, {"filing", "confirmado"}};
constexpr ColumnRule plan_records_columns[] = {
    {"avance_id", CellKind::id, required, "id", ""},
    {"tarea_id", CellKind::reference, required, "item_id", "tareas_plan.csv"},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"periodo", CellKind::period, required, "period", ""},
    {"porcentaje_programado", CellKind::percentage, optional, "", ""},
    {"porcentaje_avance", CellKind::percentage, required, "", ""},
    {"descripcion", CellKind::text, optional, "", ""},
    {"justificacion", CellKind::text, optional, "", ""},
    {"evidencia", CellKind::text, optional, "", ""},
    {"registrado_en", CellKind::instant, required, "recorded_at", ""},
    {"registrado_por", CellKind::reference, optional, "recorded_by", "personas.csv"},
    {"canal", CellKind::word, required, "channel", "smgi|pao_teams"},
    {"revision", CellKind::word, required, "review", "registrado|en_verificacion|aceptado|devuelto"},
};

constexpr FixedValue measurements_fixed[] = {
    {"practice", "indicadores"}, {"channel", "smgi"}, {"filing", "confirmado"}};
constexpr ColumnRule measurements_columns[] = {
    {"medicion_id", CellKind::id, required, "id", ""},
    {"indicador_id", CellKind::reference, required, "item_id", "indicadores.csv"},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"periodo", CellKind::period, required, "period", ""},
    {"numerador", CellKind::decimal, optional, "", ""},
    {"denominador", CellKind::decimal, optional, "", ""},
    {"resultado", CellKind::decimal, optional, "", ""},
    {"analisis", CellKind::text, optional, "", ""},
    {"evidencia", CellKind::text, optional, "", ""},
    {"registrado_en", CellKind::instant, required, "recorded_at", ""},
    {"registrado_por", CellKind::reference, optional, "recorded_by", "personas.csv"},
    {"revision", CellKind::word, required, "review", "registrado|en_verificacion|aceptado|devuelto"},
};

constexpr FixedValue control_records_fixed[] = {
    {"practice", "riesgos"}, {"channel", "smgi"}, {"filing", "confirmado"}};
constexpr ColumnRule control_records_columns[] = {
    {"seguimiento_id", CellKind::id, required, "id", ""},
    {"control_id", CellKind::reference, required, "item_id", "controles.csv"},
    {"riesgo_id", CellKind::reference, required, "", "riesgos.csv"},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"periodo", CellKind::period, required, "period", ""},
    {"control_ejecutado", CellKind::word, required, "", "si|no|no_se_presento"},
    {"materializado", CellKind::yes_no, required, "", ""},
    {"descripcion", CellKind::text, optional, "", ""},
    {"evidencia", CellKind::text, optional, "", ""},
    {"registrado_en", CellKind::instant, required, "recorded_at", ""},
    {"registrado_por", CellKind::reference, optional, "recorded_by", "personas.csv"},
    {"revision", CellKind::word, required, "review", "registrado|en_verificacion|aceptado|devuelto"},
};

constexpr FixedValue project_records_fixed[] = {
    {"practice", "proyectos-de-inversion"}, {"channel", "smgi"}, {"filing", "confirmado"}};
constexpr ColumnRule project_records_columns[] = {
    {"avance_id", CellKind::id, required, "id", ""},
    {"bpin", CellKind::reference, required, "item_id", "proyectos.csv"},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"periodo", CellKind::period, required, "period", ""},
    {"avance_fisico_pct", CellKind::percentage, required, "", ""},
    {"avance_gestion_pct", CellKind::percentage, optional, "", ""},
    {"obligaciones_programadas_cop", CellKind::money, optional, "", ""},
    {"compromisos_cop", CellKind::money, optional, "", ""},
    {"obligaciones_cop", CellKind::money, optional, "", ""},
    {"pagos_cop", CellKind::money, optional, "", ""},
    {"evidencia", CellKind::text, optional, "", ""},
    {"registrado_en", CellKind::instant, required, "recorded_at", ""},
    {"registrado_por", CellKind::reference, optional, "recorded_by", "personas.csv"},
    {"revision", CellKind::word, required, "review", "registrado|en_verificacion|aceptado|devuelto"},
};

constexpr FixedValue improvement_records_fixed[] = {
    {"practice", "mejoras-por-autocontrol"}, {"channel", "smgi"}, {"filing", "confirmado"}};
constexpr ColumnRule improvement_records_columns[] = {
    {"avance_id", CellKind::id, required, "id", ""},
    {"mejora_id", CellKind::reference, required, "item_id", "mejoras.csv"},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"periodo", CellKind::period, required, "period", ""},
    {"porcentaje_avance", CellKind::percentage, required, "", ""},
    {"descripcion", CellKind::text, optional, "", ""},
    {"evidencia", CellKind::text, optional, "", ""},
    {"registrado_en", CellKind::instant, required, "recorded_at", ""},
    {"registrado_por", CellKind::reference, optional, "recorded_by", "personas.csv"},
    {"revision", CellKind::word, required, "review", "registrado|en_verificacion|aceptado|devuelto"},
};

constexpr FixedValue continuity_records_fixed[] = {
    {"practice", "continuidad-del-negocio"}, {"channel", "smgi"}, {"filing", "confirmado"}};
constexpr ColumnRule continuity_records_columns[] = {
    {"seguimiento_id", CellKind::id, required, "id", ""},
    {"plan_id", CellKind::reference, required, "item_id", "continuidad.csv"},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"periodo", CellKind::period, required, "period", ""},
    {"estado_bia", CellKind::text, optional, "", ""},
    {"pruebas_realizadas", CellKind::text, optional, "", ""},
    {"resultado_prueba", CellKind::text, optional, "", ""},
    {"rto_logrado", CellKind::text, optional, "", ""},
    {"acciones", CellKind::text, optional, "", ""},
    {"evidencia", CellKind::text, optional, "", ""},
    {"registrado_en", CellKind::instant, required, "recorded_at", ""},
    {"registrado_por", CellKind::reference, optional, "recorded_by", "personas.csv"},
    {"revision", CellKind::word, required, "review", "registrado|en_verificacion|aceptado|devuelto"},
};

constexpr FixedValue requests_fixed[] = {{"provisional", "0"},
                                         {"current_value", ""},
                                         {"requested_value", ""},
                                         {"justification", ""},
                                         {"evidence", ""}};
constexpr ColumnRule requests_columns[] = {
    {"ss_id", CellKind::id, required, "id", ""},
    {"numero_provisional", CellKind::id, optional, "-", ""},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"practica", CellKind::word, required, "practice",
     "planes|proyectos-de-inversion|indicadores|riesgos|repac|mejoras-por-autocontrol|continuidad-del-"
     "negocio|documentos|general"},
    {"tipo", CellKind::id, required, "type", ""},
    {"asunto", CellKind::text, required, "subject", ""},
    {"radicada_por", CellKind::reference, optional, "filed_by", "personas.csv"},
    {"fecha_radicado", CellKind::day, required, "-", ""},
    {"aval_lider", CellKind::word, optional, "-", "si|no|no_requiere"},
    {"dias_habiles_suspendidos", CellKind::integer, optional, "-", ""},
    {"nivel_servicio_dias", CellKind::integer, optional, "-", ""},
    {"fecha_respuesta", CellKind::day, optional, "answered_on", ""},
    {"estado", CellKind::word, required, "state",
     "borrador|radicada|en_revision|en_espera_informacion|aprobada|rechazada|aplicada|cerrada|cerrada_sin_"
     "respuesta|anulada"},
    {"decision", CellKind::text, optional, "decision", ""},
    {"motivo", CellKind::text, optional, "reason", ""},
    {"asesor_id", CellKind::reference, optional, "advisor_id", "personas.csv"},
};

constexpr ColumnRule reports_columns[] = {
    {"reporte_id", CellKind::id, required, "id", ""},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"ciclo", CellKind::period, required, "cycle", ""},
    {"enviado_en", CellKind::instant, optional, "sent_at", ""},
    {"respuesta", CellKind::word, optional, "response",
     "aceptado|justificado|ajuste_solicitado|sin_pronunciamiento"},
    {"fecha_respuesta", CellKind::day, optional, "responded_on", ""},
    {"estado", CellKind::word, required, "state",
     "borrador|enviado|en_validacion|en_ajustes|final|publicado"},
    {"fecha_final", CellKind::day, optional, "final_on", ""},
    {"fecha_publicacion", CellKind::day, optional, "published_on", ""},
    {"asesor_id", CellKind::reference, optional, "advisor_id", "personas.csv"},
};

constexpr ColumnRule recommendations_columns[] = {
    {"recomendacion_id", CellKind::id, required, "id", ""},
    {"reporte_id", CellKind::reference, required, "report_id", "reportes_seguimiento.csv"},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"practica", CellKind::word, required, "practice",
     "planes|proyectos-de-inversion|indicadores|riesgos|repac|mejoras-por-autocontrol|continuidad-del-"
     "negocio|documentos|general"},
    {"observado", CellKind::text, required, "observed", ""},
    {"sugerencia", CellKind::text, required, "suggestion", ""},
    {"fecha_objetivo", CellKind::day, optional, "target_on", ""},
    {"estado", CellKind::word, required, "state",
     "borrador|enviada|aplicada|convertida_en_mejora|mejora_en_ejecucion|mejora_cerrada|no_procede|sin_"
     "respuesta"},
    {"mejora_id", CellKind::reference, optional, "improvement_id", "mejoras.csv"},
    {"motivo", CellKind::text, optional, "reason", ""},
};

constexpr ColumnRule sessions_columns[] = {
    {"mesa_id", CellKind::id, required, "id", ""},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"fecha", CellKind::day, required, "held_on", ""},
    {"tema", CellKind::text, required, "subject", ""},
    {"modalidad", CellKind::word, required, "mode", "presencial|virtual|mixta"},
    {"asesor_id", CellKind::reference, optional, "advisor_id", "personas.csv"},
    {"asistentes", CellKind::text, optional, "participants", ""},
    {"estado", CellKind::word, required, "state", "programada|realizada|cancelada"},
};

constexpr FileSchema schemas[] = {
    {"personas.csv", "people", "id", "", {}, people_columns, false, Derives::role_of_person},
    {"procesos.csv", "processes", "id", "", {}, processes_columns, true, Derives::roles_of_process},
    {"enlaces.csv", "role_grants", "", "", {}, liaisons_columns, false, Derives::liaison_role},
    {"dias_entidad.csv", "entity_days", "day", "", {}, entity_days_columns, false, Derives::nothing},
    {"actividades_plan.csv", "items", "id", "attributes", plan_activities_fixed, plan_activities_columns,
     true, Derives::nothing},
    {"tareas_plan.csv", "items", "id", "attributes", plan_tasks_fixed, plan_tasks_columns, true,
     Derives::nothing},
    {"proyectos.csv", "items", "id", "attributes", projects_fixed, projects_columns, true, Derives::nothing},
    {"indicadores.csv", "items", "id", "attributes", indicators_fixed, indicators_columns, true,
     Derives::nothing},
    {"riesgos.csv", "items", "id", "attributes", risks_fixed, risks_columns, true, Derives::nothing},
    {"controles.csv", "items", "id", "attributes", controls_fixed, controls_columns, true, Derives::nothing},
    {"mejoras.csv", "items", "id", "attributes", improvements_fixed, improvements_columns, true,
     Derives::nothing},
    {"continuidad.csv", "items", "id", "attributes", continuity_fixed, continuity_columns, true,
     Derives::nothing},
    {"documentos.csv", "items", "id", "attributes", documents_fixed, documents_columns, true,
     Derives::document_review},
    {"repac.csv", "review_meetings", "id", "", {}, meetings_columns, false, Derives::meeting_record},
    {"compromisos_repac.csv", "items", "id", "attributes", commitments_fixed, commitments_columns, true,
     Derives::nothing},
    {"avances_plan.csv", "progress_records", "id", "recorded_values", plan_records_fixed,
     plan_records_columns, false, Derives::nothing},
    {"mediciones_indicadores.csv", "progress_records", "id", "recorded_values", measurements_fixed,
     measurements_columns, false, Derives::nothing},
    {"seguimiento_riesgos.csv", "progress_records", "id", "recorded_values", control_records_fixed,
     control_records_columns, false, Derives::nothing},
    {"avances_proyectos.csv", "progress_records", "id", "recorded_values", project_records_fixed,
     project_records_columns, false, Derives::nothing},
    {"avances_mejoras.csv", "progress_records", "id", "recorded_values", improvement_records_fixed,
     improvement_records_columns, false, Derives::nothing},
    {"seguimiento_continuidad.csv", "progress_records", "id", "recorded_values", continuity_records_fixed,
     continuity_records_columns, false, Derives::nothing},
    {"solicitudes_ss.csv", "service_requests", "id", "", requests_fixed, requests_columns, false,
     Derives::service_level_clock},
    {"reportes_seguimiento.csv",
     "follow_up_reports",
     "id",
     "",
     {},
     reports_columns,
     false,
     Derives::validation_window},
    {"recomendaciones.csv",
     "recommendations",
     "id",
     "",
     {},
     recommendations_columns,
     false,
     Derives::nothing},
    {"asesores_tematicos.csv",
     "thematic_advisors",
     "practice",
     "",
     {},
     thematic_advisors_columns,
     false,
     Derives::nothing},
    {"mesas_de_trabajo.csv", "working_sessions", "id", "", {}, sessions_columns, false, Derives::nothing},
};

// '#' in the pattern stands for a digit.
bool matches(std::string_view pattern, std::string_view name) {
  return std::equal(pattern.begin(), pattern.end(), name.begin(), name.end(), [](char expected, char given) {
    return expected == '#' ? given >= '0' && given <= '9' : expected == given;
  });
}

}  // namespace

std::span<const FileSchema> file_schemas() {
  return schemas;
}

const FileSchema* find_schema(std::string_view file) {
  const auto* found = std::find_if(std::begin(schemas), std::end(schemas),
                                   [&](const FileSchema& schema) { return schema.file == file; });
  return found == std::end(schemas) ? nullptr : found;
}

const ColumnRule* find_column(const FileSchema& schema, std::string_view name) {
  const auto found = std::find_if(schema.columns.begin(), schema.columns.end(),
                                  [&](const ColumnRule& column) { return matches(column.name, name); });
  return found == schema.columns.end() ? nullptr : &*found;
}

bool is_ignored_column(std::string_view name) {
  return name.starts_with("esperado_") || name == "perfil_demo";
}

bool is_ignored_file(std::string_view file) {
  return file.starts_with("oraculo_") && file.ends_with(".csv");
}

}  // namespace pao::storage::import
