#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/guideline_words.hpp"
#include "handlers/matches.hpp"
#include "handlers/routes.hpp"

namespace pao::handlers {

using procedure::Action;
namespace verb = cards::verb;

std::vector<Route> guideline_routes(const Features& f) {
  using controls::ControlHandler;
  using guidelines::GuidelineHandler;
  using procedure::GuidelineEvent;
  using socialisation::SocialisationHandler;
  constexpr Where own = Where::personal;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  const auto step = [&f](GuidelineEvent event) -> Run {
    return [&f, event](const Hearing& h) { return f.guidelines.on_step(h.turn(), event); };
  };
  const Matches names_one = [](const Hearing& h) {
    return h.turn().kind == TurnKind::text && guideline_named(h.turn().text).has_value();
  };
  const Access drafts = may(Action::draft_guideline), decides = may(Action::approve_guideline),
               socialises = may(Action::hold_socialisation), follows = may(Action::see_guideline_board),
               confirms = may(Action::confirm_control);
  const auto board = call(f.guidelines, &GuidelineHandler::on_board);
  // clang-format off: a table
  return {
      {"guidelines", says({"lineamientos", "lineamientos pendientes", "revision de lineamientos"}), follows,
       own, reads, board},
      {"guidelines.button", pressed(verb::guideline_board), follows, own, reads, board},
      {"guideline.named", names_one, known(), own, reads, call(f.guidelines, &GuidelineHandler::on_named)},
      {"guideline.view", pressed(verb::guideline_view), known(), own, reads,
       call(f.guidelines, &GuidelineHandler::on_view)},
      {"guideline.text", pressed(verb::guideline_text), known(), own, reads,
       call(f.guidelines, &GuidelineHandler::on_text)},
      {"guideline.diff", pressed(verb::guideline_diff), known(), own, reads,
       call(f.guidelines, &GuidelineHandler::on_diff)},
      {"guideline.review", pressed(verb::guideline_start), drafts, own, reads,
       call(f.guidelines, &GuidelineHandler::on_start)},
      {"guideline.open", pressed(verb::guideline_open), drafts, own, writes,
       call(f.guidelines, &GuidelineHandler::on_open)},
      {"guideline.take", pressed(verb::guideline_take), drafts, own, writes,
       call(f.guidelines, &GuidelineHandler::on_take)},
      {"guideline.criterion", pressed(verb::guideline_criterion), drafts, own, reads,
       call(f.guidelines, &GuidelineHandler::on_criterion)},
      {"guideline.save", pressed(verb::guideline_save), drafts, own, writes,
       call(f.guidelines, &GuidelineHandler::on_save)},
      {"guideline.remove", pressed(verb::guideline_remove), drafts, own, writes,
       call(f.guidelines, &GuidelineHandler::on_remove)},
      {"guideline.submit", pressed(verb::guideline_submit), drafts, own, writes,
       step(GuidelineEvent::submit)},
      {"guideline.discard", pressed(verb::guideline_discard), known(), own, writes,
       step(GuidelineEvent::discard)},
      {"guideline.approve", pressed(verb::guideline_approve), decides, own, writes,
       step(GuidelineEvent::approve)},
      {"guideline.return", pressed(verb::guideline_return), decides, own, writes,
       step(GuidelineEvent::send_back)},
      {"guideline.publish", pressed(verb::guideline_publish), decides, own, writes,
       step(GuidelineEvent::publish)},

      {"guideline.acknowledge", pressed(verb::guideline_ack), known(), own, writes,
       call(f.socialisation, &SocialisationHandler::on_acknowledge)},
      {"guideline.delivery", pressed(verb::guideline_delivery), follows, own, reads,
       call(f.socialisation, &SocialisationHandler::on_delivery)},
      {"socialisation", says({"registrar socializacion", "socializacion"}), socialises, own, reads,
       call(f.socialisation, &SocialisationHandler::on_form)},
      {"socialisation.form", pressed(verb::socialisation_form), socialises, own, reads,
       call(f.socialisation, &SocialisationHandler::on_form)},
      {"socialisation.save", pressed(verb::socialisation_save), socialises, own, writes,
       call(f.socialisation, &SocialisationHandler::on_save)},
      {"socialisation.coverage", pressed(verb::socialisation_coverage), follows, own, reads,
       call(f.socialisation, &SocialisationHandler::on_coverage)},
      {"socialisation.coverage.text", says({"cobertura", "cobertura de la socializacion"}), follows, own,
       reads, call(f.socialisation, &SocialisationHandler::on_coverage)},

      {"controls", says({"puntos de control", "puntos de control pendientes"}), confirms, own, reads,
       call(f.controls, &ControlHandler::on_list)},
      {"controls.button", pressed(verb::control_list), confirms, own, reads,
       call(f.controls, &ControlHandler::on_list)},
      {"control.view", pressed(verb::control_open), confirms, own, reads,
       call(f.controls, &ControlHandler::on_open)},
      {"control.confirm", pressed(verb::control_confirm), confirms, own, writes,
       call(f.controls, &ControlHandler::on_confirm)},
  };
  // clang-format on
}

}  // namespace pao::handlers
