#include "cards/card_builder.hpp"
#include "cards/session_card.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t people_bytes = 300;

std::string state_name(std::string word) {
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

Json row(const SessionLine& line) {
  const std::string where = line.process_name.empty() ? "" : " · " + line.process_name;
  return separated(side_by_side({text(line.subject, {.bold = true}), text(line.id + where, subtle_small),
                                 text(session_state_name(line.state) + ", " + long_instant(line.starts_at),
                                      {.small = true, .tight = true})},
                                {button_row({{"Abrir", verb::session_view, {{"mesa", line.id}}}})}));
}

Json row(const EarlierSessionLine& line) {
  Blocks blocks = {text(line.subject, {.bold = true}),
                   text(line.id + " · " + line.process_name, subtle_small),
                   text(state_name(line.state) + ", " + long_date(line.held_on) + ", " + line.mode,
                        {.small = true, .tight = true})};
  if (!line.advisor_name.empty())
    blocks.push_back(text("Asesor: " + line.advisor_name, {.small = true, .tight = true}));
  if (!line.people.empty())
    blocks.push_back(
        text("Asistentes: " + shorten(enumerate(line.people), people_bytes), {.small = true, .tight = true}));
  return separated(container(std::move(blocks)));
}

}  // namespace

Card session_list_card(const SessionListView& view) {
  Blocks body = {heading("Mesas de trabajo")};
  if (view.lines.empty()) body.push_back(text("No tiene mesas de trabajo convocadas por aquí."));
  if (!view.lines.empty()) body.push_back(text("Estas son las suyas, la más reciente primero."));
  for (const SessionLine& line : view.lines) body.push_back(row(line));
  if (!view.earlier.empty()) {
    body.push_back(section("Anteriores, como se registraron"));
    for (const EarlierSessionLine& line : view.earlier) body.push_back(row(line));
  }
  if (view.earlier_hidden > 0) body.push_back(text(more_line(view.earlier_hidden), subtle_small));
  std::vector<Button> buttons;
  if (view.may_convene)
    buttons.push_back({"Convocar una mesa", verb::session_form, {{"consulta", ""}}, Button::Kind::primary});
  return finish({"Mesas de trabajo", std::move(body), std::move(buttons)});
}

}  // namespace pao::cards
