#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/matches.hpp"
#include "handlers/routes.hpp"

namespace pao::handlers {

using procedure::Action;
namespace verb = cards::verb;

std::vector<Route> consult_routes(const Features& f) {
  using consult::AdvisorHandler;
  using consult::ConsultDesk;
  using consult::EntryHandler;
  using learning::LearningHandler;
  constexpr Where any = Where::anywhere, own = Where::personal;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  // What was answered is kept, and nothing of the procedure changes: anybody may ask.
  const auto chosen = [&f](const Hearing& h) {
    return consult::kept(f.consult.on_choose(h.turn()), h.turn(), h.turn().value("pregunta"));
  };
  const auto chooses = [&f](const Hearing& h) { return f.consult.chosen_in_words(h.turn()).has_value(); };
  const auto chosen_in_words = [&f](const Hearing& h) {
    const Turn choice = f.consult.chosen_in_words(h.turn()).value_or(h.turn());
    return consult::kept(f.consult.on_choose(choice), choice, choice.value("pregunta"));
  };
  const auto accepts = [&f](const Hearing& h) { return f.consult.offer_accepted(h.turn()).has_value(); };
  const auto accepted = [&f](const Hearing& h) {
    return f.advisor.on_form(f.consult.offer_accepted(h.turn()).value_or(h.turn()));
  };
  // Who may act on a consult is whoever has it, besides the roles: the desk asks.
  const auto queue = call(f.desk, &ConsultDesk::on_queue);
  const auto mine = call(f.desk, &ConsultDesk::on_mine);
  // clang-format off: a table
  return {
      {"consult.choose", pressed(verb::choose_criterion), anybody(), any, reads, chosen},
      // Before what may be said at any time: these answer what was asked or offered a moment ago.
      {"consult.choose.text", chooses, anybody(), any, reads, chosen_in_words},
      {"advisor.accepted", accepts, may(Action::ask_advisor), own, reads, accepted},
      {"advisor.form", pressed(verb::advisor_form), may(Action::ask_advisor), own, reads,
       call(f.advisor, &AdvisorHandler::on_form)},
      {"advisor.send", pressed(verb::advisor_send), may(Action::ask_advisor), own, writes,
       call(f.advisor, &AdvisorHandler::on_send)},
      {"consult.queue", pressed(verb::consult_queue), known(), own, reads, queue},
      {"consult.queue.text", says({"mis consultas", "consultas", "bandeja"}), known(), own, reads, queue},
      {"consult.mine", pressed(verb::my_questions), known(), own, reads, mine},
      {"consult.mine.text", says({"mis preguntas", "que pregunte"}), known(), own, reads, mine},
      {"consult.view", pressed(verb::consult_view), known(), own, reads, call(f.desk, &ConsultDesk::on_view)},
      {"consult.reply", pressed(verb::consult_reply), known(), own, writes,
       call(f.desk, &ConsultDesk::on_reply)},
      {"consult.ask_back", pressed(verb::consult_ask_back), known(), own, writes,
       call(f.desk, &ConsultDesk::on_ask_back)},
      {"consult.refer", pressed(verb::consult_refer), known(), own, writes,
       call(f.desk, &ConsultDesk::on_refer)},
      {"consult.reassign", pressed(verb::consult_reassign), known(), own, writes,
       call(f.desk, &ConsultDesk::on_reassign)},
      {"consult.inform", pressed(verb::consult_inform), known(), own, writes,
       call(f.desk, &ConsultDesk::on_inform)},
      {"consult.helped", pressed(verb::consult_helped), known(), own, writes,
       call(f.desk, &ConsultDesk::on_helped)},
      {"consult.not_helped", pressed(verb::consult_not_helped), known(), own, writes,
       call(f.desk, &ConsultDesk::on_not_helped)},
      {"entry.form", pressed(verb::entry_form), may(Action::answer_consult), own, reads,
       call(f.entries, &EntryHandler::on_form)},
      {"entry.propose", pressed(verb::entry_propose), may(Action::answer_consult), own, writes,
       call(f.entries, &EntryHandler::on_propose)},
      {"entry.list", pressed(verb::entry_list), may(Action::answer_consult), own, reads,
       call(f.entries, &EntryHandler::on_list)},
      {"entry.list.text", says({"respuestas para todos"}), may(Action::answer_consult), own, reads,
       call(f.entries, &EntryHandler::on_list)},
      {"entry.view", pressed(verb::entry_view), may(Action::answer_consult), own, reads,
       call(f.entries, &EntryHandler::on_view)},
      {"entry.approve", pressed(verb::entry_approve), may(Action::approve_guideline), own, writes,
       call(f.entries, &EntryHandler::on_approve)},
      {"entry.return", pressed(verb::entry_return), may(Action::approve_guideline), own, writes,
       call(f.entries, &EntryHandler::on_return)},
      {"entry.retire", pressed(verb::entry_retire), may(Action::approve_guideline), own, writes,
       call(f.entries, &EntryHandler::on_retire)},
      {"entry.renew", pressed(verb::entry_renew), may(Action::approve_guideline), own, writes,
       call(f.entries, &EntryHandler::on_renew)},
      {"answer.helped", pressed(verb::answer_helped), anybody(), any, reads,
       call(f.learned, &LearningHandler::on_helped)},
      {"answer.not_helped", pressed(verb::answer_not_helped), anybody(), any, reads,
       call(f.learned, &LearningHandler::on_not_helped)},
      {"answer.helped.text", says({"me sirvio", "si me sirvio", "me sirve", "me fue util"}), anybody(), any,
       reads, call(f.learned, &LearningHandler::on_helped)},
      {"answer.not_helped.text",
       says({"no me sirvio", "no me sirve", "no era eso", "eso no era", "no era lo que preguntaba",
             "eso no fue lo que pregunte", "no me ayuda", "no me ayudo"}),
       anybody(), any, reads, call(f.learned, &LearningHandler::on_not_helped)},
      {"answer.reason", pressed(verb::answer_reason), anybody(), any, reads,
       call(f.learned, &LearningHandler::on_reason)},
      {"learning", pressed(verb::proposals), may(Action::answer_consult), own, reads,
       call(f.learned, &LearningHandler::on_proposals)},
      {"learning.text", says({"aprendizaje", "que dicen las preguntas"}), may(Action::answer_consult), own,
       reads, call(f.learned, &LearningHandler::on_proposals)},
  };
  // clang-format on
}

}  // namespace pao::handlers
