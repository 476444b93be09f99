// Several records in one form: each item is checked on its own, and what is good is recorded even when
// another is not.
#include "cards/basic_card.hpp"
#include "cards/progress_card.hpp"
#include "cards/texts.hpp"
#include "handlers/document_reviews.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/record_states.hpp"
#include "handlers/progress/progress_handler.hpp"
#include "handlers/progress/progress_subject.hpp"

#include <set>
#include <utility>

namespace pao::handlers::progress {
namespace {

constexpr const char* old_card =
    "Esta tarjeta ya no es válida. Escriba «registrar avance» para empezar de nuevo.";

// The documents of the process that were not reviewed yet.
std::vector<Subject> open_documents(storage::Session& session, const Reference& reference, const Turn& turn) {
  std::vector<Subject> subjects;
  for (const procedure::Item& document : documents_of(session, turn.value("proceso"))) {
    Result<Subject> subject = find_open_subject(session, reference, turn, document.id, turn.value("periodo"));
    if (subject) subjects.push_back(std::move(*subject));
  }
  return subjects;
}

// What this person can record now of that process, practice and period.
Result<std::vector<Subject>> open_subjects(storage::Session& session, const Reference& reference,
                                           const Turn& turn) {
  if (turn.value("practica") == procedure::practice::documents) {
    auto subjects = open_documents(session, reference, turn);
    if (!subjects.empty()) return subjects;
  }
  const std::string_view process_id = turn.value("proceso");
  Result<std::vector<Tracked>> tracked = track(session, reference, process_id, turn.at);
  if (!tracked) return tl::unexpected<Error>(tracked.error());
  std::vector<Subject> subjects;
  for (const Tracked& one : *tracked) {
    if (one.recorded_at || one.obligation.practice != turn.value("practica") ||
        one.obligation.period != turn.value("periodo"))
      continue;
    Result<Subject> subject =
        find_open_subject(session, reference, turn, one.obligation.item_id, one.obligation.period);
    if (subject) subjects.push_back(std::move(*subject));
  }
  return subjects;
}

cards::ProgressSeveralView view_of(const Turn& turn, const Reference& reference) {
  return {.process_id = std::string(turn.value("proceso")),
          .process_name = reference.process_name(turn.value("proceso")),
          .practice = std::string(turn.value("practica")),
          .period = std::string(turn.value("periodo")),
          .author_name = turn.person->name};
}

void add_item(cards::ProgressSeveralView& view, cards::ProgressFormView item) {
  view.due_on = item.due_on;
  view.business_days_left = item.business_days_left;
  view.items.push_back(std::move(item));
}

// The values typed for the n-th item, without the number.
std::map<std::string, std::string> values_of_item(const Turn& turn, std::size_t number) {
  const std::string suffix = "_" + std::to_string(number);
  std::map<std::string, std::string> values;
  for (const auto& [name, value] : turn.values) {
    if (name.size() <= suffix.size() || !name.ends_with(suffix)) continue;
    const std::string field = name.substr(0, name.size() - suffix.size());
    if (field != "elemento") values[field] = value;
  }
  return values;
}

// Whether the person said nothing of it: what the form had already is nobody's word.
bool is_blank(const std::map<std::string, std::string>& values,
              const std::map<std::string, std::string>& known) {
  for (const auto& [field, value] : values) {
    // A list cannot be emptied on every client, so a kind of evidence alone says nothing.
    if (field == procedure::evidence_kind_field) continue;
    const auto shown = known.find(field);
    if (shown != known.end() && shown->second == value) continue;
    if (value.find_first_not_of(" \t\r\n") != std::string::npos) return false;
  }
  return true;
}

// Records what is good; puts what is not, and what was left blank, into the view.
Result<void> take_item(storage::Session& session, const Reference& reference, const Turn& turn,
                       const Subject& subject, const std::map<std::string, std::string>& typed,
                       cards::ProgressSeveralView& view) {
  if (is_blank(typed, known_values(subject))) {
    add_item(view, form_view(subject, reference));
    return {};
  }
  const Checked checked = check_values(subject, typed);
  const bool doubtful = procedure::needs_confirmation(checked.findings) && turn.value("confirmado") != "si";
  if (!checked.check.problems.empty() || doubtful) {
    add_item(view, form_view(subject, reference, typed, checked));
    return {};
  }
  const auto stored = store_record(session, record_of(subject, turn, checked));
  if (!stored) return tl::unexpected<Error>(stored.error());
  view.saved.push_back(
      {.item_name = subject.item.name, .record = *stored, .remarks = remarks_of(checked.findings)});
  return {};
}

}  // namespace

Result<Decision> ProgressHandler::on_several(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const auto subjects =
      database_.read([&](storage::Session& session) { return open_subjects(session, *reference, turn); });
  if (!subjects) return tl::unexpected<Error>(subjects.error());
  if (subjects->empty()) return fail(ErrorCode::conflict, "progress: nothing open in that group", old_card);
  cards::ProgressSeveralView view = view_of(turn, *reference);
  for (const Subject& subject : *subjects) add_item(view, form_view(subject, *reference));
  return Decision(Reply{.content = {.card = cards::progress_several_card(view)},
                        .trace = {.outcome = "progress_several_shown",
                                  .fields = {{"items", std::to_string(view.items.size())}}}});
}

Result<Decision> ProgressHandler::on_several_save(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  // What else is open is looked up before the transaction, in which everybody waits.
  Result<std::vector<Subject>> before =
      database_.read([&](storage::Session& session) { return open_subjects(session, *reference, turn); });
  if (!before) return tl::unexpected<Error>(before.error());
  return Decision::storing(
      [reference, turn, open = std::move(*before)](storage::Session& session) -> Result<Reply> {
        cards::ProgressSeveralView view = view_of(turn, *reference);
        std::set<std::string_view> sent;
        for (std::size_t number = 1; number <= cards::most_items_at_once; ++number) {
          const std::string_view item_id = turn.value("elemento_" + std::to_string(number));
          if (item_id.empty()) continue;
          sent.insert(item_id);
          const Result<Subject> subject =
              find_open_subject(session, *reference, turn, item_id, turn.value("periodo"));
          // Somebody else was first, or the period closed: the rest is still good.
          if (!subject && (subject.error().code == ErrorCode::conflict)) continue;
          if (!subject) return tl::unexpected<Error>(subject.error());
          if (subject->item.process_id != turn.value("proceso"))
            return fail(ErrorCode::invalid, "progress: an item of another process", old_card);
          if (auto taken = take_item(session, *reference, turn, *subject, values_of_item(turn, number), view);
              !taken)
            return tl::unexpected<Error>(taken.error());
        }
        // Those that did not fit into the form come next.
        if (view.items.empty()) {
          for (const Subject& subject : open) {
            if (!sent.contains(subject.item.id)) add_item(view, form_view(subject, *reference));
          }
        }
        std::string ids;
        for (const cards::SavedItem& saved : view.saved) ids += (ids.empty() ? "" : " ") + saved.record.id;
        return Reply{.content = {.card = cards::progress_several_card(view)},
                     .trace = {.outcome = view.saved.empty() ? "form_incomplete" : "progress_recorded",
                               .fields = {{"records", ids},
                                          {"to", view.saved.empty() ? "" : "registrado"},
                                          {"left", std::to_string(view.items.size())}}}};
      });
}

}  // namespace pao::handlers::progress
