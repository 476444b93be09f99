#include "handlers/reports/recommendation_handler.hpp"

#include "cards/recommendation_card.hpp"
#include "cards/report_words.hpp"
#include "cards/texts.hpp"
#include "handlers/file_messages.hpp"
#include "handlers/oversight_reading.hpp"
#include "handlers/paging.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/plain_language.hpp"
#include "handlers/reports/report_model.hpp"
#include "handlers/reports/report_turns.hpp"
#include "handlers/reports/report_views.hpp"
#include "handlers/reports/transitions.hpp"
#include "storage/items_store.hpp"
#include "storage/recommendations_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::reports {
namespace {

using procedure::RecommendationState;
using storage::FollowUpReport;
using storage::Recommendation;

constexpr std::size_t max_text_bytes = 4000;

std::vector<std::pair<std::string, std::string>> practices_of(const Reference& reference) {
  std::vector<std::pair<std::string, std::string>> choices;
  for (const procedure::PracticeRules& rules : reference.rules) {
    choices.emplace_back(rules.practice, cards::practice_name(rules.practice));
  }
  return choices;
}

// The draft recommendation that the card names, with its report; nobody edits what was sent.
Result<std::pair<Recommendation, FollowUpReport>> draft_named(storage::Session& session,
                                                              std::string_view id) {
  const auto one = storage::find_recommendation(session, id);
  Result<FollowUpReport> report = report_named(session, one ? one->report_id : "");
  if (!report) return tl::unexpected<Error>(report.error());
  if (one->state != RecommendationState::draft) return not_editable();
  return std::pair(*one, std::move(*report));
}

// What the person can answer or comment comes first, a page at a time (C-06).
cards::Card list_card(storage::Session& session, const Reference& reference, const FollowUpReport& report,
                      const Turn& turn) {
  auto all = recommendation_views(session, reference, report, *turn.person, turn.at);
  std::stable_partition(all.begin(), all.end(), [](const cards::RecommendationView& one) {
    return one.can_answer || one.can_comment;
  });
  cards::RecommendationsView view{.report_id = report.id,
                                  .title = "De " + report_words(reference, report) + ".",
                                  .total = static_cast<int>(all.size())};
  view.page = page_of(turn, view.total, cards::recommendations_page_size);
  const int first = view.page * cards::recommendations_page_size;
  for (int i = first; i < std::min(view.total, first + cards::recommendations_page_size); ++i)
    view.shown.push_back(std::move(all[static_cast<std::size_t>(i)]));
  for (cards::RecommendationView& one : view.shown)
    one.files = evidence_of(session, "recomendacion:" + one.recommendation.id);
  return cards::recommendations_card(view);
}

}  // namespace

Result<Decision> RecommendationHandler::on_list(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    if (!may_see(turn, *report)) return tl::unexpected<Error>(report_named(session, "").error());
    return keep_reading(
        turn,
        Reply{.content = {.card = list_card(session, *reference, *report, turn)},
              .trace = {.outcome = "recommendations_shown", .fields = {{"report", report->id}}}},
        {.what = "recomendaciones", .process_id = report->process_id, .item_id = report->id});
  });
}

Result<Decision> RecommendationHandler::on_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const auto one = storage::find_recommendation(session, turn.value("recomendacion"));
    const Result<FollowUpReport> report = report_named(session, one ? one->report_id : "");
    if (!report) return tl::unexpected<Error>(report.error());
    for (auto& view : recommendation_views(session, *reference, *report, *turn.person, turn.at)) {
      if (view.recommendation.id != one->id) continue;
      view.files = evidence_of(session, "recomendacion:" + one->id);
      return Decision(
          Reply{.content = {.card = cards::recommendation_form_card(view)},
                .trace = {.outcome = "recommendation_form", .fields = {{"recommendation", one->id}}}});
    }
    return tl::unexpected<Error>(report_named(session, "").error());
  });
}

Result<Decision> RecommendationHandler::on_answer(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    using procedure::RecommendationEvent;
    auto one = storage::find_recommendation(session, turn.value("recomendacion"));
    const Result<FollowUpReport> report = report_named(session, one ? one->report_id : "");
    if (!report) return tl::unexpected<Error>(report.error());
    if (!report->deadline_on || !procedure::is_in_time(*report->deadline_on, turn.at)) {
      return fail(ErrorCode::refused, "the validation window has closed",
                  "El plazo para responder esta recomendación ya venció. Volverá a aparecer en el siguiente "
                  "reporte.");
    }
    const std::string_view word = turn.value("respuesta");
    const auto event = word == "aplicada"               ? std::optional(RecommendationEvent::apply)
                       : word == "convertida_en_mejora" ? std::optional(RecommendationEvent::convert)
                       : word == "no_procede"           ? std::optional(RecommendationEvent::set_aside)
                                                        : std::nullopt;
    if (!event) return fail(ErrorCode::invalid, "no such answer", "Elija una de las respuestas.");
    const procedure::RecommendationState before = one->state;
    const auto after = procedure::next_state(
        before, *event, {.improvement_id = turn.value("mejora"), .reason = turn.value("motivo")});
    if (!after) return tl::unexpected<Error>(after.error());
    if (*event == RecommendationEvent::convert) {
      // One that is not here yet is believed: the SMGI gave the number, and its rows come later.
      const auto action = storage::find_item(session, turn.value("mejora"));
      const bool fits = !action || (action->kind == procedure::ItemKind::improvement &&
                                    action->process_id == report->process_id);
      if (!fits) {
        return fail(ErrorCode::invalid, "not an improvement action of the process",
                    "Ese código no es de una acción de mejora de su proceso. Revíselo en el SMGI.");
      }
    }
    one->state = *after;
    if (*event == RecommendationEvent::convert) one->improvement_id = std::string(turn.value("mejora"));
    one->reason = cards::shorten(turn.value("motivo"), max_text_bytes);
    one->answered_by = turn.person->id;
    one->answered_at = turn.at;
    const Result<void> stored = storage::update_recommendation(session, *one, before);
    if (!stored) return tl::unexpected<Error>(stored.error());
    Reply reply{.content = {.card = list_card(session, *reference, *report, turn)},
                .trace = {.outcome = "recommendation_answered",
                          .fields = {{"recommendation", one->id},
                                     {"improvement", one->improvement_id},
                                     {"from", std::string(procedure::to_word(before))},
                                     {"to", std::string(procedure::to_word(*after))}}}};
    tell_others(session, *reference, *report, turn, one->id,
                turn.person->name + " respondió la recomendación " + one->id + ": " +
                    cards::recommendation_state_name(*after) + ".",
                reply);
    return reply;
  });
}

Result<Decision> RecommendationHandler::on_edit(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    procedure::ReportRecommendation one;
    if (!turn.value("recomendacion").empty()) {
      auto named = draft_named(session, turn.value("recomendacion"));
      if (!named) return tl::unexpected<Error>(named.error());
      one = shown(named->first);
    }
    return Decision(Reply{
        .content = {.card = cards::recommendation_edit_card(report->id, one, practices_of(*reference), {})},
        .trace = {.outcome = "recommendation_editor", .fields = {{"report", report->id}}}});
  });
}

Result<Decision> RecommendationHandler::on_save(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    const Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    if (!is_editable(report->state)) return not_editable();
    Recommendation one{.report_id = report->id, .process_id = report->process_id};
    const bool is_new = turn.value("recomendacion").empty();
    if (!is_new) {
      auto named = draft_named(session, turn.value("recomendacion"));
      if (!named) return tl::unexpected<Error>(named.error());
      if (named->second.id != report->id) return tl::unexpected<Error>(report_named(session, "").error());
      one = std::move(named->first);
    }
    one.practice = std::string(turn.value("practica"));
    one.observed = std::string(turn.value("observado"));
    one.suggestion = std::string(turn.value("sugerencia"));
    one.target_on = parse_date(turn.value("fecha"));
    std::vector<std::string> problems;
    if (!reference->rules_of(one.practice)) problems.push_back("Elija la práctica.");
    for (const auto& problem : procedure::check_recommendation(one.observed, one.suggestion, one.target_on)) {
      problems.push_back(problem.sentence);
    }
    if (!problems.empty()) {
      return Reply{.content = {.card = cards::recommendation_edit_card(report->id, shown(one),
                                                                       practices_of(*reference), problems)},
                   .trace = {.outcome = "recommendation_refused", .fields = {{"report", report->id}}}};
    }
    if (is_new) {
      one = storage::add_recommendation(session, one, report->cycle);
    } else if (const auto stored = storage::update_recommendation(session, one, RecommendationState::draft);
               !stored) {
      return tl::unexpected<Error>(stored.error());
    }
    return reply_with_editor(session, *reference, *report, "recommendation_saved", turn.at);
  });
}

Result<Decision> RecommendationHandler::on_remove(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    const auto named = draft_named(session, turn.value("recomendacion"));
    if (!named) return tl::unexpected<Error>(named.error());
    if (!storage::remove_recommendation(session, named->first.id)) return not_editable();
    return reply_with_editor(session, *reference, named->second, "recommendation_removed", turn.at);
  });
}

Result<Decision> RecommendationHandler::on_comment(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    auto one = storage::find_recommendation(session, turn.value("recomendacion"));
    const Result<FollowUpReport> report = report_named(session, one ? one->report_id : "");
    if (!report) return tl::unexpected<Error>(report.error());
    if (!takes_comment(*report, *one)) {
      return fail(ErrorCode::refused, "no comment is asked for",
                  "El comentario es para recomendaciones que el proceso marcó «no procede».");
    }
    one->advisor_comment = cards::shorten(turn.value("comentario"), max_text_bytes);
    if (procedure::is_blank(one->advisor_comment))
      return fail(ErrorCode::invalid, "no comment", "Escriba su comentario.");
    const auto stored = storage::update_recommendation(session, *one, one->state);
    if (!stored) return tl::unexpected<Error>(stored.error());
    Reply reply{.content = {.card = list_card(session, *reference, *report, turn)},
                .trace = {.outcome = "recommendation_commented",
                          .fields = {{"recommendation", one->id}, {"reason", one->advisor_comment}}}};
    tell_others(session, *reference, *report, turn, one->id + ":comment:" + iso_instant(turn.at),
                "El asesor comentó la recomendación " + one->id + ", que el proceso marcó «no procede».",
                reply);
    return reply;
  });
}

}  // namespace pao::handlers::reports
