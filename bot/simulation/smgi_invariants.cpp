#include "bot/simulation/smgi_invariants.hpp"

#include "storage/filings_store.hpp"
#include "storage/jobs_store.hpp"
#include "storage/requests_store.hpp"
#include "storage/verification_store.hpp"

#include <nlohmann/json.hpp>

namespace pao::bot::simulation {
namespace {

using namespace std::chrono_literals;
using storage::Session;
using storage::SmgiFiling;
using storage::SmgiState;

// A day ends with a look of the scheduler, after which nobody writes anything.
constexpr auto since_the_last_look = 5min;

// The product knows what the SMGI answered, or has not read it yet; it never knows more.
void check_state(const SmgiFiling& filing, const Smgi::Filing& there, const Expect& expect) {
  if (filing.state == SmgiState::confirmed)
    expect("smgi_confirmed_as_given", there.answered && there.number == filing.smgi_number,
           filing.key + " is confirmed as " + filing.smgi_number + ", the SMGI says " + there.number);
  if (filing.state == SmgiState::refused)
    expect("smgi_refused_as_given", there.answered && (there.number.empty() || there.considered_again),
           filing.key + " is refused, the SMGI says " + there.number);
}

void check_subject(Session& session, const SmgiFiling& filing, const Expect& expect) {
  if (filing.state != SmgiState::confirmed) return;
  if (filing.kind != "avance") {
    const auto request = storage::find_request(session, filing.id);
    expect("smgi_number_shown", request && request->id == filing.smgi_number,
           filing.id + " does not have the number " + filing.smgi_number);
    return;
  }
  const auto stored = storage::find_record(session, filing.id);
  expect("smgi_number_shown", stored && stored->smgi_number == filing.smgi_number,
         filing.id + " does not show " + filing.smgi_number);
  if (!stored) return;
  const std::string newest =
      filing.id + ".r" + std::to_string(storage::revisions_of(session, filing.id).size() + 1);
  const bool confirmed = stored->record.filing == procedure::FilingState::confirmed;
  expect("smgi_record_confirmed", newest != filing.key || confirmed,
         filing.id + " is not confirmado although its present content is");
  if (!confirmed || newest == filing.key) return;
  const auto of_newest = storage::find_filing(session, newest);
  expect("smgi_record_confirmed", of_newest && of_newest->state == SmgiState::confirmed,
         filing.id + " is confirmado although its present content is not");
}

}  // namespace

void SmgiInvariants::see(const storage::RegistroEntry& entry, const Expect& expect) {
  if (entry.channel != "smgi") return;
  const auto content = nlohmann::json::parse(entry.content, nullptr, false);
  const std::string key = content.is_object() ? content.value("filing", "") : "";
  if (entry.kind == "smgi.sent") {
    expect("smgi_handed_over_once", ++handed_over_[key] == 1, key + " was handed over twice");
  } else if (entry.kind == "smgi.confirmed") {
    expect("smgi_confirmed_once", ++confirmed_[key] == 1, key + " was confirmed twice");
    expect("smgi_handed_over_once", handed_over_[key] == 1, key + " was confirmed and never handed over");
  } else if (entry.kind == "smgi.refused") {
    expect("smgi_confirmed_once", confirmed_[key] == 0, key + " was refused after it was confirmed");
  }
}

void SmgiInvariants::check(Session& session, const Smgi& smgi, Instant now, bool whole,
                           const Expect& expect) {
  expect("smgi_same_content", smgi.contradictions().empty(),
         smgi.contradictions().empty() ? "" : smgi.contradictions().front());
  if (smgi.is_away()) return;  // what was handed over before it went away is looked at when it is back
  for (const SmgiFiling& filing : storage::filings_since(session, whole ? Instant{} : seen_until_)) {
    const auto there = smgi.filings().find(filing.key);
    expect("smgi_knows_what_was_handed_over", there != smgi.filings().end(), filing.key);
    if (there == smgi.filings().end()) continue;
    check_state(filing, there->second, expect);
    check_subject(session, filing, expect);
  }
  seen_until_ = now;
  const auto exchanged = storage::last_run(session, "smgi.exchange");
  if (!exchanged || !exchanged->succeeded_at) return;
  if (now - *exchanged->succeeded_at < since_the_last_look)
    expect("smgi_nothing_left_behind",
           storage::records_to_file(session, 1).empty() && storage::requests_to_file(session, 1).empty(),
           "something waits since before " + iso_instant(*exchanged->succeeded_at));
  if (!whole) return;
  for (const auto& [key, filing] : smgi.filings()) {
    if (!filing.answered || filing.considered_again || filing.decided_at > now - 48h) continue;
    const auto known = storage::find_filing(session, key);
    expect("smgi_answers_taken", known && known->state != SmgiState::sent,
           key + " was answered long ago and the product does not know it");
  }
}

}  // namespace pao::bot::simulation
