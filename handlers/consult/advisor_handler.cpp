#include "handlers/consult/advisor_handler.hpp"

#include "handlers/consult/consult_steps.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/scope.hpp"
#include "storage/answers_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::consult {
namespace {

using storage::Consult;

constexpr std::size_t longest_question = 2000;  // in characters

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

// What we showed to this person under the id that the card carries; what others were shown is not theirs.
std::optional<storage::ShownAnswer> shown_to(storage::Session& session, const Turn& turn) {
  const std::string_view id = turn.value("respuesta_id");
  if (id.empty()) return std::nullopt;
  std::optional<storage::ShownAnswer> answer = storage::find_answer(session, id);
  return answer && answer->asked_by == turn.actor() ? answer : std::nullopt;
}

}  // namespace

Result<cards::AdvisorFormView> AdvisorHandler::form_for(const Turn& turn, const Reference& reference) const {
  cards::AdvisorFormView view{.question = std::string(turn.value("pregunta")),
                              .practice = known_practice(turn, reference),
                              .processes = processes_of(turn, reference)};
  const Result<void> read = database_.read([&](storage::Session& session) {
    if (const auto shown = shown_to(session, turn)) {
      view.answer_id = shown->id;
      view.answer_shown = shown->answer;
    }
    if (view.processes.size() > 1) return;
    const std::string process_id = view.processes.empty() ? "" : view.processes.front().first;
    const auto holder = holder_from(session, reference, process_id, view.practice,
                                    procedure::assigned_advisor_level, local_date(turn.at));
    if (holder) view.advisor_name = holder->person.name;
  });
  if (!read) return tl::unexpected<Error>(read.error());
  return view;
}

Result<handlers::Decision> AdvisorHandler::on_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Result<cards::AdvisorFormView> view = form_for(turn, *reference);
  if (!view) return tl::unexpected<Error>(view.error());
  return handlers::Decision(Reply{.content = {.card = cards::advisor_form_card(*view)},
                                  .trace = {.outcome = "advisor_form_shown"}});
}

Result<handlers::Decision> AdvisorHandler::on_send(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::vector<std::pair<std::string, std::string>> processes = processes_of(turn, *reference);
  std::string process_id(turn.value("proceso"));
  if (process_id.empty() && processes.size() == 1) process_id = processes.front().first;
  const bool own = std::any_of(processes.begin(), processes.end(),
                               [&](const auto& candidate) { return candidate.first == process_id; });
  const std::string question = procedure::trimmed(turn.value("pregunta"));
  std::string problem;
  if (question.empty()) problem = "Escriba su pregunta.";
  if (procedure::count_characters(question) > longest_question)
    problem = "La pregunta es muy larga. Use máximo 2.000 caracteres.";
  if (!processes.empty() && !own) problem = "Elija el proceso por el que pregunta.";
  if (!problem.empty()) {
    Result<cards::AdvisorFormView> view = form_for(turn, *reference);
    if (!view) return tl::unexpected<Error>(view.error());
    view->problem = problem;
    return handlers::Decision(
        Reply{.content = {.card = cards::advisor_form_card(*view)}, .trace = {.outcome = "form_incomplete"}});
  }

  const Consult asked{.asked_by = turn.person->id,
                      .process_id = own ? process_id : "",
                      .practice = known_practice(turn, *reference),
                      .question = question,
                      .conversation_id = turn.conversation_id,
                      .reply_to = turn.activity_id,
                      .asked_at = turn.at};
  return handlers::Decision::storing([reference, asked, turn](storage::Session& session) -> Result<Reply> {
    Consult consult = asked;
    if (const auto shown = shown_to(session, turn)) {
      consult.answer_id = shown->id;
      consult.answer_shown = shown->answer;
      consult.scores = shown->scores;
      if (consult.practice.empty()) consult.practice = shown->practice;
    }
    const auto holder = holder_from(session, *reference, consult.process_id, consult.practice,
                                    procedure::assigned_advisor_level, local_date(turn.at));
    if (!holder) {
      return fail(ErrorCode::refused, "no advisor and no coordination in the directory",
                  "En este momento no hay un asesor asignado a su proceso. Escriba al buzón de la OAP.");
    }
    hand_to(consult, *reference, *holder, turn.at);
    const Result<Consult> stored = storage::add_consult(session, consult);
    if (!stored) return tl::unexpected<Error>(stored.error());
    const cards::ConsultView view = view_of(session, *reference, *stored, turn.at);
    Reply reply{.content = {.card = cards::consult_sent_card(view)},
                .trace = trace_of(*stored, "escalated", "", 1)};
    reply.notices.push_back(
        notice_to(session, *stored, 1, stored->advisor_id,
                  cards::consult_assigned_card(holder_view(session, *reference, *stored, turn.at))));
    return reply;
  });
}

}  // namespace pao::handlers::consult
