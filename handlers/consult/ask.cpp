#include "handlers/consult/ask.hpp"

#include "cards/texts.hpp"
#include "handlers/consult/several_questions.hpp"
#include "storage/embedded.hpp"
#include "storage/knowledge/content_lines.hpp"

#include <algorithm>
#include <chrono>

namespace pao::handlers::consult {

namespace {

using storage::knowledge::SearchIndex;

constexpr std::size_t nearest_shown = 3;
constexpr std::string_view offer_advisor = " Si quiere, lo comunico con su asesor.";
constexpr std::string_view my_topics =
    "Respondo preguntas sobre las prácticas de gestión del SUG, le ayudo a registrar avances y a preparar "
    "solicitudes (SS), y le muestro sus pendientes.";

// No guideline was in force: nothing can be said of what it says.
bool lacks_guidelines(const SearchIndex& index, std::string_view reason) {
  return index.criteria().empty() && (reason == "no_criterion" || reason == "unknown");
}

std::string abstention(std::string_view reason, const SearchIndex& index, Date on) {
  if (lacks_guidelines(index, reason))
    return "No tengo lineamientos publicados que rigieran el " + cards::long_date(on) + ".";
  if (reason == "greeting") return "Hola. " + std::string(my_topics);
  if (reason == "help") return std::string(my_topics);
  if (reason == "thanks") return "Con gusto. Aquí estaré cuando me necesite.";
  if (reason == "empty") return "No recibí ningún texto. Escriba su pregunta, por favor.";
  return refusal_sentence(reason) + std::string(offer_advisor);
}

std::string action_text(Intent intent) {
  switch (intent) {
    case Intent::register_progress:
      return "Le abro el formulario para registrar. Nada queda registrado hasta que usted lo confirme.";
    case Intent::open_ss:
      return "Ese cambio se pide por SS. Le preparo la solicitud para que usted la revise.";
    case Intent::see_status:
      return "Le muestro el estado de lo suyo.";
    case Intent::talk_to_advisor:
      return "Le paso su mensaje a su asesor.";
    case Intent::validate_report:
      return "Le muestro el reporte para que lo valide.";
    case Intent::none:
      break;
  }
  return {};
}

int year_of(Date day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

std::string answer_text(const procedure::Criterion& criterion, const SearchIndex& index,
                        const AskContext& context) {
  const int current_term = year_of(context.on);
  std::string out = context.past ? "Esto regía el " + cards::long_date(context.on) + ".\n\n" : "";
  out += criterion.text + "\n\n" + citation(criterion, index);
  if (criterion.term < current_term) {
    const std::string year = std::to_string(current_term);
    out += "\nLos lineamientos de " + year + " de esta práctica aún no están publicados; rigen los de " +
           std::to_string(criterion.term) + ".";
  }
  const procedure::PracticeRules* rules = index.practice(criterion.practice);
  if (rules != nullptr && rules->sample) out += "\nContenido de muestra, no oficial.";
  return out;
}

std::string clarification(const std::vector<CitedCriterion>& options) {
  std::string out = "¿Cuál de estos temas le interesa?";
  for (const CitedCriterion& each : options) out += "\n• " + each.title + " (" + each.code + ")";
  return out;
}

CitedCriterion cited(const storage::knowledge::Hit& hit, const SearchIndex& index) {
  const procedure::Criterion& criterion = index.criteria()[hit.criterion];
  return {criterion.code,  criterion.version,  criterion.term, hit.score,
          criterion.title, criterion.practice, hit.signals};
}

}  // namespace

std::string refusal_sentence(std::string_view reason) {
  std::string_view otherwise;
  for (const std::string_view line :
       storage::knowledge::content_lines(storage::embedded_file("knowledge_refusals.txt"))) {
    const auto [key, sentence] = storage::knowledge::key_and_value(line, ':');
    if (key == reason) return std::string(sentence);
    if (key == "unknown") otherwise = sentence;
  }
  return std::string(otherwise);
}

std::string citation(const procedure::Criterion& criterion, const SearchIndex& index) {
  const procedure::PracticeRules* rules = index.practice(criterion.practice);
  // An answer that was approved for everybody: its section says by whom and when.
  if (criterion.code.starts_with("RES-")) return criterion.code + " · " + criterion.section;
  return criterion.code + " · " + (rules != nullptr ? rules->name : criterion.practice) + ", vigencia " +
         std::to_string(criterion.term) + ", versión " + std::to_string(criterion.version);
}

Answer ask(std::string_view text, const AskContext& context, const Knowledge& knowledge) {
  const Understanding understood = understand(text, knowledge, context.practice_hint);
  const Decision decision = decide(understood);
  Answer out;
  out.kind = decision.kind;
  out.intent = understood.intent;
  out.reason = decision.reason;
  out.practice = understood.practice;
  out.ids = understood.ids;
  out.confidence = understood.confidence;
  out.in_scope = understood.in_scope;
  out.answered = understood.answered;
  out.signs = understood.signs;
  out.passage = understood.passage;
  for (const std::size_t at : decision.hits)
    out.criteria.push_back(cited(understood.hits[at], knowledge.index));
  for (std::size_t at = 0; at < std::min(nearest_shown, understood.hits.size()); ++at)
    out.nearest.push_back(cited(understood.hits[at], knowledge.index));
  switch (out.kind) {
    case AnswerKind::answer: {
      const procedure::Criterion& best =
          knowledge.index.criteria()[understood.hits[decision.hits.front()].criterion];
      out.text = answer_text(best, knowledge.index, context);
      if (out.practice.empty()) out.practice = best.practice;
      break;
    }
    case AnswerKind::clarify:
      out.text = clarification(out.criteria);
      break;
    case AnswerKind::abstain:
      out.text = abstention(out.reason, knowledge.index, context.on);
      break;
    case AnswerKind::action:
      out.text = action_text(out.intent);
      break;
  }
  return out;
}

std::vector<Answer> ask_each(std::string_view text, const AskContext& context, const Knowledge& knowledge) {
  std::vector<Answer> answers;
  AskContext each = context;
  std::size_t cited = 0, told = 0;
  for (const std::string& question : questions_in(text)) {
    if (answers.size() == most_questions_answered) break;
    const Understanding understood = understand(question, knowledge, each.practice_hint);
    if (is_small_talk(understood)) continue;
    Answer answer = ask(question, each, knowledge);
    answer.question = question;
    const bool answered = answer.kind == AnswerKind::answer;
    const bool repeated = answered && std::any_of(answers.begin(), answers.end(), [&](const Answer& before) {
                            return before.kind == AnswerKind::answer &&
                                   before.criteria.front().code == answer.criteria.front().code;
                          });
    if (repeated) continue;
    if (answered) each.practice_hint = answer.criteria.front().practice;
    const bool turned_away = understood.kind == MessageKind::out_of_scope && answer.reason != "unknown";
    cited += !answer.criteria.empty();
    told += answer.criteria.empty() && (answer.kind == AnswerKind::action || turned_away);
    answers.push_back(std::move(answer));
  }
  if (cited == 0 || cited + told < 2) return {ask(text, context, knowledge)};
  return answers;
}

}  // namespace pao::handlers::consult
