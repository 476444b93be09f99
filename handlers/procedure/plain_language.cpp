#include "handlers/procedure/plain_language.hpp"

#include "handlers/procedure/characters.hpp"

#include <algorithm>
#include <set>

namespace pao::procedure {
namespace {

bool is_letter_or_digit(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

// Runs of letters, digits and the hyphens inside them.
struct Token {
  std::string_view text;
  std::size_t at;
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_letter_or_digit(static_cast<unsigned char>(text[i]))) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && (is_letter_or_digit(static_cast<unsigned char>(text[end])) ||
                                 ((text[end] == '-' || text[end] == '.') && end + 1 < text.size() &&
                                  is_letter_or_digit(static_cast<unsigned char>(text[end + 1]))))) {
      ++end;
    }
    tokens.push_back({text.substr(i, end - i), i});
    i = end;
  }
  return tokens;
}

bool is_acronym(std::string_view token) {
  return token.size() >= 2 && token.size() <= 8 &&
         std::all_of(token.begin(), token.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_explained(std::string_view text, const Token& token) {
  const bool in_parentheses = token.at > 0 && text[token.at - 1] == '(' &&
                              token.at + token.text.size() < text.size() &&
                              text[token.at + token.text.size()] == ')';
  return in_parentheses && text.substr(0, token.at - 1).find_first_not_of(" \n") != std::string_view::npos;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

// Words of grading (procedure section 1): PAO Teams follows up, it does not grade.
bool grades(std::string_view word) {
  static constexpr std::string_view beginnings[] = {"califica", "puntaj", "puntuaci", "rankin"};
  static constexpr std::string_view whole[] = {"nota", "notas", "mejores", "peores"};
  return std::any_of(std::begin(beginnings), std::end(beginnings),
                     [&](std::string_view start) { return word.substr(0, start.size()) == start; }) ||
         std::find(std::begin(whole), std::end(whole), word) != std::end(whole);
}

std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> sentences;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool ends = i == text.size() || text[i] == '\n' ||
                      ((text[i] == '.' || text[i] == '?' || text[i] == '!' || text[i] == ':') &&
                       (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n'));
    if (!ends) continue;
    sentences.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  return sentences;
}

void check_sentences(std::string_view text, std::vector<LanguageProblem>& problems) {
  for (const std::string_view sentence : sentences_of(text)) {
    const std::size_t words = tokens_of(sentence).size();
    if (words <= static_cast<std::size_t>(max_sentence_words)) continue;
    const auto first = sentence.find_first_not_of(" \n");
    problems.push_back({std::string(sentence.substr(first)),
                        "Una frase tiene " + std::to_string(words) + " palabras. Use máximo " +
                            std::to_string(max_sentence_words) + ": divídala en dos."});
  }
}

void check_words(std::string_view text, std::vector<LanguageProblem>& problems) {
  std::set<std::string_view> seen;
  for (const Token& token : tokens_of(text)) {
    if (grades(lower(token.text))) {
      problems.push_back({std::string(token.text), "La palabra «" + std::string(token.text) +
                                                       "» no se usa en un reporte de seguimiento. Describa "
                                                       "lo que se vio."});
    }
    if (!is_acronym(token.text) || !seen.insert(token.text).second) continue;
    const auto& known = known_acronyms();
    const bool is_known = std::any_of(known.begin(), known.end(),
                                      [&](const Acronym& one) { return one.letters == token.text; });
    if (is_known || is_explained(text, token)) continue;
    problems.push_back({std::string(token.text),
                        "Explique la sigla " + std::string(token.text) +
                            " la primera vez: escriba el nombre completo y la sigla entre paréntesis."});
  }
}

}  // namespace

const std::vector<Acronym>& known_acronyms() {
  static const std::vector<Acronym> known = {
      {"SMGI", "Sistema de Monitoreo de la Gestión Integral"},
      {"SS", "solicitud del Sistema Único de Gestión"},
      {"SUG", "Sistema Único de Gestión"},
      {"OAP", "Oficina Asesora de Planeación"},
      {"OCI", "Oficina de Control Interno"},
      {"REPAC", "Reunión de Evaluación del Proceso, Acciones y Compromisos"},
      {"BIA", "análisis de impacto en el negocio"},
      {"PAI", "Plan de Acción Institucional"},
      {"PEI", "Plan Estratégico Institucional"},
      {"BPIN", "código del proyecto de inversión"},
      {"PIIP", "Plataforma Integrada de Inversión Pública"},
  };
  return known;
}

std::vector<Acronym> acronyms_in(std::string_view text) {
  std::set<std::string_view> found;
  for (const Token& token : tokens_of(text)) found.insert(token.text.substr(0, token.text.find('-')));
  std::vector<Acronym> used;
  for (const Acronym& one : known_acronyms()) {
    if (found.contains(one.letters)) used.push_back(one);
  }
  return used;
}

std::vector<LanguageProblem> check_language(std::string_view text) {
  std::vector<LanguageProblem> problems;
  check_sentences(text, problems);
  check_words(text, problems);
  return problems;
}

std::vector<LanguageProblem> check_recommendation(std::string_view observed, std::string_view suggestion,
                                                  std::optional<Date> target_on) {
  std::vector<LanguageProblem> problems;
  if (is_blank(observed)) problems.push_back({"", "Falta decir qué se observó."});
  if (is_blank(suggestion)) problems.push_back({"", "Falta decir qué se sugiere hacer."});
  if (!target_on) problems.push_back({"", "Falta la fecha hasta la que se espera."});
  for (LanguageProblem& problem : check_language(std::string(observed) + ".\n" + std::string(suggestion))) {
    problems.push_back(std::move(problem));
  }
  return problems;
}

}  // namespace pao::procedure
