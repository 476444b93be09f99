#include "cards/progress_card.hpp"
#include "cards/verification_card.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {
namespace {

procedure::ProgressRecord record_of(const char* item) {
  procedure::ProgressRecord record;
  record.id = "AV-2026-000123";
  record.practice = "planes";
  record.item_id = item;
  record.process_id = "DIR";
  record.period = "2026-10";
  record.values = {
      {"porcentaje_avance", "70"},
      {"descripcion_cualitativa", "Se aprobó el producto parcial con las dependencias."},
      {"justificacion_atraso", "El insumo llegó el 28 de octubre; se recupera el 20 de noviembre."},
      {"evidencia", "PAI-DIR-01-T2_2026-10.pdf"},
      {"tipo_evidencia", "informe"}};
  record.recorded_at = at_local_time(make_date(2026, 11, 9), std::chrono::hours(14));
  record.channel = "pao_teams";
  record.review = procedure::ReviewState::in_review;
  return record;
}

std::vector<procedure::Criterion> criteria() {
  procedure::Criterion quality;
  quality.code = "PLA-14";
  quality.title = "Calidad";
  quality.text =
      "Un registro tiene calidad cuando la descripción es clara y la evidencia soporta el resultado.";
  return {quality};
}

VerificationView view_of(const procedure::ProgressRecord& record) {
  VerificationView view{.record = record,
                        .item_name = "Ejecutar el plan de acción institucional 2027",
                        .process_name = "Direccionamiento Estratégico",
                        .author_name = "Ana Guayacán (demo)",
                        .timeliness = procedure::Timeliness::on_time,
                        .due_on = make_date(2026, 11, 9)};
  procedure::PracticeRules rules = rules_of("planes");
  rules.evidence_required = true;
  view.checklist = procedure::verification_checklist(rules, record, view.timeliness);
  view.criteria = criteria();
  view.correct_until = make_date(2026, 11, 18);
  return view;
}

ProgressSeveralView several(int count) {
  ProgressSeveralView view{.process_id = "DIR",
                           .process_name = "Direccionamiento Estratégico",
                           .practice = "planes",
                           .period = "2026-10",
                           .due_on = make_date(2026, 11, 9),
                           .business_days_left = 2};
  for (int i = 1; i <= count; ++i) {
    ProgressFormView item;
    item.rules = rules_of("planes");
    item.item.id = "PAI-DIR-01-T" + std::to_string(i);
    item.item.name = "Ejecutar el plan de acción " + std::to_string(i);
    item.item.kind = procedure::ItemKind::plan_task;
    item.period = view.period;
    item.planned = "80";
    item.last_known = "60 % en septiembre de 2026";
    view.items.push_back(item);
  }
  return view;
}

void add_several(std::vector<Sample>& all) {
  ProgressSeveralView view = several(3);
  all.push_back({"progress_several", progress_several_card(view)});
  procedure::ProgressRecord saved = record_of("PAI-DIR-01-T4");
  saved.id = "AV-2026-000124";
  saved.timeliness = procedure::Timeliness::on_time;
  view.saved = {{"Ejecutar el plan de acción 4",
                 saved,
                 {"El porcentaje acumulado es igual al del registro anterior."}}};
  view.author_name = "Ana Guayacán (demo)";
  view.items[0].problems = {{"evidencia", "Esta práctica exige una evidencia."}};
  view.items[0].values = {{"porcentaje_avance", "70.5"}, {"descripcion_cualitativa", hostile}};
  view.items[1].doubts = {{"descripcion_cualitativa", "Es el mismo texto del registro anterior."}};
  all.push_back({"progress_several_problems", progress_several_card(view)});
  view.items.clear();
  all.push_back({"progress_several_done", progress_several_card(view)});
  view = several(12);
  for (ProgressFormView& item : view.items) {
    item.item.name = hostile;
    item.values["descripcion_cualitativa"] = std::string(1900, 'x');
  }
  all.push_back({"progress_several_long_hostile", progress_several_card(view)});
}

}  // namespace

void add_verification_cards(std::vector<Sample>& all) {
  add_several(all);
  const procedure::ProgressRecord record = record_of("PAI-DIR-01-T2");
  VerificationQueueView queue{.total = 14, .page = 1};
  for (int i = 0; i < 3; ++i) {
    queue.lines.push_back({record, "Ejecutar el plan de acción institucional 2027",
                           "Direccionamiento Estratégico",
                           i == 0 ? procedure::Timeliness::late : procedure::Timeliness::on_time, i * 4});
  }
  queue.lines[2].item_name = hostile;
  all.push_back({"verification_queue", verification_queue_card(queue)});
  all.push_back({"verification_queue_empty", verification_queue_card({})});

  VerificationView view = view_of(record);
  all.push_back({"verification", verification_card(view)});
  view.signals = {"Evidencia: " + std::string(hostile)};
  view.earlier = {"Devuelto el 12 de noviembre de 2026: " + std::string(hostile)};
  view.previous = {{"descripcion_cualitativa", hostile}};
  view.note = view.correction = hostile;
  view.problem = "Marque cada punto de la lista con «cumple» o «no cumple» antes de decidir.";
  view.record.values["descripcion_cualitativa"] = std::string(1500, 'x') + hostile;
  view.item_name = hostile;
  all.push_back({"verification_hostile", verification_card(view)});

  all.push_back({"verification_control",
                 verification_done_card({.record_id = record.id,
                                         .item_name = "Ejecutar el plan de acción institucional 2027",
                                         .accepted = true,
                                         .control_subject = "verification:DIR:2026-10",
                                         .control_name = "Direccionamiento Estratégico, octubre de 2026"})});
  all.push_back({"verification_accepted",
                 verification_done_card({"AV-2026-000123", "Ejecutar el plan", true, {}, {}, 3})});
  all.push_back(
      {"verification_returned",
       verification_done_card(
           {"AV-2026-000123", hostile, false, {"Ana Guayacán (demo)"}, make_date(2026, 11, 18), 0})});
  all.push_back({"verification_returned_to_nobody",
                 verification_done_card(
                     {"AV-2026-000123", "Ejecutar el plan", false, {}, make_date(2026, 11, 18), 0})});
  RecordReturnedView returned{.record = record,
                              .item_name = "Ejecutar el plan de acción institucional 2027",
                              .process_name = "Direccionamiento Estratégico",
                              .advisor_name = "Luis Ceiba (demo)",
                              .correction = "Adjunte el acta firmada de octubre.",
                              .note = hostile,
                              .criteria = criteria(),
                              .correct_until = make_date(2026, 11, 18),
                              .business_days_left = 3};
  returned.unmet = {view.checklist[2]};
  all.push_back({"record_returned", record_returned_card(returned)});

  RecentRecord recent{.record = record, .item_name = "Ejecutar el plan", .can_change = true};
  recent.record.review = procedure::ReviewState::returned;
  recent.correction = hostile;
  RecentRecord confirmed{.record = record, .item_name = hostile, .smgi_number = "AV-99812"};
  confirmed.record.filing = procedure::FilingState::confirmed;
  confirmed.record.review = procedure::ReviewState::accepted;
  RecentRecord refused = confirmed;
  refused.smgi_number.clear();
  refused.smgi_reason = "El periodo está cerrado en el SMGI.";
  refused.record.filing = procedure::FilingState::sent;
  all.push_back({"progress_recent", recent_records_card({recent, confirmed, refused})});
  all.push_back({"progress_recent_none", recent_records_card({})});

  ProgressFormView form;
  form.rules = rules_of("planes");
  form.item.id = "PAI-DIR-01-T2";
  form.item.kind = procedure::ItemKind::plan_task;
  form.item.name = "Ejecutar el plan de acción institucional 2027";
  form.process_name = "Direccionamiento Estratégico";
  form.period = "2026-10";
  form.due_on = make_date(2026, 11, 9);
  form.record_id = record.id;
  form.values = record.values;
  form.must_correct = "Adjunte el acta firmada de octubre.";
  form.doubts = {{"descripcion_cualitativa", "Es el mismo texto del registro anterior."}};
  all.push_back({"progress_correct", progress_form_card(form)});
}

}  // namespace pao::cards::gallery
