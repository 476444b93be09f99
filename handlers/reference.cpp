#include "handlers/reference.hpp"

#include "cards/entry_card.hpp"
#include "storage/calendar_store.hpp"
#include "storage/entries_store.hpp"
#include "storage/people_store.hpp"
#include "storage/reference_revision.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers {

const Knowledge& Reference::knowledge() const {
  std::call_once(knowledge_->made, [this] { knowledge_->value.emplace(build_knowledge(criteria, rules)); });
  return *knowledge_->value;
}

const procedure::PracticeRules* Reference::rules_of(std::string_view practice) const {
  return rules_of(practice, term);
}

const procedure::PracticeRules* Reference::rules_of(std::string_view practice, int year) const {
  const std::vector<procedure::PracticeRules>& all = rules_for(year);
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const auto& candidate) { return candidate.practice == practice; });
  return found == all.end() ? nullptr : &*found;
}

const procedure::Person* Reference::person_by_aad(std::string_view aad_object_id) const {
  const auto found = aad_object_id.empty() ? by_aad_.end() : by_aad_.find(aad_object_id);
  return found == by_aad_.end() ? nullptr : found->second;
}

const procedure::Process* Reference::process(std::string_view id) const {
  const auto found = std::find_if(processes.begin(), processes.end(),
                                  [&](const auto& candidate) { return candidate.id == id; });
  return found == processes.end() ? nullptr : &*found;
}

std::string Reference::process_name(std::string_view id) const {
  const procedure::Process* found = process(id);
  return found ? found->name : std::string(id);
}

bool Reference::sample_content() const {
  return std::any_of(rules.begin(), rules.end(), [](const auto& practice) { return practice.sample; });
}

namespace {

int year_of(Date day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

// The last instant of the day.
Instant end_of(Date day) {
  return start_of_day(day + std::chrono::days{1}) - std::chrono::milliseconds{1};
}

}  // namespace

namespace {

// Answers approved for everybody join the criteria of the guideline that they explain: that of a vigencia for
// which they were approved or kept.
void add_approved_answers(storage::Session& session, Reference& reference, Instant at) {
  for (storage::ApprovedEntry& entry : storage::entries_in_force(session, at)) {
    const procedure::PracticeRules* rules = reference.rules_of(entry.criterion.practice);
    if (!rules || rules->term != entry.criterion.term) continue;
    entry.criterion.section = cards::approved_answer_source(entry.approved_on);
    reference.criteria.push_back(std::move(entry.criterion));
  }
}

}  // namespace

std::shared_ptr<Reference> ReferenceSource::read(storage::Session& session, int term, Instant at) {
  auto made = std::make_shared<Reference>();
  made->revision = storage::reference_revision(session);
  made->term = term;
  made->versions = storage::versions_in_force(session, term, at);
  made->rules = storage::rules_in_force(session, term, at);
  made->rules_before = storage::rules_in_force(session, term - 1, at);
  made->calendar = storage::load_calendar(session);
  made->processes = storage::all_processes(session);
  made->people = storage::active_people(session);
  made->entries = storage::entry_keys_in_force(session, at);
  made->criteria = storage::criteria_in_force(session, term, at);
  add_approved_answers(session, *made, at);
  for (const procedure::Person& person : made->people) made->by_aad_.emplace(person.aad_object_id, &person);
  return made;
}

void ReferenceSource::share_knowledge(Reference& made) const {
  const auto is_learned_from_the_same = [&](const std::shared_ptr<const Reference>& one) {
    return one && one->criteria == made.criteria && one->rules == made.rules;
  };
  if (is_learned_from_the_same(current_)) {
    made.knowledge_ = current_->knowledge_;
    return;
  }
  const auto found = std::find_if(kept_.begin(), kept_.end(), is_learned_from_the_same);
  if (found != kept_.end()) made.knowledge_ = (*found)->knowledge_;
}

Result<void> ReferenceSource::refresh(Instant now) {
  const std::lock_guard one_at_a_time(refreshing_);
  const int term = year_of(local_date(now));
  const std::shared_ptr<const Reference> before = [&] {
    const std::lock_guard lock(mutex_);
    return current_;
  }();
  const Result<std::int64_t> revision =
      database_.read([](storage::Session& session) { return storage::reference_revision(session); });
  if (!revision) return tl::unexpected<Error>(revision.error());
  if (before && before->revision == *revision && before->term == term) return {};

  Result<std::shared_ptr<Reference>> made =
      database_.read([&](storage::Session& session) { return read(session, term, now); });
  if (!made) return tl::unexpected<Error>(made.error());

  const std::lock_guard lock(mutex_);
  share_knowledge(**made);
  current_ = std::move(*made);
  return {};
}

std::shared_ptr<const Reference> ReferenceSource::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

Result<std::shared_ptr<const Reference>> ReferenceSource::as_of(Date day) const {
  constexpr std::size_t most_kept = 4;
  const int term = year_of(day);
  const auto then = database_.read([&](storage::Session& session) {
    return std::pair(storage::versions_in_force(session, term, end_of(day)),
                     storage::entry_keys_in_force(session, end_of(day)));
  });
  if (!then) return tl::unexpected<Error>(then.error());
  {
    const std::lock_guard lock(mutex_);
    const auto same = [&](const auto& kept) {
      return kept->term == term && kept->versions == then->first && kept->entries == then->second &&
             kept->revision == current_->revision;
    };
    if (same(current_)) return current_;
    const auto found = std::find_if(kept_.begin(), kept_.end(), same);
    if (found != kept_.end()) {
      std::rotate(found, found + 1, kept_.end());
      return kept_.back();
    }
  }
  Result<std::shared_ptr<Reference>> made =
      database_.read([&](storage::Session& session) { return read(session, term, end_of(day)); });
  if (!made) return tl::unexpected<Error>(made.error());

  const std::lock_guard lock(mutex_);
  share_knowledge(**made);
  if (kept_.size() >= most_kept) kept_.erase(kept_.begin());
  kept_.push_back(std::move(*made));
  return kept_.back();
}

}  // namespace pao::handlers
