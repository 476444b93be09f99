#include "handlers/guideline_words.hpp"

#include "handlers/procedure/model.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace pao::handlers {
namespace {

namespace practice = procedure::practice;

// A folded word that names the practice.
constexpr std::array words = std::to_array<std::pair<const char*, const char*>>({
    {"planes", practice::plans},
    {"plan", practice::plans},
    {"proyectos", practice::projects},
    {"proyecto", practice::projects},
    {"inversion", practice::projects},
    {"indicadores", practice::indicators},
    {"indicador", practice::indicators},
    {"riesgos", practice::risks},
    {"riesgo", practice::risks},
    {"repac", practice::review_meeting},
    {"mejoras", practice::improvements},
    {"mejora", practice::improvements},
    {"autocontrol", practice::improvements},
    {"continuidad", practice::continuity},
    {"negocio", practice::continuity},
    {"documentos", practice::documents},
    {"documento", practice::documents},
    {"general", practice::general},
    {"generales", practice::general},
});

constexpr std::array fillers = {
    "lineamiento", "lineamientos", "de",       "del",     "la", "el",  "los", "las", "por",
    "para",        "practica",     "vigencia", "version", "v",  "ano", "en",  "y"};

std::optional<int> number_of(std::string_view word) {
  if (word.size() > 1 && word.front() == 'v') word.remove_prefix(1);  // "v2"
  int number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<NamedGuideline> guideline_named(std::string_view text) {
  if (text.size() > 120) return std::nullopt;
  const std::vector<std::string> said = storage::knowledge::fold_words(text);
  if (said.empty() || said.front().rfind("lineamiento", 0) != 0) return std::nullopt;
  NamedGuideline out;
  for (const std::string& word : said) {
    if (std::find(fillers.begin(), fillers.end(), word) != fillers.end()) continue;
    if (const std::optional<int> number = number_of(word)) {
      int& into = *number >= 2000 && *number < 2100 ? out.term : out.version;
      if (into != 0 || *number <= 0) return std::nullopt;
      into = *number;
      continue;
    }
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const auto& one) { return word == one.first; });
    if (found == words.end() || (!out.practice.empty() && out.practice != found->second)) return std::nullopt;
    out.practice = found->second;
  }
  if (out.practice.empty() || out.term == 0) return std::nullopt;
  return out;
}

}  // namespace pao::handlers
