// Who may include whom (README, "Map of the code"). Reads the #include lines of the tree and says in a
// sentence which line breaks which rule. The rules are checked on bad examples too, so that this test can
// fail.

#include "tests/paths.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

struct Include {
  std::string file;  // from the project root: "cards/alert_card.cpp"
  int line;
  std::string name;  // as written, without quotes or brackets
  bool quoted;       // "…": ours; <…>: somebody else's
};

bool starts_with(const std::string& text, const std::string& start) {
  return text.rfind(start, 0) == 0;
}

std::vector<Include> includes_of(const std::string& file, std::istream& source) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
  std::vector<Include> found;
  int number = 0;
  for (std::string line; std::getline(source, line);) {
    ++number;
    std::smatch match;
    if (std::regex_search(line, match, pattern)) found.push_back({file, number, match[2], match[1] == "\""});
  }
  return found;
}

// The layer of a path of ours: "procedure", "cards", "storage", "handlers" (its shared headers),
// "handlers/alerts" (a feature), "bot", "tests"; empty when the path is in none.
std::string layer_of(const std::string& path) {
  if (starts_with(path, "handlers/procedure/")) return "procedure";
  if (starts_with(path, "handlers/")) {
    const auto end = path.find('/', 9);
    return end == std::string::npos ? "handlers" : path.substr(0, end);
  }
  for (const auto* layer : {"cards", "storage", "bot", "tests"})
    if (starts_with(path, std::string(layer) + "/")) return layer;
  return {};
}

bool may_include(const std::string& from, const std::string& to) {
  if (from == to || from == "bot" || from == "tests") return to != "tests" || from == "tests";
  if (from == "procedure") return false;
  if (from == "cards" || from == "storage") return to == "procedure";
  if (!starts_with(from, "handlers")) return false;
  if (to == "procedure" || to == "cards" || to == "storage" || to == "handlers") return true;
  return from == "handlers" &&
         starts_with(to, "handlers/");  // the lists of routes and jobs name every feature
}

// Foreign headers, by the layer that may see them; everybody sees the standard library and <tl/expected.hpp>.
const std::vector<std::pair<std::string, std::set<std::string>>>& foreign_headers() {
  static const std::vector<std::pair<std::string, std::set<std::string>>> table = {
      {"nlohmann/", {"cards", "storage", "bot"}},
      {"SQLiteCpp/", {"storage"}},
      {"sqlite3.h", {"storage"}},
      {"libstemmer.h", {"storage"}},
      {"zip.h", {"storage"}},
      {"pugixml.hpp", {"storage"}},
      {"openssl/", {"storage", "bot"}},
      {"httplib.h", {"bot"}},
      {"curl/", {"bot"}},
      {"spdlog/", {"bot"}},
      {"fmt/", {"bot"}},
      {"CLI/", {"bot"}},
      {"sys/", {"bot", "storage"}},
      {"netinet/", {"bot"}},
      {"arpa/", {"bot"}},
      {"netdb.h", {"bot"}},
      {"unistd.h", {"bot", "storage"}},
      {"fcntl.h", {"bot", "storage"}},
      {"signal.h", {"bot"}},
      {"poll.h", {"bot"}},
      {"pthread.h", {"bot"}},
      {"malloc.h", {"bot"}},
      {"tl/expected.hpp", {"procedure", "cards", "storage", "handlers", "bot"}},
  };
  return table;
}

// Parts of the standard library that do what only some layers may: start threads, read files or the clock.
const std::vector<std::pair<std::string, std::set<std::string>>>& guarded_standard_headers() {
  static const std::vector<std::pair<std::string, std::set<std::string>>> table = {
      {"thread", {"storage", "bot"}},
      {"mutex", {"storage", "handlers", "bot"}},
      {"condition_variable", {"storage", "bot"}},
      {"future", {"storage", "bot"}},
      {"fstream", {"storage", "bot"}},
      {"filesystem", {"storage", "bot"}},
      {"iostream", {"bot"}},
      {"ctime", {"bot"}},
  };
  return table;
}

std::string layer_group(const std::string& layer) {
  return starts_with(layer, "handlers/") ? "handlers" : layer;
}

std::string shown(const std::string& layer) {
  return layer == "procedure" ? "handlers/procedure" : layer;
}

// The sentence to read when that line breaks a rule; nothing when it keeps them all.
std::optional<std::string> objection(const Include& include) {
  const auto from = layer_of(include.file);
  const auto where = ": " + include.file + ":" + std::to_string(include.line);
  if (from.empty() || from == "tests") return std::nullopt;
  if (include.quoted) {
    const auto to = layer_of(include.name);
    if (to.empty()) return "\"" + include.name + "\" is not written from the project root" + where;
    if (!may_include(from, to)) return shown(from) + " may not include " + shown(to) + where;
    return std::nullopt;
  }
  for (const auto& [header, layers] : foreign_headers())
    if (starts_with(include.name, header)) {
      if (layers.count(layer_group(from)) != 0) return std::nullopt;
      return shown(from) + " may not include <" + include.name + ">" + where;
    }
  for (const auto& [header, layers] : guarded_standard_headers())
    if (include.name == header && layers.count(layer_group(from)) == 0)
      return shown(from) + " may not include <" + include.name + ">" + where;
  if (include.name.find_first_of("./") != std::string::npos)
    return "<" + include.name + "> is in nobody's row of the table" + where;
  return std::nullopt;
}

std::vector<fs::path> sources_under(const fs::path& root, const std::vector<std::string>& folders) {
  std::vector<fs::path> files;
  for (const auto& folder : folders) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const auto extension = entry.path().extension();
      if (extension == ".cpp" || extension == ".hpp") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> objections_in(const std::string& file, const std::string& source) {
  std::istringstream stream(source);
  std::vector<std::string> found;
  for (const auto& include : includes_of(file, stream))
    if (const auto sentence = objection(include)) found.push_back(*sentence);
  return found;
}

std::string contents(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// The string literals of a C++ source, comments left out.
std::vector<std::string> literals_of(const std::string& source) {
  static const std::regex pattern(
      R"re(//[^\n]*|/\*[^]*?\*/|R"([a-z]*)\(([^]*?)\)\1"|"((?:[^"\\\n]|\\.)*)"|'(?:[^'\\]|\\.)+')re");
  std::vector<std::string> found;
  for (std::sregex_iterator at(source.begin(), source.end(), pattern), end; at != end; ++at)
    for (const int group : {2, 3})
      if ((*at)[group].matched) found.push_back((*at)[group]);
  return found;
}

// The first word of grading in a text that people read: the procedure follows up, it does not grade.
std::optional<std::string> grading_word(const std::string& text) {
  static const std::regex pattern(
      "(calificaci(ó|Ó|o)n|calificar|puntaje|puntuaci(ó|o)n|ranking|nota final|evaluaci(ó|o)n de "
      "desempe(ñ|n)o)",
      std::regex::icase);
  std::smatch match;
  if (std::regex_search(text, match, pattern)) return match[0].str();
  return std::nullopt;
}

bool top_level_name_allowed(const std::string& name) {
  static const std::set<std::string> names = {"CMakeLists.txt", "bot",      "handlers",  "cards", "storage",
                                              "tests",          "manifest", "README.md", "pao",   "LICENSE",
                                              "CHANGELOG.md",   "build"};
  return names.count(name) != 0 || starts_with(name, ".") || starts_with(name, "build-");
}

const fs::path root = pao::tests::source_dir;

}  // namespace

TEST_CASE("every include keeps the order of the layers") {
  int files = 0;
  for (const auto& path : sources_under(root, {"handlers", "cards", "storage", "bot"})) {
    ++files;
    for (const auto& sentence : objections_in(fs::relative(path, root).string(), contents(path)))
      FAIL_CHECK(sentence);
  }
  CHECK_MESSAGE(files > 20, "the source tree was not found at ", root.string());
}

TEST_CASE("no text that a person reads grades anybody") {
  for (const auto& path : sources_under(root, {"cards", "handlers"}))
    for (const auto& literal : literals_of(contents(path)))
      if (const auto word = grading_word(literal))
        FAIL_CHECK(fs::relative(path, root).string(), " says \"", *word, "\": ", literal);
}

TEST_CASE("nothing else stands beside the folders that the client fixed") {
  for (const auto& entry : fs::directory_iterator(root))
    CHECK_MESSAGE(top_level_name_allowed(entry.path().filename().string()), entry.path().filename().string(),
                  " does not belong at the top level");
}

TEST_CASE("the checks themselves see what is wrong") {
  using Sentences = std::vector<std::string>;
  struct Case {
    const char *file, *source;
    Sentences sentences;
  };
  const Case cases[] = {
      {"cards/alert_card.cpp",
       "#pragma once\n\n#include \"storage/alerts_store.hpp\"\n",
       {"cards may not include storage: cards/alert_card.cpp:3"}},
      {"handlers/procedure/model.hpp",
       "  #  include <nlohmann/json.hpp>",
       {"handlers/procedure may not include <nlohmann/json.hpp>: handlers/procedure/model.hpp:1"}},
      {"handlers/procedure/x.cpp",
       "#include <fstream>\n#include <vector>",
       {"handlers/procedure may not include <fstream>: handlers/procedure/x.cpp:1"}},
      {"handlers/procedure/x.cpp",
       "#include \"cards/card.hpp\"",
       {"handlers/procedure may not include cards: handlers/procedure/x.cpp:1"}},
      {"handlers/consult/a.cpp",
       "#include \"handlers/alerts/b.hpp\"",
       {"handlers/consult may not include handlers/alerts: handlers/consult/a.cpp:1"}},
      {"handlers/consult/a.cpp",
       "#include \"bot/config.hpp\"",
       {"handlers/consult may not include bot: handlers/consult/a.cpp:1"}},
      {"handlers/consult/a.cpp",
       "#include <nlohmann/json.hpp>",
       {"handlers/consult may not include <nlohmann/json.hpp>: handlers/consult/a.cpp:1"}},
      {"storage/a.cpp",
       "#include \"handlers/turn.hpp\"",
       {"storage may not include handlers: storage/a.cpp:1"}},
      {"storage/a.cpp", "#include <httplib.h>", {"storage may not include <httplib.h>: storage/a.cpp:1"}},
      {"cards/a.cpp",
       "#include \"card.hpp\"",
       {"\"card.hpp\" is not written from the project root: cards/a.cpp:1"}},
      {"bot/a.cpp", "#include \"tests/support/x.hpp\"", {"bot may not include tests: bot/a.cpp:1"}},
      {"bot/a.cpp",
       "#include <boost/asio.hpp>",
       {"<boost/asio.hpp> is in nobody's row of the table: bot/a.cpp:1"}},
      {"handlers/routes.cpp", "#include \"handlers/alerts/b.hpp\"\n#include <vector>\n", {}},
      {"handlers/consult/a.cpp",
       "#include \"handlers/consult/b.hpp\"\n#include \"handlers/turn.hpp\"\n"
       "#include \"storage/people_store.hpp\"\n#include \"cards/card.hpp\"\n"
       "#include \"handlers/procedure/model.hpp\"\n#include <tl/expected.hpp>\n",
       {}},
      {"storage/database.cpp",
       "#include <SQLiteCpp/SQLiteCpp.h>\n#include <thread>\n#include <unistd.h>\n",
       {}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.file);
    CHECK(objections_in(c.file, c.source) == c.sentences);
  }
}

TEST_CASE("words of grading are found in literals and not in comments or other words") {
  const auto literals = literals_of(
      "// calificación\nauto a = \"su Calificación\"; /* ranking */ auto b = R\"(el puntaje)\"; 'x'; "
      "\"a\\\"b\"");
  REQUIRE(literals == std::vector<std::string>{"su Calificación", "el puntaje", "a\\\"b"});
  CHECK(grading_word(literals[0]) == "Calificación");
  CHECK(grading_word(literals[1]) == "puntaje");
  CHECK_FALSE(grading_word("Seguimiento al avance y notas de la mesa de trabajo"));
}

TEST_CASE("top-level names outside the list are refused") {
  CHECK(top_level_name_allowed(".gitignore"));
  CHECK(top_level_name_allowed("build-asan"));
  CHECK_FALSE(top_level_name_allowed("docs"));
  CHECK_FALSE(top_level_name_allowed("src"));
}
