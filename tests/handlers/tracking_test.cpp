// Which obligations of which year are followed, and that one item is followed as all are.
#include "handlers/tracking.hpp"

#include "storage/items_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;

namespace {

std::vector<Tracked> tracked_in(const Assistant& assistant, const std::string& process) {
  return reading(assistant.database(), [&](storage::Session& session) {
    return track(session, *assistant.reference().current(), process, assistant.now()).value();
  });
}

std::vector<Tracked> item_in(const Assistant& assistant, const std::string& id, int year) {
  return reading(assistant.database(), [&](storage::Session& session) {
    const Reference& reference = *assistant.reference().current();
    const auto item = find_recorded_item(session, reference, id);
    REQUIRE(item);
    return track_item(session, reference, *item, year, assistant.now()).value();
  });
}

// What tells one standing from another.
std::string told(const Tracked& one) {
  return procedure::obligation_key(one.obligation) + " " + iso_date(one.obligation.due_on) + " " +
         std::to_string(static_cast<int>(one.assessment.state)) + " " +
         std::to_string(static_cast<int>(one.assessment.timeliness)) + " " +
         (one.recorded_at ? iso_instant(*one.recorded_at) : "-") + " " + one.item_name + " " + one.owner_id;
}

}  // namespace

TEST_CASE("in January what fell due last year is history; what is due now is still pending") {
  Assistant assistant;
  assistant.move_to("2027-01-04T09:00:00-05:00");
  const std::vector<Tracked> tracked = tracked_in(assistant, "DIR");
  const Date new_year = make_date(2027, 1, 1);
  int of_last_year = 0;
  for (const Tracked& one : tracked) {
    CAPTURE(told(one));
    CHECK(one.obligation.due_on >= new_year);
    of_last_year += one.obligation.period.starts_with("2026");
  }
  CHECK(of_last_year > 0);
  CHECK(std::ranges::any_of(
      tracked, [](const Tracked& one) { return one.obligation.period == "2026-12" && is_pending(one); }));
  CHECK(std::ranges::none_of(tracked, [](const Tracked& one) { return one.obligation.period == "2026-11"; }));
}

TEST_CASE("one item stands as it does among all of its process, and all processes as each by itself") {
  Assistant assistant;
  for (const char* moment : {"2026-11-12T09:00:00-05:00", "2027-01-04T09:00:00-05:00"}) {
    assistant.move_to(moment);
    std::vector<std::string> together, each, of_dir, by_item;
    for (const Tracked& one : tracked_in(assistant, "")) together.push_back(told(one));
    for (const procedure::Process& process : assistant.reference().current()->processes)
      for (const Tracked& one : tracked_in(assistant, process.id)) each.push_back(told(one));
    std::ranges::sort(together);
    std::ranges::sort(each);
    CHECK(together == each);
    CHECK(together.size() > 1000);

    std::vector<std::string> ids;
    for (const Tracked& one : tracked_in(assistant, "DIR")) {
      of_dir.push_back(told(one));
      if (std::ranges::find(ids, one.obligation.item_id) == ids.end()) ids.push_back(one.obligation.item_id);
    }
    const int this_year = std::string_view(moment).starts_with("2027") ? 2027 : 2026;
    for (const std::string& id : ids) {
      for (const int year : {this_year - 1, this_year}) {
        for (const Tracked& one : item_in(assistant, id, year))
          if (one.obligation.due_on >= make_date(this_year, 1, 1)) by_item.push_back(told(one));
      }
    }
    std::ranges::sort(of_dir);
    std::ranges::sort(by_item);
    CHECK(of_dir == by_item);
    CHECK_FALSE(of_dir.empty());
  }
}
