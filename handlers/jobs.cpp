#include "handlers/jobs.hpp"

#include "handlers/alerts/digest.hpp"
#include "handlers/consult/silence.hpp"
#include "handlers/controls/control_handler.hpp"
#include "handlers/guideline_review.hpp"
#include "handlers/learning/monthly_proposals.hpp"
#include "handlers/reports/cycle.hpp"
#include "handlers/reports/improvements.hpp"
#include "handlers/requests/clock_job.hpp"
#include "storage/activities_store.hpp"

#include <algorithm>

namespace pao::handlers {
namespace {

using namespace std::chrono_literals;

// A repeated activity arrives within minutes; a week leaves room for an outage of the channel.
constexpr std::chrono::days outcomes_kept{7};

Result<std::string> send_alert_digests(storage::Database& database, const ReferenceSource& reference,
                                       Instant now) {
  const Result<int> sent = alerts::send_digests(database, *reference.current(), now);
  if (!sent) return tl::unexpected<Error>(sent.error());
  return std::to_string(*sent) + " digests enqueued";
}

Result<std::string> escalate_silent_consults(storage::Database& database, const ReferenceSource& reference,
                                             Instant now) {
  const Result<int> moved = consult::escalate_silence(database, *reference.current(), now);
  if (!moved) return tl::unexpected<Error>(moved.error());
  return std::to_string(*moved) + " consults moved";
}

Result<std::string> draw_sample(storage::Database& database, const ReferenceSource& reference, Instant now) {
  const Result<int> drawn = controls::draw_monthly_sample(database, *reference.current(), now);
  if (!drawn) return tl::unexpected<Error>(drawn.error());
  return std::to_string(*drawn) + " answers drawn";
}

Result<std::string> tell_proposals(storage::Database& database, const ReferenceSource& reference,
                                   Instant now) {
  const Result<int> told = learning::tell_proposals(database, *reference.current(), now);
  if (!told) return tl::unexpected<Error>(told.error());
  return std::to_string(*told) + " people told of proposals";
}

Result<std::string> remind_review(storage::Database& database, const ReferenceSource& reference,
                                  Instant now) {
  const Result<int> sent = remind_of_review(database, *reference.current(), now);
  if (!sent) return tl::unexpected<Error>(sent.error());
  return std::to_string(*sent) + " reminders enqueued";
}

Result<std::string> build_reports(storage::Database& database, const ReferenceSource& reference,
                                  Instant now) {
  const Result<int> built = reports::build_due_drafts(database, *reference.current(), now);
  if (!built) return tl::unexpected<Error>(built.error());
  return std::to_string(*built) + " reports drafted";
}

Result<std::string> look_after_windows(storage::Database& database, const ReferenceSource& reference,
                                       Instant now) {
  const auto done = reports::look_after_windows(database, *reference.current(), now);
  if (!done) return tl::unexpected<Error>(done.error());
  return std::to_string(done->extended) + " windows extended, " + std::to_string(done->closed) + " closed, " +
         std::to_string(done->unanswered) + " recommendations without answer, " +
         std::to_string(done->settled) + " reports settled";
}

Result<std::string> follow_improvements(storage::Database& database, const ReferenceSource& reference,
                                        Instant now) {
  const Result<int> moves = reports::follow_improvements(database, *reference.current(), now);
  if (!moves) return tl::unexpected<Error>(moves.error());
  return std::to_string(*moves) + " recommendations moved";
}

Result<std::string> run_request_clock(storage::Database& database, const ReferenceSource& reference,
                                      Instant now) {
  const Result<int> moved = requests::run_clock(database, *reference.current(), now);
  if (!moved) return tl::unexpected<Error>(moved.error());
  return std::to_string(*moved) + " requests moved";
}

Result<std::string> purge_activities(storage::Database& database, Instant now) {
  const Result<std::int64_t> purged = database.write(
      [&](storage::Session& session) { return storage::purge_outcomes(session, now - outcomes_kept); });
  if (!purged) return tl::unexpected<Error>(purged.error());
  return std::to_string(*purged) + " outcomes purged";
}

}  // namespace

bool is_due(const Schedule& schedule, std::optional<Instant> last_run, Instant now,
            const procedure::Calendar& calendar) {
  const Date today = local_date(now);
  // A last run in the future was by a clock that was ahead: running twice changes nothing, waiting would.
  if (schedule.every.count() > 0) {
    if (last_run && *last_run <= now && now < *last_run + schedule.every) return false;
  } else if (last_run && local_date(*last_run) == today) {
    return false;
  }
  if (schedule.business_days_only && !calendar.is_business_day(today)) return false;
  const std::chrono::milliseconds time = local_time_of_day(now);
  return time >= schedule.from && time < schedule.until;
}

std::chrono::minutes retry_pause(int failures) {
  constexpr std::chrono::minutes longest = 30min;
  return failures >= 6 ? longest
                       : std::min<std::chrono::minutes>(longest, 1min * (1 << std::max(0, failures - 1)));
}

bool may_retry(Instant failed_at, int failures, Instant now) {
  return failures == 0 || now < failed_at || now >= failed_at + retry_pause(failures);
}

std::vector<Job> make_jobs(storage::Database& database, const ReferenceSource& reference) {
  return {
      // name               from  until  business days only
      // Before the digest: what was closed or moved is told as it stands, and not before the working day.
      {"requests.clock",
       {8h, 18h, true},
       [&](Instant now) { return run_request_clock(database, reference, now); }},
      {"alerts.digest",
       {8h, 18h, true},
       [&](Instant now) { return send_alert_digests(database, reference, now); }},
      {"consults.silence",
       {8h, 18h, true},
       [&](Instant now) { return escalate_silent_consults(database, reference, now); }},
      {"controls.sample",
       {9h, 18h, true},
       [&](Instant now) { return draw_sample(database, reference, now); }},
      {"learning.proposals",
       {9h, 18h, true},
       [&](Instant now) { return tell_proposals(database, reference, now); }},
      {"guidelines.review",
       {9h, 18h, true},
       [&](Instant now) { return remind_review(database, reference, now); }},
      // A window ends at midnight: the first look of the day closes it.
      {"reports.windows",
       {0h, 24h, false},
       [&](Instant now) { return look_after_windows(database, reference, now); }},
      {"reports.drafts",
       {6h, 24h, true},
       [&](Instant now) { return build_reports(database, reference, now); }},
      {"reports.improvements",
       {7h, 18h, true},
       [&](Instant now) { return follow_improvements(database, reference, now); }},
      {"activities.purge", {2h, 24h, false}, [&](Instant now) { return purge_activities(database, now); }},
  };
}

}  // namespace pao::handlers
