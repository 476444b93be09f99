#include "handlers/consult/ask.hpp"

#include "storage/embedded.hpp"
#include "storage/knowledge/content_lines.hpp"

#include <chrono>

namespace pao::handlers::consult {

namespace {

using storage::knowledge::SearchIndex;

constexpr std::string_view offer_advisor = " Si quiere, lo comunico con su asesor.";
constexpr std::string_view my_topics =
    "Respondo preguntas sobre las prácticas de gestión del SUG, le ayudo a registrar avances y a preparar "
    "solicitudes (SS), y le muestro sus pendientes.";

std::string abstention(std::string_view reason) {
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

std::string answer_text(const procedure::Criterion& criterion, const SearchIndex& index, int current_term) {
  std::string out = criterion.text + "\n\n" + citation(criterion, index);
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

int year_of(Date day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
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
  const auto& criteria = knowledge.index.criteria();
  for (const std::size_t at : decision.hits) {
    const storage::knowledge::Hit& hit = understood.hits[at];
    const procedure::Criterion& each = criteria[hit.criterion];
    out.criteria.push_back(
        {each.code, each.version, each.term, hit.score, each.title, each.practice, hit.signals});
  }
  switch (out.kind) {
    case AnswerKind::answer: {
      const procedure::Criterion& best = criteria[understood.hits[decision.hits.front()].criterion];
      out.text = answer_text(best, knowledge.index, year_of(context.on));
      if (out.practice.empty()) out.practice = best.practice;
      break;
    }
    case AnswerKind::clarify:
      out.text = clarification(out.criteria);
      break;
    case AnswerKind::abstain:
      out.text = abstention(out.reason);
      break;
    case AnswerKind::action:
      out.text = action_text(out.intent);
      break;
  }
  return out;
}

}  // namespace pao::handlers::consult
