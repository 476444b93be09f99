#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/matches.hpp"
#include "handlers/routes.hpp"

namespace pao::handlers {
namespace {

namespace verb = cards::verb;

Reply as_correction(Reply reply) {
  std::string& text = reply.content.text;
  text =
      "Vi que corrigió su pregunta. Esto es lo que corresponde ahora." + (text.empty() ? "" : "\n\n" + text);
  reply.trace.fields["correction"] = "yes";
  return reply;
}

// A changed question is answered again; a changed wish to do something is not done again.
Run corrected(const Features& f) {
  return [&f](const Hearing& hearing) -> Result<Decision> {
    const MessageKind kind = hearing.understood().kind;
    if (kind != MessageKind::question && kind != MessageKind::out_of_scope)
      return Decision(Reply{.trace = {.outcome = "edit_recorded"}});
    Result<Decision> decision = f.consult.on_question(hearing.turn(), hearing.understood());
    if (!decision) return decision;
    if (!decision->store) return Decision(as_correction(std::move(decision->reply)));
    return Decision::storing([store = std::move(decision->store)](storage::Session& session) {
      return store(session).map(as_correction);
    });
  };
}

}  // namespace

std::vector<Route> teams_routes(const Features& f) {
  using channel::NewsHandler;
  using lookup::LookupHandler;
  constexpr Where any = Where::anywhere;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  // clang-format off: a table
  return {
      {"consult.corrected", is(TurnKind::correction), anybody(), any, reads, corrected(f)},
      {"rating", is(TurnKind::rating), anybody(), any, writes, call(f.news, &NewsHandler::on_rating)},
      {"meeting", is(TurnKind::meeting), anybody(), any, writes, call(f.news, &NewsHandler::on_meeting)},
      {"file.answer", is(TurnKind::file_answer), anybody(), any, writes,
       call(f.news, &NewsHandler::on_file_answer)},
      {"search", is(TurnKind::search), anybody(), any, reads, call(f.lookup, &LookupHandler::on_search)},
      {"share.criterion", pressed(verb::share_criterion), anybody(), any, reads,
       call(f.lookup, &LookupHandler::on_share_criterion)},
      {"share.request", pressed(verb::share_request), known(), any, reads,
       call(f.lookup, &LookupHandler::on_share_request)},
      {"feedback.form", pressed(verb::feedback_form), anybody(), any, reads,
       call(f.news, &NewsHandler::on_feedback_form)},
      {"feedback.save", pressed(verb::feedback_save), anybody(), any, writes,
       call(f.news, &NewsHandler::on_feedback_save)},
  };
  // clang-format on
}

}  // namespace pao::handlers
