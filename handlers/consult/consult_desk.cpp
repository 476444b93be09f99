#include "handlers/consult/consult_desk.hpp"

#include "cards/basic_card.hpp"
#include "cards/consult_desk_card.hpp"
#include "cards/texts.hpp"
#include "handlers/consult/consult_steps.hpp"
#include "handlers/paging.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/service_level.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace pao::handlers::consult {
namespace {

using procedure::ConsultEvent;
using procedure::ConsultState;
using storage::Consult;
using storage::Session;

constexpr std::size_t longest_words = 4000;  // in characters
constexpr int questions_shown = 10;

cards::ConsultLine line_of(Session& session, const Reference& reference, const Consult& consult, Date today) {
  return {.id = consult.id,
          .question = consult.question,
          .asked_by_name = storage::person_name(session, consult.asked_by),
          .holder_name = storage::person_name(session, consult.advisor_id),
          .process_name = consult.process_id.empty() ? "" : reference.process_name(consult.process_id),
          .asked_on = local_date(consult.asked_at),
          .due_on = consult.due_on,
          .business_days_left = procedure::business_days_left(consult.due_on, today, reference.calendar),
          .state = consult.state};
}

bool may_see_all(const Turn& turn) {
  return procedure::may(*turn.person, procedure::Action::reassign, "", "", local_date(turn.at)).has_value();
}

cards::ConsultView answering_view(Session& session, const Reference& reference, const Consult& consult,
                                  const Turn& turn) {
  const bool gives = may_reassign(*turn.person, consult, local_date(turn.at)).has_value();
  return gives ? holder_view(session, reference, consult, turn.at)
               : view_of(session, reference, consult, turn.at);
}

Result<void> by_asker(const Turn& turn, const Consult& consult) {
  if (consult.asked_by == turn.person->id) return {};
  return fail(ErrorCode::refused, "only who asked may do this", "Esta consulta la hizo otra persona.");
}

// What is wrong with words of which something is expected; empty when nothing is.
std::string problem_with(const std::string& words) {
  if (words.empty()) return "Escriba la respuesta.";
  if (procedure::count_characters(words) > longest_words)
    return "La respuesta es muy larga. Use máximo 4.000 caracteres.";
  return "";
}

// One step of a consult, whoever makes it.
struct Move {
  ConsultEvent event;
  const char* outcome;
  // Who may, and what changes besides the state; gives the words that go with it.
  std::function<Result<std::string>(Session&, Consult&)> prepare;
  // What everybody involved is shown: the consult as it is then, and the number of the step.
  std::function<Reply(Session&, const Consult&, const cards::ConsultView&, int step)> tell;
};

Result<Reply> make(Session& session, const Reference& reference, const Turn& turn, const Move& move) {
  Result<Consult> consult = consult_of(session, turn.value("consulta"));
  if (!consult) return tl::unexpected<Error>(consult.error());
  const std::string before(procedure::to_word(consult->state));
  const Result<std::string> words = move.prepare(session, *consult);
  if (!words) return tl::unexpected<Error>(words.error());
  const Result<int> step = make_move(session, *consult, move.event, turn.person->id, turn.at, *words);
  if (!step) return tl::unexpected<Error>(step.error());
  Reply reply = move.tell(session, *consult, view_of(session, reference, *consult, turn.at), *step);
  reply.trace = trace_of(*consult, move.outcome, before, *step);
  return reply;
}

// A move by somebody who answers, with words that reach who asked.
struct AdvisorMove {
  ConsultEvent event;
  const char* outcome;
  std::function<void(Consult&)> change;  // besides the state
  cards::Card (*to_asker)(const cards::ConsultView&, const std::string& words);
  cards::Card (*to_advisor)(const cards::ConsultView&, const std::string& words);
};

Reply tell_of_advisor(Session& session, const Turn& turn, const AdvisorMove& move, const Consult& consult,
                      cards::ConsultView view, int step) {
  const std::string words = procedure::trimmed(turn.value("respuesta"));
  view.replied_by_name = turn.person->name;
  Reply reply{.content = {.card = move.to_advisor(view, words)}};
  reply.notices.push_back(notice_to_asker(session, consult, step, move.to_asker(view, words)));
  // Whoever had it is told when somebody else acted.
  if (!consult.advisor_id.empty() && consult.advisor_id != turn.person->id)
    reply.notices.push_back(
        notice_to(session, consult, step, consult.advisor_id, cards::consult_acted_card(view, words)));
  return reply;
}

Result<Reply> carry_out(Session& session, const Reference& reference, const Turn& turn,
                        const AdvisorMove& move) {
  const Result<Consult> found = consult_of(session, turn.value("consulta"));
  if (!found) return tl::unexpected<Error>(found.error());
  if (const auto allowed = may_answer(*turn.person, *found, local_date(turn.at)); !allowed)
    return tl::unexpected<Error>(allowed.error());
  const std::string words = procedure::trimmed(turn.value("respuesta"));
  if (const std::string problem = problem_with(words); !problem.empty()) {
    cards::ConsultView view = answering_view(session, reference, *found, turn);
    view.reply = words;
    view.problem = problem;
    return Reply{.content = {.card = cards::consult_assigned_card(view)},
                 .trace = {.outcome = "form_incomplete"}};
  }
  return make(session, reference, turn,
              {.event = move.event,
               .outcome = move.outcome,
               .prepare = [&](Session&, Consult& consult) -> Result<std::string> {
                 move.change(consult);
                 return words;
               },
               .tell = [&](Session& in, const Consult& consult, const cards::ConsultView& view,
                           int step) { return tell_of_advisor(in, turn, move, consult, view, step); }});
}

// The clock moves on by what it stood still.
void resume(Consult& consult, const Reference& reference, Instant now) {
  if (!consult.waiting_since) return;
  const Date stopped = local_date(*consult.waiting_since), today = local_date(now);
  consult.due_on = procedure::due_after_pause(consult.due_on, stopped, today, reference.calendar);
  consult.waited_days += reference.calendar.business_days_after(stopped, today);
  consult.waiting_since.reset();
}

// The words of the card are the answer.
void close_with_words(Consult& consult, const Reference& reference, const Turn& turn) {
  resume(consult, reference, turn.at);
  consult.reply = procedure::trimmed(turn.value("respuesta"));
  consult.replied_by = turn.person->id;
  consult.replied_at = turn.at;
}

// Whoever has it now learns of it, and whoever had it before that it is over.
void tell_holders(Session& session, const Reference& reference, const Turn& turn, const Consult& consult,
                  const cards::ConsultView& view, int step, const std::string& before_holder, Reply& reply) {
  reply.notices.push_back(
      notice_to(session, consult, step, consult.advisor_id,
                cards::consult_assigned_card(holder_view(session, reference, consult, turn.at))));
  const bool changed = before_holder != consult.advisor_id && before_holder != turn.person->id;
  if (changed && !before_holder.empty())
    reply.notices.push_back(
        notice_to(session, consult, step, before_holder, cards::consult_moved_card(view, false)));
}

// Not helpful: the level above takes it, or who has it starts again.
void hand_up(Session& session, const Reference& reference, const Turn& turn, Consult& consult) {
  const std::string holder = consult.advisor_id;
  const auto above = holder_from(session, reference, consult.process_id, consult.practice,
                                 procedure::level_above(consult.level), local_date(turn.at), holder);
  if (above) {
    hand_to(consult, reference, *above, turn.at);
  } else if (const auto same = storage::find_person(session, holder)) {
    hand_to(consult, reference, {consult.level, *same}, turn.at);
  }
  consult.replied_at.reset();
}

// The person of the card, among those who could have it instead.
Result<std::string> chosen_holder(const Reference& reference, const Turn& turn, const Consult& consult) {
  const auto choices = possible_holders(reference, consult, local_date(turn.at));
  const auto chosen = std::find_if(choices.begin(), choices.end(),
                                   [&](const auto& each) { return each.first == turn.value("asesor"); });
  if (chosen != choices.end()) return chosen->first;
  return fail(ErrorCode::invalid, "reassign: nobody who answers consults",
              "Elija a otra persona del GESFO que pueda responder la consulta.");
}

}  // namespace

Result<Decision> ConsultDesk::on_queue(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Date today = local_date(turn.at);
  const bool everybody = turn.value("de") == "todas" && may_see_all(turn);
  return database_.read([&](Session& session) -> Result<Decision> {
    const std::vector<Consult> open =
        everybody ? storage::open_consults(session) : storage::open_consults_of(session, turn.person->id);
    if (open.empty() && !everybody) {
      // Somebody who answers nothing learns why the list is empty.
      if (const auto may = procedure::may(*turn.person, procedure::Action::answer_consult, "", "", today);
          !may)
        return tl::unexpected<Error>(may.error());
    }
    cards::ConsultQueueView view{.of_everybody = everybody,
                                 .may_see_all = !everybody && may_see_all(turn),
                                 .total = static_cast<int>(open.size())};
    view.page = page_of(turn, view.total, cards::consult_page_size);
    const int first = view.page * cards::consult_page_size;
    for (int i = first; i < std::min(view.total, first + cards::consult_page_size); ++i)
      view.lines.push_back(line_of(session, *reference, open[static_cast<std::size_t>(i)], today));
    return Decision(
        Reply{.content = {.card = cards::consult_queue_card(view)},
              .trace = {.outcome = "consults_shown", .fields = {{"consults", std::to_string(view.total)}}}});
  });
}

Result<Decision> ConsultDesk::on_mine(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](Session& session) -> Result<Decision> {
    std::vector<cards::ConsultLine> lines;
    for (const Consult& consult : storage::consults_asked_by(session, turn.person->id, questions_shown))
      lines.push_back(line_of(session, *reference, consult, local_date(turn.at)));
    return Decision(Reply{
        .content = {.card = cards::my_questions_card(lines)},
        .trace = {.outcome = "questions_shown", .fields = {{"consults", std::to_string(lines.size())}}}});
  });
}

Result<Decision> ConsultDesk::on_view(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](Session& session) -> Result<Decision> {
    const Result<Consult> consult = consult_of(session, turn.value("consulta"));
    if (!consult) return tl::unexpected<Error>(consult.error());
    const bool asked = consult->asked_by == turn.person->id;
    if (const auto allowed = may_answer(*turn.person, *consult, local_date(turn.at)); !asked && !allowed)
      return tl::unexpected<Error>(allowed.error());
    const cards::ConsultView view = answering_view(session, *reference, *consult, turn);
    const bool acts = !asked && procedure::is_open(consult->state);
    return Decision(Reply{.content = {.card = acts ? cards::consult_assigned_card(view)
                                                   : cards::consult_state_card(view, asked)},
                          .trace = {.outcome = "consult_shown", .fields = {{"consult", consult->id}}}});
  });
}

Result<Decision> ConsultDesk::on_reply(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) {
    return carry_out(session, *reference, turn,
                     {.event = ConsultEvent::answer,
                      .outcome = "consult_answered",
                      .change = [&](Consult& consult) { close_with_words(consult, *reference, turn); },
                      .to_asker = [](const cards::ConsultView& view,
                                     const std::string&) { return cards::consult_reply_card(view); },
                      .to_advisor = [](const cards::ConsultView& view,
                                       const std::string&) { return cards::consult_answered_card(view); }});
  });
}

Result<Decision> ConsultDesk::on_ask_back(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) {
    return carry_out(session, *reference, turn,
                     {.event = ConsultEvent::ask_back,
                      .outcome = "consult_asked_back",
                      .change = [&](Consult& consult) { consult.waiting_since = turn.at; },
                      .to_asker = cards::consult_asked_back_card,
                      .to_advisor = cards::consult_waiting_card});
  });
}

Result<Decision> ConsultDesk::on_refer(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) {
    return carry_out(session, *reference, turn,
                     {.event = ConsultEvent::refer,
                      .outcome = "consult_referred",
                      .change = [&](Consult& consult) { close_with_words(consult, *reference, turn); },
                      .to_asker = cards::consult_referred_card,
                      .to_advisor = cards::consult_acted_card});
  });
}

Result<Decision> ConsultDesk::on_reassign(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) {
    std::string before_holder;
    return make(session, *reference, turn,
                {.event = ConsultEvent::reassign,
                 .outcome = "consult_reassigned",
                 // The same level and clock: who asked was promised a date.
                 .prepare = [&](Session&, Consult& consult) -> Result<std::string> {
                   if (const auto allowed = may_reassign(*turn.person, consult, local_date(turn.at));
                       !allowed)
                     return tl::unexpected<Error>(allowed.error());
                   Result<std::string> chosen = chosen_holder(*reference, turn, consult);
                   if (chosen) before_holder = std::exchange(consult.advisor_id, *chosen);
                   return chosen;
                 },
                 .tell =
                     [&](Session& in, const Consult& consult, const cards::ConsultView& view, int step) {
                       Reply reply{.content = {.card = cards::consult_state_card(view, false)}};
                       tell_holders(in, *reference, turn, consult, view, step, before_holder, reply);
                       reply.notices.push_back(
                           notice_to_asker(in, consult, step, cards::consult_moved_card(view, true)));
                       return reply;
                     }});
  });
}

Result<Decision> ConsultDesk::on_inform(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) {
    return make(session, *reference, turn,
                {.event = ConsultEvent::inform,
                 .outcome = "consult_informed",
                 .prepare = [&](Session&, Consult& consult) -> Result<std::string> {
                   if (const auto allowed = by_asker(turn, consult); !allowed)
                     return tl::unexpected<Error>(allowed.error());
                   const std::string words = procedure::trimmed(turn.value("respuesta"));
                   if (const std::string problem = problem_with(words); !problem.empty())
                     return fail(ErrorCode::invalid, "inform: no words or too many", problem);
                   if (consult.state == ConsultState::unanswered) {
                     // It was closed: whoever had it starts again.
                     consult.level_since = turn.at;
                     consult.due_on =
                         procedure::attention_due(reference->rules_of(procedure::practice::general),
                                                  consult.level, local_date(turn.at), reference->calendar);
                   }
                   resume(consult, *reference, turn.at);
                   return words;
                 },
                 .tell =
                     [&](Session& in, const Consult& consult, const cards::ConsultView& view, int step) {
                       Reply reply{.content = {.card = cards::consult_state_card(view, true)}};
                       tell_holders(in, *reference, turn, consult, view, step, consult.advisor_id, reply);
                       return reply;
                     }});
  });
}

Result<Decision> ConsultDesk::on_helped(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) {
    return make(
        session, *reference, turn,
        {.event = ConsultEvent::helped,
         .outcome = "consult_helped",
         .prepare = [&](Session&, Consult& consult) -> Result<std::string> {
           if (const auto allowed = by_asker(turn, consult); !allowed)
             return tl::unexpected<Error>(allowed.error());
           return std::string();
         },
         .tell = [](Session&, const Consult&, const cards::ConsultView& view,
                    int) { return Reply{.content = {.card = cards::consult_state_card(view, true)}}; }});
  });
}

Result<Decision> ConsultDesk::on_not_helped(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) {
    std::string before_holder;
    return make(session, *reference, turn,
                {.event = ConsultEvent::reopen,
                 .outcome = "consult_reopened",
                 .prepare = [&](Session& in, Consult& consult) -> Result<std::string> {
                   if (const auto allowed = by_asker(turn, consult); !allowed)
                     return tl::unexpected<Error>(allowed.error());
                   before_holder = consult.advisor_id;
                   hand_up(in, *reference, turn, consult);
                   return cards::shorten(procedure::trimmed(turn.value("motivo")), longest_words);
                 },
                 .tell =
                     [&](Session& in, const Consult& consult, const cards::ConsultView& view, int step) {
                       Reply reply{.content = {.card = cards::consult_state_card(view, true)}};
                       tell_holders(in, *reference, turn, consult, view, step, before_holder, reply);
                       return reply;
                     }});
  });
}

}  // namespace pao::handlers::consult
