// The columns of the files that hold items of the practices: what records are made about. Internal to the
// schema; its list of files is in entity_schema.cpp.
#pragma once

#include "storage/import/entity_schema.hpp"

namespace pao::storage::import {

inline constexpr bool required = true;
inline constexpr bool optional = false;

inline constexpr FixedValue plan_activities_fixed[] = {{"kind", "actividad_plan"}, {"practice", "planes"}};
inline constexpr ColumnRule plan_activities_columns[] = {
    {"actividad_id", CellKind::id, required, "id", ""},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"plan", CellKind::text, required, "", ""},
    {"nombre", CellKind::text, required, "name", ""},
    {"objetivo_estrategico", CellKind::text, optional, "", ""},
    {"fecha_inicio", CellKind::day, required, "starts_on", ""},
    {"fecha_fin", CellKind::day, required, "ends_on", ""},
    {"peso", CellKind::percentage, optional, "", ""},
    {"meta", CellKind::text, optional, "", ""},
    {"responsable_id", CellKind::reference, optional, "owner_id", "personas.csv"},
};

inline constexpr FixedValue plan_tasks_fixed[] = {{"kind", "tarea_plan"}, {"practice", "planes"}};
inline constexpr ColumnRule plan_tasks_columns[] = {
    {"tarea_id", CellKind::id, required, "id", ""},
    {"actividad_id", CellKind::reference, required, "parent_id", "actividades_plan.csv"},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"nombre", CellKind::text, required, "name", ""},
    {"producto", CellKind::text, optional, "", ""},
    {"fecha_inicio", CellKind::day, required, "starts_on", ""},
    {"fecha_fin", CellKind::day, required, "ends_on", ""},
    {"peso", CellKind::percentage, optional, "", ""},
    {"responsable_id", CellKind::reference, optional, "owner_id", "personas.csv"},
    {"meses_programados", CellKind::months, optional, "planned_months", ""},
};

inline constexpr FixedValue projects_fixed[] = {{"kind", "proyecto"}, {"practice", "proyectos-de-inversion"}};
inline constexpr ColumnRule projects_columns[] = {
    {"bpin", CellKind::id, required, "id", ""},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"nombre", CellKind::text, required, "name", ""},
    {"apropiacion_####_cop", CellKind::money, optional, "", ""},
    {"horizonte_inicio", CellKind::integer, optional, "", ""},
    {"horizonte_fin", CellKind::integer, optional, "", ""},
    {"gerente_id", CellKind::reference, optional, "owner_id", "personas.csv"},
    {"formulador_id", CellKind::reference, optional, "", "personas.csv"},
    {"meta_producto", CellKind::decimal, optional, "", ""},
    {"unidad", CellKind::text, optional, "", ""},
};

inline constexpr FixedValue indicators_fixed[] = {{"kind", "indicador"}, {"practice", "indicadores"}};
inline constexpr ColumnRule indicators_columns[] = {
    {"indicador_id", CellKind::id, required, "id", ""},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"nombre", CellKind::text, required, "name", ""},
    {"tipo", CellKind::text, optional, "", ""},
    {"periodicidad", CellKind::word, required, "periodicity",
     "mensual|trimestral|cuatrimestral|semestral|anual"},
    {"unidad", CellKind::text, optional, "", ""},
    {"meta", CellKind::decimal, optional, "", ""},
    {"tendencia", CellKind::word, optional, "", "creciente|decreciente"},
    {"formula", CellKind::text, optional, "", ""},
    {"responsable_id", CellKind::reference, optional, "owner_id", "personas.csv"},
    {"hoja_de_vida", CellKind::text, optional, "", ""},
};

inline constexpr FixedValue risks_fixed[] = {{"kind", "riesgo"}, {"practice", "riesgos"}};
inline constexpr ColumnRule risks_columns[] = {
    {"riesgo_id", CellKind::id, required, "id", ""},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"descripcion", CellKind::text, required, "name", ""},
    {"tipo", CellKind::text, optional, "", ""},
    {"nivel_inherente", CellKind::text, optional, "", ""},
    {"nivel_residual", CellKind::text, optional, "", ""},
    {"tratamiento", CellKind::text, optional, "", ""},
};

inline constexpr FixedValue controls_fixed[] = {{"kind", "control"}, {"practice", "riesgos"}};
inline constexpr ColumnRule controls_columns[] = {
    {"control_id", CellKind::id, required, "id", ""},
    {"riesgo_id", CellKind::reference, required, "parent_id", "riesgos.csv"},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"descripcion", CellKind::text, required, "name", ""},
    {"naturaleza", CellKind::word, optional, "", "preventivo|detectivo|correctivo"},
    {"responsable_id", CellKind::reference, optional, "owner_id", "personas.csv"},
};

inline constexpr FixedValue improvements_fixed[] = {{"kind", "mejora"},
                                                    {"practice", "mejoras-por-autocontrol"}};
inline constexpr ColumnRule improvements_columns[] = {
    {"mejora_id", CellKind::id, required, "id", ""},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"titulo", CellKind::text, required, "name", ""},
    {"origen", CellKind::text, optional, "", ""},
    {"fecha_identificacion", CellKind::day, optional, "", ""},
    {"fecha_formulacion", CellKind::day, optional, "", ""},
    {"metodo_causa", CellKind::text, optional, "", ""},
    {"fecha_inicio", CellKind::day, required, "starts_on", ""},
    {"fecha_fin", CellKind::day, required, "ends_on", ""},
    {"responsable_id", CellKind::reference, optional, "owner_id", "personas.csv"},
    {"estado", CellKind::text, optional, "", ""},
};

inline constexpr FixedValue continuity_fixed[] = {{"kind", "plan_continuidad"},
                                                  {"name", "Plan de continuidad del negocio"},
                                                  {"practice", "continuidad-del-negocio"}};
inline constexpr ColumnRule continuity_columns[] = {
    {"plan_id", CellKind::id, required, "id", ""},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"critico", CellKind::yes_no, required, "", ""},
    {"bia_actualizado", CellKind::day, optional, "", ""},
    {"bia_fecha_limite", CellKind::day, optional, "", ""},
    {"rto_horas", CellKind::decimal, optional, "", ""},
    {"rpo_horas", CellKind::decimal, optional, "", ""},
    {"tiempo_maximo_tolerable_horas", CellKind::decimal, optional, "", ""},
    {"prueba_tipo", CellKind::text, optional, "", ""},
    {"prueba_programada", CellKind::day, optional, "", ""},
    {"prueba_realizada", CellKind::day, optional, "", ""},
    {"informe_fecha_limite", CellKind::day, optional, "", ""},
    {"informe_registrado", CellKind::day, optional, "", ""},
    {"rto_logrado_horas", CellKind::decimal, optional, "", ""},
};

inline constexpr FixedValue documents_fixed[] = {{"kind", "documento"}, {"practice", "documentos"}};
inline constexpr ColumnRule documents_columns[] = {
    {"codigo", CellKind::id, required, "id", ""},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"tipo", CellKind::text, optional, "", ""},
    {"nombre", CellKind::text, required, "name", ""},
    {"version", CellKind::integer, optional, "", ""},
    {"ultima_revision", CellKind::day, optional, "", ""},
    {"revision_####_en", CellKind::instant, optional, "", ""},
    {"resultado_revision", CellKind::text, optional, "", ""},
    {"fecha_compromiso_actualizacion", CellKind::day, optional, "", ""},
    {"fecha_limite_revision", CellKind::day, optional, "", ""},
};

inline constexpr ColumnRule meetings_columns[] = {
    {"repac_id", CellKind::id, required, "id", ""},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"periodo", CellKind::period, required, "period", ""},
    {"fecha_reunion", CellKind::day, required, "held_on", ""},
    {"fecha_limite_reunion", CellKind::day, optional, "due_on", ""},
    {"modalidad", CellKind::word, required, "mode", "presencial|virtual|mixta"},
    {"preside", CellKind::text, required, "chaired_by", ""},
    {"asistentes", CellKind::integer, optional, "participants", ""},
    {"acta", CellKind::text, required, "minutes", ""},
    {"acta_registrada_en", CellKind::instant, optional, "minutes_recorded_at", ""},
    {"registrado_por", CellKind::reference, optional, "recorded_by", "personas.csv"},
    {"revision", CellKind::word, required, "review", "registrado|en_verificacion|aceptado|devuelto"},
};

inline constexpr FixedValue commitments_fixed[] = {{"kind", "compromiso"}, {"practice", "repac"}};
inline constexpr ColumnRule commitments_columns[] = {
    {"compromiso_id", CellKind::id, required, "id", ""},
    {"repac_id", CellKind::reference, required, "parent_id", "repac.csv"},
    {"proceso_id", CellKind::reference, required, "process_id", "procesos.csv"},
    {"accion", CellKind::text, required, "name", ""},
    {"responsable_id", CellKind::reference, optional, "owner_id", "personas.csv"},
    {"fecha_compromiso", CellKind::day, required, "ends_on", ""},
    {"fecha_cumplimiento", CellKind::day, optional, "", ""},
};

}  // namespace pao::storage::import
