#include "handlers/controls/control_handler.hpp"
#include "handlers/controls/control_subjects.hpp"
#include "storage/control_points_store.hpp"
#include "storage/people_store.hpp"
#include "storage/registro_store.hpp"

#include <algorithm>

namespace pao::handlers::controls {
namespace {

using namespace std::chrono_literals;

bool is_advisor(const procedure::RoleGrant& grant, Date today) {
  return grant.role == procedure::Role::advisor && !grant.process_id.empty() &&
         (!grant.since || *grant.since <= today) && (!grant.until || today <= *grant.until);
}

// Who advises some process today, by id.
std::vector<procedure::Person> advisors(const Reference& reference, Date today) {
  std::vector<procedure::Person> found;
  for (const procedure::Person& person : reference.people) {
    if (std::any_of(person.roles.begin(), person.roles.end(),
                    [&](const auto& grant) { return is_advisor(grant, today); })) {
      found.push_back(person);
    }
  }
  return found;
}

}  // namespace

Result<int> draw_monthly_sample(storage::Database& database, const Reference& reference, Instant now) {
  const Date today = local_date(now);
  const procedure::Period month = month_before(today);
  const std::string period = procedure::to_text(month);
  const std::vector<procedure::Person> candidates = advisors(reference, today);
  if (candidates.empty()) return 0;
  const procedure::Person& advisor = candidates[procedure::whose_turn(month, candidates.size())];
  const auto entries = database.read([&](storage::Session& session) {
    std::vector<std::int64_t> numbers;
    if (storage::sample_of(session, period)) return numbers;
    const Instant from = start_of_day(procedure::first_day(month));
    const Instant until = start_of_day(procedure::last_day(month) + std::chrono::days{1});
    for (const auto& turn : storage::answered_turns(session, from, until)) numbers.push_back(turn.number);
    return numbers;
  });
  if (!entries) return tl::unexpected<Error>(entries.error());
  const std::vector<std::int64_t> drawn = procedure::draw_sample(*entries, period, sample_size);
  if (drawn.empty()) return 0;
  return database.write([&](storage::Session& session) -> Result<int> {
    if (!storage::add_sample(session, period, advisor.id, drawn, now)) return 0;
    storage::append_registro(session, {.at = now,
                                       .actor = "job:controls.sample",
                                       .channel = "job",
                                       .kind = "control.sample_drawn",
                                       .subject = procedure::register_subject(period),
                                       .content = R"({"answers":)" + std::to_string(drawn.size()) +
                                                  R"(,"advisor":")" + advisor.id + R"("})"});
    storage::enqueue(session, {.key = "control:" + procedure::register_subject(period) + ":" + advisor.id,
                               .kind = sample_kind,
                               .priority = storage::Priority::notice,
                               .lane = "person:" + advisor.aad_object_id,
                               .aad_object_id = advisor.aad_object_id,
                               .subject = procedure::register_subject(period),
                               .not_before = now,
                               .expires_at = now + 20 * 24h,
                               .created_at = now});
    return static_cast<int>(drawn.size());
  });
}

Result<std::optional<Content>> render_sample(storage::Session& session, const Reference& reference,
                                             const storage::OutboxMessage& message, Instant) {
  std::optional<Examined> examined = examine(session, reference, message.subject);
  if (!examined || storage::is_control_confirmed(session, message.subject)) return std::optional<Content>{};
  examined->view.may_confirm = true;
  return std::optional<Content>(Content{.card = cards::control_card(examined->view)});
}

}  // namespace pao::handlers::controls
