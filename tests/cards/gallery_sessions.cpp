#include "cards/commitment_card.hpp"
#include "cards/session_card.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {
namespace {

using procedure::SessionState;

SessionView meeting() {
  SessionView view;
  view.id = "MESA-2026-004";
  view.subject = "Metas del cuarto trimestre";
  view.agenda = "1. Metas con atraso\n2. Evidencias que faltan\n3. Compromisos";
  view.place = "Sala 3, piso 2";
  view.process_name = "Direccionamiento Estratégico";
  view.practice_name = "Planes";
  view.convened_by_name = "Bruno Páramo (demo)";
  view.starts_at = at_local_time(make_date(2026, 11, 20), std::chrono::hours{9});
  view.people = {{"Ana Guayacán (demo)"}, {"Luis Cedro (demo)"}, {"Persona Externa", false}};
  return view;
}

SessionView held() {
  SessionView view = meeting();
  view.state = SessionState::held;
  view.people = {{"Ana Guayacán (demo)", true, true},
                 {"Luis Cedro (demo)", true, false},
                 {"Persona Externa", false, true}};
  view.record = "Se revisaron las metas con atraso. Se acordó cargar las actas que faltan.";
  view.commitments = {
      {"COMP-MESA-2026-004-1", "Cargar las actas de octubre", "Ana Guayacán (demo)", make_date(2026, 11, 30)},
      {"COMP-MESA-2026-004-2", "Revisar la meta de la actividad 3", "Luis Cedro (demo)",
       make_date(2026, 12, 4)}};
  return view;
}

SessionFormView form() {
  SessionFormView view;
  view.processes = {{"DIR", "Direccionamiento Estratégico"}, {"COM", "Gestión de Comunicaciones"}};
  view.practices = {{"planes", "Planes"}, {"riesgos", "Riesgos"}};
  return view;
}

void add_forms(std::vector<Sample>& all) {
  all.push_back({"session_form", session_form_card(form())});
  SessionFormView wrong = form();
  wrong.subject = hostile;
  wrong.agenda = hostile;
  wrong.place = hostile;
  wrong.day = "2026-11-16";
  wrong.hour = "09:00";
  wrong.minutes = "90";
  wrong.people = hostile;
  wrong.consult_id = "C-2026-0012";
  wrong.consult_question = hostile;
  wrong.problem = session_problem_sentence(procedure::SessionProblem::no_business_day);
  all.push_back({"session_form_hostile", session_form_card(wrong)});
  SessionFormView move = form();
  move.id = "MESA-2026-004";
  move.subject = "Metas del cuarto trimestre";
  move.place = "Sala 3, piso 2";
  move.day = "2026-11-20";
  move.hour = "09:00";
  move.minutes = "60";
  all.push_back({"session_move", session_move_card(move)});
}

void add_states(std::vector<Sample>& all) {
  SessionView mine = meeting();
  mine.may_hold = true;
  all.push_back({"session_convened", session_card(mine)});
  mine.has_begun = true;
  mine.problem = "Para cancelarla escriba el motivo, en máximo 500 caracteres.";
  all.push_back({"session_begun", session_card(mine)});
  all.push_back({"session_invited", session_card(meeting())});
  all.push_back({"session_held", session_card(held())});
  SessionView cancelled = meeting();
  cancelled.state = SessionState::cancelled;
  all.push_back({"session_cancelled", session_card(cancelled)});
  SessionView hard = held();
  hard.subject = hard.agenda = hard.place = hard.record = hostile;
  hard.people = {{hostile, true, true}};
  hard.commitments = {{"COMP-1", hostile, hostile, make_date(2026, 11, 30)}};
  all.push_back({"session_hostile", session_card(hard)});
  SessionView full = held();
  full.record = std::string(4000, 'x');
  full.agenda = std::string(2000, 'y');
  full.people.assign(60, {"Una persona con un nombre bastante largo", true, true});
  all.push_back({"session_full", session_card(full)});
}

void add_news(std::vector<Sample>& all) {
  all.push_back({"session_news_convened", session_news_card(meeting(), SessionNews::convened)});
  SessionView changed = meeting();
  changed.reason = "Cruce de agendas";
  all.push_back({"session_news_moved", session_news_card(changed, SessionNews::moved)});
  changed.state = SessionState::cancelled;
  all.push_back({"session_news_cancelled", session_news_card(changed, SessionNews::cancelled)});
  all.push_back({"session_news_recorded", session_news_card(held(), SessionNews::recorded)});
}

CommitmentLine commitment(const std::string& words, int left) {
  return {.id = "COMP-MESA-2026-004-1",
          .what = words,
          .owner_name = "Ana Guayacán (demo)",
          .process_name = "Direccionamiento Estratégico",
          .due_on = make_date(2026, 11, 30),
          .business_days_left = left};
}

void add_commitments(std::vector<Sample>& all) {
  all.push_back({"commitment_list_none", commitment_list_card({})});
  all.push_back(
      {"commitment_list",
       commitment_list_card({.lines = {commitment("Cargar las actas de octubre", -2), commitment(hostile, 3)},
                             .page = 1,
                             .total = 20})});
  all.push_back({"commitment_form", commitment_form_card({.commitment = commitment("Cargar las actas", 3),
                                                          .day = "2026-11-27",
                                                          .evidence = "",
                                                          .problem = ""})});
  all.push_back({"commitment_form_hostile",
                 commitment_form_card(
                     {.commitment = commitment(hostile, -2),
                      .day = "",
                      .evidence = hostile,
                      .problem = fulfilment_problem_sentence(procedure::FulfilmentProblem::in_the_future)})});
  all.push_back({"commitment_receipt", commitment_receipt_card({.commitment = commitment(hostile, 3),
                                                                .fulfilled_on = make_date(2026, 11, 27),
                                                                .evidence = hostile,
                                                                .marked_by_name = "Luis Cedro (demo)"})});
  SessionView mine = held();
  mine.commitments[0].fulfilled_on = make_date(2026, 11, 27);
  mine.commitments[1].may_fulfil = true;
  all.push_back({"session_held_commitments", session_card(mine)});
}

}  // namespace

void add_session_cards(std::vector<Sample>& all) {
  add_forms(all);
  add_states(all);
  add_news(all);
  add_commitments(all);
  SessionRecordView record{.session = meeting(),
                           .meetings = {{"reunion-1", "Metas, 20 de noviembre de 2026 (4 personas)"}}};
  record.commitments = {{"Cargar las actas de octubre", "U-015", "2026-11-30"}};
  record.owners = {{"U-015", "Ana Guayacán (demo)"}, {"U-017", "Luis Cedro (demo)"}};
  all.push_back({"session_record", session_record_card(record)});
  record.may_commit = false;
  record.meetings.clear();
  record.attended = record.record = hostile;
  record.problem = commitment_problem_sentence(procedure::CommitmentProblem::no_owner, 2);
  all.push_back({"session_record_hostile", session_record_card(record)});
  const EarlierSessionLine earlier{.id = "MESA-012",
                                   .subject = "Actualización del mapa de riesgos",
                                   .process_name = "Direccionamiento Estratégico",
                                   .held_on = make_date(2026, 2, 10),
                                   .mode = "presencial",
                                   .state = "realizada",
                                   .advisor_name = "Bruno Páramo (demo)",
                                   .people = {"Ana Guayacán (demo)", hostile}};
  const SessionListView list{
      .lines = {{"MESA-2026-004", "Metas del cuarto trimestre", "Direccionamiento Estratégico",
                 meeting().starts_at, SessionState::convened},
                {"MESA-2026-003", hostile, "", meeting().starts_at, SessionState::held}},
      .earlier = {earlier},
      .earlier_hidden = 3,
      .may_convene = true};
  all.push_back({"session_list", session_list_card(list)});
  all.push_back({"session_list_earlier", session_list_card({.earlier = {earlier}})});
  all.push_back({"session_list_empty", session_list_card({})});
}

}  // namespace pao::cards::gallery
