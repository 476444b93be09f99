#include "handlers/guidelines/guideline_views.hpp"

#include "handlers/guideline_review.hpp"
#include "handlers/procedure/control_points.hpp"
#include "handlers/procedure/permissions.hpp"
#include "storage/control_points_store.hpp"
#include "storage/knowledge/guideline_file.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <charconv>

namespace pao::handlers::guidelines {
namespace {

using procedure::Action;
using procedure::GuidelineEvent;
using procedure::GuidelineState;

int number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

bool is_open(GuidelineState state) {
  return state == GuidelineState::draft || state == GuidelineState::in_review ||
         state == GuidelineState::approved;
}

std::string what_happened(const storage::GuidelineHistoryEntry& entry) {
  switch (entry.to) {
    case GuidelineState::draft:
      if (!entry.from) return "Borrador creado";
      return entry.from == GuidelineState::in_review ? "Devuelto" : "Borrador tomado";
    case GuidelineState::in_review:
      return "Enviado a revisión";
    case GuidelineState::approved:
      return "Aprobado";
    case GuidelineState::published:
      return "Publicado";
    case GuidelineState::replaced:
      return "Reemplazado por la versión siguiente";
    case GuidelineState::discarded:
      return "Descartado";
  }
  return {};
}

// Whether the event would be allowed with a reason given.
bool possible(const storage::GuidelineVersion& version, GuidelineEvent event, const procedure::Person& person,
              bool has_reasons, bool control_confirmed, Date today) {
  return procedure::decide({.state = version.state,
                            .event = event,
                            .author_id = version.author_id,
                            .actor_id = person.id,
                            .actor_coordinates = coordinates(person, today),
                            .has_reasons = has_reasons,
                            .control_confirmed = control_confirmed,
                            .reason = "motivo"})
      .has_value();
}

void add_difference(storage::Session& session, const storage::GuidelineVersion& version, Instant now,
                    cards::GuidelineVersionView& view) {
  const auto before = in_force(session, version.key, now);
  if (!is_open(version.state) || !before) return;
  const auto old = storage::criteria_of(session, *before), made = storage::criteria_of(session, version.key);
  view.added = view.removed = view.changed = 0;
  for (const auto& change : procedure::compare_criteria(old, made)) {
    using Kind = procedure::CriterionChange::Kind;
    auto& count = change.kind == Kind::added     ? view.added
                  : change.kind == Kind::removed ? view.removed
                                                 : view.changed;
    ++*count;
  }
}

}  // namespace

std::optional<Instant> rules_from(const storage::GuidelineVersion& version) {
  if (!version.in_force_from) return std::nullopt;
  return procedure::rules_from(version.key.term, *version.in_force_from);
}

cards::GuidelineRef ref_of(const storage::GuidelineKey& key) {
  return {key.practice, key.term, key.version};
}

std::optional<storage::GuidelineKey> key_of(const Turn& turn) {
  storage::GuidelineKey key{std::string(turn.value("practica")), number_of(turn.value("vigencia")),
                            number_of(turn.value("version"))};
  if (key.practice.empty() || key.term <= 0 || key.version <= 0) return std::nullopt;
  return key;
}

bool coordinates(const procedure::Person& person, Date today) {
  return procedure::may(person, Action::approve_guideline, "", "", today).has_value();
}

bool may_see(const procedure::Person& person, const storage::GuidelineVersion& version, Date today) {
  if (version.state == GuidelineState::published || version.state == GuidelineState::replaced) return true;
  return procedure::may(person, Action::draft_guideline, "", "", today) ||
         procedure::may(person, Action::see_control_board, "", "", today);
}

std::optional<storage::GuidelineKey> in_force(storage::Session& session, const storage::GuidelineKey& key,
                                              Instant now) {
  for (const storage::GuidelineKey& one : storage::versions_in_force(session, key.term, now)) {
    if (one.practice == key.practice) return one;
  }
  return std::nullopt;
}

cards::GuidelineVersionView version_view(storage::Session& session, const Reference&,
                                         const storage::GuidelineVersion& version,
                                         const procedure::Person& person, Instant now) {
  const Date today = local_date(now);
  cards::GuidelineVersionView view{.ref = ref_of(version.key),
                                   .state = version.state,
                                   .author_name = storage::person_name(session, version.author_id),
                                   .approved_by_name = storage::person_name(session, version.approved_by),
                                   .published_by_name = storage::person_name(session, version.published_by),
                                   .approved_at = version.approved_at,
                                   .published_at = version.published_at,
                                   .in_force_from = rules_from(version),
                                   .replaced_at = version.replaced_at,
                                   .reasons = storage::reasons_of(session, version.key),
                                   .criteria = static_cast<std::size_t>(version.criteria)};
  const auto file = storage::knowledge::parse_guideline(storage::guideline_document(session, version.key));
  view.sample = file && file->rules.sample;
  for (const auto& entry : storage::history_of(session, version.key)) {
    view.history.push_back({entry.at, storage::person_name(session, entry.actor), what_happened(entry),
                            entry.from ? entry.reason : ""});
  }
  add_difference(session, version, now, view);
  view.control_confirmed = storage::is_control_confirmed(
      session, procedure::guideline_subject(version.key.practice, version.key.term, version.key.version));
  const auto can = [&](GuidelineEvent event) {
    return possible(version, event, person, !view.reasons.empty(), view.control_confirmed, today);
  };
  const bool drafts = procedure::may(person, Action::draft_guideline, "", "", today).has_value();
  view.can_take = drafts && version.state == GuidelineState::draft && version.author_id.empty();
  view.can_edit = can(GuidelineEvent::edit);
  view.can_submit = can(GuidelineEvent::submit);
  view.can_decide = can(GuidelineEvent::approve);
  view.can_publish = can(GuidelineEvent::publish);
  view.can_discard = can(GuidelineEvent::discard);
  view.can_confirm_control = version.state == GuidelineState::approved && version.author_id != person.id &&
                             procedure::may(person, Action::confirm_control, "", "", today).has_value();
  view.can_see_delivery = version.published_at.has_value() && !version.published_by.empty() &&
                          procedure::may(person, Action::see_guideline_board, "", "", today).has_value();
  return view;
}

cards::GuidelineBoardView board_view(storage::Session& session, const Reference&,
                                     const procedure::Person& person, Instant now) {
  const Date today = local_date(now);
  cards::GuidelineBoardView view{.term = working_term(today)};
  view.may_draft = procedure::may(person, Action::draft_guideline, "", "", today).has_value();
  const auto pending = pending_practices(session, view.term, now);
  for (const PracticeInForce& one : practices_in_force(session, view.term, now)) {
    cards::GuidelineBoardLine line{one.practice, one.term, one.version, {}};
    for (const auto& version : storage::guideline_versions(session, one.practice)) {
      if (!is_open(version.state)) continue;
      line.open.push_back(
          {ref_of(version.key), version.state, storage::person_name(session, version.author_id)});
    }
    const bool waits = std::find(pending.begin(), pending.end(), one.practice) != pending.end();
    (waits ? view.lines : view.done).push_back(std::move(line));
  }
  return view;
}

}  // namespace pao::handlers::guidelines
