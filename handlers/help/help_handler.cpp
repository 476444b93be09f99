#include "handlers/help/help_handler.hpp"

#include "cards/basic_card.hpp"
#include "handlers/help/menu.hpp"

namespace pao::handlers::help {
namespace {

cards::HelpView view_for(const Turn& turn, const Reference& reference) {
  cards::HelpView view;
  view.sample_content = reference.sample_content();
  if (!turn.person) return view;
  view.person_name = turn.person->name;
  view.doors = doors_of(*turn.person, local_date(turn.at));
  return view;
}

}  // namespace

Result<Decision> HelpHandler::on_arrival(const Turn& turn) const {
  return Decision(Reply{.content = {.card = cards::greeting_card(view_for(turn, *reference_.current()))},
                        .trace = {.outcome = "greeted"}});
}

Result<Decision> HelpHandler::on_help(const Turn& turn) const {
  return Decision(Reply{.content = {.card = cards::help_card(view_for(turn, *reference_.current()))},
                        .trace = {.outcome = "helped"}});
}

Result<Decision> HelpHandler::on_thanks(const Turn&) const {
  return Decision(Reply{.content = {.text = "Con gusto. Aquí estoy cuando me necesite."},
                        .trace = {.outcome = "thanked"}});
}

Result<Decision> HelpHandler::on_echo(const Turn& turn) const {
  std::string_view text = turn.kind == TurnKind::text ? std::string_view(turn.text) : turn.value("texto");
  if (turn.kind == TurnKind::text) {
    text.remove_prefix(std::min(text.size(), std::string_view("eco").size()));
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  return Decision(Reply{.content = {.text = "Eco: " + std::string(text)}, .trace = {.outcome = "echoed"}});
}

}  // namespace pao::handlers::help
