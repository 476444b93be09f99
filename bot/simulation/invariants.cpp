#include "bot/simulation/invariants.hpp"

#include "cards/verbs.hpp"
#include "handlers/alerts/digest.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/requests/clock_job.hpp"
#include "handlers/tracking.hpp"
#include "storage/items_store.hpp"
#include "storage/outbox_store.hpp"
#include "storage/people_store.hpp"
#include "storage/registro_store.hpp"
#include "storage/request_events_store.hpp"
#include "storage/requests_store.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace pao::bot::simulation {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t examples_kept = 5;
constexpr int days_between_whole_checks = 30;

IndependentDates dates_of(const procedure::Calendar& calendar) {
  std::set<Date> closed, worked;
  for (const procedure::EntityDay& day : calendar.entity_days())
    (day.working ? worked : closed).insert(day.day);
  return {std::move(closed), std::move(worked)};
}

int year_of(Date day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

// The (item, period) pairs that a card offers to register.
std::vector<std::pair<std::string, std::string>> offered_to_register(const client::CardText& card) {
  std::vector<std::pair<std::string, std::string>> offered;
  for (const client::CardAction& action : card.actions) {
    if (action.verb != cards::verb::progress_form) continue;
    const nlohmann::json data = nlohmann::json::parse(action.data, nullptr, false);
    if (data.is_object()) offered.emplace_back(data.value("elemento", ""), data.value("periodo", ""));
  }
  return offered;
}

// What the events of a request say of its clock.
struct Waited {
  std::optional<Date> started;
  int level = 0;
  std::vector<std::pair<Date, std::optional<Date>>> waits;  // asked, answered
};

Waited waited_of(const std::vector<procedure::ClockEvent>& events) {
  Waited waited;
  for (const procedure::ClockEvent& event : events) {
    if (event.kind == procedure::ClockEventKind::start) {
      waited.started = event.on;
      waited.level = event.business_days;
    }
    if (event.kind == procedure::ClockEventKind::stop) waited.waits.emplace_back(event.on, std::nullopt);
    if (event.kind == procedure::ClockEventKind::resume) waited.waits.back().second = event.on;
  }
  return waited;
}

// Day by day from the start, those of waiting left out; none while information is awaited.
std::optional<Date> service_due_of(const Waited& waited, const IndependentDates& dates) {
  if (!waited.started || (!waited.waits.empty() && !waited.waits.back().second)) return std::nullopt;
  Date day = *waited.started;
  for (int counted = 0; counted < waited.level;) {
    day += std::chrono::days{1};
    const bool waits = std::any_of(waited.waits.begin(), waited.waits.end(), [&](const auto& wait) {
      return wait.first < day && day <= std::min(*wait.second, dates.after(wait.first, 5));
    });
    if (!waits && dates.is_business_day(day)) ++counted;
  }
  return day;
}

}  // namespace

void Invariants::expect(const char* name, bool true_today, const std::string& example) {
  auto [entry, is_new] = found_.try_emplace(name);
  if (is_new) {
    entry->second.name = name;
    entry->second.says = invariant_text(name);
    order_.push_back(name);
  }
  ++entry->second.checks;
  if (true_today) return;
  ++entry->second.violations;
  if (entry->second.examples.size() < examples_kept) entry->second.examples.push_back(example);
}

std::vector<Invariant> Invariants::results() const {
  std::vector<Invariant> results;
  for (const std::string& name : order_) results.push_back(found_.at(name));
  return results;
}

bool Invariants::hold() const {
  return std::all_of(found_.begin(), found_.end(),
                     [](const auto& one) { return one.second.violations == 0; });
}

void Invariants::check_day(Date day, DayEnd end) {
  const bool whole = end == DayEnd::of_the_span || ++days_ % days_between_whole_checks == 0;
  due_dates();
  alert_hours(day);
  digests();
  registro(whole);
  owners(day);
  delivery(day);
  requests(day, whole || end == DayEnd::after_a_kill);
  answers();
  reports();
  outside(whole);
}

// Obligations are derived from the guideline and the calendar; they change only when those do.
void Invariants::due_dates() {
  const auto reference = world_.service.current_reference();
  const int year = year_of(local_date(world_.service.now()));
  if (reference->revision == reference_seen_ && year == year_seen_) return;
  reference_seen_ = reference->revision;
  year_seen_ = year;
  const IndependentDates dates = dates_of(reference->calendar);
  const auto tracked = world_.service.store().read([&](storage::Session& session) {
    return handlers::track_year(session, *reference, "", year, world_.service.now());
  });
  if (!tracked) return expect("due_dates", false, tracked.error().detail);
  for (const handlers::Tracked& one : *tracked) {
    const procedure::PracticeRules* rules = reference->rules_of(one.obligation.practice, year);
    const bool annual = one.obligation.practice == procedure::practice::documents;
    const unsigned month = rules->cutoff_month != 0 ? static_cast<unsigned>(rules->cutoff_month)
                           : annual                 ? 10
                                                    : 0;
    const Date due = dates.record_due(one.obligation.period, rules->cutoff_business_day, month);
    expect("due_dates", due == one.obligation.due_on,
           procedure::obligation_key(one.obligation) + " is due on " + iso_date(one.obligation.due_on) +
               ", independently " + iso_date(due));
  }
}

void Invariants::alert_hours(Date) {
  const IndependentDates dates = dates_of(world_.service.current_reference()->calendar);
  for (const Delivered& one : world_.clients.delivered_today()) {
    if (one.kind != handlers::alerts::digest_kind) continue;
    const auto time = local_time_of_day(one.at);
    expect("no_alert_outside_hours", dates.is_business_day(local_date(one.at)) && time >= 8h && time < 18h,
           one.key + " at " + iso_instant(one.at));
  }
}

void Invariants::digests() {
  std::map<std::string, std::set<std::int64_t>> digests;  // by conversation and day
  for (const Delivered& one : world_.clients.delivered_today()) {
    if (one.kind != handlers::alerts::digest_kind) continue;
    auto& of_person = digests[one.conversation + iso_date(local_date(one.at))];
    of_person.insert(one.message);
    expect("at_most_one_digest", of_person.size() == 1, one.key);
    const auto offered = offered_to_register(one.shown);
    (void)world_.service.store().read([&](storage::Session& session) {
      for (const auto& [item, period] : offered) {
        const auto records = storage::records_of_item(session, item);
        const bool done = std::any_of(records.begin(), records.end(), [&, &p = period](const auto& record) {
          return record.period == p && record.recorded_at < one.at;
        });
        expect("no_reminder_after_completion", !done, item + " " + period + " in " + one.key);
      }
    });
  }
}

void Invariants::registro(bool whole) {
  (void)world_.service.store().read([&](storage::Session& session) {
    std::int64_t expected = registro_seen_ + 1;
    storage::each_registro(session, expected, [&](const storage::RegistroEntry& entry) {
      expect("registro_without_gaps", entry.number == expected, "entry " + std::to_string(entry.number));
      expected = entry.number + 1;
      smgi_.see(entry, expectation());
      return true;
    });
    registro_seen_ = expected - 1;
    if (!whole) return;
    const storage::RegistroVerdict verdict = storage::verify_registro(session);
    expect("registro_chain", verdict.first_broken == 0,
           "entry " + std::to_string(verdict.first_broken) + ": " + verdict.reason);
  });
}

void Invariants::owners(Date day) {
  const auto reference = world_.service.current_reference();
  (void)world_.service.store().read([&](storage::Session& session) {
    for (const procedure::Process& process : reference->processes) {
      for (const procedure::Role role :
           {procedure::Role::leader, procedure::Role::liaison, procedure::Role::advisor}) {
        expect("nobody_without_owner", !storage::people_with_role(session, role, process.id, day).empty(),
               process.id + " has no " + std::string(procedure::to_word(role)) + " on " + iso_date(day));
      }
      for (const procedure::ServiceRequest& request : storage::requests_of(session, process.id, true)) {
        expect("nobody_without_owner", !request.advisor_id.empty(), request.id + " has no advisor");
      }
    }
  });
}

void Invariants::delivery(Date day) {
  (void)world_.service.store().read([&](storage::Session& session) {
    const std::string prefix = std::string(handlers::alerts::digest_kind) + ":" + iso_date(day) + ":";
    std::int64_t sum = 0;
    for (const storage::StateCount& count : storage::count_by_state(session, prefix)) sum += count.messages;
    std::set<std::int64_t> arrived;
    for (const Delivered& one : world_.clients.delivered_today()) {
      if (one.key.starts_with(prefix)) arrived.insert(one.message);
    }
    expect("delivery_sums", static_cast<std::int64_t>(arrived.size()) <= sum,
           std::to_string(arrived.size()) + " arrived of " + std::to_string(sum) + " on " + iso_date(day));
  });
  for (const std::string& key : world_.channel.unexplained_doubles())
    expect("no_unexplained_double", false, key);
  expect("no_unexplained_double", world_.channel.unexplained_doubles().empty(), "");
}

// An SS is what its events replay to, and its due date is the independent one.
void Invariants::clock_of(storage::Session& session, const procedure::ServiceRequest& request,
                          const IndependentDates& dates) {
  const std::string fault = handlers::requests::clock_fault(session, request);
  expect("ss_clocks_replayable", fault.empty(), request.id + ": " + fault);
  const std::optional<Date> due =
      service_due_of(waited_of(storage::clock_events_of(session, request.id)), dates);
  expect("ss_due_dates", due == request.due_on,
         request.id + " is due on " + (request.due_on ? iso_date(*request.due_on) : "no day") +
             ", independently " + (due ? iso_date(*due) : "no day"));
}

// Every day those of which something happened, and that none waits longer than it may; the whole store when
// asked for, because a damage leaves no event.
void Invariants::requests(Date day, bool whole) {
  const IndependentDates dates = dates_of(world_.service.current_reference()->calendar);
  (void)world_.service.store().read([&](storage::Session& session) {
    std::set<std::string> changed;
    for (const storage::RequestEventRow& event :
         storage::request_events_after(session, request_event_seen_)) {
      changed.insert(event.request_id);
      request_event_seen_ = event.id;
    }
    for (const procedure::ServiceRequest& request :
         whole ? storage::all_requests(session) : storage::open_requests(session, "")) {
      if (whole || changed.contains(request.id)) clock_of(session, request, dates);
      changed.erase(request.id);
      if (request.state != procedure::RequestState::waiting_information) continue;
      const Waited waited = waited_of(storage::clock_events_of(session, request.id));
      if (waited.waits.empty()) continue;
      const Date until = dates.after(waited.waits.back().first, 5);
      expect("ss_waits_end", until >= day || !dates.is_business_day(day),
             request.id + " still waits on " + iso_date(day) + ", until " + iso_date(until));
    }
    for (const std::string& id : changed) {  // those that ended today
      const auto request = storage::find_request(session, id);
      if (request) clock_of(session, *request, dates);
    }
  });
}

void Invariants::answers() {
  expect("repeated_activity_same_answer", world_.clients.differing_answers().empty(),
         world_.clients.differing_answers().empty() ? "" : world_.clients.differing_answers().front());
}

void Invariants::reports() {
  const IndependentDates dates = dates_of(world_.service.current_reference()->calendar);
  (void)world_.service.store().read([&](storage::Session& session) {
    reports_.check(session, dates, world_.service.now(), expectation());
  });
}

void Invariants::outside(bool whole) {
  const auto reference = world_.service.current_reference();
  (void)world_.service.store().read([&](storage::Session& session) {
    mails_.check(session, *reference, world_.mail, world_.clients.delivered_today(), world_.service.now(),
                 expectation());
    smgi_.check(session, world_.smgi, world_.service.now(), whole, expectation());
  });
}

Expect Invariants::expectation() {
  return [this](const char* name, bool holds, const std::string& example) { expect(name, holds, example); };
}

}  // namespace pao::bot::simulation
