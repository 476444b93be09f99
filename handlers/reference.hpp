// What the entity has fixed and every feature reads: guidelines in force, their search index, calendar,
// processes. Immutable once made; replaced as a whole when something was published or imported.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "handlers/procedure/model.hpp"
#include "handlers/understanding.hpp"
#include "storage/database.hpp"
#include "storage/guidelines_store.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pao::handlers {

struct Reference {
  std::int64_t revision = 0;
  int term = 0;                                 // vigencia of the Bogotá year it was made for
  std::vector<procedure::PracticeRules> rules;  // one a practice, general included
  // Those that were in force the year before: its last periods are recorded in this year, by its own rules.
  std::vector<procedure::PracticeRules> rules_before;
  procedure::Calendar calendar;
  std::vector<procedure::Process> processes;   // in the order of the process map
  std::vector<procedure::Criterion> criteria;  // of those guidelines, in the order of the files

  std::vector<procedure::Person> people;        // active ones, by id
  std::vector<storage::GuidelineKey> versions;  // that `rules` and `criteria` are of, by practice
  std::vector<std::string> entries;             // approved answers in force (entry_keys_in_force)

  // The active person with that Entra object id; null when unknown. Points into this object.
  const procedure::Person* person_by_aad(std::string_view aad_object_id) const;

  // What it takes to understand and answer questions. Made at the first call, which takes some tenths of a
  // second, in a program's first Reference about a second; callers at the same time wait. From any thread.
  // Another Reference has the same object when no criterion and no rule differ: a person's designation
  // bumps the revision and must not cost everybody's next question that time.
  const Knowledge& knowledge() const;

  // Null when the practice has no guideline. Points into this object.
  const procedure::PracticeRules* rules_of(std::string_view practice) const;
  // The same for a period of that year.
  const procedure::PracticeRules* rules_of(std::string_view practice, int year) const;
  const std::vector<procedure::PracticeRules>& rules_for(int year) const {
    return year < term ? rules_before : rules;
  }
  const procedure::Process* process(std::string_view id) const;
  std::string process_name(std::string_view id) const;  // the id itself when unknown
  bool sample_content() const;                          // some guideline is a sample: notices must be shown

 private:
  friend class ReferenceSource;
  std::unordered_map<std::string_view, const procedure::Person*> by_aad_;  // into `people`
  struct LazyKnowledge {
    std::once_flag made;
    std::optional<Knowledge> value;
  };
  std::shared_ptr<LazyKnowledge> knowledge_ = std::make_shared<LazyKnowledge>();
};

// Holds the current Reference. Safe from any thread: readers take a shared pointer and keep it for their
// turn.
class ReferenceSource {
 public:
  explicit ReferenceSource(storage::Database& database) : database_(database) {}

  // Reads again when the stored revision or the Bogotá year changed. Must have succeeded once before
  // current().
  Result<void> refresh(Instant now);

  std::shared_ptr<const Reference> current() const;

  // The same with the guidelines that were in force at the end of that day: the vigencia of its year, or of
  // the latest earlier one that had been published (C-01, R-03). Without `rules` when none was. Calendar,
  // processes and people are today's. The last few are kept with their knowledge; making a new one takes a
  // few milliseconds, and its knowledge() tenths of a second: never inside a write transaction. After the
  // first refresh().
  Result<std::shared_ptr<const Reference>> as_of(Date day) const;

 private:
  // Under the lock: another one with the same criteria and rules has learned already.
  void share_knowledge(Reference& made) const;
  static std::shared_ptr<Reference> read(storage::Session& session, int term, Instant at);

  storage::Database& database_;
  std::mutex refreshing_;  // one at a time, so that an older one never comes last
  mutable std::mutex mutex_;
  std::shared_ptr<const Reference> current_;
  mutable std::vector<std::shared_ptr<const Reference>> kept_;  // of other days; the latest used last
};

}  // namespace pao::handlers
