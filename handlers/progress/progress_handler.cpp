#include "handlers/progress/progress_handler.hpp"

#include "cards/basic_card.hpp"
#include "cards/progress_card.hpp"
#include "cards/texts.hpp"
#include "handlers/progress/progress_subject.hpp"
#include "handlers/scope.hpp"
#include "storage/items_store.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace pao::handlers::progress {
namespace {

using procedure::ProgressRecord;

constexpr std::size_t most_choices = 8;
constexpr std::size_t most_groups = 2;

// What can be recorded in one form: the same process, practice and period, two or more; the largest first.
std::vector<cards::ProgressGroup> groups_of(const std::vector<Tracked>& open) {
  std::map<std::tuple<std::string, std::string, std::string>, int> counts;
  for (const Tracked& one : open)
    ++counts[{one.obligation.process_id, one.obligation.practice, one.obligation.period}];
  std::vector<cards::ProgressGroup> groups;
  for (const auto& [key, count] : counts) {
    const auto& [process_id, practice, period] = key;
    if (count > 1) groups.push_back({process_id, practice, period, count});
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const auto& left, const auto& right) { return left.count > right.count; });
  if (groups.size() > most_groups) groups.resize(most_groups);
  return groups;
}

// The item whose obligation is meant: of a document that of its process.
std::string obliged_item(storage::Session& session, std::string_view item_id) {
  const auto item = storage::find_item(session, item_id);
  if (!item || item->kind != procedure::ItemKind::document) return std::string(item_id);
  return procedure::process_item_id(item->practice, item->process_id);
}

}  // namespace

Result<Decision> ProgressHandler::on_list(const Turn& turn, std::string_view practice,
                                          std::string_view item_id) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  Result<std::vector<Tracked>> open =
      database_.read([&](storage::Session& session) -> Result<std::vector<Tracked>> {
        std::vector<Tracked> found;
        const std::string named = obliged_item(session, item_id);
        for (const ProcessScope& scope : scopes_of(*turn.person, local_date(turn.at))) {
          Result<std::vector<Tracked>> tracked = track(session, *reference, scope.process_id, turn.at);
          if (!tracked) return tracked;
          for (Tracked& one : *tracked) {
            const bool mine = scope.whole || one.owner_id.empty() || one.owner_id == turn.person->id;
            const bool wanted = (practice.empty() || practice == procedure::practice::general ||
                                 one.obligation.practice == practice) &&
                                (named.empty() || one.obligation.item_id == named || one.parent_id == named);
            const bool recordable = !one.recorded_at && is_open_now(one, turn.at);
            if (mine && wanted && recordable) found.push_back(std::move(one));
          }
        }
        sort_by_urgency(found);
        return found;
      });
  if (!open) return tl::unexpected<Error>(open.error());
  if (!item_id.empty() && open->size() == 1) {
    Turn chosen = turn;
    chosen.values = {{"elemento", open->front().obligation.item_id},
                     {"periodo", open->front().obligation.period}};
    return on_form(chosen);
  }
  if (open->empty()) {
    const std::string what = !item_id.empty() ? "para " + cards::plain(item_id)
                             : practice.empty() || practice == procedure::practice::general
                                 ? "en sus procesos"
                                 : "de " + cards::practice_name(practice);
    return Decision(Reply{
        .content =
            {.card = cards::notice_card(
                 "No hay avances por registrar",
                 "Hoy no hay periodos abiertos " + what +
                     ". Si un periodo ya cerró, pida la reapertura con una SS-5. Escriba «qué me toca» para "
                     "ver sus pendientes.")},
        .trace = {.outcome = "progress_nothing_open"}});
  }
  std::vector<cards::ProgressChoice> choices;
  for (const Tracked& one : *open) {
    if (choices.size() == most_choices) break;
    choices.push_back({.item_id = one.obligation.item_id,
                       .item_name = one.item_name,
                       .period = one.obligation.period,
                       .due_on = one.obligation.due_on,
                       .business_days_left = one.assessment.business_days_left.value_or(0),
                       .practice = one.obligation.practice});
  }
  const int hidden = static_cast<int>(open->size() - choices.size());
  return Decision(Reply{
      .content = {.card = cards::progress_choice_card(choices, hidden, groups_of(*open))},
      .trace = {.outcome = "progress_choices_shown", .fields = {{"choices", std::to_string(open->size())}}}});
}

std::optional<Turn> ProgressHandler::by_document(const Turn& turn, const Subject& subject) const {
  const auto by_document =
      database_.read([&](storage::Session& session) { return is_recorded_by_document(session, subject); });
  if (!by_document || !*by_document) return std::nullopt;
  Turn group = turn;
  group.values = {{"proceso", subject.item.process_id},
                  {"practica", subject.item.practice},
                  {"periodo", subject.tracked.obligation.period}};
  return group;
}

Result<Decision> ProgressHandler::on_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Result<Subject> subject = database_.read([&](storage::Session& session) {
    return find_open_subject(session, *reference, turn, turn.value("elemento"), turn.value("periodo"));
  });
  if (!subject) return tl::unexpected<Error>(subject.error());
  if (const auto group = by_document(turn, *subject)) return on_several(*group);

  const cards::ProgressFormView view = form_view(*subject, *reference);
  return Decision(Reply{.content = {.card = cards::progress_form_card(view)},
                        .trace = {.outcome = "progress_form_shown",
                                  .fields = {{"item", subject->item.id}, {"period", view.period}}}});
}

Result<Decision> ProgressHandler::on_save(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Result<Subject> subject = database_.read([&](storage::Session& session) {
    return find_open_subject(session, *reference, turn, turn.value("elemento"), turn.value("periodo"));
  });
  if (!subject) return tl::unexpected<Error>(subject.error());
  if (const auto group = by_document(turn, *subject)) return on_several(*group);

  const std::map<std::string, std::string> typed = typed_values(turn);
  const Checked checked = check_values(*subject, typed);
  const bool doubtful = procedure::needs_confirmation(checked.findings) && turn.value("confirmado") != "si";
  if (!checked.check.problems.empty() || doubtful) {
    const cards::ProgressFormView view = form_view(*subject, *reference, typed, checked);
    return Decision(Reply{.content = {.card = cards::progress_form_card(view)},
                          .trace = {.outcome = doubtful ? "form_doubtful" : "form_incomplete",
                                    .fields = {{"item", subject->item.id}, {"period", view.period}}}});
  }

  const ProgressRecord record = record_of(*subject, turn, checked);
  return Decision::storing(
      [reference, record, author = turn.person->name, name = subject->item.name,
       due_on = subject->tracked.obligation.due_on,
       remarks = remarks_of(checked.findings)](storage::Session& session) -> Result<Reply> {
        const Result<ProgressRecord> stored = store_record(session, record);
        if (!stored) {
          if (stored.error().code != ErrorCode::conflict) return tl::unexpected<Error>(stored.error());
          return fail(
              ErrorCode::conflict, stored.error().detail,
              "Alguien más acaba de registrar ese avance. Escriba «qué me toca» para ver sus pendientes.");
        }
        const cards::Card receipt =
            cards::progress_receipt_card({.record = *stored,
                                          .item_name = name,
                                          .process_name = reference->process_name(stored->process_id),
                                          .author_name = author,
                                          .timeliness = stored->timeliness,
                                          .due_on = due_on,
                                          .remarks = remarks});
        return Reply{.content = {.card = receipt},
                     .trace = {.outcome = "progress_recorded",
                               .fields = {{"record", stored->id},
                                          {"item", stored->item_id},
                                          {"period", stored->period},
                                          {"to", std::string(procedure::to_word(stored->review))}}}};
      });
}

}  // namespace pao::handlers::progress
