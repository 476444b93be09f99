#include "handlers/consult/advisor_handler.hpp"

#include "cards/texts.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/scope.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::consult {
namespace {

using procedure::Person;
using storage::Consult;

constexpr std::size_t longest_question = 2000;  // in characters
constexpr std::size_t longest_reply = 4000;

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

// Business days to answer at that attention level (general guideline); one when it does not say.
int days_to_answer(const Reference& reference, int level) {
  if (const procedure::PracticeRules* general = reference.rules_of(procedure::practice::general)) {
    for (const procedure::AttentionLevel& candidate : general->attention_levels) {
      if (candidate.level == level && candidate.business_days) return *candidate.business_days;
    }
  }
  return 1;
}

// Who answers for a process: its advisor; without one (or without a process) the coordination.
std::optional<Person> who_answers(storage::Session& session, const Reference& reference,
                                  std::string_view process_id, Date today) {
  if (const procedure::Process* process = reference.process(process_id)) {
    if (auto advisor = storage::find_person(session, process->advisor_id); advisor && advisor->active)
      return advisor;
  }
  std::vector<Person> coordination =
      storage::people_with_role(session, procedure::Role::coordination, "", today);
  return coordination.empty() ? std::nullopt : std::optional(coordination.front());
}

// The person's own processes, leader's and liaison's first.
std::vector<std::pair<std::string, std::string>> processes_of(const Turn& turn, const Reference& reference) {
  std::vector<std::pair<std::string, std::string>> processes;
  for (const ProcessScope& scope : scopes_of(*turn.person, local_date(turn.at))) {
    processes.emplace_back(scope.process_id, reference.process_name(scope.process_id));
  }
  return processes;
}

// The practice that the card carries, when there is one with that id.
std::string known_practice(const Turn& turn, const Reference& reference) {
  const procedure::PracticeRules* rules = reference.rules_of(turn.value("practica"));
  return rules ? rules->practice : "";
}

std::string name_of(storage::Session& session, std::string_view person_id) {
  const auto person = storage::find_person(session, person_id);
  return person ? person->name : "";
}

}  // namespace

cards::AdvisorFormView AdvisorHandler::form_for(const Turn& turn, const Reference& reference) const {
  cards::AdvisorFormView view{.question = std::string(turn.value("pregunta")),
                              .answer_shown = std::string(turn.value("respuesta")),
                              .practice = known_practice(turn, reference),
                              .processes = processes_of(turn, reference)};
  if (view.processes.size() <= 1) {
    const std::string process_id = view.processes.empty() ? "" : view.processes.front().first;
    const auto advisor = database_.read([&](storage::Session& session) {
      return who_answers(session, reference, process_id, local_date(turn.at));
    });
    if (advisor && *advisor) view.advisor_name = (*advisor)->name;
  }
  return view;
}

Result<handlers::Decision> AdvisorHandler::on_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return handlers::Decision(Reply{.content = {.card = cards::advisor_form_card(form_for(turn, *reference))},
                                  .trace = {.outcome = "advisor_form_shown"}});
}

Result<handlers::Decision> AdvisorHandler::on_send(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::vector<std::pair<std::string, std::string>> processes = processes_of(turn, *reference);
  std::string process_id(turn.value("proceso"));
  if (process_id.empty() && processes.size() == 1) process_id = processes.front().first;
  const bool own = std::any_of(processes.begin(), processes.end(),
                               [&](const auto& candidate) { return candidate.first == process_id; });
  const std::string question = trimmed(turn.value("pregunta"));
  std::string problem;
  if (question.empty()) problem = "Escriba su pregunta.";
  if (procedure::count_characters(question) > longest_question)
    problem = "La pregunta es muy larga. Use máximo 2.000 caracteres.";
  if (!processes.empty() && !own) problem = "Elija el proceso por el que pregunta.";
  if (!problem.empty()) {
    cards::AdvisorFormView view = form_for(turn, *reference);
    view.problem = problem;
    return handlers::Decision(
        Reply{.content = {.card = cards::advisor_form_card(view)}, .trace = {.outcome = "form_incomplete"}});
  }

  Consult consult{.asked_by = turn.person->id,
                  .process_id = own ? process_id : "",
                  .practice = known_practice(turn, *reference),
                  .question = question,
                  .answer_shown = std::string(turn.value("respuesta")),
                  .conversation_id = turn.conversation_id,
                  .reply_to = turn.activity_id,
                  .level = 1,
                  .asked_at = turn.at};
  consult.due_on =
      reference->calendar.add_business_days(local_date(turn.at), days_to_answer(*reference, consult.level));
  return handlers::Decision::storing(
      [this, reference, consult, today = local_date(turn.at)](storage::Session& session) -> Result<Reply> {
        Consult assigned = consult;
        const std::optional<Person> advisor = who_answers(session, *reference, consult.process_id, today);
        if (!advisor) {
          return fail(ErrorCode::unavailable, "no advisor and no coordination in the directory",
                      "En este momento no hay un asesor asignado a su proceso. Escriba al buzón de la OAP.");
        }
        assigned.advisor_id = advisor->id;
        const Result<Consult> stored = storage::add_consult(session, assigned);
        if (!stored) return tl::unexpected<Error>(stored.error());
        const cards::ConsultView view = view_of(session, *reference, *stored);
        Reply reply{.content = {.card = cards::consult_sent_card(view)},
                    .trace = {.outcome = "escalated",
                              .fields = {{"consult", stored->id},
                                         {"advisor", stored->advisor_id},
                                         {"level", std::to_string(stored->level)},
                                         {"due_on", iso_date(stored->due_on)}}}};
        reply.notices.push_back({.aad_object_id = advisor->aad_object_id,
                                 .key = "consult:" + stored->id + ":assigned",
                                 .subject = "consult:" + stored->id,
                                 .content = {.card = cards::consult_assigned_card(view)}});
        return reply;
      });
}

Result<handlers::Decision> AdvisorHandler::on_reply(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::string text = trimmed(turn.value("respuesta"));
  return handlers::Decision::storing([this, reference, text, id = std::string(turn.value("consulta")),
                                      advisor = *turn.person,
                                      now = turn.at](storage::Session& session) -> Result<Reply> {
    const std::optional<Consult> consult = storage::find_consult(session, id);
    if (!consult)
      return fail(ErrorCode::not_found, "no such consult",
                  "No encontré la consulta de esta tarjeta. Escriba «qué me toca» para ver las "
                  "que esperan su respuesta.");
    cards::ConsultView view = view_of(session, *reference, *consult);
    if (text.empty() || procedure::count_characters(text) > longest_reply) {
      view.problem =
          text.empty() ? "Escriba la respuesta." : "La respuesta es muy larga. Use máximo 4.000 caracteres.";
      return Reply{.content = {.card = cards::consult_assigned_card(view)},
                   .trace = {.outcome = "form_incomplete"}};
    }
    const Result<void> stored = storage::answer_consult(session, id, advisor.id, text, now);
    if (!stored) {
      if (stored.error().code != ErrorCode::conflict) return tl::unexpected<Error>(stored.error());
      return fail(ErrorCode::conflict, stored.error().detail,
                  "Esta consulta ya fue respondida. No hace falta nada más.");
    }
    view.reply = text;
    view.replied_by_name = advisor.name;
    const std::optional<Person> asked_by = storage::find_person(session, consult->asked_by);
    Reply reply{.content = {.card = cards::consult_answered_card(view)},
                .trace = {.outcome = "consult_answered", .fields = {{"consult", id}}}};
    reply.notices.push_back({.aad_object_id = asked_by ? asked_by->aad_object_id : "",
                             .conversation_id = consult->conversation_id,
                             .key = "consult:" + id + ":reply",
                             .subject = "consult:" + id,
                             .content = {.card = cards::consult_reply_card(view)}});
    return reply;
  });
}

cards::ConsultView AdvisorHandler::view_of(storage::Session& session, const Reference& reference,
                                           const Consult& consult) const {
  return {.id = consult.id,
          .question = consult.question,
          .answer_shown = consult.answer_shown,
          .asked_by_name = name_of(session, consult.asked_by),
          .process_name = consult.process_id.empty() ? "" : reference.process_name(consult.process_id),
          .practice_name = consult.practice.empty() ? "" : cards::practice_name(consult.practice),
          .advisor_name = name_of(session, consult.advisor_id),
          .level = consult.level,
          .due_on = consult.due_on,
          .reply = consult.reply};
}

}  // namespace pao::handlers::consult
