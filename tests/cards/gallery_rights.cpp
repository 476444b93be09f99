#include "cards/oversight_card.hpp"
#include "cards/rights_card.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {
namespace {

using procedure::Role;

constexpr const char* not_the_evaluation = "No es la evaluación de la Oficina de Control Interno.";

TeamView team() {
  return {.process_id = "DIR",
          .process_name = "Direccionamiento Estratégico",
          .members = {{"U-014", "Lucía Yarumo (demo)", Role::leader},
                      {"U-015", "Ana Guayacán (demo)", Role::liaison, true, make_date(2026, 4, 9)},
                      {"U-016", "Elías Nogal (demo)", Role::liaison, false, make_date(2026, 11, 3),
                       make_date(2026, 12, 18)},
                      {"U-017", "Rosa Arrayán (demo)", Role::owner},
                      {"U-003", "Silvestre Ceiba (demo)", Role::advisor},
                      {"U-020", "Tito Roble (demo)", Role::liaison, true, std::nullopt, make_date(2026, 4, 8),
                       false}},
          .documents = {"DES-2026-0002: Memorando 31, 2 de noviembre de 2026",
                        "DES-2026-0001: Memorando 12, 9 de abril de 2026"},
          .may_designate = true};
}

void add_rights(std::vector<Sample>& all) {
  TeamView view = team();
  all.push_back({"team_leader", team_card(view)});
  view.may_designate = false;
  view.members.resize(1);
  view.documents.clear();
  view.lacking = {"No tiene enlace activo", "No tiene asesor activo"};
  all.push_back({"team_lacking", team_card(view)});
  view = team();
  view.process_name = hostile;
  for (TeamMember& member : view.members) member.name = hostile;
  view.documents.assign(40, hostile);
  all.push_back({"team_hostile", team_card(view)});

  DesignationFormView form{
      "DIR", "Direccionamiento Estratégico", {{"U-015", "Ana Guayacán (demo)"}}, make_date(2026, 11, 12)};
  all.push_back({"designation_form", designation_form_card(form)});
  all.push_back({"liaison_ending_form", liaison_ending_form_card(form)});
  form.liaisons = {{"U-015", hostile}};
  all.push_back({"liaison_ending_form_hostile", liaison_ending_form_card(form)});
  form.liaisons.clear();
  all.push_back({"liaison_ending_form_none", liaison_ending_form_card(form)});

  DesignationView made{.id = "DES-2026-0002",
                       .process_name = "Direccionamiento Estratégico",
                       .person_name = "Elías Nogal (demo)",
                       .principal = false,
                       .since = make_date(2026, 11, 17),
                       .until = make_date(2026, 12, 18),
                       .document = "Memorando 31 del 2 de noviembre",
                       .leader_name = "Lucía Yarumo (demo)",
                       .replaced_name = "Ana Guayacán (demo)",
                       .returns_on = make_date(2026, 12, 19)};
  all.push_back({"designation_temporary", designation_card(made)});
  made.principal = true;
  made.until.reset();
  made.document = hostile;
  made.returns_on.reset();
  all.push_back({"designation_replaces_hostile", designation_card(made)});

  LiaisonEndingView ending{.process_name = "Direccionamiento Estratégico",
                           .person_name = "Ana Guayacán (demo)",
                           .last_day = make_date(2026, 11, 30),
                           .reason = "Cambio de dependencia",
                           .requests = {},
                           .items = {},
                           .heirs = {"Elías Nogal (demo)"}};
  all.push_back({"liaison_ending", liaison_ending_card(ending)});
  ending.reason = hostile;
  ending.requests = {"PAO-2026-0001"};
  for (int i = 1; i <= 40; ++i) ending.items.push_back("PAI-DIR-01-T" + std::to_string(i));
  ending.heirs.clear();
  all.push_back({"liaison_ending_open_hostile", liaison_ending_card(ending)});

  GapsView gaps;
  all.push_back({"gaps_none", gaps_card(gaps)});
  gaps.lines = {{"Gestión de Comunicaciones", "No tiene enlace activo"},
                {hostile, "La solicitud SS-2026-0070 no tiene un asesor activo"}};
  gaps.page = 1;
  gaps.total = 30;
  all.push_back({"gaps_page_2", gaps_card(gaps)});
}

PlanLine activity() {
  return {"PAI-DIR-01", "Elaborar el plan estratégico", "PAI, peso 40 %, meta: 12 reportes",
          "Programado 80 %, reportado 62,5 %."};
}

void add_oversight(std::vector<Sample>& all) {
  OversightListView list{.processes = {{"DIR", "Direccionamiento Estratégico"}, {"COM", hostile}},
                         .term = 2026,
                         .other_term = 2025,
                         .page = 0,
                         .total = 24,
                         .notice = not_the_evaluation};
  all.push_back({"oversight_list", oversight_list_card(list)});

  PlanOverview plan{.process_id = "DIR",
                    .process_name = "Direccionamiento Estratégico",
                    .term = 2026,
                    .other_term = 2025,
                    .summary =
                        "Programado 80 %, reportado 72 %. 20 registros oportunos, 2 extemporáneos y 1 sin "
                        "registrar.",
                    .activities = {activity()},
                    .page = 0,
                    .total = 1,
                    .as_of = at_local_time(make_date(2026, 11, 12), std::chrono::hours(9)),
                    .notice = not_the_evaluation};
  all.push_back({"oversight_plan", plan_overview_card(plan)});
  plan.activities[0].name = hostile + std::string(2000, '*');
  plan.activities[0].detail = hostile;
  plan.total = 12;
  plan.page = 1;
  all.push_back({"oversight_plan_page_2_hostile", plan_overview_card(plan)});
  plan.activities.clear();
  plan.total = 0;
  plan.page = 0;
  all.push_back({"oversight_plan_empty", plan_overview_card(plan)});

  PlanActivityView detail{
      .process_id = "DIR",
      .process_name = "Direccionamiento Estratégico",
      .term = 2026,
      .activity = activity(),
      .records = {{"PAI-DIR-01-T1, octubre de 2026",
                   "Programado 80 %, reportado 60 %. Cumplida. Vence el 9 de noviembre de 2026.",
                   "Se realizaron dos mesas.", "El insumo llegó tarde.", "Acta_mesa_12.pdf"}},
      .page = 0,
      .total = 1,
      .notice = not_the_evaluation};
  all.push_back({"oversight_activity", plan_activity_card(detail)});
  detail.records.assign(5, {hostile, hostile, hostile + std::string(20000, '*'), hostile, hostile});
  detail.total = 30;
  all.push_back({"oversight_activity_hostile_long", plan_activity_card(detail)});
  detail.records.clear();
  detail.other_term = 2025;
  detail.total = 0;
  all.push_back({"oversight_activity_empty", plan_activity_card(detail)});

  FinishedReportsView reports{
      .process_id = "DIR",
      .process_name = "Direccionamiento Estratégico",
      .reports = {{"DIR-2026-T3", "Tercer trimestre de 2026", "El proceso justificó con evidencias."}},
      .adjustments = {{"SS-2026-0073: Aprobada",
                       "Decía: dos tareas sin registro. La evidencia muestra: una."}},
      .notice = not_the_evaluation};
  all.push_back({"oversight_reports", finished_reports_card(reports)});
  reports.reports[0].detail = hostile;
  reports.adjustments.assign(20, {hostile, hostile + std::string(5000, '_')});
  all.push_back({"oversight_reports_hostile_long", finished_reports_card(reports)});
  reports.reports.clear();
  reports.adjustments.clear();
  all.push_back({"oversight_reports_none", finished_reports_card(reports)});

  OversightReadsView reads;
  all.push_back({"oversight_reads_none", oversight_reads_card(reads)});
  reads.reads = {{at_local_time(make_date(2026, 11, 12), std::chrono::hours(9)), "Olga Sauce (demo)",
                  "planes de Direccionamiento Estratégico"},
                 {at_local_time(make_date(2026, 11, 12), std::chrono::hours(8)), hostile, hostile}};
  reads.total = 40;
  all.push_back({"oversight_reads", oversight_reads_card(reads)});
}

}  // namespace

void add_rights_cards(std::vector<Sample>& all) {
  add_rights(all);
  add_oversight(all);
}

}  // namespace pao::cards::gallery
