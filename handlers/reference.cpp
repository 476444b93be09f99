#include "handlers/reference.hpp"

#include "storage/calendar_store.hpp"
#include "storage/guidelines_store.hpp"
#include "storage/people_store.hpp"
#include "storage/reference_revision.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers {

const Knowledge& Reference::knowledge() const {
  std::call_once(knowledge_made_, [this] { knowledge_.emplace(build_knowledge(criteria, rules)); });
  return *knowledge_;
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

Result<void> ReferenceSource::refresh(Instant now) {
  const int term = static_cast<int>(std::chrono::year_month_day{local_date(now)}.year());
  const std::shared_ptr<const Reference> before = [&] {
    const std::lock_guard lock(mutex_);
    return current_;
  }();
  const Result<std::int64_t> revision =
      database_.read([](storage::Session& session) { return storage::reference_revision(session); });
  if (!revision) return tl::unexpected<Error>(revision.error());
  if (before && before->revision == *revision && before->term == term) return {};

  auto made = std::make_shared<Reference>();
  made->revision = *revision;
  made->term = term;
  const Result<void> read = database_.read([&](storage::Session& session) {
    made->rules = storage::rules_in_force(session, term);
    made->rules_before = storage::rules_in_force(session, term - 1);
    made->calendar = storage::load_calendar(session);
    made->processes = storage::all_processes(session);
    made->people = storage::active_people(session);
    made->criteria = storage::criteria_in_force(session, term);
  });
  if (!read) return tl::unexpected<Error>(read.error());
  for (const procedure::Person& person : made->people) made->by_aad_.emplace(person.aad_object_id, &person);

  const std::lock_guard lock(mutex_);
  current_ = std::move(made);
  return {};
}

std::shared_ptr<const Reference> ReferenceSource::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

}  // namespace pao::handlers
