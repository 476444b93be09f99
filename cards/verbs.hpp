// The verbs of card buttons and the names of the values they carry: the contract between cards and routes.
// Every Action.Execute has one of these verbs, and an Action.Submit fallback with the same verb under "verb".
// All values are texts; a value listed here is always there, empty when it says nothing. Values of inputs
// arrive under the input's id among them. What a card carries is a claim: the store decides.
#pragma once

namespace pao::cards::verb {

inline constexpr const char* echo = "eco";  // diagnostic: value `texto`
inline constexpr const char* help = "ayuda";
inline constexpr const char* choose_criterion =
    "consulta.elegir";  // `codigo`, `pregunta`, `dia`: "2025-03-15", empty: today
inline constexpr const char* my_status = "pendientes.ver";         // `pagina`
inline constexpr const char* explain_due = "pendientes.porque";    // `practica`, `elemento`, `periodo`
inline constexpr const char* progress_list = "avance.elegir";      // `practica`; `elemento` under an answer
inline constexpr const char* progress_form = "avance.formulario";  // `elemento`, `periodo`
inline constexpr const char* progress_save =
    "avance.guardar";  // `elemento`, `periodo`, the practice's fields, `tipo_evidencia`
inline constexpr const char* request_start = "ss.tipos";      // `asunto`, `elemento`
inline constexpr const char* request_form = "ss.formulario";  // `tipo`, `asunto`, `elemento`
inline constexpr const char* request_file =
    "ss.radicar";  // `tipo`, `proceso`, `practica` and the fields of an SS
inline constexpr const char* request_endorse = "ss.aval";  // `ss`
inline constexpr const char* request_view = "ss.ver";      // `ss`

// Advice (activity 3). `respuesta_id`: our id of an answer that was shown.
inline constexpr const char* advisor_form = "asesor.formulario";  // `pregunta`, `respuesta_id`, `practica`
inline constexpr const char* advisor_send =
    "asesor.enviar";  // `pregunta`, `respuesta_id`, `practica`, `proceso`
inline constexpr const char* consult_reply = "consulta.responder";       // `consulta`, `respuesta`
inline constexpr const char* consult_ask_back = "consulta.pedir_datos";  // `consulta`, `respuesta`
inline constexpr const char* consult_refer = "consulta.remitir";         // `consulta`, `respuesta`
inline constexpr const char* consult_reassign = "consulta.reasignar";    // `consulta`, `asesor`
inline constexpr const char* consult_inform = "consulta.enviar_datos";   // `consulta`, `respuesta`
inline constexpr const char* consult_helped = "consulta.sirvio";         // `consulta`
inline constexpr const char* consult_not_helped = "consulta.no_sirvio";  // `consulta`, `motivo`
inline constexpr const char* consult_view = "consulta.ver";              // `consulta`
inline constexpr const char* consult_queue = "consulta.bandeja";         // `pagina`, `de`: "" or "todas"
inline constexpr const char* my_questions = "consulta.mias";
inline constexpr const char* entry_form = "entrada.formulario";  // `consulta`
inline constexpr const char* entry_propose =
    "entrada.proponer";  // `consulta`, `entrada`, `practica`, `titulo`, `texto`
inline constexpr const char* entry_list = "entrada.lista";
inline constexpr const char* entry_view = "entrada.ver";                 // `entrada`
inline constexpr const char* entry_approve = "entrada.aprobar";          // `entrada`, `motivo`
inline constexpr const char* entry_return = "entrada.devolver";          // `entrada`, `motivo`
inline constexpr const char* entry_retire = "entrada.retirar";           // `entrada`, `motivo`
inline constexpr const char* entry_renew = "entrada.mantener";           // `entrada`, `vigencia`
inline constexpr const char* answer_helped = "respuesta.sirvio";         // `respuesta_id`
inline constexpr const char* answer_not_helped = "respuesta.no_sirvio";  // `respuesta_id`
inline constexpr const char* answer_reason = "respuesta.motivo";         // `respuesta_id`, `motivo`
inline constexpr const char* proposals = "aprendizaje.ver";              // `mes`: "2026-10", empty: this one

// What Teams itself offers: the compose box, its commands on a message, the thumbs under an answer.
inline constexpr const char* share_criterion = "compartir.criterio";  // `codigo`
inline constexpr const char* share_request = "compartir.ss";          // `ss`
inline constexpr const char* feedback_form = "opinion.formulario";    // `reaccion`
inline constexpr const char* feedback_save = "opinion.guardar";       // `reaccion`, `motivo`, `comentario`

// SS: the steps of one that was filed. `ss` is its number.
inline constexpr const char* request_queue = "ss.bandeja";    // `pagina`: those an advisor has
inline constexpr const char* request_mine = "ss.mias";        // `pagina`: those of one's processes
inline constexpr const char* request_why = "ss.porque";       // `ss`
inline constexpr const char* request_take = "ss.tomar";       // `ss`
inline constexpr const char* request_step = "ss.paso";        // `ss`, `paso`: the form of a step
inline constexpr const char* request_ask = "ss.preguntar";    // `ss`, `pregunta`
inline constexpr const char* request_inform = "ss.informar";  // `ss`, `informacion`, `evidencia`
inline constexpr const char* request_decide =
    "ss.decidir";  // `ss`, `decision`, `decia_reporte`, `muestra_evidencia`, `motivo`
inline constexpr const char* request_apply = "ss.aplicar";       // `ss` and what the type changes
inline constexpr const char* request_close = "ss.cerrar";        // `ss`
inline constexpr const char* request_withdraw = "ss.retirar";    // `ss`, `motivo`
inline constexpr const char* request_reassign = "ss.reasignar";  // `ss`, `asesor`, `motivo`
inline constexpr const char* request_confirm = "ss.radicado";    // `ss`, `numero_smgi`

// Roles in a process.
inline constexpr const char* team_view = "equipo.ver";                   // `proceso`, may be empty
inline constexpr const char* designation_form = "enlace.designar";       // `proceso`
inline constexpr const char* designate = "enlace.guardar";               // `proceso` and the form's fields
inline constexpr const char* liaison_ending_form = "enlace.retirar";     // `proceso`
inline constexpr const char* liaison_ending = "enlace.retirar_guardar";  // `proceso` and the form's fields
inline constexpr const char* ownership_gaps = "equipo.sin_cargo";        // `pagina`

// What internal control reads.
inline constexpr const char* oversight_list = "oci.procesos";       // `pagina`, `vigencia`
inline constexpr const char* oversight_plan = "oci.planes";         // `proceso`, `pagina`, `vigencia`
inline constexpr const char* oversight_activity = "oci.actividad";  // `elemento`, `pagina`, `vigencia`
inline constexpr const char* oversight_reports = "oci.reportes";    // `proceso`
inline constexpr const char* oversight_reads = "oci.lecturas";      // `pagina`

// Control points (handlers/controls).
inline constexpr const char* control_list = "control.pendientes";
inline constexpr const char* control_open = "control.ver";           // `punto`, `asunto`
inline constexpr const char* control_confirm = "control.confirmar";  // + `resultado`, `observacion`

// Guideline versions (handlers/guidelines); most carry `practica`, `vigencia`, `version`.
inline constexpr const char* guideline_board = "lineamientos.pendientes";
inline constexpr const char* guideline_start = "lineamientos.revision";  // `practica`
inline constexpr const char* guideline_open =
    "lineamientos.abrir";  // `practica`, `vigencia`, `motivo`, `detalle`, `reporte`
inline constexpr const char* guideline_view = "lineamientos.ver";
inline constexpr const char* guideline_text = "lineamientos.texto";  // + `pagina`
inline constexpr const char* guideline_diff = "lineamientos.diferencias";
inline constexpr const char* guideline_take = "lineamientos.tomar";  // + `motivo`, `detalle`, `reporte`
inline constexpr const char* guideline_criterion = "lineamientos.criterio";  // + `codigo`
inline constexpr const char* guideline_save =
    "lineamientos.guardar";  // + `codigo`, `titulo`, `texto`, `seccion`
inline constexpr const char* guideline_remove = "lineamientos.quitar";  // + `codigo`
inline constexpr const char* guideline_submit = "lineamientos.enviar";
inline constexpr const char* guideline_approve = "lineamientos.aprobar";
inline constexpr const char* guideline_return = "lineamientos.devolver";  // + `razon`
inline constexpr const char* guideline_publish = "lineamientos.publicar";
inline constexpr const char* guideline_discard = "lineamientos.descartar";  // + `razon`

// Activity 2 (handlers/socialisation).
inline constexpr const char* guideline_ack = "lineamientos.enterado";  // `practica`, `vigencia`, `version`
inline constexpr const char* guideline_delivery = "lineamientos.entrega";  // the same, `pagina`
inline constexpr const char* socialisation_form = "socializacion.formulario";
inline constexpr const char* socialisation_save =
    "socializacion.guardar";  // `asunto`, `modalidad`, `fecha`, `practicas`, `asistentes`, `reunion`
inline constexpr const char* socialisation_coverage = "socializacion.cobertura";

// Follow-up reports: the process.
inline constexpr const char* report_list = "reporte.lista";                          // nothing
inline constexpr const char* report_view = "reporte.ver";                            // `reporte`
inline constexpr const char* report_accept = "reporte.aceptar";                      // `reporte`, `version`
inline constexpr const char* report_justify_form = "reporte.justificar.formulario";  // `reporte`
inline constexpr const char* report_justify =
    "reporte.justificar";  // `reporte`, `version`, `linea`, `texto`, `evidencia`
inline constexpr const char* report_recommendations = "reporte.recomendaciones";  // `reporte`, `pagina`
inline constexpr const char* recommendation_form = "recomendacion.formulario";    // `recomendacion`
inline constexpr const char* recommendation_answer =
    "recomendacion.responder";  // `recomendacion`, `respuesta`, `mejora`, `motivo`
inline constexpr const char* report_final = "reporte.final";   // `reporte`
inline constexpr const char* report_file = "reporte.archivo";  // `reporte`
// Follow-up reports: the advisor.
inline constexpr const char* report_edit = "reporte.editar";                // `reporte`
inline constexpr const char* report_save = "reporte.guardar";               // `reporte`, `introduccion`
inline constexpr const char* recommendation_edit = "recomendacion.editar";  // `reporte`, `recomendacion`
inline constexpr const char* recommendation_save =
    "recomendacion.guardar";  // `reporte`, `recomendacion`, `practica`, `observado`, `sugerencia`, `fecha`
inline constexpr const char* recommendation_remove = "recomendacion.quitar";  // `recomendacion`
inline constexpr const char* recommendation_comment =
    "recomendacion.comentar";                                           // `recomendacion`, `comentario`
inline constexpr const char* report_send = "reporte.enviar";            // `reporte`, `version`
inline constexpr const char* report_resolve = "reporte.resolver";       // `respuesta`, `decision`, `motivo`
inline constexpr const char* report_settle = "reporte.cerrar_ajustes";  // `reporte`
inline constexpr const char* report_publish = "reporte.publicar";       // `reporte`
inline constexpr const char* report_erratum = "reporte.errata";         // `reporte`, `texto`

// Progress: corrections, several at once, verification.
inline constexpr const char* progress_recent = "avance.recientes";  // no values
inline constexpr const char* progress_correct = "avance.corregir";  // `registro`
inline constexpr const char* progress_correct_save =
    "avance.corregir.guardar";  // `registro`, the practice's fields; `confirmado` = "si"
inline constexpr const char* progress_several = "avance.varios";  // `proceso`, `practica`, `periodo`
inline constexpr const char* progress_several_save =
    "avance.varios.guardar";  // the same; for the n-th item `elemento_n` and each field as `campo_n`
inline constexpr const char* verify_queue = "verificar.cola";       // `pagina`
inline constexpr const char* verify_record = "verificar.ver";       // `registro`
inline constexpr const char* verify_accept = "verificar.aceptar";   // `registro`, `punto_…`, `nota`
inline constexpr const char* verify_return = "verificar.devolver";  // the same and `correccion`
// ---- Files ----
inline constexpr const char* file_link = "archivo.vincular";  // `archivo`, `destino`
inline constexpr const char* file_request = "archivo.pedir";  // `archivo`

// Alerts: `alerta` is the key of one that the person was told.
inline constexpr const char* alert_list = "alerta.lista";          // `pagina`
inline constexpr const char* alert_view = "alerta.ver";            // `alerta`
inline constexpr const char* alert_postpone = "alerta.posponer";   // `alerta`
inline constexpr const char* alert_justify = "alerta.justificar";  // `alerta`, `justificacion`
inline constexpr const char* alert_useful = "alerta.util";         // `alerta`, `util` = "si" or "no"

// Working sessions (handlers/sessions); most carry `mesa`.
inline constexpr const char* session_list = "mesa.lista";       // nothing
inline constexpr const char* session_form = "mesa.formulario";  // `consulta`
inline constexpr const char* session_convene =
    "mesa.convocar";  // `consulta`, `asunto`, `agenda`, `proceso`, `practica`, `lugar`, `fecha`, `hora`,
                      // `duracion`, `invitados`
inline constexpr const char* session_view = "mesa.ver";
inline constexpr const char* session_move_form = "mesa.mover.formulario";
inline constexpr const char* session_move =
    "mesa.mover";  // + `secuencia`, `lugar`, `fecha`, `hora`, `duracion`, `motivo`
inline constexpr const char* session_cancel = "mesa.cancelar";  // + `secuencia`, `motivo`
inline constexpr const char* session_record_form = "mesa.acta.formulario";
inline constexpr const char* session_record =
    "mesa.acta";  // + `reunion`, `asistentes`, `acta`, `compromiso_1`, `responsable_1`, `plazo_1` …

// Commitments, of a REPAC or of a working session; `compromiso` is the id of the item.
inline constexpr const char* commitment_list = "compromiso.lista";       // `pagina`
inline constexpr const char* commitment_form = "compromiso.formulario";  // `compromiso`
inline constexpr const char* commitment_save = "compromiso.cumplir";     // `compromiso`, `fecha`, `evidencia`

}  // namespace pao::cards::verb
