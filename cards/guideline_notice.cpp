#include "cards/guideline_notice.hpp"

#include "cards/card_builder.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t people_a_page = 25;

Data about(const GuidelineRef& ref) {
  return {{"practica", ref.practice},
          {"vigencia", std::to_string(ref.term)},
          {"version", std::to_string(ref.version)}};
}

std::vector<std::string> names_of(const std::vector<std::string>& practices) {
  std::vector<std::string> names;
  for (const std::string& id : practices) names.push_back(practice_name(id));
  return names;
}

Card review_card(const ReviewReminderView& view, const std::string& title, const std::string& sentence) {
  Blocks body = {heading(title), text(sentence),
                 text("Faltan: " + enumerate(names_of(view.practices)) + ".")};
  if (!view.needs.empty()) {
    body.push_back(
        section("Lo que dejaron los reportes y las preguntas de " + std::to_string(view.term - 1)));
    for (const auto& [practice, need] : view.needs) {
      body.push_back(text(practice_name(practice) + ": " + shorten(need, 300), {.small = true}));
    }
  }
  return finish({title,
                 std::move(body),
                 {{"Ver lineamientos pendientes", verb::guideline_board, {}, Button::Kind::primary}}});
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace

Card review_reminder_card(const ReviewReminderView& view) {
  return review_card(
      view, "Es tiempo de revisar los lineamientos de " + std::to_string(view.term),
      "Cada práctica se revisa una vez por vigencia. La aprobación es hasta el 15 de diciembre de " +
          std::to_string(view.term - 1) + ".");
}

Card review_pending_card(const ReviewReminderView& view) {
  return review_card(view, "Lineamientos de " + std::to_string(view.term) + " sin publicar",
                     "Respondo con los de la vigencia anterior y lo aviso en cada respuesta.");
}

Card guideline_turn_card(const GuidelineTurnView& view) {
  Blocks body = {heading(view.title), text(guideline_name(view.ref), {.bold = true}), text(view.sentence)};
  if (!view.reason.empty()) {
    body.push_back(container(
        {text("Motivo", {.subtle = true, .small = true}), text(shorten(view.reason, 2000))}, Box::emphasis));
  }
  return finish({view.title + ": " + guideline_name(view.ref),
                 std::move(body),
                 {{"Ver la versión", verb::guideline_view, about(view.ref), Button::Kind::primary}}});
}

std::string publication_sentence(const PublicationView& view) {
  const std::string published = "La Oficina Asesora de Planeación los publicó. ";
  if (!view.for_next_term) return published + "Desde ahora respondo con ellos.";
  return published + "Rigen desde el 1 de enero de " + std::to_string(view.ref.term) + "." +
         (view.is_first ? "" : " Hasta entonces respondo con los anteriores.");
}

std::string publication_changes(const PublicationView& view) {
  return "Trae " +
         enumerate({counted(view.added, "criterio nuevo", "criterios nuevos"),
                    counted(view.changed, "cambiado", "cambiados"),
                    counted(view.removed, "retirado", "retirados")}) +
         ".";
}

Card publication_card(const PublicationView& view) {
  const std::string title = "Hay lineamientos nuevos: " + practice_name(view.ref.practice);
  Blocks body = {heading(title), text(guideline_name(view.ref), {.bold = true})};
  if (view.sample)
    body.push_back(text("Contenido de muestra, no oficial.", {.small = true, .tone = Tone::warning}));
  body.push_back(text(publication_sentence(view)));
  if (!view.is_first) body.push_back(text(publication_changes(view)));
  if (!view.published_by_name.empty())
    body.push_back(text("Publicó: " + view.published_by_name, subtle_small));
  std::vector<Button> buttons;
  if (view.acknowledged) {
    body.push_back(container({text("Gracias. Quedó registrado que usted los recibió.")}, Box::good));
  } else {
    buttons.push_back({"Enterado", verb::guideline_ack, about(view.ref), Button::Kind::primary});
  }
  Data read = about(view.ref);
  read.emplace_back("pagina", "0");
  buttons.push_back({"Leer el texto", verb::guideline_text, std::move(read)});
  return finish({title, std::move(body), std::move(buttons)});
}

Card delivery_card(const DeliveryView& view) {
  Blocks body = {heading("Quién recibió los lineamientos"), text(guideline_name(view.ref), {.bold = true})};
  Facts rows = {{"Destinatarios", std::to_string(view.audience)}};
  const std::string by_card = view.mail_counts.empty() ? "" : "Teams: ";
  for (const auto& [state, count] : view.counts) rows.emplace_back(by_card + state, std::to_string(count));
  for (const auto& [state, count] : view.mail_counts)
    rows.emplace_back("Correo: " + state, std::to_string(count));
  rows.emplace_back("Dijeron «Enterado»", std::to_string(view.acknowledged));
  body.push_back(facts(rows));
  const std::size_t pages = (view.lines.size() + people_a_page - 1) / people_a_page;
  const std::size_t page = pages == 0 ? 0 : std::min(view.page, pages - 1);
  for (std::size_t i = page * people_a_page; i < view.lines.size() && i < (page + 1) * people_a_page; ++i) {
    const DeliveryLine& line = view.lines[i];
    std::string shown = line.person_name + " (" + line.processes + "): ";
    shown += line.mail_state.empty() ? line.state : "Teams, " + line.state + "; correo, " + line.mail_state;
    if (line.acknowledged_at) shown += ", enterado el " + long_date(local_date(*line.acknowledged_at));
    body.push_back(text(shown, {.small = true, .tight = i % people_a_page != 0}));
  }
  std::vector<Button> buttons;
  const auto turn_page = [&](const char* title, std::size_t to) {
    Data data = about(view.ref);
    data.emplace_back("pagina", std::to_string(to));
    buttons.push_back({title, verb::guideline_delivery, std::move(data)});
  };
  if (page > 0) turn_page("Anteriores", page - 1);
  if (page + 1 < pages) turn_page("Siguientes", page + 1);
  return finish(
      {"Quién recibió los lineamientos: " + guideline_name(view.ref), std::move(body), std::move(buttons)});
}

Card socialisation_form_card(const SocialisationFormView& view) {
  Blocks body = {heading("Registrar una socialización"),
                 text("Queda como evidencia de la actividad 2: modalidad, fecha y lista de asistencia.")};
  if (!view.problem.empty()) body.push_back(container({text(view.problem)}, Box::warning));
  body.push_back(line_input({.id = "asunto", .label = "Asunto", .value = view.subject}, 200));
  body.push_back(choice_input({.id = "modalidad", .label = "Modalidad", .value = view.mode},
                              {{"virtual", "Virtual"}, {"presencial", "Presencial"}}, ChoiceLook::buttons));
  body.push_back(date_input({.id = "fecha", .label = "Fecha", .value = view.held_on}));
  if (!view.meetings.empty()) {
    body.push_back(choice_input({.id = "reunion",
                                 .label = "Reunión de Teams de la que se toma la asistencia",
                                 .value = view.meeting,
                                 .required = false},
                                view.meetings));
  }
  body.push_back(
      paragraph_input({.id = "asistentes",
                       .label = "Asistentes: un nombre o correo por renglón, o separados por comas",
                       .value = view.attendees,
                       .required = false},
                      6000));
  return finish({"Registrar una socialización",
                 std::move(body),
                 {{"Guardar", verb::socialisation_save, {}, Button::Kind::primary}}});
}

Card socialisation_saved_card(const SocialisationSavedView& view) {
  return finish({"Socialización registrada: " + view.id,
                 {heading("Socialización registrada"),
                  facts({{"Número", view.id},
                         {"Asunto", view.subject},
                         {"Modalidad", view.mode == "virtual" ? "Virtual" : "Presencial"},
                         {"Fecha", long_date(view.held_on)},
                         {"Asistentes", std::to_string(view.attendees)},
                         {"Encontrados en el directorio", std::to_string(view.known)}})},
                 {{"Ver la cobertura", verb::socialisation_coverage, {}}}});
}

Card coverage_card(const CoverageView& view) {
  const std::string title = "Cobertura de la socialización " + std::to_string(view.term);
  Blocks body = {heading(title),
                 text(counted(view.events, "evento registrado", "eventos registrados") + ".")};
  for (const CoverageLine& line : view.lines) {
    const std::string told = line.told == 0 ? "sin aviso enviado"
                                            : std::to_string(line.acknowledged) + " de " +
                                                  std::to_string(line.told) + " dijeron «Enterado»";
    body.push_back(
        text(line.process_name + ": " + told + ", " +
                 counted(line.attended, "persona asistió", "personas asistieron"),
             {.small = true, .tone = line.acknowledged + line.attended == 0 ? Tone::warning : Tone::normal}));
  }
  std::vector<Button> buttons;
  if (view.may_register) buttons.push_back({"Registrar una socialización", verb::socialisation_form, {}});
  return finish({title, std::move(body), std::move(buttons)});
}

}  // namespace pao::cards
