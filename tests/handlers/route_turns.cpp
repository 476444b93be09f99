#include "tests/handlers/route_turns.hpp"

#include "cards/datasets.hpp"
#include "cards/verbs.hpp"

#include <doctest/doctest.h>

#include <map>

namespace pao::handlers::test {

namespace verb = cards::verb;

namespace {

const Values working_session = {{"consulta", ""},   {"asunto", "Metas"},     {"agenda", "Metas"},
                                {"proceso", "DIR"}, {"practica", "planes"},  {"lugar", "Sala 3"},
                                {"hora", "09:00"},  {"fecha", "2026-11-20"}, {"duracion", "60"},
                                {"invitados", ""}};

// About the one that the advisor convened, with too little to change it.
Turn session_turn(const Assistant& assistant, const std::string& route, const std::string& person_id) {
  if (route == "session.list.text") return assistant.text(person_id, "mesas de trabajo");
  if (route == "session.form.text") return assistant.text(person_id, "convocar mesa");
  if (route == "session.convene") return assistant.press(person_id, verb::session_convene, working_session);
  static const std::map<std::string, const char*> verbs = {{"session.list", verb::session_list},
                                                           {"session.form", verb::session_form},
                                                           {"session.view", verb::session_view},
                                                           {"session.move_form", verb::session_move_form},
                                                           {"session.move", verb::session_move},
                                                           {"session.cancel", verb::session_cancel},
                                                           {"session.record_form", verb::session_record_form},
                                                           {"session.record", verb::session_record}};
  return assistant.press(person_id, verbs.at(route), {{"mesa", "MESA-2026-001"}, {"secuencia", "0"}});
}

// An SS of the process DIR that waits for its leader, and a question of its liaison.
void file_and_ask(const Assistant& assistant) {
  const Said filed = assistant.presses(liaison_dir, verb::request_file,
                                       {{"tipo", "SS-2"},
                                        {"proceso", "DIR"},
                                        {"practica", "planes"},
                                        {"asunto", "Cambiar la fecha"},
                                        {"elemento", "PAI-DIR-01-T2"},
                                        {"valor_actual", "2026-12-30"},
                                        {"valor_solicitado", "2027-01-30"},
                                        {"justificacion", "Falta un insumo"},
                                        {"evidencia", "oficio.pdf"}});
  REQUIRE_MESSAGE(filed.outcome() == "request_filed", filed.outcome());
  const Said asked = assistant.presses(liaison_dir, verb::advisor_send, {{"pregunta", "¿Qué hago?"}});
  REQUIRE_MESSAGE(asked.outcome() == "escalated", asked.outcome());
  // A record of a task of that owner that came back, and one that waits to be verified.
  assistant.change(
      "DELETE FROM progress_records WHERE item_id = 'PAI-DIR-01-T1' AND period IN ('2026-09', '2026-08')");
  for (const char* record : {"'AV-RETURNED', '2026-09', 'devuelto'", "'AV-SAVED', '2026-08', 'registrado'"}) {
    assistant.change(
        std::string("INSERT INTO progress_records (id, period, review, practice, item_id, process_id,"
                    " recorded_values, recorded_at, recorded_by, channel, filing) VALUES (") +
        record +
        ", 'planes', 'PAI-DIR-01-T1', 'DIR', '{}', 1791000000000, 'U-015', 'pao_teams', 'capturado')");
  }
}

// Reports of the process DIR in every state that a route asks for.
void prepare_reports(const Assistant& assistant) {
  assistant.change("UPDATE follow_up_reports SET state = 'en_ajustes' WHERE id = 'REP-DIR-2026-T2'");
  assistant.change("UPDATE follow_up_reports SET state = 'final' WHERE id = 'REP-DIR-2026-T1'");
  assistant.change(
      "INSERT INTO recommendations (id, report_id, process_id, practice, observed, suggestion, state) VALUES"
      " ('REC-DRAFT', 'REP-DIR-2026-T3', 'DIR', 'planes', 'a', 'b', 'borrador'),"
      " ('REC-SENT', 'REP-DIR-2026-T3', 'DIR', 'planes', 'a', 'b', 'enviada'),"
      " ('REC-ASIDE', 'REP-DIR-2026-T3', 'DIR', 'planes', 'a', 'b', 'no_procede')");
  assistant.change(
      "INSERT INTO report_responses (id, report_id, version, kind, role, text, evidence, responded_at) VALUES"
      " ('RSP-DIR', 'REP-DIR-2026-T3', 1, 'justificado', 'lider', 'a', 'b', 1794000000000)");
  assistant.change(
      "INSERT INTO control_confirmations (control, subject, process_id, result, note, confirmed_by,"
      " confirmed_at) VALUES ('6', 'request:SS-2026-0079', 'DIR', 'conforme', '', 'U-003', 1794000000000)");
}

}  // namespace

Turn turn_for(const Assistant& assistant, const std::string& route, const std::string& person_id) {
  const auto text = [&](const char* words) { return assistant.text(person_id, words); };
  const auto press = [&](const char* name, const Values& values = {}) {
    return assistant.press(person_id, name, values);
  };
  const Values task = {{"elemento", "PAI-DIR-01-T1"}, {"periodo", "2026-09"}};  // recorded already
  if (route == "echo") return text("eco hola");
  if (route == "echo.button") return press(verb::echo, {{"texto", "hola"}});
  if (route == "help") return text("Ayuda");
  if (route == "help.button") return press(verb::help);
  if (route == "consult.follow_up") {
    assistant.says(person_id, "¿Qué es la REPAC?");
    return text("¿y cada cuánto se hace?");
  }
  if (route == "consult.choose.text") {
    assistant.says(person_id, "¿Los responsables quiénes son?");
    return text("la primera");
  }
  if (route == "advisor.accepted") {
    assistant.says(person_id, "¿Con qué marca de tinta se firma?");
    return text("sí");
  }
  if (route == "consult.choose") return press(verb::choose_criterion, {{"codigo", "PLA-05"}});
  if (route == "status.button") return press(verb::my_status);
  if (route == "status.why")
    return press(verb::explain_due, {{"practica", "planes"}, {"periodo", "2026-10"}});
  if (route == "progress.list") return press(verb::progress_list);
  if (route == "progress.form") return press(verb::progress_form, task);
  if (route == "progress.save") return press(verb::progress_save, task);
  if (route == "progress.recent.text") return text("mis avances");
  if (route == "progress.recent") return press(verb::progress_recent);
  if (route == "progress.correct") return press(verb::progress_correct, {{"registro", "AV-RETURNED"}});
  if (route == "progress.correct.save")
    return press(verb::progress_correct_save, {{"registro", "AV-RETURNED"}});
  const Values group = {{"proceso", "DIR"}, {"practica", "planes"}, {"periodo", "2026-10"}};
  if (route == "progress.several") return press(verb::progress_several, group);
  if (route == "progress.several.save") return press(verb::progress_several_save, group);
  if (route == "verify.queue.text") return text("verificar");
  if (route == "verify.queue") return press(verb::verify_queue);
  if (route == "verify.view") return press(verb::verify_record, {{"registro", "AV-SAVED"}});
  if (route == "verify.accept") return press(verb::verify_accept, {{"registro", "AV-SAVED"}});
  if (route == "verify.return") return press(verb::verify_return, {{"registro", "AV-SAVED"}});
  if (route == "answer.helped.text") return text("me sirvió");
  if (route == "answer.not_helped.text") return text("no me sirvió");
  if (route == "alerts.text") return text("mis alertas");
  if (route == "alerts.list") return press(verb::alert_list);
  if (route == "alert.view") return press(verb::alert_view, {{"alerta", "planes/X/2026-10|0"}});
  if (route == "alert.postpone") return press(verb::alert_postpone, {{"alerta", "planes/X/2026-10|0"}});
  if (route == "alert.justify") return press(verb::alert_justify, {{"alerta", "planes/X/2026-10|0"}});
  if (route == "alert.useful") return press(verb::alert_useful, {{"alerta", "x"}, {"util", "si"}});
  if (route == "request.types") return press(verb::request_start);
  if (route == "request.form") return press(verb::request_form, {{"tipo", "SS-2"}});
  if (route == "request.file")
    return press(verb::request_file, {{"tipo", "SS-2"}, {"proceso", "DIR"}, {"practica", "planes"}});
  if (route == "request.endorse") return press(verb::request_endorse, {{"ss", "PAO-2026-0001"}});
  if (route == "request.view") return press(verb::request_view, {{"ss", "PAO-2026-0001"}});
  const Values filed = {{"ss", "PAO-2026-0001"}, {"paso", "aprobar"}};
  if (route == "request.why") return press(verb::request_why, filed);
  if (route == "request.queue") return press(verb::request_queue);
  if (route == "request.queue.text") return text("bandeja SS");
  if (route == "request.mine") return press(verb::request_mine);
  if (route == "request.mine.text") return text("mis solicitudes");
  if (route == "request.step") return press(verb::request_step, filed);
  if (route == "request.take") return press(verb::request_take, filed);
  if (route == "request.ask")
    return press(verb::request_ask, {{"ss", "PAO-2026-0001"}, {"pregunta", "¿Cuál es el acta?"}});
  if (route == "request.decide") {
    return press(verb::request_decide, {{"ss", "PAO-2026-0001"},
                                        {"decision", "aprobada"},
                                        {"decia_reporte", "30 de diciembre"},
                                        {"muestra_evidencia", "El oficio lo pide"}});
  }
  if (route == "request.apply") return press(verb::request_apply, filed);
  if (route == "request.close") return press(verb::request_close, filed);
  if (route == "request.confirm")
    return press(verb::request_confirm, {{"ss", "PAO-2026-0001"}, {"numero_smgi", "SS-2026-0999"}});
  if (route == "request.inform")
    return press(verb::request_inform, {{"ss", "PAO-2026-0001"}, {"informacion", "Va el acta"}});
  if (route == "request.withdraw")
    return press(verb::request_withdraw, {{"ss", "PAO-2026-0001"}, {"motivo", "Ya no hace falta"}});
  if (route == "request.reassign") return press(verb::request_reassign, filed);
  const Values of_dir = {{"proceso", "DIR"}};
  if (route == "rights.team") return press(verb::team_view, of_dir);
  if (route == "rights.team.text") return text("mi equipo");
  if (route == "rights.team.named") return text("equipo de direccionamiento estratégico");
  if (route == "rights.designation") return press(verb::designation_form, of_dir);
  if (route == "rights.designate") return press(verb::designate, of_dir);
  if (route == "rights.ending.form") return press(verb::liaison_ending_form, of_dir);
  if (route == "rights.ending") return press(verb::liaison_ending, of_dir);
  if (route == "rights.gaps") return press(verb::ownership_gaps);
  if (route == "rights.gaps.text") return text("sin nadie a cargo");
  if (route == "oversight.list") return press(verb::oversight_list);
  if (route == "oversight.list.text") return text("planes de los procesos");
  if (route == "oversight.plan") return press(verb::oversight_plan, of_dir);
  if (route == "oversight.activity") return press(verb::oversight_activity, {{"elemento", "PAI-DIR-01"}});
  if (route == "oversight.reports") return press(verb::oversight_reports, of_dir);
  if (route == "oversight.reads") return press(verb::oversight_reads);
  if (route == "oversight.reads.text") return text("qué leyó OCI");
  if (route == "advisor.form") return press(verb::advisor_form);
  if (route == "advisor.send") return press(verb::advisor_send, {{"pregunta", ""}});
  if (route == "consult.reply") return press(verb::consult_reply, {{"consulta", "C-2026-0001"}});
  if (route == "consult.queue") return press(verb::consult_queue);
  if (route == "consult.queue.text") return text("mis consultas");
  if (route == "consult.mine") return press(verb::my_questions);
  if (route == "consult.mine.text") return text("mis preguntas");
  const Values consult = {{"consulta", "C-2026-0001"}};
  if (route == "consult.view") return press(verb::consult_view, consult);
  if (route == "consult.ask_back") return press(verb::consult_ask_back, consult);
  if (route == "consult.refer") return press(verb::consult_refer, consult);
  if (route == "consult.reassign") return press(verb::consult_reassign, consult);
  if (route == "consult.inform") return press(verb::consult_inform, consult);
  if (route == "consult.helped") return press(verb::consult_helped, consult);
  if (route == "consult.not_helped") return press(verb::consult_not_helped, consult);
  const Values entry = {{"entrada", "RES-0001"}};
  if (route == "entry.form") return press(verb::entry_form, consult);
  if (route == "entry.propose") return press(verb::entry_propose, consult);
  if (route == "entry.list") return press(verb::entry_list);
  if (route == "entry.list.text") return text("respuestas para todos");
  if (route == "entry.view") return press(verb::entry_view, entry);
  if (route == "entry.approve") return press(verb::entry_approve, entry);
  if (route == "entry.return") return press(verb::entry_return, entry);
  if (route == "entry.retire") return press(verb::entry_retire, entry);
  if (route == "entry.renew") return press(verb::entry_renew, entry);
  if (route == "answer.helped") return press(verb::answer_helped);
  if (route == "answer.not_helped") return press(verb::answer_not_helped);
  if (route == "answer.reason") return press(verb::answer_reason);
  if (route == "learning") return press(verb::proposals);
  if (route == "learning.text") return text("aprendizaje");
  const Values version = {{"practica", "riesgos"}, {"vigencia", "2026"}, {"version", "1"}};
  const Values control = {{"punto", "1"}, {"asunto", "guideline:riesgos:2026:1"}};
  if (route == "guidelines.button") return press(verb::guideline_board);
  if (route == "guideline.named") return text("lineamiento de riesgos 2026 versión 1");
  if (route == "guideline.view") return press(verb::guideline_view, version);
  if (route == "guideline.text") return press(verb::guideline_text, version);
  if (route == "guideline.diff") return press(verb::guideline_diff, version);
  if (route == "guideline.review") return press(verb::guideline_start, version);
  if (route == "guideline.open") return press(verb::guideline_open, version);
  if (route == "guideline.take") return press(verb::guideline_take, version);
  if (route == "guideline.criterion") return press(verb::guideline_criterion, version);
  if (route == "guideline.save") return press(verb::guideline_save, version);
  if (route == "guideline.remove") return press(verb::guideline_remove, version);
  if (route == "guideline.submit") return press(verb::guideline_submit, version);
  if (route == "guideline.discard") return press(verb::guideline_discard, version);
  if (route == "guideline.approve") return press(verb::guideline_approve, version);
  if (route == "guideline.return") return press(verb::guideline_return, version);
  if (route == "guideline.publish") return press(verb::guideline_publish, version);
  if (route == "guideline.acknowledge") return press(verb::guideline_ack, version);
  if (route == "guideline.delivery") return press(verb::guideline_delivery, version);
  if (route == "socialisation.form") return press(verb::socialisation_form);
  if (route == "socialisation.save") return press(verb::socialisation_save);
  if (route == "socialisation.coverage") return press(verb::socialisation_coverage);
  if (route == "controls.button") return press(verb::control_list);
  if (route == "control.view") return press(verb::control_open, control);
  if (route == "control.confirm") return press(verb::control_confirm, control);
  if (route == "guidelines") return text("lineamientos pendientes");
  if (route == "socialisation") return text("registrar socialización");
  if (route == "socialisation.coverage.text") return text("cobertura");
  if (route == "controls") return text("puntos de control");
  if (route == "report.said") return text("reportes");
  if (route == "report.said_process") return text("reportes de comunicaciones");
  if (route.starts_with("session.")) return session_turn(assistant, route, person_id);
  const Values commitment = {{"compromiso", "COMP-DIR-T3-1"}};  // of another owner
  if (route == "commitment.list") return press(verb::commitment_list);
  if (route == "commitment.list.text") return text("mis compromisos");
  if (route == "commitment.form") return press(verb::commitment_form, commitment);
  if (route == "commitment.save") return press(verb::commitment_save, commitment);
  if (route == "commitment.start") return text("cumplí el compromiso COMP-DIR-T3-1");
  if (route == "report.list") return press(verb::report_list);
  const Values report = {{"reporte", "REP-DIR-2026-T3"}, {"version", "9"}};  // no such version
  const std::pair<const char*, const char*> reports[] = {
      {"report.view", verb::report_view},
      {"report.final", verb::report_final},
      {"report.file", verb::report_file},
      {"report.accept", verb::report_accept},
      {"report.justify_form", verb::report_justify_form},
      {"report.justify", verb::report_justify},
      {"report.recommendations", verb::report_recommendations},
      {"report.edit", verb::report_edit},
      {"report.save", verb::report_save},
      {"recommendation.edit", verb::recommendation_edit},
      {"recommendation.save", verb::recommendation_save},
      {"report.send", verb::report_send}};
  for (const auto& [name, button] : reports) {
    if (route == name) return press(button, report);
  }
  // Those of prepare_routes; what is missing in the turn is no refusal.
  const std::pair<const char*, const char*> others[] = {
      {"recommendation.form", verb::recommendation_form},
      {"recommendation.answer", verb::recommendation_answer}};
  for (const auto& [name, button] : others) {
    if (route == name) return press(button, {{"recomendacion", "REC-SENT"}});
  }
  if (route == "recommendation.remove") {
    // Whoever may, removes it: the others ask for another one of the process.
    const char* id = person_id == advisor_dir ? "REC-DRAFT" : "REC-SENT";
    return press(verb::recommendation_remove, {{"recomendacion", id}});
  }
  if (route == "recommendation.comment") {
    return press(verb::recommendation_comment, {{"recomendacion", "REC-ASIDE"}});
  }
  if (route == "report.resolve") return press(verb::report_resolve, {{"respuesta", "RSP-DIR"}});
  if (route == "report.settle") return press(verb::report_settle, {{"reporte", "REP-DIR-2026-T2"}});
  if (route == "report.publish") return press(verb::report_publish, {{"reporte", "REP-DIR-2026-T1"}});
  if (route == "report.erratum") {
    return press(verb::report_erratum, {{"reporte", "REP-DIR-2026-T1"}, {"texto", ""}});
  }
  if (route == "greeting.text") return text("hola");
  if (route == "help.text") return text("necesito ayuda");
  if (route == "thanks") return text("muchas gracias");
  if (route == "request.status") return text("en qué va mi solicitud PAO-2026-0001");
  if (route == "status") return text("qué me toca");
  if (route == "progress.start") return text("quiero registrar avance");
  if (route == "request.start") return text("abrir una SS");
  if (route == "advisor.start") return text("quiero hablar con mi asesor");
  if (route == "report.windows") return text("quiero validar el reporte de seguimiento");
  if (route == "consult.ask") return text("¿hasta cuándo se registra el avance mensual del plan de acción?");
  if (route == "share.criterion") return press(verb::share_criterion, {{"codigo", "PLA-05"}});
  if (route == "share.request") return press(verb::share_request, {{"ss", "PAO-2026-0001"}});
  if (route == "feedback.form") return press(verb::feedback_form, {{"reaccion", "like"}});
  if (route == "feedback.save") {
    Turn said = press(verb::feedback_save, {{"reaccion", "like"}});
    said.reply_to_id = "1700";
    return said;
  }
  const auto told = [&](TurnKind kind, Signal signal, const char* words = "") {
    Turn turn = text(words);
    turn.kind = kind;
    turn.signal = std::move(signal);
    return turn;
  };
  if (route == "consult.corrected")
    return told(TurnKind::correction, {}, "¿hasta cuándo se registra el avance mensual del plan de acción?");
  if (route == "rating") return told(TurnKind::rating, Rating{.answer_id = "1700", .given = {"like"}});
  if (route == "meeting")
    return told(TurnKind::meeting,
                MeetingNews{.what = MeetingNews::What::started, .meeting_id = "M", .title = "Socialización"});
  if (route == "file.answer") return told(TurnKind::file_answer, FileAnswer{.consent_id = "F-1"});
  if (route == "files.request") return press(verb::file_request, {{"archivo", "AR-1"}});
  if (route == "files.link") return press(verb::file_link, {{"archivo", "AR-1"}, {"destino", "ss:X"}});
  if (route == "files.received") {
    Turn sent = told(TurnKind::file, {});
    sent.attachments = {{"acta.pdf", std::string(file_download_type), "pdf", "https://x.sharepoint.com/1"}};
    return sent;
  }
  if (route == "search")
    return told(TurnKind::search, Search{.from = Search::From::extension, .set = cards::dataset::criteria});
  return told(TurnKind::arrival, {});
}

void prepare_routes(const Assistant& assistant) {
  file_and_ask(assistant);
  prepare_reports(assistant);
  REQUIRE(assistant.presses(advisor_dir, verb::session_convene, working_session).outcome() ==
          "session_convened");
}

}  // namespace pao::handlers::test
