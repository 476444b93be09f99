#include "cards/fields.hpp"

#include "cards/texts.hpp"
#include "handlers/procedure/progress_rules.hpp"
#include "handlers/procedure/record_fields.hpp"

namespace pao::cards {
namespace {

using enum FieldKind;

const std::vector<FieldChoice>& yes_or_no() {
  static const std::vector<FieldChoice> choices = {{"si", "Sí"}, {"no", "No"}};
  return choices;
}

const std::vector<FieldSpec>& table() {
  static const std::vector<FieldSpec> rows = {
      // What the record is about.
      {"periodo", "Periodo", identity},
      {"actividad_id", "Actividad", identity},
      {"tarea_id", "Tarea", identity},
      {"indicador_id", "Indicador", identity},
      {"riesgo_id", "Riesgo", identity},
      {"control_id", "Control", identity},
      {"mejora_id", "Mejora", identity},
      {"plan_id", "Plan de continuidad", identity},
      {"codigo_bpin", "Código BPIN del proyecto", identity},
      {"codigo_documento", "Código del documento", identity},

      // Planes, and what several practices share.
      {"porcentaje_avance", "Porcentaje de avance acumulado", percent,
       "Es el acumulado desde enero, de 0 a 100. Los decimales van con coma: 93,5."},
      {"porcentaje_programado", "Porcentaje programado", percent},
      {"descripcion_cualitativa", "Descripción de lo realizado", paragraph,
       "Cuente qué se hizo, qué resultado dejó y qué falta."},
      {"evidencia", "Evidencia", evidence, "Nombre del archivo o enlace."},
      {procedure::evidence_kind_field, "Tipo de evidencia", evidence_kind},
      {"responsable", "Responsable", line},
      {"justificacion_atraso", "Justificación del atraso", paragraph,
       "Indique la causa, la medida que tomará y la fecha en que recuperará el atraso."},

      // Proyectos de Inversión.
      {"avance_fisico_producto", "Avance físico del producto, en porcentaje", percent,
       "De 0 a 100, con coma decimal. Es producto entregado, no pagos."},
      {"avance_gestion", "Avance de gestión, en porcentaje", percent, "De 0 a 100, con coma decimal."},
      {"compromisos_cop", "Compromisos acumulados, en pesos", pesos, "En pesos, no en millones."},
      {"obligaciones_cop", "Obligaciones acumuladas, en pesos", pesos},
      {"obligaciones_programadas_cop", "Obligaciones programadas a la fecha, en pesos", pesos,
       "Lo que se programó obligar desde enero hasta este mes."},
      {"pagos_cop", "Pagos acumulados, en pesos", pesos},
      {"alerta_ejecucion", "Explicación de la baja ejecución", paragraph,
       "Indique la causa, el plan de recuperación y la fecha."},

      // Indicadores.
      {"numerador", "Numerador", number},
      {"denominador", "Denominador", number,
       "Si no hubo casos en el periodo, escriba 0 y explíquelo en el análisis."},
      {"resultado", "Resultado", computed},
      {"analisis", "Análisis del resultado", paragraph,
       "Explique por qué se obtuvo, cómo se compara con el periodo anterior y qué se decide."},
      {"accion_correctiva", "Causa y acción inmediata", paragraph,
       "El resultado necesita atención: indique la causa y lo que hará."},

      // Riesgos.
      {"control_ejecutado",
       "¿Se ejecutó el control en el periodo?",
       choice,
       "",
       {{"si", "Sí"}, {"no", "No"}, {"no_se_presento", "No se presentó la situación"}}},
      {"descripcion_ejecucion", "Cómo se ejecutó el control", paragraph,
       "Con qué frecuencia, quién lo hizo, qué resultado tuvo y qué desviaciones encontró."},
      {"materializado", "¿Se materializó el riesgo?", choice,
       "Si hay un posible hecho de corrupción, no lo describa aquí: use los canales oficiales de denuncia.",
       yes_or_no()},
      {"plan_contingencia", "Plan de contingencia activado", paragraph,
       "Diga qué pasó, qué hizo el proceso y qué acción de mejora registrará."},

      // REPAC.
      {"fecha_reunion", "Fecha de la reunión", date},
      {"asistentes", "Asistentes", paragraph, "Escriba los nombres o la cantidad."},
      {"temas_tratados", "Temas tratados", paragraph},
      {"decisiones", "Decisiones", paragraph},
      {"compromisos", "Compromisos", paragraph, "Uno por renglón: acción, responsable, fecha y producto."},
      {"acta", "Acta", evidence, "Nombre del archivo o enlace."},
      {"asiste_lider", "¿Asistió el líder del proceso?", choice, "", yes_or_no()},
      {"delegacion", "Delegación del líder", line, "En quién delegó y con qué correo o memorando."},

      // Mejoras por Autocontrol.
      {"verificacion_eficacia", "Verificación de la eficacia", paragraph,
       "Muestre con un dato que la situación no se repitió o que el beneficio se logró."},

      // Continuidad del Negocio.
      {"estado_bia",
       "Estado del análisis de impacto al negocio (BIA)",
       choice,
       "",
       {{"actualizado", "Actualizado este año"},
        {"vigente", "Vigente sin cambios, confirmado por el líder"},
        {"pendiente", "Pendiente de actualizar"}}},
      {"pruebas_realizadas", "Pruebas realizadas", paragraph,
       "Tipo y fecha de cada prueba. Si no hubo, dígalo."},
      {"resultado_prueba", "Resultado de la prueba", paragraph},
      {"rto_logrado", "Tiempo de recuperación logrado (RTO), en horas", number,
       "Si no hubo prueba, escriba 0 y dígalo en las pruebas realizadas."},
      {"acciones", "Acciones que deja la prueba", paragraph, "Cada una con responsable y fecha."},
      {"informe_incidente", "Informe de la interrupción", paragraph,
       "Hora de inicio y fin, servicios afectados, si se activó el plan y lecciones aprendidas."},
      {"hubo_interrupcion", "¿Hubo una interrupción real?", choice, "", yes_or_no()},

      // Documentos.
      {"version", "Versión revisada", line},
      {"resultado_revision",
       "Resultado de la revisión",
       choice,
       "",
       {{"vigente", "Vigente sin cambios"},
        {"actualizar", "Requiere actualización"},
        {"eliminar", "Debe eliminarse"}}},
      {"fecha_revision", "Fecha de la revisión", date},
      {"revisor", "Quién revisó", line},
      {"observaciones", "Observaciones", paragraph},
      {"documentos_revisados", "Documentos revisados", computed},
      {"fecha_compromiso_actualizacion", "Fecha de compromiso para actualizar", date},

      // SS.
      {"tipo", "Tipo de solicitud", choice},
      {"proceso", "Proceso", choice},
      {"practica", "Práctica", choice},
      {"asunto", "Asunto", line},
      {"elemento", "Código de lo que se quiere cambiar", line, "Por ejemplo, PAI-DIR-01-T2."},
      {"valor_actual", "Valor actual", line},
      {"valor_solicitado", "Valor solicitado", line},
      {"justificacion", "Justificación", paragraph},
      {"campo", "¿Qué dato cambia?", choice},
      {"informacion", "Información que aporta", paragraph},
      {"decia_reporte", "Qué decía el reporte o el registro", paragraph},
      {"muestra_evidencia", "Qué muestra la evidencia", paragraph},
      {"decision", "Decisión", choice},
      {"motivo", "Motivo", paragraph},
      {"numero_smgi", "Número que dio el SMGI", line, "Por ejemplo, SS-2026-0086."},
      {"asesor", "Asesor", choice},
      {"accion", "¿Qué se hace?", choice},
      {"tipo_elemento", "Tipo de elemento", choice},
      {"depende_de", "Código de lo que depende", line, "Por ejemplo, la actividad de una tarea."},
      {"valor_nuevo", "Valor nuevo", line},
      {"valor_anterior", "Valor anterior", line},

      // Lo que una SS cambia de un elemento.
      {"fecha_inicio", "Fecha de inicio", date},
      {"fecha_fin", "Fecha final", date},
      {"responsable_id", "Responsable", line},
      {"nombre", "Nombre o texto", line},
      {"periodicidad", "Periodicidad", line},
      {"meses_programados", "Meses programados", line, "Con números, por ejemplo 2, 4, 6."},
      {"meta", "Meta", line},
      {"peso", "Peso, en porcentaje", percent},
      {"formula", "Fórmula", line},
      {"nivel_inherente", "Nivel inherente", line},
      {"nivel_residual", "Nivel residual", line},
      {"ultima_revision", "Última revisión", date},
      {"pregunta", "Su pregunta", paragraph},
      {"respuesta", "Su respuesta", paragraph},
  };
  return rows;
}

// "1613900000" → "1.613.900.000"; digits only.
std::string grouped(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += '.';
    out += digits[i];
  }
  return out;
}

bool only(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

std::string words_of_id(std::string_view id) {
  std::string words(id);
  for (char& c : words) {
    if (c == '_' || c == '-') c = ' ';
  }
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

namespace {

// The row of that name or, for an imported name, of the form's; one past the last when there is none.
std::vector<FieldSpec>::const_iterator row_of(std::string_view field) {
  const auto named = [](std::string_view name) {
    return std::find_if(table().begin(), table().end(),
                        [&](const FieldSpec& row) { return row.name == name; });
  };
  const auto found = named(field);
  return found != table().end() ? found : named(procedure::form_name(field));
}

}  // namespace

FieldSpec field_spec(std::string_view field) {
  const auto row = row_of(field);
  if (row == table().end()) return {std::string(field), words_of_id(field), line};
  FieldSpec spec = *row;
  spec.name = field;
  return spec;
}

std::size_t field_position(std::string_view field) {
  return static_cast<std::size_t>(row_of(field) - table().begin());
}

std::string value_text(std::string_view field, std::string_view value) {
  const FieldSpec spec = field_spec(field);
  std::string text(value);
  if (spec.name == "periodo") return period_name(value);
  if (spec.kind == evidence_kind) return evidence_kind_name(value);
  if (spec.kind == date) {
    const auto day = parse_date(value);
    return day ? long_date(*day) : text;
  }
  for (const FieldChoice& option : spec.choices) {
    if (option.value == value) return option.title;
  }
  // As stored, a number has no grouping and a decimal point.
  if ((spec.kind == percent || spec.kind == number || spec.kind == computed) && only(value, "-0123456789.")) {
    const auto point = text.find('.');
    if (point != std::string::npos && point == text.rfind('.')) text[point] = ',';
  }
  if (spec.kind == percent && only(text, "0123456789,")) return text + " %";
  if (spec.kind == pesos && only(value, "0123456789")) return "$ " + grouped(value);
  return text;
}

}  // namespace pao::cards
