// PAO Teams follows up and advises, it does not grade (procedure section 1): no word of grading in any text
// that the product can produce. Looks at every text literal of the source, at what is shown from
// storage/content, and at every golden card, document and mail. Guidelines are the entity's own words, and
// the phrases of storage/knowledge are what people say; they are not looked at.
#include "tests/grading_words.hpp"
#include "tests/paths.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using pao::tests::grading_word;

namespace {

struct Literal {
  std::size_t line;
  std::string text;
};

// What stands between quotes, adjacent literals joined; comments and characters left out. Also reads JSON.
std::vector<Literal> literals_of(const std::string& source) {
  std::vector<Literal> found;
  std::size_t line = 1;
  bool joins = false;  // only blanks since the last literal
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    if (c == '\n') {
      ++line;
      continue;
    }
    if (c == ' ' || c == '\t' || c == '\r') continue;
    if (c == '/' && i + 1 < source.size() && source[i + 1] == '/') {
      i = std::min(source.find('\n', i), source.size()) - 1;
      continue;
    }
    if (c == '\'') {  // a character, or the mark between digits
      const bool digits = i > 0 && std::isalnum(static_cast<unsigned char>(source[i - 1])) != 0;
      if (!digits) i = source[i + 1] == '\\' ? source.find('\'', i + 3) : source.find('\'', i + 2);
      joins = false;
      continue;
    }
    if (c != '"') {
      joins = false;
      continue;
    }
    std::string text;
    if (i > 0 && source[i - 1] == 'R') {
      const std::size_t open = source.find('(', i);
      const std::string end = ")" + source.substr(i + 1, open - i - 1) + "\"";
      const std::size_t close = source.find(end, open);
      text = source.substr(open + 1, close - open - 1);
      line += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
      i = close + end.size() - 1;
    } else {
      for (++i; i < source.size() && source[i] != '"' && source[i] != '\n'; ++i) {
        if (source[i] == '\\') ++i;
        text += source[i];
      }
    }
    if (joins && !found.empty()) {
      found.back().text += text;
    } else {
      found.push_back({line, text});
    }
    joins = true;
  }
  return found;
}

// A name of a field, a verb, a state: never shown as it is.
bool is_key(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-' || c == ':';
  });
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool is_source(const fs::path& path) {
  const std::string kind = path.extension().string();
  return kind == ".cpp" || kind == ".hpp" || kind == ".json";
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("no text that the product can produce grades anybody (procedure section 1, R-47)") {
  const fs::path root(pao::tests::source_dir);
  std::size_t texts = 0, files = 0;
  for (const char* folder : {"cards", "handlers", "storage", "bot", "manifest", "tests/cards/golden"}) {
    for (const fs::path& path : files_below(root / folder)) {
      const std::string name = fs::relative(path, root).string();
      if (!is_source(path) || name.rfind("storage/knowledge/", 0) == 0) continue;
      ++files;
      for (const Literal& literal : literals_of(read(path))) {
        if (is_key(literal.text)) continue;
        ++texts;
        const std::string word = grading_word(literal.text);
        CHECK_MESSAGE(word.empty(), name << ":" << literal.line << ": " << word << " in " << literal.text);
      }
    }
  }
  CHECK(files > 300);
  CHECK(texts > 10'000);
}

TEST_CASE("no alert rule, refusal or calendar entry grades anybody (procedure section 1)") {
  const fs::path content = fs::path(pao::tests::source_dir) / "storage" / "content";
  for (const char* name : {"alert_rules.txt", "entity_days.csv", "knowledge_refusals.txt"}) {
    std::istringstream lines(read(content / name));
    std::size_t read_lines = 0;
    for (std::string line; std::getline(lines, line); ++read_lines) {
      if (line.rfind('#', 0) == 0) continue;
      CHECK_MESSAGE(grading_word(line).empty(), name << ": " << line);
    }
    CHECK(read_lines > 1);
  }
}

TEST_CASE("the check finds a word of grading in a text, and none in names and comments") {
  const char* grading[] = {"Su calificación es alta", "Nota: 4,5",
                           "El PUNTAJE del proceso",  "Los mejores procesos",
                           "obtuvo una puntuación",   "Fue calificado"};
  for (const char* text : grading) {
    CAPTURE(text);
    CHECK_FALSE(grading_word(text).empty());
  }
  for (const char* text : {"Le informa la oportunidad", "connotar", "notable", "anotado"}) {
    CAPTURE(text);
    CHECK(grading_word(text).empty());
  }
  const auto found = literals_of(
      "// \"nota\" in a comment\n"
      "f('\"', \"Su \"\n  \"nota\", \"a \\\"b\\\"\", 1'000, R\"(raw\nline)\", \"last\");\n");
  REQUIRE(found.size() == 4);
  CHECK(found[0].text == "Su nota");
  CHECK(found[1].text == "a \"b\"");
  CHECK(found[2].text == "raw\nline");
  CHECK(found[3].text == "last");
  CHECK(found[3].line == 4);
  CHECK(is_key("nota"));
  CHECK_FALSE(is_key("Nota"));
  CHECK_FALSE(is_key("su nota"));
}
