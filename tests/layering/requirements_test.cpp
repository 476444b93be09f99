// Which test proves which requirement: read from the names of the tests, which end with "(R-29, C-07)" or
// begin with "C-07: ", and kept as a table for people in tests/REQUIREMENTS.md. PAO_UPDATE_GOLDEN=1 writes
// the table anew.
#include "tests/paths.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

struct NamedTest {
  std::string file;  // "tests/procedure/validation_window_test.cpp"
  std::string name;  // without the numbers around it
};

std::string contents(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// "first half " "second half": adjacent literals are one name.
std::string joined(const std::string& literals) {
  static const std::regex gap(R"re("\s*")re");
  return std::regex_replace(literals, gap, "");
}

void collect(const std::string& file, const std::string& source,
             std::map<std::string, std::vector<NamedTest>>& proofs) {
  static const std::regex test(R"re((?:TEST_CASE|SUBCASE)\(\s*"((?:[^"\\]|\\.|"\s*")*)"\s*\))re");
  static const std::regex numbers(R"re(\s*\(((?:[RC]-[0-9]{2}(?:, )?)+)\)$)re");
  static const std::regex check(R"re(^(C-[0-9]{2}): )re");
  static const std::regex number(R"re([RC]-[0-9]{2})re");
  for (std::sregex_iterator at(source.begin(), source.end(), test), end; at != end; ++at) {
    std::string name = joined((*at)[1]), listed;
    std::smatch found;
    if (std::regex_search(name, found, numbers)) {
      listed = found[1];
      name.resize(static_cast<std::size_t>(found.position(0)));
    }
    if (std::regex_search(name, found, check)) {
      listed += ", " + found.str(1);
      name.erase(0, static_cast<std::size_t>(found.length(0)));
    }
    for (std::sregex_iterator one(listed.begin(), listed.end(), number); one != end; ++one)
      proofs[one->str()].push_back({file, name});
  }
}

std::map<std::string, std::vector<NamedTest>> all_proofs(const fs::path& root) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root / "tests"))
    if (entry.path().extension() == ".cpp") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::map<std::string, std::vector<NamedTest>> proofs;
  for (const fs::path& file : files) collect(fs::relative(file, root).string(), contents(file), proofs);
  return proofs;
}

struct Requirement {
  std::string number, text;
};

std::vector<Requirement> all_requirements(const fs::path& root) {
  std::vector<Requirement> requirements;
  std::istringstream lines(contents(root / "tests/data/requirements.txt"));
  for (std::string line; std::getline(lines, line);)
    if (!line.empty() && line[0] != '#') requirements.push_back({line.substr(0, 4), line.substr(5)});
  return requirements;
}

std::string table(const std::vector<Requirement>& requirements,
                  const std::map<std::string, std::vector<NamedTest>>& proofs) {
  std::string text =
      "# Requirements and the tests that prove them\n\nGenerated from `tests/data/requirements.txt` and the "
      "names of the tests; test_layering with `PAO_UPDATE_GOLDEN=1` writes it anew.\n";
  for (const Requirement& requirement : requirements) {
    text += "\n**" + requirement.number + "** " + requirement.text + "\n\n";
    const auto found = proofs.find(requirement.number);
    if (found == proofs.end()) continue;
    for (const NamedTest& test : found->second) text += "- `" + test.file + "`: " + test.name + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("every requirement and check has a test that names it, and the table of them is up to date") {
  const fs::path root = pao::tests::source_dir;
  const auto requirements = all_requirements(root);
  CHECK(requirements.size() == 55 + 14);
  const auto proofs = all_proofs(root);
  for (const Requirement& requirement : requirements)
    CHECK_MESSAGE(proofs.count(requirement.number) != 0, requirement.number,
                  " has no test: ", requirement.text);
  for (const auto& [number, tests] : proofs)
    CHECK_MESSAGE(std::any_of(requirements.begin(), requirements.end(),
                              [&, &n = number](const Requirement& one) { return one.number == n; }),
                  number, " is in no list: ", tests.front().name);

  const std::string expected = table(requirements, proofs);
  const fs::path file = root / "tests/REQUIREMENTS.md";
  const char* update = std::getenv("PAO_UPDATE_GOLDEN");
  if (update && std::string(update) == "1") std::ofstream(file) << expected;
  CHECK(contents(file) == expected);
}

TEST_CASE("names of tests are read with their numbers, in one literal or in several") {
  std::map<std::string, std::vector<NamedTest>> proofs;
  collect("a.cpp",
          "TEST_CASE(\"one thing (R-29, C-07)\") {}\nTEST_CASE(\n    \"another \"\n    \"thing (R-29)\") {}\n"
          "TEST_CASE(\"speaks of R-29 (but only in passing)\") {}\n"
          "TEST_CASE(\"C-13: a timeline (R-43)\") {}\nTEST_CASE(\"C-14: another\") {}",
          proofs);
  REQUIRE(proofs["R-29"].size() == 2);
  CHECK(proofs["R-29"][0].name == "one thing");
  CHECK(proofs["R-29"][1].name == "another thing");
  CHECK(proofs["C-07"].size() == 1);
  for (const char* number : {"C-13", "R-43"}) {
    REQUIRE(proofs[number].size() == 1);
    CHECK(proofs[number][0].name == "a timeline");
  }
  CHECK(proofs["C-14"][0].name == "another");
  CHECK(proofs.size() == 5);
}
