#include "handlers/consult/consult_steps.hpp"

#include "cards/texts.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/service_level.hpp"
#include "storage/people_store.hpp"

#include <utility>

namespace pao::handlers::consult {
namespace {

using procedure::ConsultEvent;
using procedure::ConsultState;
using procedure::Person;
using storage::Consult;

std::optional<Person> active_person(storage::Session& session, std::string_view id) {
  if (id.empty()) return std::nullopt;
  auto person = storage::find_person(session, id);
  return person && person->active ? person : std::nullopt;
}

std::optional<Person> first_with(storage::Session& session, procedure::Role role, Date today,
                                 std::string_view not_this_one) {
  for (Person& person : storage::people_with_role(session, role, "", today)) {
    if (person.id != not_this_one) return std::move(person);
  }
  return std::nullopt;
}

std::optional<Person> person_at(storage::Session& session, const Reference& reference,
                                std::string_view process_id, std::string_view practice, int level, Date today,
                                std::string_view not_this_one) {
  switch (level) {
    case procedure::assigned_advisor_level: {
      const procedure::Process* process = reference.process(process_id);
      return process ? active_person(session, process->advisor_id) : std::nullopt;
    }
    case procedure::thematic_advisor_level:
      return active_person(session, storage::thematic_advisor_of(session, practice));
    default:
      return first_with(session, procedure::Role::coordination, today, not_this_one);
  }
}

// Why the move cannot happen, for whoever tried it.
std::string refusal_of(ConsultState state) {
  switch (state) {
    case ConsultState::answered:
    case ConsultState::closed:
      return "Esta consulta ya fue respondida. No hace falta nada más.";
    case ConsultState::referred:
      return "Esta consulta ya fue remitida a otro canal. No hace falta nada más.";
    case ConsultState::unanswered:
      return "Esta consulta se cerró porque no llegaron los datos pedidos. Quien preguntó puede enviarlos o "
             "preguntar de nuevo.";
    case ConsultState::waiting:
      return "Esta consulta espera los datos que se le pidieron a quien preguntó.";
    case ConsultState::assigned:
      break;
  }
  return "Esta consulta todavía espera respuesta.";
}

}  // namespace

std::optional<Holder> holder_from(storage::Session& session, const Reference& reference,
                                  std::string_view process_id, std::string_view practice, int level,
                                  Date today, std::string_view not_this_one) {
  for (int at = level; at <= procedure::coordination_level; ++at) {
    auto person = person_at(session, reference, process_id, practice, at, today, not_this_one);
    if (person && person->id != not_this_one) return Holder{at, std::move(*person)};
  }
  auto head = head_of_office(session, today);
  if (!head || head->id == not_this_one) return std::nullopt;
  return Holder{procedure::coordination_level, std::move(*head)};
}

std::optional<Person> head_of_office(storage::Session& session, Date today) {
  return first_with(session, procedure::Role::head, today, "");
}

Result<void> may_answer(const Person& person, const Consult& consult, Date today) {
  if (consult.advisor_id == person.id) return {};
  if (consult.process_id.empty()) {
    // Without a process it is the coordination's: the advisor of some process is not its advisor.
    if (procedure::holds_role(person, procedure::Role::coordination, "", today)) return {};
    return fail(ErrorCode::refused, "answering needs whoever has it or coordination",
                "Esta consulta la responde el asesor asignado o la coordinación del GESFO.");
  }
  return procedure::may(person, procedure::Action::answer_consult, consult.process_id, consult.practice,
                        today);
}

Result<void> may_reassign(const Person& person, const Consult& consult, Date today) {
  if (consult.advisor_id == person.id) return {};
  if (procedure::may(person, procedure::Action::reassign, "", "", today)) return {};
  return fail(ErrorCode::refused, "reassigning a consult needs whoever has it or coordination",
              "Esta consulta la reasigna quien la tiene o la coordinación del GESFO.");
}

std::vector<std::pair<std::string, std::string>> possible_holders(const Reference& reference,
                                                                  const Consult& consult, Date today) {
  std::vector<std::pair<std::string, std::string>> people;
  for (const Person& person : reference.people) {
    const bool answers = procedure::may(person, procedure::Action::answer_consult, "", "", today).has_value();
    if (answers && person.id != consult.advisor_id) people.emplace_back(person.id, person.name);
  }
  return people;
}

cards::ConsultView view_of(storage::Session& session, const Reference& reference, const Consult& consult,
                           Instant now) {
  cards::ConsultView view{
      .id = consult.id,
      .question = consult.question,
      .answer_shown = consult.answer_shown,
      .asked_by_name = storage::person_name(session, consult.asked_by),
      .process_name = consult.process_id.empty() ? "" : reference.process_name(consult.process_id),
      .practice_name = consult.practice.empty() ? "" : cards::practice_name(consult.practice),
      .advisor_name = storage::person_name(session, consult.advisor_id),
      .level = consult.level,
      .due_on = consult.due_on,
      .business_days_left =
          procedure::business_days_left(consult.due_on, local_date(now), reference.calendar),
      .state = consult.state,
      .asked_on = local_date(consult.asked_at),
      .reply = consult.reply,
      .replied_by_name = consult.replied_by.empty() ? "" : storage::person_name(session, consult.replied_by)};
  for (const storage::ConsultStep& step : storage::steps_of(session, consult.id)) {
    const std::string actor = storage::person_name(session, step.actor);
    view.history.push_back({.at = step.at,
                            .kind = step.kind,
                            .actor_name = actor.empty() ? "PAO Teams" : actor,
                            .holder_name = storage::person_name(session, step.advisor_id),
                            .level = step.level,
                            .words = step.words});
  }
  return view;
}

cards::ConsultView holder_view(storage::Session& session, const Reference& reference, const Consult& consult,
                               Instant now) {
  cards::ConsultView view = view_of(session, reference, consult, now);
  view.may_go_to = possible_holders(reference, consult, local_date(now));
  return view;
}

Result<Consult> consult_of(storage::Session& session, std::string_view id) {
  std::optional<Consult> consult = storage::find_consult(session, id);
  if (!consult) {
    return fail(ErrorCode::invalid, "card names an unknown consult",
                "No encontré la consulta de esta tarjeta. Escriba «mis consultas» o «mis preguntas».");
  }
  return *std::move(consult);
}

void hand_to(Consult& consult, const Reference& reference, const Holder& holder, Instant now) {
  consult.advisor_id = holder.person.id;
  consult.level = holder.level;
  consult.level_since = now;
  consult.due_on = procedure::attention_due(reference.rules_of(procedure::practice::general), holder.level,
                                            local_date(now), reference.calendar);
}

Result<int> make_move(storage::Session& session, Consult& consult, ConsultEvent event, std::string_view actor,
                      Instant now, std::string_view words) {
  const ConsultState before = consult.state;
  const std::optional<ConsultState> after = procedure::next_state(before, event);
  if (!after) {
    return fail(ErrorCode::conflict, "the consult cannot make that move in its state", refusal_of(before));
  }
  consult.state = *after;
  return storage::move_consult(session, consult,
                               {.at = now,
                                .actor = std::string(actor),
                                .kind = std::string(procedure::to_word(event)),
                                .from_state = std::string(procedure::to_word(before)),
                                .words = std::string(words)});
}

Notice notice_to(storage::Session& session, const Consult& consult, int step, std::string_view person_id,
                 cards::Card card) {
  const auto person = storage::find_person(session, person_id);
  return {.aad_object_id = person ? person->aad_object_id : "",
          .key = "consult:" + consult.id + ":" + std::to_string(step) + ":" + std::string(person_id),
          .subject = "consult:" + consult.id,
          .content = {.card = std::move(card)}};
}

Notice notice_to_asker(storage::Session& session, const Consult& consult, int step, cards::Card card) {
  Notice notice = notice_to(session, consult, step, consult.asked_by, std::move(card));
  notice.conversation_id = consult.conversation_id;
  return notice;
}

Trace trace_of(const Consult& consult, std::string_view outcome, std::string_view from_state, int step) {
  return {.outcome = std::string(outcome),
          .fields = {{"consult", consult.id},
                     {"step", std::to_string(step)},
                     {"from", std::string(from_state)},
                     {"to", std::string(procedure::to_word(consult.state))},
                     {"advisor", consult.advisor_id},
                     {"level", std::to_string(consult.level)},
                     {"due_on", iso_date(consult.due_on)}}};
}

}  // namespace pao::handlers::consult
