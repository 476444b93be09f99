#include "handlers/reports/report_views.hpp"

#include "cards/delivery_words.hpp"
#include "cards/texts.hpp"
#include "handlers/file_messages.hpp"
#include "handlers/period_control.hpp"
#include "handlers/procedure/control_points.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/report_adjustments.hpp"
#include "handlers/reports/report_model.hpp"
#include "handlers/reports/transitions.hpp"
#include "storage/mail_outbox.hpp"
#include "storage/people_store.hpp"
#include "storage/recommendations_store.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace pao::handlers::reports {
namespace {

using procedure::Action;
using procedure::ReportKind;
using storage::FollowUpReport;

bool may(const procedure::Person& person, Action action, const FollowUpReport& report, Instant now) {
  return procedure::may(person, action, report.process_id, "", local_date(now)).has_value();
}

std::vector<std::pair<std::string, std::string>> practice_choices(const Reference& reference) {
  std::vector<std::pair<std::string, std::string>> choices;
  for (const procedure::PracticeRules& rules : reference.rules) {
    choices.emplace_back(rules.practice, cards::practice_name(rules.practice));
  }
  return choices;
}

const char* words_of(AdjustmentStep step) {
  switch (step) {
    case AdjustmentStep::decide:
      return "Falta decidirla.";
    case AdjustmentStep::apply:
      return "Está aprobada. Falta aplicarla: así se ajusta la línea del reporte.";
    case AdjustmentStep::confirm:
      return "Falta que otra persona confirme el punto de control de la actividad 6, no quien decidió.";
    case AdjustmentStep::none:
      break;
  }
  return "";
}

std::string names_after(const char* words, const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "" : std::string(" ") + words + ": " + text + ".";
}

// Whom the version, or the final report, reached by each channel.
std::vector<std::string> deliveries_in_words(storage::Session& session, const FollowUpReport& report,
                                             ReportKind kind) {
  struct Channel {
    const char* name;
    const char* title;
  };
  const std::string stem = delivery_stem(report, kind);
  std::vector<std::string> lines;
  for (const Channel& channel : {Channel{"teams", "Teams"}, Channel{"mail", "Correo"}}) {
    const std::string prefix = stem + ":" + channel.name + ":";
    int arrived = 0, all = 0;
    std::vector<std::string> on_the_way;
    std::map<std::string_view, std::vector<std::string>> lost;  // by cause
    for (const storage::DeliveryResult& one : storage::deliveries_of(session, prefix)) {
      ++all;
      if (one.state == storage::OutboxState::sent) {
        ++arrived;
        continue;
      }
      const auto person = storage::find_person(session, one.key.substr(prefix.size()));
      const bool waits =
          one.state == storage::OutboxState::pending || one.state == storage::OutboxState::sending;
      (waits ? on_the_way : lost[cards::delivery_cause(one.reason)]).push_back(person ? person->name : "");
    }
    if (all == 0) continue;
    std::string line = std::string(channel.title) + ": llegó a " + std::to_string(arrived) + " de " +
                       std::to_string(all) + (all == 1 ? " persona." : " personas.") +
                       names_after("En camino", on_the_way);
    for (const auto& [cause, names] : lost) {
      line += names_after("No llegó a", names);
      if (!cause.empty()) line += " Causa: " + std::string(cause) + ".";
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> to_comment(storage::Session& session, const FollowUpReport& report) {
  std::vector<std::string> ids;
  for (const storage::Recommendation& one : storage::recommendations_of(session, report.id)) {
    if (needs_comment(one)) ids.push_back(one.id);
  }
  return ids;
}

// The files that were linked to what the process said.
cards::EvidenceFiles files_of(storage::Session& session, const procedure::ReportModel& report) {
  cards::EvidenceFiles files;
  for (const procedure::ReportAnswer& said : report.answers) {
    auto proof = evidence_of(session, "respuesta:" + said.id);
    if (!proof.empty()) files.emplace(said.id, std::move(proof));
  }
  return files;
}

Result<std::optional<Content>> render(storage::Session& session, const Reference& reference,
                                      const storage::OutboxMessage& message, ReportKind kind, Instant now) {
  const auto report = storage::find_report(session, message.subject);
  const procedure::Person* person = reference.person_by_aad(message.aad_object_id);
  if (!report || !person || !may(*person, Action::respond_report, *report, now)) {
    return std::optional<Content>{};
  }
  const bool replaced = message.text != std::to_string(report->version);
  if (kind == ReportKind::preventive && (replaced || !is_window_open(*report, now))) {
    return std::optional<Content>{};
  }
  const auto view = card_view(session, reference, *report, kind, *person, now);
  if (!view) return tl::unexpected<Error>(view.error());
  return std::optional<Content>(Content{
      .card = kind == ReportKind::preventive ? cards::report_card(*view) : cards::final_report_card(*view)});
}

}  // namespace

bool is_window_open(const FollowUpReport& report, Instant now) {
  return procedure::awaits_answers(report.state) && report.deadline_on &&
         procedure::is_in_time(*report.deadline_on, now);
}

procedure::Role role_in(const Reference& reference, const FollowUpReport& report,
                        const procedure::Person& person) {
  const procedure::Process* process = reference.process(report.process_id);
  return process && process->leader_id == person.id ? procedure::Role::leader : procedure::Role::liaison;
}

Result<cards::ReportCardView> card_view(storage::Session& session, const Reference& reference,
                                        const FollowUpReport& report, ReportKind kind,
                                        const procedure::Person& person, Instant now) {
  Result<procedure::ReportModel> model = build_model(session, reference, report, kind, now);
  if (!model) return tl::unexpected<Error>(model.error());
  cards::ReportCardView view{.report = std::move(*model),
                             .window_open = is_window_open(report, now),
                             .may_respond = may(person, Action::respond_report, report, now),
                             .is_leader = role_in(reference, report, person) == procedure::Role::leader,
                             .is_advisor = may(person, Action::send_report, report, now),
                             .to_comment = to_comment(session, report)};
  view.files = files_of(session, view.report);
  if (view.is_advisor) view.deliveries = deliveries_in_words(session, report, kind);
  if (report.deadline_on) {
    view.business_days_left =
        procedure::business_days_left(*report.deadline_on, local_date(now), reference.calendar);
  }
  for (const storage::ReportResponse& said : storage::responses_of(session, report.id)) {
    if (said.role != procedure::Role::liaison || !still_counts(said, report)) continue;
    view.liaison_accepted = said.kind == procedure::ResponseKind::accepted;
  }
  for (const auto& one : view.report.recommendations) {
    view.unanswered_recommendations += one.state == procedure::RecommendationState::sent;
  }
  return view;
}

ReportKind kind_to_read(const FollowUpReport& report) {
  const bool before =
      report.state == procedure::ReportState::draft || procedure::awaits_answers(report.state);
  return before ? ReportKind::preventive : ReportKind::final_report;
}

Result<cards::Card> card_of(storage::Session& session, const Reference& reference,
                            const FollowUpReport& report, const procedure::Person& person, Instant now) {
  using procedure::ReportState;
  const ReportKind kind = kind_to_read(report);
  auto view = card_view(session, reference, report, kind, person, now);
  if (!view) return tl::unexpected<Error>(view.error());
  if (report.state == ReportState::draft && view->is_advisor) {
    return cards::report_edit_card(edit_view(session, reference, report, std::move(view->report)));
  }
  if (report.state == ReportState::in_adjustment && view->is_advisor) {
    return cards::report_resolve_card(resolve_view(session, report, std::move(view->report)));
  }
  return kind == ReportKind::preventive ? cards::report_card(*view) : cards::final_report_card(*view);
}

cards::ReportEditView edit_view(storage::Session& session, const Reference& reference,
                                const FollowUpReport& report, procedure::ReportModel model) {
  // Also what was added since it was sent: it leaves with the next version.
  model.recommendations.clear();
  for (const storage::Recommendation& one : storage::recommendations_of(session, report.id)) {
    model.recommendations.push_back(shown(one));
  }
  model.practices = procedure::figures_of(model.lines, model.recommendations);
  return {.report = std::move(model),
          .problems = language_problems(session, report),
          .control_subject =
              unconfirmed_verification(session, reference, report.process_id, report.cycle).value_or(""),
          .practices = practice_choices(reference)};
}

cards::ResolveView resolve_view(storage::Session& session, const FollowUpReport& report,
                                procedure::ReportModel model) {
  cards::ResolveView view{.report = std::move(model), .to_comment = to_comment(session, report)};
  view.files = files_of(session, view.report);
  for (const procedure::ServiceRequest& request : adjustment_requests(session, report)) {
    const AdjustmentStep step = next_step(session, request);
    if (step == AdjustmentStep::none) continue;
    const bool confirms = step == AdjustmentStep::confirm;
    view.adjustments.push_back(
        {request.id, words_of(step), confirms ? procedure::request_subject(request.id) : ""});
  }
  return view;
}

std::vector<cards::RecommendationView> recommendation_views(storage::Session& session,
                                                            const Reference& reference,
                                                            const FollowUpReport& report,
                                                            const procedure::Person& person, Instant now) {
  using procedure::RecommendationState;
  std::vector<cards::RecommendationView> views;
  const bool open = report.deadline_on && procedure::is_in_time(*report.deadline_on, now);
  const bool answers = open && may(person, Action::respond_report, report, now);
  const bool comments = may(person, Action::send_report, report, now);
  for (const storage::Recommendation& one : recommendations_in(session, report)) {
    cards::RecommendationView view{.recommendation = shown(one),
                                   .process_name = reference.process_name(report.process_id),
                                   .answer_by = report.deadline_on,
                                   .can_answer = answers && one.state == RecommendationState::sent,
                                   .can_comment = comments && takes_comment(report, one)};
    if (report.deadline_on) {
      view.business_days_left =
          procedure::business_days_left(*report.deadline_on, local_date(now), reference.calendar);
    }
    views.push_back(std::move(view));
  }
  return views;
}

Result<std::optional<Content>> render_preventive(storage::Session& session, const Reference& reference,
                                                 const storage::OutboxMessage& message, Instant now) {
  return render(session, reference, message, ReportKind::preventive, now);
}

Result<std::optional<Content>> render_final(storage::Session& session, const Reference& reference,
                                            const storage::OutboxMessage& message, Instant now) {
  return render(session, reference, message, ReportKind::final_report, now);
}

}  // namespace pao::handlers::reports
