// The one list of routes: everything a person can say or press, in the order in which it is tried. It is
// written in tables: routes.cpp has the general ones and what people type, routes_<area>.cpp the buttons of
// an area.
#pragma once

#include "handlers/alerts/alert_handler.hpp"
#include "handlers/channel/news_handler.hpp"
#include "handlers/consult/advisor_handler.hpp"
#include "handlers/consult/answer_record.hpp"
#include "handlers/consult/consult_desk.hpp"
#include "handlers/consult/consult_handler.hpp"
#include "handlers/consult/entry_handler.hpp"
#include "handlers/consult/late_answers.hpp"
#include "handlers/controls/control_handler.hpp"
#include "handlers/files/files_handler.hpp"
#include "handlers/guidelines/guideline_handler.hpp"
#include "handlers/help/help_handler.hpp"
#include "handlers/learning/learning_handler.hpp"
#include "handlers/lookup/lookup_handler.hpp"
#include "handlers/oversight/oversight_handler.hpp"
#include "handlers/progress/progress_handler.hpp"
#include "handlers/reports/recommendation_handler.hpp"
#include "handlers/reports/report_advisor.hpp"
#include "handlers/reports/report_file.hpp"
#include "handlers/reports/report_handler.hpp"
#include "handlers/requests/request_handler.hpp"
#include "handlers/requests/review_handler.hpp"
#include "handlers/rights/rights_handler.hpp"
#include "handlers/route.hpp"
#include "handlers/sessions/commitment_handler.hpp"
#include "handlers/sessions/session_handler.hpp"
#include "handlers/socialisation/socialisation_handler.hpp"
#include "handlers/status/status_handler.hpp"
#include "handlers/verification/verification_handler.hpp"

#include <vector>

namespace pao::handlers {

// One object a feature; must outlive the routes.
struct Features {
  help::HelpHandler help;
  consult::ConsultHandler consult;
  consult::LateAnswers late;
  consult::AdvisorHandler advisor;
  consult::ConsultDesk desk;
  consult::EntryHandler entries;
  learning::LearningHandler learned;
  status::StatusHandler status;
  progress::ProgressHandler progress;
  requests::RequestHandler requests;
  rights::RightsHandler rights;
  oversight::OversightHandler oversight;
  channel::NewsHandler news;
  lookup::LookupHandler lookup;
  requests::ReviewHandler reviews;
  guidelines::GuidelineHandler guidelines;
  socialisation::SocialisationHandler socialisation;
  controls::ControlHandler controls;
  reports::ReportHandler reports;
  reports::ReportAdvisor report_advisor;
  reports::ReportFile report_file;
  verification::VerificationHandler verification;
  reports::RecommendationHandler recommendations;
  files::FilesHandler files;
  alerts::AlertHandler alerts;
  sessions::SessionHandler sessions;
  sessions::CommitmentHandler commitments;

  // `contents`: where the bytes of files are kept.
  Features(storage::Database& database, const ReferenceSource& reference, const storage::FileFolder& contents,
           const consult::LateAnswersOptions& late_answers = {})
      : help(reference),
        consult(database, reference),
        late(reference, late_answers),
        advisor(database, reference),
        desk(database, reference),
        entries(database, reference),
        learned(database, reference),
        status(database, reference),
        progress(database, reference),
        requests(database, reference),
        rights(database, reference),
        oversight(database, reference),
        lookup(database, reference),
        reviews(database, reference),
        guidelines(database, reference),
        socialisation(database, reference),
        controls(database, reference),
        reports(database, reference),
        report_advisor(database, reference),
        report_file(database, reference, contents),
        verification(database, reference),
        recommendations(database, reference),
        files(database, reference),
        alerts(database, reference),
        sessions(database, reference),
        commitments(database, reference) {}
};

std::vector<Route> make_routes(const Features& features);

// The tables that make_routes joins.
std::vector<Route> consult_routes(const Features& features);
std::vector<Route> progress_routes(const Features& features);
std::vector<Route> request_routes(const Features& features);
std::vector<Route> rights_routes(const Features& features);
std::vector<Route> teams_routes(const Features& features);
std::vector<Route> guideline_routes(const Features& features);
std::vector<Route> report_routes(const Features& features);
std::vector<Route> verification_routes(const Features& features);
std::vector<Route> file_routes(const Features& features);
std::vector<Route> alert_routes(const Features& features);
std::vector<Route> session_routes(const Features& features);

}  // namespace pao::handlers
