#include "cards/alert_card.hpp"
#include "cards/desk_card.hpp"
#include "cards/status_card.hpp"
#include "cards/verbs.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {
namespace {

using procedure::ObligationState;

procedure::Obligation obligation(const std::string& item, unsigned day) {
  return {"DIR", "planes", item, "2026-10", make_date(2026, 11, day)};
}

StatusLine line(const std::string& item, unsigned day, ObligationState state, int left) {
  return {obligation(item, day),
          "Ejecutar y consolidar el plan de acción institucional 2027",
          "Lucía Yarumo (demo)",
          state,
          left,
          state != ObligationState::overdue};
}

StatusView status() {
  StatusView view;
  view.person_name = "Ana Guayacán (demo)";
  view.process_names = {"Direccionamiento Estratégico"};
  view.lines = {line("PAI-DIR-01-T1", 9, ObligationState::overdue, -3),
                line("PAI-DIR-01-T2", 12, ObligationState::due_soon, 0),
                line("PAI-DIR-02-T1", 13, ObligationState::due_soon, 1),
                line("PAI-DIR-02-T2", 30, ObligationState::open, 11)};
  view.lines[2].owner_name.clear();
  view.total = 4;
  view.overdue = 1;
  view.due_soon = 2;
  view.open = 1;
  view.as_of = at_local_time(make_date(2026, 11, 12), std::chrono::hours(9) + std::chrono::minutes(5));
  return view;
}

procedure::ServiceRequest request(const std::string& id, bool provisional) {
  procedure::ServiceRequest request;
  request.id = id;
  request.provisional = provisional;
  request.type = "SS-2";
  request.subject = "Mover la fecha final de la actividad 3";
  request.state = provisional ? procedure::RequestState::filed : procedure::RequestState::in_review;
  request.due_on = make_date(2026, 11, 18);
  return request;
}

AlertLine alert(const std::string& item, unsigned day, int left, const std::string& reason) {
  return {obligation(item, day),
          "Ejecutar y consolidar el plan de acción institucional 2027",
          "Direccionamiento Estratégico",
          reason,
          left,
          left >= 0};
}

DueView due() {
  return {"Planes, octubre de 2026",
          make_date(2026, 11, 9),
          "Primeros 5 días hábiles después del periodo, según Planes, vigencia 2026.",
          "PLA-05",
          {{make_date(2026, 11, 1), "no cuenta: domingo"},
           {make_date(2026, 11, 2), "no cuenta: Día de Todos los Santos (Ley 51 de 1983)"},
           {make_date(2026, 11, 3), "día hábil 1"},
           {make_date(2026, 11, 4), "día hábil 2"},
           {make_date(2026, 11, 5), "día hábil 3"},
           {make_date(2026, 11, 6), "día hábil 4"},
           {make_date(2026, 11, 7), "no cuenta: sábado"},
           {make_date(2026, 11, 8), "no cuenta: domingo"},
           {make_date(2026, 11, 9), "día hábil 5"}}};
}

}  // namespace

void add_status_cards(std::vector<Sample>& all) {
  StatusView view = status();
  view.requests = {request("PAO-2026-0001", true), request("SS-2026-0070", false)};
  view.requests[1].endorsement_pending = true;
  view.requests[1].due_on.reset();
  all.push_back({"status", status_card(view)});
  DeskView desk{.person_name = "Damián Yarumo",
                .notes = {{.title = "2 consultas por responder",
                           .text = "La más próxima: Venció el 9 de noviembre de 2026, hace 3 días hábiles.",
                           .urgency = -3,
                           .button_title = "Mis consultas",
                           .verb = verb::consult_queue,
                           .values = {{"pagina", "0"}, {"de", ""}},
                           .key = ""},
                          {.title = hostile,
                           .text = "Falta que confirme la verificación (actividad 4).",
                           .urgency = 2,
                           .button_title = "Confirmar",
                           .verb = verb::control_list,
                           .values = {},
                           .key = ""}},
                .page = 1,
                .total = 14,
                .as_of = view.as_of};
  all.push_back({"desk", desk_card(desk)});
  view.requests.clear();
  view.lines.resize(1);
  view.lines[0].can_register = true;
  view.lines[0].reopened_until = make_date(2026, 11, 17);
  view.total = view.reopened = 1;
  view.overdue = view.due_soon = view.open = 0;
  all.push_back({"status_reopened", status_card(view)});
  view.lines.clear();
  view.total = view.reopened = 0;
  all.push_back({"status_empty", status_card(view)});

  view.commitments.assign(5, {.id = "COMP-DIR-T3-1",
                              .what = "Actualizar el instructivo del proceso",
                              .owner_name = "Lucía Yarumo (demo)",
                              .process_name = "Direccionamiento Estratégico",
                              .due_on = make_date(2026, 11, 19),
                              .business_days_left = 4});
  view.commitments.front().business_days_left = -3;
  view.commitments.front().what = hostile;
  all.push_back({"status_commitments", status_card(view)});

  view = status();
  view.process_names = {"Direccionamiento Estratégico", "Gestión de Comunicaciones", hostile};
  view.page = 1;
  view.total = 40;
  view.overdue = 30;
  view.lines.assign(status_page_size, line("PAI-DIR-01-T1", 9, ObligationState::due_soon, 2));
  for (StatusLine& one : view.lines) one.item_name = hostile + std::string(4000, '"');
  for (int i = 0; i < 9; ++i) view.requests.push_back(request("SS-2026-0" + std::to_string(100 + i), false));
  view.requests[0].subject = hostile;
  all.push_back({"status_page_2_hostile_long", status_card(view)});

  all.push_back({"due", due_card(due())});
  DueView long_due = due();
  long_due.criterion_code.clear();
  for (int i = 0; i < 90; ++i)
    long_due.days.push_back({make_date(2026, 12, 1) + std::chrono::days(i), hostile});
  all.push_back({"due_long_hostile", due_card(long_due)});

  DigestView digest{"Ana Guayacán (demo)", make_date(2026, 11, 12), {}};
  digest.lines = {alert("PAI-DIR-01-T1", 9, -3, "venció hace 3 días hábiles; se informa al líder"),
                  alert("PAI-DIR-01-T2", 12, 0, "vence hoy"),
                  alert("PAI-DIR-02-T1", 19, 4, "faltan 4 días hábiles.")};
  all.push_back({"digest", digest_card(digest)});
  digest.lines.front().key = "planes/PAI-DIR-01-T1/2026-10|-3";
  digest.notes = {{.title = "Un compromiso, Direccionamiento Estratégico",
                   .text = "El compromiso tiene fecha 9 de noviembre de 2026. Criterio REP-12.",
                   .urgency = -3,
                   .button_title = "Ver el criterio",
                   .verb = verb::choose_criterion,
                   .values = {{"codigo", "REP-12"}, {"pregunta", ""}},
                   .key = "reglas/repac.compromiso_vencido/COMP-1|-3"}};
  all.push_back({"digest_to_answer", digest_card(digest)});
  digest.notes.clear();
  digest.lines.front().key.clear();
  digest.lines.resize(1);
  all.push_back({"digest_one", digest_card(digest)});
  digest.lines.assign(30, alert("PAI-DIR-02-T1", 19, 4, hostile));
  for (AlertLine& one : digest.lines) one.item_name = std::string(3000, '_') + hostile;
  all.push_back({"digest_many_hostile", digest_card(digest)});
}

}  // namespace pao::cards::gallery
