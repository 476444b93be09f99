#include "cards/progress_card.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {
namespace {

using procedure::ItemKind;

procedure::Item item_of(const std::string& practice) {
  using namespace procedure::practice;
  procedure::Item item;
  item.practice = practice;
  item.process_id = "DIR";
  const auto set = [&](const char* id, ItemKind kind, const char* parent, const char* name) {
    item.id = id;
    item.kind = kind;
    item.parent_id = parent;
    item.name = name;
  };
  if (practice == plans)
    set("PAI-DIR-01-T2", ItemKind::plan_task, "PAI-DIR-01",
        "Ejecutar y consolidar el plan de acción institucional 2027");
  if (practice == projects)
    set("202600000000901", ItemKind::project, "", "Modernización del sistema de programación presupuestal");
  if (practice == indicators) set("IND-DIR-01", ItemKind::indicator, "", "Cumplimiento del plan de acción");
  if (practice == risks)
    set("CTL-DIR-01-1", ItemKind::risk_control, "RIE-DIR-01",
        "El sistema valida los soportes de cada operación");
  if (practice == review_meeting)
    set("REPAC-DIR", ItemKind::commitment, "", "REPAC de Direccionamiento Estratégico");
  if (practice == improvements)
    set("MEJ-DIR-01", ItemKind::improvement, "", "Eliminar reprocesos en la revisión de soportes");
  if (practice == continuity)
    set("CON-DIR", ItemKind::continuity_plan, "", "Continuidad de Direccionamiento Estratégico");
  if (practice == documents)
    set("PR-DIR-002", ItemKind::document, "", "Procedimiento de Direccionamiento Estratégico");
  return item;
}

std::string period_of(const std::string& practice) {
  using namespace procedure::practice;
  if (practice == indicators || practice == review_meeting) return "2026-T3";
  if (practice == risks) return "2026-C2";
  if (practice == continuity) return "2026-S2";
  return practice == documents ? "2026" : "2026-10";
}

ProgressFormView form_of(const std::string& practice) {
  ProgressFormView view;
  view.rules = rules_of(practice);
  view.item = item_of(practice);
  view.process_name = "Direccionamiento Estratégico";
  view.period = period_of(practice);
  view.due_on = make_date(2026, 11, 9);
  view.business_days_left = 4;
  return view;
}

ProgressChoice choice(int number) {
  return {"PAI-DIR-01-T" + std::to_string(number),
          "Ejecutar y consolidar el plan de acción institucional " + std::to_string(2026 + number),
          "2026-10",
          make_date(2026, 11, 9),
          number - 2,
          "planes"};
}

}  // namespace

void add_progress_cards(std::vector<Sample>& all) {
  all.push_back({"progress_choice", progress_choice_card({choice(1), choice(2), choice(6)}, 0)});
  all.push_back({"progress_choice_empty", progress_choice_card({}, 0)});
  std::vector<ProgressChoice> many;
  for (int i = 1; i <= 12; ++i) many.push_back(choice(i));
  many[0].item_name = hostile;
  all.push_back({"progress_choice_many", progress_choice_card(many, 5)});

  for (const std::string& practice : practices())
    all.push_back({"progress_form_" + practice, progress_form_card(form_of(practice))});

  ProgressFormView form = form_of("planes");
  form.last_known = "60 % en septiembre de 2026";
  form.planned = "80";
  form.values = {{"porcentaje_avance", "70.5"},
                 {"descripcion_cualitativa", "Se aprobó el producto parcial con las dependencias."},
                 {"responsable", "Ana Guayacán (demo)"},
                 {"tipo_evidencia", "acta"}};
  all.push_back({"progress_form_planes_prefilled", progress_form_card(form)});
  form.conditional = {"justificacion_atraso"};
  form.problems = {
      {"justificacion_atraso", "El avance es menor que lo programado. Escriba la causa y la medida."},
      {"evidencia", "Esta práctica exige una evidencia."}};
  all.push_back({"progress_form_planes_problems", progress_form_card(form)});
  form.item.name = hostile;
  form.last_known = hostile;
  for (const char* field : {"descripcion_cualitativa", "evidencia", "responsable", "justificacion_atraso"}) {
    form.values[field] = hostile;
    form.problems.push_back({field, hostile});
  }
  form.values["porcentaje_avance"] = "no sé";
  all.push_back({"progress_form_planes_hostile", progress_form_card(form)});

  form = form_of("riesgos");
  form.rules.sample = true;
  form.values = {{"control_ejecutado", "si"}, {"materializado", "si"}};
  form.conditional = {"plan_contingencia"};
  form.problems = {{"plan_contingencia", "Este dato es obligatorio."}};
  all.push_back({"progress_form_riesgos_materialised", progress_form_card(form)});

  form = form_of("repac");
  form.conditional = {"delegacion"};
  for (const std::string& field : form.rules.required_fields) {
    if (field != "periodo" && field != "fecha_reunion") form.values[field] = std::string(1500, '"');
  }
  form.values["fecha_reunion"] = "2026-10-13";
  all.push_back({"progress_form_repac_long", progress_form_card(form)});

  ProgressReceiptView receipt;
  receipt.record.id = "A-2026-00552";
  receipt.record.practice = "planes";
  receipt.record.item_id = "PAI-DIR-01-T2";
  receipt.record.period = "2026-10";
  receipt.record.values = {
      {"porcentaje_avance", "93.5"},
      {"actividad_id", "PAI-DIR-01"},
      {"periodo", "2026-10"},
      {"descripcion_cualitativa", "Se aprobó el producto parcial con las dependencias y falta publicarlo."},
      {"evidencia", "PAI-DIR-01-T2_2026-10.pdf"},
      {"tipo_evidencia", "lista_asistencia"},
      {"responsable", "Ana Guayacán (demo)"}};
  receipt.record.recorded_at =
      at_local_time(make_date(2026, 11, 9), std::chrono::hours(14) + std::chrono::minutes(5));
  receipt.record.channel = "pao_teams";
  receipt.item_name = "Ejecutar y consolidar el plan de acción institucional 2027";
  receipt.process_name = "Direccionamiento Estratégico";
  receipt.author_name = "Ana Guayacán (demo)";
  receipt.timeliness = procedure::Timeliness::on_time;
  receipt.due_on = make_date(2026, 11, 9);
  all.push_back({"progress_receipt", progress_receipt_card(receipt)});
  receipt.timeliness = procedure::Timeliness::late;
  receipt.record.filing = procedure::FilingState::confirmed;
  receipt.record.practice = "proyectos-de-inversion";
  receipt.record.values = {
      {"pagos_cop", "1613900000"}, {"descripcion_cualitativa", hostile}, {"nuevo_campo", "x"}};
  receipt.item_name = hostile;
  all.push_back({"progress_receipt_late_hostile", progress_receipt_card(receipt)});
}

}  // namespace pao::cards::gallery
