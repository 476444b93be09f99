// The campaign of tests/faults, small enough to run every time; `./pao faults` is the whole of it.
#include "tests/faults/campaign.hpp"
#include "tests/paths.hpp"
#include "tests/storage/temporary_store.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace pao::tests {

TEST_CASE("a mass sending survives a failing channel and three deaths of the program") {
  const storage::test::TemporaryFolder folder;
  const CampaignResult result = run_campaign({.program = pao::tests::program,
                                              .folder = folder.path(),
                                              .recipients = 200,
                                              .talkative = 5,
                                              .conversation_length = 10,
                                              .lease_seconds = 5,
                                              .patience = std::chrono::seconds{120}});
  CAPTURE(to_json(result).dump(2));
  CHECK(result.messages == 245);
  CHECK(result.in_some_state == result.messages);
  CHECK(result.lost == 0);
  CHECK(result.repeated_uncounted == 0);
  CHECK(result.out_of_order == 0);
  CHECK(result.too_fast == "");
  CHECK(result.busiest_second <= 50);
  CHECK(result.kills == 3);
  CHECK(result.storm.throttled > 0);
  CHECK(result.storm.accepted_without_receipt > 0);
}

}  // namespace pao::tests
