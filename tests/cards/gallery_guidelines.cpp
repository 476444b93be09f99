#include "cards/control_card.hpp"
#include "cards/guideline_card.hpp"
#include "cards/guideline_notice.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {
namespace {

using procedure::GuidelineState;
using Kind = procedure::CriterionChange::Kind;

Instant at(unsigned month, unsigned day, int hour) {
  return at_local_time(make_date(2026, month, day), std::chrono::hours(hour));
}

GuidelineVersionView version() {
  GuidelineVersionView view;
  view.ref = {"riesgos", 2027, 1};
  view.state = GuidelineState::in_review;
  view.sample = true;
  view.author_name = "Bruno Páramo (demo)";
  view.reasons = {
      {procedure::ReviewReasonKind::need, "Los controles se describen sin frecuencia.", "REP-DIR-2026-T3"}};
  view.history = {{at(10, 5, 9), "Bruno Páramo (demo)", "Borrador creado", ""},
                  {at(11, 10, 15), "Bruno Páramo (demo)", "Enviado a revisión", ""}};
  view.criteria = 18;
  view.added = 2;
  view.removed = 1;
  view.changed = 3;
  view.can_decide = true;
  return view;
}

void add_versions(std::vector<Sample>& all) {
  GuidelineVersionView view = version();
  all.push_back({"guideline_version_in_review", guideline_version_card(view)});
  view.state = GuidelineState::draft;
  view.can_decide = false;
  view.can_edit = view.can_submit = view.can_discard = true;
  view.problem = "Falta el motivo de la revisión.";
  all.push_back({"guideline_version_draft", guideline_version_card(view)});
  view = version();
  view.state = GuidelineState::approved;
  view.can_decide = false;
  view.approved_by_name = "Celia Frailejón (demo)";
  view.approved_at = at(11, 11, 10);
  view.can_confirm_control = true;
  all.push_back({"guideline_version_approved", guideline_version_card(view)});
  view.state = GuidelineState::published;
  view.published_by_name = "Celia Frailejón (demo)";
  view.published_at = view.in_force_from = at(12, 1, 9);
  view.added = view.removed = view.changed = std::nullopt;
  view.can_confirm_control = false;
  view.can_see_delivery = true;
  all.push_back({"guideline_version_published", guideline_version_card(view)});
  view = version();
  view.author_name = view.problem = hostile;
  view.reasons[0].detail = hostile;
  view.history[1].reason = hostile;
  all.push_back({"guideline_version_hostile", guideline_version_card(view)});
}

void add_texts(std::vector<Sample>& all) {
  std::string long_text;
  for (int i = 0; i < 200; ++i) long_text += "El proceso registra la ejecución de cada control. ";
  GuidelineTextView text{.ref = {"riesgos", 2026, 1}, .state = GuidelineState::replaced, .sample = true};
  text.in_force_from = at(1, 1, 0);
  text.replaced_at = at(11, 12, 9);
  for (int i = 1; i <= 20; ++i) {
    text.criteria.push_back({"RIE-" + std::string(i < 10 ? "0" : "") + std::to_string(i), "riesgos",
                             i < 10 ? "Qué es y para qué sirve" : "Registro", "Cómo se redacta un riesgo",
                             i == 2 ? hostile : long_text, 2026, 1});
  }
  all.push_back({"guideline_text_first_page", guideline_text_card(text)});
  text.page = 99;
  all.push_back({"guideline_text_last_page", guideline_text_card(text)});

  GuidelineDiffView diff{{"riesgos", 2026, 1}, {"riesgos", 2027, 1}, {}, 0};
  all.push_back({"guideline_diff_none", guideline_diff_card(diff)});
  diff.changes = {
      {Kind::changed, "RIE-03", "Cómo se escribe", "Cómo se redacta", "Antes así.", "Ahora así.", "A", "B"},
      {Kind::added, "RIE-19", "", "Frecuencia del control", "", hostile, "", "B"},
      {Kind::removed, "RIE-02", "Marco de referencia", "", long_text, "", "A", ""}};
  for (int i = 0; i < 6; ++i) {
    diff.changes.push_back({Kind::changed, "RIE-1" + std::to_string(i), "Título", "Título", long_text,
                            long_text + "Más.", "A", "A"});
  }
  all.push_back({"guideline_diff", guideline_diff_card(diff)});
}

void add_forms(std::vector<Sample>& all) {
  ReviewFormView review;
  review.practices = {{"planes", "Planes"}, {"riesgos", "Riesgos"}};
  review.practice = "riesgos";
  review.this_term = 2026;
  review.term = "2027";
  review.needs = {{"Los controles se describen sin frecuencia (3 reportes)", "REP-DIR-2026-T1"},
                  {hostile, ""}};
  all.push_back({"guideline_review_form", review_form_card(review)});
  review.take = {"riesgos", 2027, 1};
  review.problem = "Elija por qué se revisa.";
  all.push_back({"guideline_take_form", review_form_card(review)});

  CriterionFormView criterion{.ref = {"riesgos", 2027, 1},
                              .criteria = {{"RIE-01", "Qué comprende la práctica"}, {"RIE-02", hostile}},
                              .sections = {"Qué es y para qué sirve", "Registro"}};
  all.push_back({"guideline_criterion_choose", criterion_form_card(criterion)});
  criterion.code = "RIE-01";
  criterion.title = "Qué comprende la práctica";
  criterion.text = hostile;
  criterion.section = "Registro";
  all.push_back({"guideline_criterion_form", criterion_form_card(criterion)});
  criterion.is_new = true;
  criterion.problem = "El cambio no quedó guardado. Código de criterio inválido.";
  all.push_back({"guideline_criterion_new", criterion_form_card(criterion)});
}

void add_notices(std::vector<Sample>& all) {
  GuidelineBoardView board{.term = 2027, .may_draft = true};
  board.lines = {
      {"riesgos", 2026, 1, {{{"riesgos", 2027, 1}, GuidelineState::in_review, "Bruno Páramo (demo)"}}},
      {"repac", 2026, 2, {}},
      {"documentos", 0, 0, {{{"documentos", 2027, 1}, GuidelineState::draft, ""}}}};
  board.done = {{"planes", 2027, 1, {}}};
  all.push_back({"guideline_board", guideline_board_card(board)});
  all.push_back(
      {"guideline_board_complete", guideline_board_card({.term = 2027, .done = {{"planes", 2027, 1, {}}}})});

  const ReviewReminderView reminder{
      2027, {"planes", "riesgos"}, {{"riesgos", "Controles sin frecuencia (3 reportes)"}}};
  all.push_back({"guideline_review_reminder", review_reminder_card(reminder)});
  all.push_back({"guideline_review_pending", review_pending_card({2027, {"riesgos"}, {}})});
  all.push_back({"guideline_turn_returned", guideline_turn_card({{"riesgos", 2027, 1},
                                                                 "Le devolvieron una revisión",
                                                                 "Corrija el borrador y envíelo de nuevo.",
                                                                 hostile})});
  PublicationView publication{
      .ref = {"riesgos", 2027, 1}, .sample = true, .published_by_name = "Celia Frailejón (demo)"};
  publication.added = 2;
  publication.changed = 1;
  all.push_back({"guideline_publication", publication_card(publication)});
  publication.acknowledged = publication.is_first = true;
  all.push_back({"guideline_publication_acknowledged", publication_card(publication)});
  publication.acknowledged = publication.is_first = false;
  publication.for_next_term = true;
  all.push_back({"guideline_publication_next_term", publication_card(publication)});

  DeliveryView delivery{.ref = {"riesgos", 2027, 1},
                        .counts = {{"Entregado", 29}, {"En espera", 1}},
                        .audience = 30,
                        .acknowledged = 1};
  for (int i = 0; i < 30; ++i)
    delivery.lines.push_back({"Ana Guayacán (demo)", "DIR, COM", "Entregado", std::nullopt});
  delivery.lines[0].acknowledged_at = at(12, 2, 8);
  all.push_back({"guideline_delivery", delivery_card(delivery)});
  delivery.mail_counts = {{"Entregado", 30}};
  for (DeliveryLine& line : delivery.lines) line.mail_state = "Entregado";
  all.push_back({"guideline_delivery_mail", delivery_card(delivery)});

  SocialisationFormView form;
  all.push_back({"socialisation_form", socialisation_form_card(form)});
  form = {{{"m-1", "Socialización, 20 de enero de 2027 (12 personas)"}},
          hostile,
          "virtual",
          "2027-01-20",
          hostile,
          "m-1",
          "Elija la fecha."};
  all.push_back({"socialisation_form_problem", socialisation_form_card(form)});
  all.push_back(
      {"socialisation_saved", socialisation_saved_card({"SOC-2027-001", "Lineamientos 2027", "virtual",
                                                        make_date(2027, 1, 20), 12, 11})});
  CoverageView coverage{.term = 2027, .events = 1, .may_register = true};
  for (int i = 0; i < 24; ++i)
    coverage.lines.push_back(
        {"Gestión de Comunicaciones", i % 3 == 0 ? 0U : 3U, i % 3 == 0 ? 0U : 1U, i % 2 == 0 ? 2U : 0U});
  all.push_back({"socialisation_coverage", coverage_card(coverage)});
}

void add_controls(std::vector<Sample>& all) {
  using procedure::ControlPoint;
  ControlView view{.control = ControlPoint::advice,
                   .subject = "register:2026-10",
                   .subject_name = "Registro del asistente, muestra de octubre de 2026",
                   .facts = {{"Respuestas de la muestra", "15"}, {"La revisa", "Bruno Páramo (demo)"}},
                   .may_confirm = true};
  for (int i = 0; i < 15; ++i) {
    view.lines.push_back(
        {"¿Qué evidencia sirve para un control?", i == 3 ? hostile : "Riesgos: RIE-07 Evidencia", "RIE-07"});
  }
  all.push_back({"control_sample", control_card(view)});
  view.problem = "Escriba qué encontró: el resultado elegido necesita una observación.";
  view.typed_result = "no_conforme";
  view.typed_note = hostile;
  all.push_back({"control_problem", control_card(view)});
  view.lines.clear();
  view.may_confirm = false;
  view.result = procedure::ControlResult::with_remarks;
  view.note = hostile;
  view.confirmed_by_name = "Bruno Páramo (demo)";
  view.confirmed_at = at(11, 4, 8);
  view.why_not = "Esto lo hizo usted. Lo confirma otra persona.";
  all.push_back({"control_shown", control_card(view)});
  all.push_back({"control_confirmed", control_confirmed_card(view)});
  view.report_id = "REP-COM-2026-T3";
  all.push_back({"control_confirmed_report_waits", control_confirmed_card(view)});
  view.result = procedure::ControlResult::not_conforming;
  all.push_back({"control_not_conforming", control_confirmed_card(view)});
  all.push_back({"control_list_empty", control_list_card({})});
  std::vector<ControlPending> pending;
  for (int i = 0; i < 14; ++i) {
    pending.push_back({ControlPoint::verification, "verification:DIR:2026-10",
                       "Direccionamiento Estratégico, octubre de 2026"});
  }
  all.push_back({"control_list", control_list_card(pending)});
}

}  // namespace

void add_guideline_cards(std::vector<Sample>& all) {
  add_versions(all);
  add_texts(all);
  add_forms(all);
  add_notices(all);
  add_controls(all);
}

}  // namespace pao::cards::gallery
