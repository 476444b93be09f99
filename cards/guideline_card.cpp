#include "cards/guideline_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;
using procedure::CriterionChange;
using procedure::GuidelineState;

constexpr std::size_t criteria_a_page = 8;
constexpr std::size_t changes_a_page = 6;
constexpr std::size_t history_shown = 8;

Data about(const GuidelineRef& ref) {
  return {{"practica", ref.practice},
          {"vigencia", std::to_string(ref.term)},
          {"version", std::to_string(ref.version)}};
}

Data with(Data data, const char* name, std::string value) {
  data.emplace_back(name, std::move(value));
  return data;
}

std::string version_name(const GuidelineRef& ref) {
  return "vigencia " + std::to_string(ref.term) + ", versión " + std::to_string(ref.version);
}

void add_sample_notice(Blocks& body, bool sample) {
  if (sample)
    body.push_back(text("Contenido de muestra, no oficial.", {.small = true, .tone = Tone::warning}));
}

std::string in_force_text(std::optional<Instant> from, std::optional<Instant> until) {
  if (!from) return "";
  if (until && *until <= *from) return "no alcanzó a regir";
  const std::string since = "desde el " + long_date(local_date(*from));
  return until ? since + " hasta el " + long_date(local_date(*until)) : since;
}

std::string signed_by(const std::string& name, std::optional<Instant> at) {
  if (!at) return "";
  return name.empty() ? long_instant(*at) : name + ", " + long_instant(*at);
}

Json open_line(const GuidelineBoardLine::Open& open) {
  std::string state = guideline_state_name(open.state);
  state += open.author_name.empty() ? ", sin autor" : ", de " + open.author_name;
  const Button view{"Ver", verb::guideline_view, about(open.ref)};
  return side_by_side({text("Versión " + std::to_string(open.ref.version) + " de " +
                            std::to_string(open.ref.term) + ": " + state)},
                      {button_row({view})});
}

void add_board_line(Blocks& body, const GuidelineBoardLine& line, bool may_draft) {
  const std::string in_force = line.in_force_term == 0
                                   ? "Sin lineamientos publicados"
                                   : "Rige la vigencia " + std::to_string(line.in_force_term) + ", versión " +
                                         std::to_string(line.in_force_version);
  Blocks items = {text(practice_name(line.practice), {.bold = true}), text(in_force, subtle_small)};
  for (const auto& open : line.open) items.push_back(open_line(open));
  if (line.open.empty() && may_draft) {
    items.push_back(button_row({{"Abrir revisión", verb::guideline_start, {{"practica", line.practice}}}}));
  }
  body.push_back(separated(container(std::move(items))));
}

// A number with its noun: "1 criterio nuevo".
std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string change_summary(const GuidelineVersionView& view) {
  if (!view.added) return "";
  return enumerate({counted(*view.added, "criterio nuevo", "criterios nuevos"),
                    counted(*view.changed, "cambiado", "cambiados"),
                    counted(*view.removed, "retirado", "retirados")});
}

std::vector<Button> version_buttons(const GuidelineVersionView& view) {
  const Data data = about(view.ref);
  std::vector<Button> buttons;
  const auto add = [&](bool wanted, const char* title, const char* name, Data values, bool inputs = false,
                       Button::Kind kind = Button::Kind::normal) {
    if (wanted) buttons.push_back({title, name, std::move(values), kind, inputs});
  };
  using Kind = Button::Kind;
  add(view.can_publish, "Publicar", verb::guideline_publish, data, false, Kind::primary);
  add(view.can_decide, "Aprobar", verb::guideline_approve, data, false, Kind::primary);
  add(view.can_submit, "Enviar a revisión", verb::guideline_submit, data, false, Kind::primary);
  add(view.can_take, "Tomar este borrador", verb::guideline_start,
      with(with({{"practica", view.ref.practice}}, "vigencia", std::to_string(view.ref.term)), "version",
           std::to_string(view.ref.version)),
      false, Kind::primary);
  add(view.can_decide, "Devolver", verb::guideline_return, data, true);
  add(view.can_edit, "Cambiar un criterio", verb::guideline_criterion, with(data, "codigo", ""));
  add(view.added.has_value(), "Ver diferencias", verb::guideline_diff, with(data, "pagina", "0"));
  add(true, "Leer el texto", verb::guideline_text, with(data, "pagina", "0"));
  return buttons;
}

void add_version_actions(Blocks& body, const GuidelineVersionView& view) {
  std::vector<Button> more;
  if (view.can_confirm_control) {
    more.push_back({"Punto de control",
                    verb::control_open,
                    {{"punto", "1"},
                     {"asunto", "guideline:" + view.ref.practice + ":" + std::to_string(view.ref.term) + ":" +
                                    std::to_string(view.ref.version)}},
                    Button::Kind::normal,
                    false});
  }
  if (view.can_see_delivery) {
    more.push_back({"Quién lo recibió", verb::guideline_delivery, with(about(view.ref), "pagina", "0"),
                    Button::Kind::normal, false});
  }
  if (view.can_decide || view.can_discard) {
    body.push_back(paragraph_input(
        {.id = "razon", .label = "Motivo, si lo devuelve o lo descarta", .required = false}, 2000));
  }
  if (view.can_discard) more.push_back({"Descartar", verb::guideline_discard, about(view.ref)});
  if (!more.empty()) body.push_back(button_row(more));
}

void add_history(Blocks& body, const std::vector<GuidelineMoveLine>& history) {
  if (history.empty()) return;
  body.push_back(section("Historia"));
  const std::size_t first = history.size() > history_shown ? history.size() - history_shown : 0;
  for (std::size_t i = first; i < history.size(); ++i) {
    const GuidelineMoveLine& line = history[i];
    std::string what = long_instant(line.at) + ": " + line.what;
    if (!line.who.empty()) what += ", " + line.who;
    if (!line.reason.empty()) what += ". " + shorten(line.reason, 300);
    body.push_back(text(what, subtle_small));
  }
}

void add_pages(std::vector<Button>& buttons, const char* name, const GuidelineRef& ref, std::size_t page,
               std::size_t pages) {
  if (page > 0) buttons.push_back({"Anteriores", name, with(about(ref), "pagina", std::to_string(page - 1))});
  if (page + 1 < pages) {
    buttons.push_back({"Siguientes", name, with(about(ref), "pagina", std::to_string(page + 1))});
  }
}

std::string kind_name(CriterionChange::Kind kind) {
  switch (kind) {
    case CriterionChange::Kind::added:
      return "Nuevo";
    case CriterionChange::Kind::removed:
      return "Retirado";
    case CriterionChange::Kind::changed:
      break;
  }
  return "Cambiado";
}

Json change_block(const CriterionChange& change) {
  const std::string title = change.title_after.empty() ? change.title_before : change.title_after;
  Blocks items = {text(change.code + " " + title, {.bold = true}),
                  text(kind_name(change.kind), subtle_small)};
  const auto pair = [&](const char* before_label, const std::string& before, const char* after_label,
                        const std::string& after, std::size_t most) {
    if (before == after) return;
    if (!before.empty())
      items.push_back(text(before_label + (": " + shorten(before, most)), {.subtle = true}));
    if (!after.empty()) items.push_back(text(after_label + (": " + shorten(after, most))));
  };
  if (change.kind == CriterionChange::Kind::changed) {
    pair("Título anterior", change.title_before, "Título nuevo", change.title_after, 200);
    pair("Sección anterior", change.section_before, "Sección nueva", change.section_after, 200);
  }
  pair("Antes", change.text_before, "Ahora", change.text_after, 900);
  return separated(container(std::move(items)));
}

}  // namespace

std::string guideline_state_name(GuidelineState state) {
  switch (state) {
    case GuidelineState::draft:
      return "Borrador";
    case GuidelineState::in_review:
      return "En revisión";
    case GuidelineState::approved:
      return "Aprobado";
    case GuidelineState::published:
      return "Publicado";
    case GuidelineState::replaced:
      return "Reemplazado";
    case GuidelineState::discarded:
      return "Descartado";
  }
  return {};
}

std::string review_reason_name(procedure::ReviewReasonKind kind) {
  switch (kind) {
    case procedure::ReviewReasonKind::directive:
      return "Directriz";
    case procedure::ReviewReasonKind::oap_strategy:
      return "Estrategia de la OAP";
    case procedure::ReviewReasonKind::need:
      return "Necesidad encontrada en un reporte";
  }
  return {};
}

std::string guideline_name(const GuidelineRef& ref) {
  return practice_name(ref.practice) + ", " + version_name(ref);
}

Card guideline_board_card(const GuidelineBoardView& view) {
  const std::string title = "Lineamientos de " + std::to_string(view.term);
  Blocks body = {heading(title)};
  if (view.lines.empty()) {
    body.push_back(text("Todas las prácticas tienen sus lineamientos publicados."));
  } else {
    body.push_back(section("Pendientes", Tone::warning));
    body.push_back(
        text("Mientras tanto, respondo con los de la vigencia anterior y lo aviso en cada respuesta.",
             subtle_small));
    for (const GuidelineBoardLine& line : view.lines) add_board_line(body, line, view.may_draft);
  }
  if (!view.done.empty()) {
    body.push_back(section("Publicados"));
    for (const GuidelineBoardLine& line : view.done) add_board_line(body, line, false);
  }
  std::vector<Button> buttons;
  if (view.may_draft) buttons.push_back({"Abrir revisión", verb::guideline_start, {{"practica", ""}}});
  buttons.push_back({"Cobertura de la socialización", verb::socialisation_coverage, {}});
  return finish({title + ": " + counted(view.lines.size(), "práctica pendiente", "prácticas pendientes"),
                 std::move(body), std::move(buttons)});
}

Card guideline_version_card(const GuidelineVersionView& view) {
  Blocks body = {heading("Lineamientos: " + guideline_name(view.ref))};
  add_sample_notice(body, view.sample);
  if (!view.problem.empty()) body.push_back(container({text(view.problem)}, Box::warning));
  Facts rows = {{"Estado", guideline_state_name(view.state)},
                {"Autor", view.author_name},
                {"Criterios", std::to_string(view.criteria)},
                {"Frente a la versión vigente", change_summary(view)},
                {"Aprobó", signed_by(view.approved_by_name, view.approved_at)},
                {"Publicó", signed_by(view.published_by_name, view.published_at)},
                {"Rige", in_force_text(view.in_force_from, view.replaced_at)}};
  for (const procedure::ReviewReason& reason : view.reasons) {
    rows.emplace_back(
        review_reason_name(reason.kind),
        shorten(reason.detail, 500) + (reason.report_id.empty() ? "" : " (" + reason.report_id + ")"));
  }
  if (view.state == GuidelineState::approved) {
    rows.emplace_back("Punto de control",
                      view.control_confirmed ? "Confirmado" : "Falta confirmarlo para publicar");
  }
  body.push_back(facts(rows));
  add_history(body, view.history);
  add_version_actions(body, view);
  return finish({"Lineamientos: " + guideline_name(view.ref) + ". " + guideline_state_name(view.state),
                 std::move(body), version_buttons(view)});
}

Card guideline_text_card(const GuidelineTextView& view) {
  Blocks body = {heading("Lineamientos: " + guideline_name(view.ref))};
  add_sample_notice(body, view.sample);
  const std::string in_force = in_force_text(view.in_force_from, view.replaced_at);
  body.push_back(
      text(guideline_state_name(view.state) + (in_force.empty() ? "" : ". Rige " + in_force), subtle_small));
  if (view.state == GuidelineState::replaced) {
    body.push_back(
        text("Esta versión ya fue reemplazada. La conservo para consulta.", {.tone = Tone::warning}));
  }
  const std::size_t pages = (view.criteria.size() + criteria_a_page - 1) / criteria_a_page;
  const std::size_t page = pages == 0 ? 0 : std::min(view.page, pages - 1);
  std::string section_shown;
  for (std::size_t i = page * criteria_a_page; i < view.criteria.size() && i < (page + 1) * criteria_a_page;
       ++i) {
    const procedure::Criterion& criterion = view.criteria[i];
    if (criterion.section != section_shown) body.push_back(section(section_shown = criterion.section));
    body.push_back(container({text(criterion.code + " " + criterion.title, {.bold = true}),
                              text(shorten(criterion.text, 1200), {.tight = true})}));
  }
  if (pages > 1) {
    body.push_back(text("Página " + std::to_string(page + 1) + " de " + std::to_string(pages), subtle_small));
  }
  std::vector<Button> buttons;
  add_pages(buttons, verb::guideline_text, view.ref, page, pages);
  return finish({"Lineamientos: " + guideline_name(view.ref), std::move(body), std::move(buttons)});
}

Card guideline_diff_card(const GuidelineDiffView& view) {
  Blocks body = {heading("Qué cambia: " + practice_name(view.after.practice)),
                 text("De la " + version_name(view.before) + " a la " + version_name(view.after) + ".")};
  if (view.changes.empty()) body.push_back(text("Las dos versiones dicen lo mismo."));
  const std::size_t pages = (view.changes.size() + changes_a_page - 1) / changes_a_page;
  const std::size_t page = pages == 0 ? 0 : std::min(view.page, pages - 1);
  for (std::size_t i = page * changes_a_page; i < view.changes.size() && i < (page + 1) * changes_a_page;
       ++i) {
    body.push_back(change_block(view.changes[i]));
  }
  if (pages > 1) {
    body.push_back(text("Página " + std::to_string(page + 1) + " de " + std::to_string(pages), subtle_small));
  }
  std::vector<Button> buttons;
  add_pages(buttons, verb::guideline_diff, view.after, page, pages);
  buttons.push_back({"Volver a la versión", verb::guideline_view, about(view.after)});
  return finish({"Qué cambia en " + guideline_name(view.after), std::move(body), std::move(buttons)});
}

Card review_form_card(const ReviewFormView& view) {
  const bool takes = view.take.version != 0;
  Blocks body = {heading(takes ? "Tomar un borrador de lineamientos" : "Abrir una revisión de lineamientos")};
  if (takes) {
    body.push_back(text(guideline_name(view.take), {.bold = true}));
    body.push_back(text("Desde ahora usted es su autor. Lo aprueba otra persona, de la coordinación."));
  } else {
    body.push_back(
        text("Preparo un borrador a partir de la versión vigente. Lo aprueba otra persona, de la "
             "coordinación."));
  }
  if (!view.problem.empty()) body.push_back(container({text(view.problem)}, Box::warning));
  if (!takes) {
    body.push_back(
        choice_input({.id = "practica", .label = "Práctica", .value = view.practice}, view.practices));
    const std::string this_term = std::to_string(view.this_term), next = std::to_string(view.this_term + 1);
    body.push_back(choice_input({.id = "vigencia", .label = "Vigencia", .value = view.term},
                                {{this_term, this_term + " (corrección)"}, {next, next}}));
  }
  body.push_back(choice_input({.id = "motivo", .label = "Por qué se revisa", .value = view.reason_kind},
                              {{"directriz", "Directriz de un ente rector"},
                               {"estrategia_oap", "Estrategia de la OAP"},
                               {"necesidad", "Necesidad encontrada en un reporte"}}));
  body.push_back(
      paragraph_input({.id = "detalle", .label = "Cuál, en una o dos frases", .value = view.detail}, 2000));
  body.push_back(line_input(
      {.id = "reporte", .label = "Reporte, si es una necesidad", .value = view.report_id, .required = false},
      60));
  if (!view.needs.empty()) {
    body.push_back(section("Lo que dejaron los reportes y las preguntas de la vigencia anterior"));
    for (const auto& [need, report] : view.needs) {
      body.push_back(text(shorten(need, 300) + (report.empty() ? "" : " (" + report + ")"), subtle_small));
    }
  }
  Data data = takes ? about(view.take) : Data{};
  return finish(
      {"Revisión de lineamientos",
       std::move(body),
       {{takes ? "Tomar el borrador" : "Abrir la revisión",
         takes ? verb::guideline_take : verb::guideline_open, std::move(data), Button::Kind::primary}}});
}

Card criterion_form_card(const CriterionFormView& view) {
  Blocks body = {heading("Cambiar un criterio"), text(guideline_name(view.ref), {.bold = true})};
  if (!view.problem.empty()) body.push_back(container({text(view.problem)}, Box::warning));
  if (view.code.empty() && !view.is_new) {
    std::vector<std::pair<std::string, std::string>> choices;
    for (const auto& [code, title] : view.criteria)
      choices.emplace_back(code, shorten(code + " " + title, 120));
    choices.emplace_back("nuevo", "Agregar un criterio nuevo");
    body.push_back(choice_input({.id = "codigo", .label = "Criterio"}, choices));
    return finish(
        {"Cambiar un criterio",
         std::move(body),
         {{"Abrir", verb::guideline_criterion, about(view.ref), Button::Kind::primary},
          {"Volver a la versión", verb::guideline_view, about(view.ref), Button::Kind::normal, false}}});
  }
  Data data = about(view.ref);
  if (view.is_new) {
    body.push_back(line_input(
        {.id = "codigo", .label = "Código, como los demás de la práctica", .value = view.code}, 6));
  } else {
    body.push_back(text(view.code, {.bold = true}));
    data.emplace_back("codigo", view.code);
  }
  std::vector<std::pair<std::string, std::string>> sections;
  for (const std::string& name : view.sections) sections.emplace_back(name, name);
  body.push_back(line_input({.id = "titulo", .label = "Título", .value = view.title}, 200));
  body.push_back(paragraph_input({.id = "texto", .label = "Texto, en un párrafo", .value = view.text}, 4000));
  body.push_back(choice_input({.id = "seccion", .label = "Sección", .value = view.section}, sections));
  std::vector<Button> buttons = {{"Guardar", verb::guideline_save, data, Button::Kind::primary}};
  if (!view.is_new)
    buttons.push_back({"Retirar el criterio", verb::guideline_remove, data, Button::Kind::normal, false});
  buttons.push_back(
      {"Volver a la versión", verb::guideline_view, about(view.ref), Button::Kind::normal, false});
  return finish({"Cambiar un criterio", std::move(body), std::move(buttons)});
}

}  // namespace pao::cards
