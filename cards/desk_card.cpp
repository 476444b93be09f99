#include "cards/desk_card.hpp"

#include "cards/note_block.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {

using namespace build;

Card desk_card(const DeskView& view) {
  const std::string title =
      view.total == 1 ? "1 asunto por atender" : std::to_string(view.total) + " asuntos por atender";
  Blocks body = {heading(title),
                 text("Hola, " + first_name(view.person_name) + ". Lo más urgente va primero.",
                      {.subtle = true, .tight = true})};
  for (const DigestNote& note : view.notes) body.push_back(note_block(note));
  const int pages = (view.total + desk_page_size - 1) / desk_page_size;
  if (pages > 1) {
    body.push_back(text("Página " + std::to_string(view.page + 1) + " de " + std::to_string(pages) + ".",
                        {.subtle = true, .small = true}));
  }
  body.push_back(text("Información al " + long_instant(view.as_of), {.subtle = true, .small = true}));
  std::vector<Button> buttons;
  if (view.page > 0)
    buttons.push_back({"Anteriores", verb::my_status, {{"pagina", std::to_string(view.page - 1)}}});
  if (view.page + 1 < pages)
    buttons.push_back({"Siguientes", verb::my_status, {{"pagina", std::to_string(view.page + 1)}}});
  return finish({title, std::move(body), std::move(buttons)});
}

}  // namespace pao::cards
