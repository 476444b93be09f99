#include "handlers/consult/entry_handler.hpp"

#include "cards/entry_card.hpp"
#include "cards/texts.hpp"
#include "handlers/consult/consult_steps.hpp"
#include "handlers/consult/entry_renewal.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/permissions.hpp"
#include "storage/entries_store.hpp"
#include "storage/people_store.hpp"
#include "storage/reference_revision.hpp"

#include <utility>

namespace pao::handlers::consult {
namespace {

using procedure::EntryEvent;
using procedure::EntryState;
using storage::Entry;
using storage::Session;

constexpr std::size_t longest_title = 250;  // in characters
constexpr std::size_t longest_text = 1500;
constexpr int entries_listed = 60;

bool may_decide(const Turn& turn, const Entry& entry) {
  return entry.proposed_by != turn.person->id &&
         procedure::may(*turn.person, procedure::Action::approve_guideline, "", "", local_date(turn.at));
}

cards::EntryView view_of(Session& session, const Reference& reference, const Entry& entry, const Turn& turn) {
  cards::EntryView view{.id = entry.id,
                        .practice_name = cards::practice_name(entry.practice),
                        .term = entry.term,
                        .title = entry.title,
                        .text = entry.text,
                        .consult_id = entry.consult_id,
                        .proposed_by_name = storage::person_name(session, entry.proposed_by),
                        .state = entry.state,
                        .may_decide = may_decide(turn, entry),
                        .may_correct = entry.proposed_by == turn.person->id,
                        .last_term = entry.last_term,
                        .renew_for = renewal_term(entry, reference)};
  return view;
}

// With its history, where it is shown.
cards::EntryView whole_view_of(Session& session, const Reference& reference, const Entry& entry,
                               const Turn& turn) {
  cards::EntryView view = view_of(session, reference, entry, turn);
  for (const storage::EntryStep& step : storage::entry_steps(session, entry.id))
    view.history.push_back({step.at, step.kind, storage::person_name(session, step.actor), step.words});
  const bool gives_reason = entry.state == EntryState::returned || entry.state == EntryState::retired;
  if (gives_reason && !view.history.empty()) view.reason = view.history.back().words;
  return view;
}

tl::unexpected<Error> no_entry() {
  return fail(ErrorCode::invalid, "card names an unknown entry",
              "No encontré esa respuesta. Escriba «respuestas para todos» para ver la lista.");
}

Trace trace_of(const Entry& entry, const char* outcome, EntryState from, const std::string& reason) {
  return {.outcome = outcome,
          .fields = {{"entry", entry.id},
                     {"consult", entry.consult_id},
                     {"practice", entry.practice},
                     {"from", std::string(procedure::to_word(from))},
                     {"to", std::string(procedure::to_word(entry.state))},
                     {"reason", reason}}};
}

// Each step tells the same people at most once.
Notice notice_of(Session& session, const Entry& entry, std::string_view person_id, cards::Card card) {
  const auto person = storage::find_person(session, person_id);
  const std::size_t step = storage::entry_steps(session, entry.id).size();
  return {.aad_object_id = person ? person->aad_object_id : "",
          .key = "entry:" + entry.id + ":" + std::to_string(step) + ":" + std::string(person_id),
          .subject = "entry:" + entry.id,
          .content = {.card = std::move(card)}};
}

// The consult that the card names, answered, and one that this person may answer.
Result<storage::Consult> source_of(Session& session, const Turn& turn) {
  Result<storage::Consult> consult = consult_of(session, turn.value("consulta"));
  if (!consult) return consult;
  if (const auto allowed = may_answer(*turn.person, *consult, local_date(turn.at)); !allowed)
    return tl::unexpected<Error>(allowed.error());
  if (consult->reply.empty()) {
    return fail(ErrorCode::conflict, "the consult has no answer",
                "Esta consulta todavía no tiene respuesta. Respóndala primero.");
  }
  return consult;
}

cards::EntryFormView form_of(const Reference& reference, const storage::Consult& consult) {
  cards::EntryFormView view{.consult_id = consult.id,
                            .practice = consult.practice,
                            .title = consult.question,
                            .text = consult.reply};
  for (const procedure::PracticeRules& rules : reference.rules)
    view.practices.emplace_back(rules.practice, rules.name);
  return view;
}

std::string problem_with(const Entry& entry) {
  if (entry.practice.empty()) return "Elija la práctica.";
  if (entry.title.empty()) return "Escriba la pregunta.";
  if (entry.text.empty()) return "Escriba la respuesta.";
  if (procedure::count_characters(entry.title) > longest_title)
    return "La pregunta es muy larga. Use máximo 250 caracteres.";
  if (procedure::count_characters(entry.text) > longest_text)
    return "La respuesta es muy larga. Use máximo 1.500 caracteres.";
  return "";
}

// The entry after the event, by this person with a reason; stored.
Result<Entry> moved(Session& session, const Turn& turn, EntryEvent event, Entry entry,
                    const std::string& words) {
  const EntryState from = entry.state;
  const auto to = procedure::next_state(from, event);
  if (!to) {
    return fail(ErrorCode::conflict, "the entry cannot make that move in its state",
                "Esta respuesta ya está en otro estado: " + cards::entry_state_name(from) + ".");
  }
  entry.state = *to;
  const Result<void> stored = storage::move_entry(session, entry, from,
                                                  {.at = turn.at,
                                                   .actor = turn.person->id,
                                                   .kind = std::string(procedure::to_word(event)),
                                                   .words = words});
  if (!stored) return tl::unexpected<Error>(stored.error());
  return entry;
}

struct Verdict {
  EntryEvent event;
  const char* outcome;
  bool needs_reason;
  bool changes_corpus;
  int kept_for = 0;  // the vigencia for which it is kept
};

Result<Reply> decide(Session& session, const Reference& reference, const Turn& turn, const Verdict& verdict) {
  const std::optional<Entry> found = storage::find_entry(session, turn.value("entrada"));
  if (!found) return no_entry();
  if (found->proposed_by == turn.person->id) {
    return fail(ErrorCode::refused, "nobody approves what he or she wrote",
                "Usted propuso esta respuesta, así que la decide otra persona de la coordinación.");
  }
  const std::string reason = cards::shorten(procedure::trimmed(turn.value("motivo")), 1000);
  if (verdict.needs_reason && reason.empty())
    return fail(ErrorCode::invalid, "no reason", "Escriba el motivo, para que quien la propuso lo conozca.");
  Entry entry = *found;
  entry.decided_by = turn.person->id;
  if (verdict.event == EntryEvent::approve) entry.approved_at = turn.at;
  if (verdict.event == EntryEvent::retire) entry.retired_at = turn.at;
  if (verdict.event == EntryEvent::renew) entry.last_term = verdict.kept_for;
  const std::string words = verdict.kept_for > 0 ? std::to_string(verdict.kept_for) : reason;
  const Result<Entry> after = moved(session, turn, verdict.event, std::move(entry), words);
  if (!after) return tl::unexpected<Error>(after.error());
  if (verdict.kept_for > 0)
    storage::renew_entry(session, after->id, verdict.kept_for, turn.person->id, turn.at);
  if (verdict.changes_corpus) storage::touch_reference(session);
  const cards::EntryView view = whole_view_of(session, reference, *after, turn);
  Reply reply{.content = {.card = cards::entry_card(view)},
              .trace = trace_of(*after, verdict.outcome, found->state, words)};
  cards::EntryView theirs = view;
  theirs.may_decide = false;
  theirs.may_correct = true;
  reply.notices.push_back(notice_of(session, *after, after->proposed_by, cards::entry_card(theirs)));
  return reply;
}

}  // namespace

Result<Decision> EntryHandler::on_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](Session& session) -> Result<Decision> {
    const Result<storage::Consult> consult = source_of(session, turn);
    if (!consult) return tl::unexpected<Error>(consult.error());
    cards::EntryFormView view = form_of(*reference, *consult);
    if (const auto entry = storage::entry_of_consult(session, consult->id)) {
      const bool again = entry->state == EntryState::returned && entry->proposed_by == turn.person->id;
      if (!again) {
        return Decision(
            Reply{.content = {.card = cards::entry_card(whole_view_of(session, *reference, *entry, turn))},
                  .trace = {.outcome = "entry_shown", .fields = {{"entry", entry->id}}}});
      }
      view.entry_id = entry->id;
      view.practice = entry->practice;
      view.title = entry->title;
      view.text = entry->text;
    }
    return Decision(Reply{.content = {.card = cards::entry_form_card(view)},
                          .trace = {.outcome = "entry_form_shown", .fields = {{"consult", consult->id}}}});
  });
}

Result<Decision> EntryHandler::on_propose(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) -> Result<Reply> {
    const Result<storage::Consult> consult = source_of(session, turn);
    if (!consult) return tl::unexpected<Error>(consult.error());
    const procedure::PracticeRules* rules = reference->rules_of(turn.value("practica"));
    Entry entry{.practice = rules ? rules->practice : "",
                .term = rules ? rules->term : reference->term,
                .title = procedure::trimmed(turn.value("titulo")),
                .text = procedure::trimmed(turn.value("texto")),
                .consult_id = consult->id,
                .proposed_by = turn.person->id,
                .proposed_at = turn.at};
    if (const std::string problem = problem_with(entry); !problem.empty()) {
      cards::EntryFormView view = form_of(*reference, *consult);
      view.entry_id = std::string(turn.value("entrada"));
      view.practice = entry.practice;
      view.title = entry.title;
      view.text = entry.text;
      view.problem = problem;
      return Reply{.content = {.card = cards::entry_form_card(view)},
                   .trace = {.outcome = "form_incomplete"}};
    }
    EntryState from = EntryState::proposed;
    if (const auto before = storage::entry_of_consult(session, consult->id)) {
      from = before->state;
      if (before->proposed_by != turn.person->id) {
        return fail(ErrorCode::conflict, "somebody else proposed an entry for this consult",
                    "Otra persona ya propuso una respuesta con esta consulta.");
      }
      entry.id = before->id;
      entry.state = before->state;
      Result<Entry> again = moved(session, turn, EntryEvent::propose_again, entry, entry.text);
      if (!again) return tl::unexpected<Error>(again.error());
      entry = std::move(*again);
    } else {
      entry = storage::add_entry(session, std::move(entry));
    }
    Reply reply{.content = {.card = cards::entry_card(whole_view_of(session, *reference, entry, turn))},
                .trace = trace_of(entry, "entry_proposed", from, "")};
    for (const procedure::Person& person :
         storage::people_with_role(session, procedure::Role::coordination, "", local_date(turn.at))) {
      if (person.id == turn.person->id) continue;
      cards::EntryView theirs = whole_view_of(session, *reference, entry, turn);
      theirs.may_decide = true;
      theirs.may_correct = false;
      reply.notices.push_back(notice_of(session, entry, person.id, cards::entry_card(theirs)));
    }
    return reply;
  });
}

Result<Decision> EntryHandler::on_list(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](Session& session) -> Result<Decision> {
    std::vector<cards::EntryView> views;
    for (const Entry& entry : entries_to_renew(session, *reference))
      views.push_back(view_of(session, *reference, entry, turn));
    for (const Entry& entry : storage::list_entries(session, std::nullopt, entries_listed)) {
      if (renewal_term(entry, *reference) == 0) views.push_back(view_of(session, *reference, entry, turn));
    }
    return Decision(
        Reply{.content = {.card = cards::entry_list_card(views)}, .trace = {.outcome = "entries_shown"}});
  });
}

Result<Decision> EntryHandler::on_view(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](Session& session) -> Result<Decision> {
    const std::optional<Entry> entry = storage::find_entry(session, turn.value("entrada"));
    if (!entry) return no_entry();
    return Decision(
        Reply{.content = {.card = cards::entry_card(whole_view_of(session, *reference, *entry, turn))},
              .trace = {.outcome = "entry_shown", .fields = {{"entry", entry->id}}}});
  });
}

Result<Decision> EntryHandler::on_approve(const Turn& turn) const {
  return Decision::storing([reference = reference_.current(), turn](Session& session) {
    return decide(session, *reference, turn, {EntryEvent::approve, "entry_approved", false, true});
  });
}

Result<Decision> EntryHandler::on_return(const Turn& turn) const {
  return Decision::storing([reference = reference_.current(), turn](Session& session) {
    return decide(session, *reference, turn, {EntryEvent::give_back, "entry_returned", true, false});
  });
}

Result<Decision> EntryHandler::on_retire(const Turn& turn) const {
  return Decision::storing([reference = reference_.current(), turn](Session& session) {
    return decide(session, *reference, turn, {EntryEvent::retire, "entry_retired", true, true});
  });
}

Result<Decision> EntryHandler::on_renew(const Turn& turn) const {
  return Decision::storing([reference = reference_.current(), turn](Session& session) -> Result<Reply> {
    const std::optional<Entry> entry = storage::find_entry(session, turn.value("entrada"));
    if (!entry) return no_entry();
    const int term = renewal_term(*entry, *reference);
    if (term == 0 || turn.value("vigencia") != std::to_string(term)) {
      return fail(ErrorCode::conflict, "the entry needs no decision for that vigencia",
                  "De esta respuesta no hay nada que decidir para esa vigencia. Escriba «respuestas para "
                  "todos» para ver cómo está.");
    }
    return decide(session, *reference, turn, {EntryEvent::renew, "entry_renewed", false, true, term});
  });
}

}  // namespace pao::handlers::consult
