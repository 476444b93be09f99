// Every card as it is today, in a file. PAO_UPDATE_GOLDEN=1 rewrites the files; the difference is then for a
// person to read before committing it.
#include "tests/cards/gallery.hpp"
#include "tests/paths.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(pao::tests::source_dir) / "tests" / "cards" / "golden";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string golden_text(const pao::cards::Card& card) {
  const nlohmann::ordered_json json = {{"summary", card.summary},
                                       {"card", nlohmann::ordered_json::parse(card.json)}};
  return json.dump(2) + "\n";
}

}  // namespace

TEST_CASE("every card is as its golden file says, and every golden file has its card") {
  const char* update = std::getenv("PAO_UPDATE_GOLDEN");
  const bool rewrite = update != nullptr && std::string(update) == "1";
  std::set<std::string> names;
  for (const auto& sample : pao::cards::gallery::samples()) {
    CAPTURE(sample.name);
    CHECK(names.insert(sample.name + ".json").second);
    const fs::path path = folder / (sample.name + ".json");
    if (rewrite) std::ofstream(path, std::ios::binary) << golden_text(sample.card);
    CHECK(read(path) == golden_text(sample.card));
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    if (rewrite && !names.contains(name)) fs::remove(entry.path());
    CHECK((rewrite || names.contains(name)));
  }
}
