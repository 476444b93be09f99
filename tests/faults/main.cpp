// The campaign for the command line: `faults [RECIPIENTS [REQUESTS_PER_SECOND [SEED]]]` prints the counts as
// JSON; status 1 when something that must not happen did.
#include "tests/faults/campaign.hpp"
#include "tests/paths.hpp"

#include <nlohmann/json.hpp>
#include <stdlib.h>

#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

int main(int count, char** arguments) {
  std::string folder = (std::filesystem::temp_directory_path() / "pao-faults-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    std::cerr << "no temporary folder\n";
    return 1;
  }
  int status = 1;
  try {
    pao::tests::CampaignOptions options{.program = pao::tests::program, .folder = folder};
    if (count > 1) options.recipients = std::stoul(arguments[1]);
    if (count > 2) options.requests_per_second = std::stoi(arguments[2]);
    if (count > 3) options.weather.seed = std::stoul(arguments[3]);
    const pao::tests::CampaignResult result = pao::tests::run_campaign(options);
    std::cout << pao::tests::to_json(result).dump(2) << "\n";
    status = result.is_good() ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
  }
  std::error_code ignored;
  if (status == 0) std::filesystem::remove_all(folder, ignored);
  if (status != 0) std::cerr << "the store and the log are in " << folder << "\n";
  return status;
}
