#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/matches.hpp"
#include "handlers/routes.hpp"
#include "handlers/subjects.hpp"

namespace pao::handlers {

using procedure::Action;
namespace verb = cards::verb;

std::vector<Route> report_routes(const Features& f) {
  using reports::RecommendationHandler;
  using reports::ReportAdvisor;
  using reports::ReportHandler;
  constexpr Where own = Where::personal;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  const auto process = [&f](Result<Decision> (ReportHandler::*handler)(const Turn&) const) {
    return call(f.reports, handler);
  };
  const auto advisor = [&f](Result<Decision> (ReportAdvisor::*handler)(const Turn&) const) {
    return call(f.report_advisor, handler);
  };
  const auto about = [&f](Result<Decision> (RecommendationHandler::*handler)(const Turn&) const) {
    return call(f.recommendations, handler);
  };
  const Access answers = may(Action::respond_report, report_process);
  const Access answers_one = may(Action::respond_report, recommendation_process);
  const Access prepares = may(Action::send_report, report_process);
  const Access prepares_one = may(Action::send_report, recommendation_process);
  const Access decides = may(Action::send_report, response_process);
  // clang-format off: a table
  return {
      {"report.said",
       says({"reportes", "mis reportes", "reportes por enviar", "ver reportes", "informes", "mis informes",
             "ver informes", "ver los reportes", "reportes publicados", "reportes de seguimiento",
             "informes de seguimiento"}),
       known(), own, reads, process(&ReportHandler::on_list)},
      {"report.said_process", begins({"reportes de", "reportes del", "ver reportes de", "informes de"}),
       known(), own, reads, process(&ReportHandler::on_list)},
      {"report.list", pressed(verb::report_list), known(), own, reads, process(&ReportHandler::on_list)},
      {"report.view", pressed(verb::report_view), known(), own, reads, process(&ReportHandler::on_view)},
      {"report.final", pressed(verb::report_final), known(), own, reads, process(&ReportHandler::on_final)},
      {"report.file", pressed(verb::report_file), known(), own, reads,
       call(f.report_file, &reports::ReportFile::on_offer)},
      {"report.accept", pressed(verb::report_accept), answers, own, writes,
       process(&ReportHandler::on_accept)},
      {"report.justify_form", pressed(verb::report_justify_form), answers, own, reads,
       process(&ReportHandler::on_justify_form)},
      {"report.justify", pressed(verb::report_justify), answers, own, writes,
       process(&ReportHandler::on_justify)},
      {"report.recommendations", pressed(verb::report_recommendations), known(), own, reads,
       about(&RecommendationHandler::on_list)},
      {"recommendation.form", pressed(verb::recommendation_form), answers_one, own, reads,
       about(&RecommendationHandler::on_form)},
      {"recommendation.answer", pressed(verb::recommendation_answer), answers_one, own, writes,
       about(&RecommendationHandler::on_answer)},
      {"report.edit", pressed(verb::report_edit), prepares, own, reads, advisor(&ReportAdvisor::on_edit)},
      {"report.save", pressed(verb::report_save), prepares, own, writes, advisor(&ReportAdvisor::on_save)},
      {"recommendation.edit", pressed(verb::recommendation_edit), prepares, own, reads,
       about(&RecommendationHandler::on_edit)},
      {"recommendation.save", pressed(verb::recommendation_save), prepares, own, writes,
       about(&RecommendationHandler::on_save)},
      {"recommendation.remove", pressed(verb::recommendation_remove), prepares_one, own, writes,
       about(&RecommendationHandler::on_remove)},
      {"recommendation.comment", pressed(verb::recommendation_comment), prepares_one, own, writes,
       about(&RecommendationHandler::on_comment)},
      {"report.send", pressed(verb::report_send), prepares, own, writes, advisor(&ReportAdvisor::on_send)},
      {"report.resolve", pressed(verb::report_resolve), decides, own, writes,
       advisor(&ReportAdvisor::on_resolve)},
      {"report.settle", pressed(verb::report_settle), prepares, own, writes,
       advisor(&ReportAdvisor::on_settle)},
      {"report.publish", pressed(verb::report_publish), prepares, own, writes,
       advisor(&ReportAdvisor::on_publish)},
      {"report.erratum", pressed(verb::report_erratum), prepares, own, writes,
       advisor(&ReportAdvisor::on_erratum)},
  };
  // clang-format on
}

}  // namespace pao::handlers
