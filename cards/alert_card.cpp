#include "cards/alert_card.hpp"

#include "cards/note_block.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>
#include <iterator>

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t lines_shown = 6;

Button answer_button(const std::string& key) {
  return {"Responder", verb::alert_view, {{"alerta", key}}};
}

// Rule, data and what to do in every line: an alert that cannot explain itself is noise.
Json line_block(const AlertLine& line) {
  const procedure::Obligation& due = line.obligation;
  const bool late = line.business_days_left < 0;
  const Tone tone = late ? Tone::attention : line.business_days_left == 0 ? Tone::warning : Tone::normal;
  std::vector<Button> buttons;
  if (line.can_register)
    buttons.push_back(
        {"Registrar", verb::progress_form, {{"elemento", due.item_id}, {"periodo", due.period}}});
  buttons.push_back({"¿Por qué esta fecha?",
                     verb::explain_due,
                     {{"practica", due.practice}, {"elemento", due.item_id}, {"periodo", due.period}}});
  if (!line.key.empty()) buttons.push_back(answer_button(line.key));
  return separated(
      container({text(shorten(line.item_name, 160), {.bold = true}),
                 text(practice_name(due.practice) + " · " + due.item_id + " · " + period_name(due.period),
                      subtle_small),
                 text(shorten(line.process_name, 120), subtle_small),
                 text(due_phrase(due.due_on, line.business_days_left), {.tight = true, .tone = tone}),
                 text("Le aviso porque " + without_final_period(shorten(line.reason, 240)) + ".",
                      {.small = true, .tight = true}),
                 button_row(buttons)}));
}

// Lines and notes by urgency; of the same urgency the lines first, because they are to be done.
Blocks urgent_blocks(const DigestView& view) {
  Blocks blocks;
  auto line = view.lines.begin();
  auto note = view.notes.begin();
  while (blocks.size() < lines_shown && (line != view.lines.end() || note != view.notes.end())) {
    const bool line_first =
        note == view.notes.end() || (line != view.lines.end() && line->business_days_left <= note->urgency);
    blocks.push_back(line_first ? line_block(*line++) : note_block(*note++));
  }
  return blocks;
}

std::string title_of(const DigestView& view) {
  const auto late = std::count_if(view.lines.begin(), view.lines.end(),
                                  [](const AlertLine& line) { return line.business_days_left < 0; }) +
                    std::count_if(view.notes.begin(), view.notes.end(),
                                  [](const DigestNote& note) { return note.urgency < 0; });
  const auto total = static_cast<std::ptrdiff_t>(view.lines.size() + view.notes.size());
  const std::string things =
      total == 1 ? "1 asunto por atender" : std::to_string(total) + " asuntos por atender";
  if (late == 0) return things;
  if (late == total) return things + (late == 1 ? ", ya vencido" : ", ya vencidos");
  return things + ", " + std::to_string(late) + (late == 1 ? " ya vencido" : " ya vencidos");
}

}  // namespace

Json note_block(const DigestNote& note) {
  Blocks items = {
      text(shorten(note.title, 160), {.bold = true}),
      text(shorten(note.text, 600),
           {.small = true, .tight = true, .tone = note.urgency < 0 ? Tone::attention : Tone::normal})};
  std::vector<Button> buttons;
  if (note.verb != nullptr)
    buttons.push_back({note.button_title, note.verb, {note.values.begin(), note.values.end()}});
  if (!note.key.empty()) buttons.push_back(answer_button(note.key));
  if (!buttons.empty()) items.push_back(button_row(buttons));
  return separated(container(std::move(items)));
}

Card digest_card(const DigestView& view) {
  const std::string title = title_of(view);
  Blocks body = {heading(title), text("Hola, " + first_name(view.person_name) + ". Resumen del " +
                                          weekday_date(view.today) + ".",
                                      {.subtle = true, .tight = true})};
  Blocks shown = urgent_blocks(view);
  const std::size_t hidden = view.lines.size() + view.notes.size() - shown.size();
  std::move(shown.begin(), shown.end(), std::back_inserter(body));
  if (hidden > 0)
    body.push_back(text(more_line(static_cast<int>(hidden)) + ". Están en sus alertas y en sus pendientes.",
                        {.bold = true}));
  body.push_back(
      text("Cuando registre, no vuelvo a avisarle de ese asunto.", {.subtle = true, .small = true}));
  return finish({title,
                 std::move(body),
                 {{"Mis pendientes", verb::my_status, {{"pagina", "0"}}, Button::Kind::primary},
                  {"Mis alertas", verb::alert_list, {{"pagina", "0"}}}}});
}

}  // namespace pao::cards
