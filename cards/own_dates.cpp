#include "cards/own_dates.hpp"

#include "cards/own_date_blocks.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;

std::string in_brackets(const std::string& name) {
  return "(" + shorten(name, 100) + "), ";
}

// A closed period takes no record: what is left to do.
std::string overdue_words(const OwnDueDate& own) {
  if (own.reopened_until) return " Está abierto de nuevo hasta el " + long_date(*own.reopened_until) + ".";
  return " Para registrarlo (" + own.obligation.item_id + ") pida una SS-5, que reabre el periodo.";
}

Json due_block(const OwnDueDate& own, const std::string& more) {
  const procedure::Obligation& due = own.obligation;
  Blocks blocks = {text(own_due_sentence(own))};
  if (!more.empty()) blocks.push_back(text(more));
  blocks.push_back(
      button_row({{"¿Por qué esta fecha?",
                   verb::explain_due,
                   {{"practica", due.practice}, {"elemento", due.item_id}, {"periodo", due.period}}}}));
  return container(std::move(blocks), Box::emphasis);
}

Json window_block(const OwnWindow& own) {
  return container({text(own_window_sentence(own)),
                    button_row({{"Ver el reporte", verb::report_view, {{"reporte", own.report_id}}}})},
                   Box::emphasis);
}

}  // namespace

std::string own_due_sentence(const OwnDueDate& own) {
  const std::string about =
      "Su proceso " + in_brackets(own.process_name) + period_name(own.obligation.period) + ". ";
  if (own.recorded) return about + "Ya está registrado.";
  const std::string when = about + due_phrase(own.obligation.due_on, own.business_days_left) + ".";
  return own.business_days_left < 0 ? when + overdue_words(own) : when;
}

std::string own_window_sentence(const OwnWindow& own) {
  return "Reporte de su proceso " + in_brackets(own.process_name) + period_name(own.cycle) + ". " +
         due_phrase(own.last_day, own.business_days_left) + ".";
}

std::string overdue_count_sentence(const OwnDates& dates) {
  if (dates.overdue_count < 2) return "";
  return "Es el más antiguo de " + std::to_string(dates.overdue_count) + " registros vencidos.";
}

void add_own_dates(Blocks& body, const OwnDates& dates) {
  if (dates.overdue) body.push_back(due_block(*dates.overdue, overdue_count_sentence(dates)));
  if (dates.due) body.push_back(due_block(*dates.due, ""));
  for (const OwnWindow& window : dates.windows) body.push_back(window_block(window));
}

}  // namespace pao::cards
