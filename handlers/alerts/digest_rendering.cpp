#include "cards/alert_card.hpp"
#include "cards/texts.hpp"
#include "handlers/alerts/digest.hpp"
#include "handlers/alerts/digest_payload.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/tracking.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <tuple>

namespace pao::handlers::alerts {
namespace {

using procedure::Person;

// Whether what the person was to be told is still theirs to know: roles change (R-51, C-04).
bool concerns(const Person& person, const Tracked& tracked, Date today) {
  return tracked.owner_id == person.id || procedure::may(person, procedure::Action::see_process_detail,
                                                         tracked.obligation.process_id, "", today)
                                              .has_value();
}

Result<void> add_obligations(storage::Session& session, const Reference& reference, const Person& person,
                             const Payload& payload, Instant now, cards::DigestView& view) {
  for (const auto& [process_id, keys] : payload.obligations) {
    Result<std::vector<Tracked>> tracked = track(session, reference, process_id, now);
    if (!tracked) return tl::unexpected<Error>(tracked.error());
    const bool records =
        procedure::may(person, procedure::Action::record_progress, process_id, "", view.today).has_value();
    for (const Tracked& one : *tracked) {
      const auto key = keys.find(procedure::obligation_key(one.obligation));
      if (!is_pending(one) || key == keys.end()) continue;
      if (!concerns(person, one, view.today)) continue;
      const int left = one.assessment.business_days_left.value_or(0);
      view.lines.push_back({.obligation = one.obligation,
                            .item_name = one.item_name,
                            .process_name = reference.process_name(process_id),
                            .reason = cards::days_left_phrase(left),
                            .business_days_left = left,
                            .can_register = records && is_open_now(one, now),
                            .key = key->second});
    }
  }
  return {};
}

Result<void> add_further(storage::Session& session, const Reference& reference, const Person& person,
                         const Payload& payload, Instant now, cards::DigestView& view) {
  for (const DigestSource& source : digest_sources()) {
    const bool asked = std::any_of(payload.further.begin(), payload.further.end(),
                                   [&](const std::string& key) { return source_of(key) == source.name; });
    if (!asked) continue;
    Result<std::vector<DigestLine>> lines = source.lines(session, reference, person.id, now);
    if (!lines) return tl::unexpected<Error>(lines.error());
    for (const DigestLine& line : *lines) {
      if (line.person_id != person.id || !payload.further.contains(line.key)) continue;
      cards::DigestNote note{
          .title = line.title, .text = line.text, .urgency = line.urgency, .key = line.key};
      if (line.button) {
        note.button_title = line.button->title;
        note.verb = line.button->verb;
        note.values = line.button->values;
      }
      view.notes.push_back(std::move(note));
    }
  }
  return {};
}

}  // namespace

Result<std::optional<Content>> render_digest(storage::Session& session, const Reference& reference,
                                             const storage::OutboxMessage& message, Instant now) {
  const std::optional<Person> person = storage::find_person(session, message.subject);
  if (!person || !person->active) return std::optional<Content>{};
  const Payload payload = parse_payload(message.text);
  cards::DigestView view{.person_name = person->name, .today = local_date(now)};
  for (const auto add : {add_obligations, add_further}) {
    if (const Result<void> added = add(session, reference, *person, payload, now, view); !added)
      return tl::unexpected<Error>(added.error());
  }
  if (view.lines.empty() && view.notes.empty()) return std::optional<Content>{};
  std::stable_sort(view.lines.begin(), view.lines.end(), [](const auto& left, const auto& right) {
    return std::tuple(left.business_days_left, left.obligation.due_on) <
           std::tuple(right.business_days_left, right.obligation.due_on);
  });
  std::stable_sort(view.notes.begin(), view.notes.end(),
                   [](const auto& left, const auto& right) { return left.urgency < right.urgency; });
  return std::optional<Content>(Content{.card = cards::digest_card(view)});
}

}  // namespace pao::handlers::alerts
