#include "handlers/consult/claims.hpp"

#include "storage/knowledge/lexicon.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace pao::handlers::consult {
namespace {

using storage::knowledge::fold;
using storage::knowledge::fold_words;

constexpr std::size_t unit_distance = 3;  // words after a number in which its unit stands
constexpr std::size_t negated_words = 2;  // words with meaning after a "no" that it is about

const std::map<std::string, std::string>& number_words() {
  static const std::map<std::string, std::string> words{
      {"cero", "0"},         {"dos", "2"},        {"tres", "3"},         {"cuatro", "4"},
      {"cinco", "5"},        {"seis", "6"},       {"siete", "7"},        {"ocho", "8"},
      {"nueve", "9"},        {"diez", "10"},      {"once", "11"},        {"doce", "12"},
      {"trece", "13"},       {"catorce", "14"},   {"quince", "15"},      {"dieciseis", "16"},
      {"diecisiete", "17"},  {"dieciocho", "18"}, {"diecinueve", "19"},  {"veinte", "20"},
      {"veinticinco", "25"}, {"treinta", "30"},   {"cuarenta", "40"},    {"cincuenta", "50"},
      {"sesenta", "60"},     {"setenta", "70"},   {"ochenta", "80"},     {"noventa", "90"},
      {"cien", "100"},       {"mil", "1000"},     {"millon", "1000000"}, {"millones", "1000000"},
      {"doble", "2"},        {"mitad", "0.5"},    {"triple", "3"}};
  return words;
}

const std::map<std::string, std::string>& units() {
  static const std::map<std::string, std::string> words{{"dia", "dia"},
                                                        {"dias", "dia"},
                                                        {"habil", "habil"},
                                                        {"habiles", "habil"},
                                                        {"calendario", "calendario"},
                                                        {"corrientes", "calendario"},
                                                        {"mes", "mes"},
                                                        {"meses", "mes"},
                                                        {"ano", "ano"},
                                                        {"anos", "ano"},
                                                        {"semana", "semana"},
                                                        {"semanas", "semana"},
                                                        {"hora", "hora"},
                                                        {"horas", "hora"},
                                                        {"minuto", "minuto"},
                                                        {"minutos", "minuto"},
                                                        {"ciento", "%"},
                                                        {"porciento", "%"},
                                                        {"puntos", "puntos"},
                                                        {"trimestre", "trimestre"},
                                                        {"trimestres", "trimestre"},
                                                        {"semestre", "semestre"},
                                                        {"semestres", "semestre"},
                                                        {"pesos", "pesos"},
                                                        {"veces", "vez"}};
  return words;
}

bool is_date_word(const std::string& word) {
  static const std::set<std::string> words{"enero",     "febrero",   "marzo",     "abril",      "mayo",
                                           "junio",     "julio",     "agosto",    "septiembre", "setiembre",
                                           "octubre",   "noviembre", "diciembre", "lunes",      "martes",
                                           "miercoles", "jueves",    "viernes",   "sabado",     "domingo"};
  return words.contains(word);
}

bool is_negation(const std::string& word) {
  static const std::set<std::string> words{"no",    "ni",   "nunca",  "jamas",   "tampoco", "sin",
                                           "nadie", "nada", "ningun", "ninguna", "ninguno"};
  return words.contains(word);
}

// By their beginnings.
std::optional<std::string> limit_of(const std::string& word) {
  static constexpr std::array beginnings{"solo",     "solamente", "unicamente", "excepto", "salvo",
                                         "siempre",  "prohib",    "obligatori", "sancion", "multa",
                                         "opcional", "voluntari", "automatic",  "inmediat"};
  for (const std::string_view beginning : beginnings) {
    if (word.rfind(beginning, 0) == 0) return std::string(beginning);
  }
  return std::nullopt;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "1.000" and "1000" are the same, and so are "3,5" and "3.50".
std::string canonical_number(std::string digits) {
  const std::size_t dot = digits.rfind('.');
  const bool groups =
      dot != std::string::npos && digits.size() - dot == 4 && digits.find(',') == std::string::npos;
  if (groups || digits.find(',') != std::string::npos) std::erase(digits, '.');
  std::replace(digits.begin(), digits.end(), ',', '.');
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.')) digits.pop_back();
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return digits;
}

// What stands between blanks, without what surrounds a word.
struct Piece {
  std::string text;
  bool first = false;        // of its sentence
  bool ends_clause = false;  // a comma, colon, semicolon or full stop follows
};

std::vector<Piece> pieces_of(std::string_view text) {
  static constexpr std::string_view around = "\"'()[]«»¿¡“”.,;:!?*-";
  std::vector<Piece> pieces;
  bool first = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = text.find_first_not_of(" \t\r\n", at);
    if (from == std::string_view::npos) break;
    at = std::min(text.find_first_of(" \t\r\n", from), text.size());
    std::string_view piece = text.substr(from, at - from);
    const bool ends_sentence = piece.find_first_of(".!?:", piece.size() - 1) != std::string_view::npos;
    const bool ends_clause =
        ends_sentence || piece.find_first_of(",;", piece.size() - 1) != std::string_view::npos;
    const auto begin = piece.find_first_not_of(around);
    if (begin != std::string_view::npos) {
      piece = piece.substr(begin, piece.find_last_not_of(around) - begin + 1);
      pieces.push_back({std::string(piece), first, ends_clause});
      first = ends_sentence;
    }
  }
  return pieces;
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit);
}

// A capital, also one with an accent (bytes C3 81 to C3 9C).
bool begins_with_capital(std::string_view text) {
  if (text.empty()) return false;
  if (text[0] >= 'A' && text[0] <= 'Z') return true;
  const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0;
  return static_cast<unsigned char>(text[0]) == 0xC3 && second >= 0x81 && second <= 0x9C;
}

bool is_code(std::string_view text) {
  const bool letter =
      std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isalpha(c) != 0; });
  return letter && has_digit(text);
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

// The numbers of a piece: "2026-03-05" has three, "11:59" two.
std::vector<std::string> numbers_in(std::string_view piece) {
  std::vector<std::string> numbers;
  for (std::size_t at = 0; at < piece.size();) {
    if (!is_digit(piece[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < piece.size() &&
           (is_digit(piece[end]) ||
            ((piece[end] == '.' || piece[end] == ',') && end + 1 < piece.size() && is_digit(piece[end + 1]))))
      ++end;
    numbers.push_back(canonical_number(std::string(piece.substr(at, end - at))));
    at = end;
  }
  return numbers;
}

std::set<std::string> units_after(const std::vector<Piece>& pieces, std::size_t at) {
  std::set<std::string> found;
  if (pieces[at].text.ends_with('%')) found.insert("%");
  for (std::size_t next = at + 1; next < pieces.size() && next <= at + unit_distance; ++next) {
    if (pieces[next - 1].ends_clause && next > at + 1) break;
    if (pieces[next].text == "%") found.insert("%");
    for (const std::string& word : fold_words(pieces[next].text)) {
      if (const auto unit = units().find(word); unit != units().end()) found.insert(unit->second);
    }
  }
  return found;
}

// What a "no" is about: the words with meaning that follow it in its clause.
class Negation {
 public:
  void starts() { left_ = negated_words; }
  void clause_ends() { left_ = 0; }
  bool takes() {
    if (left_ == 0) return false;
    --left_;
    return true;
  }

 private:
  std::size_t left_ = 0;
};

void add_word(Claims& claims, const std::string& word, Negation& negation) {
  if (is_negation(word)) {
    claims.negates = true;
    negation.starts();
    return;
  }
  if (is_date_word(word)) claims.dates.insert(word);
  if (const auto limit = limit_of(word)) claims.limits.insert(*limit);
  const storage::knowledge::Token token = storage::knowledge::default_lexicon().token(word);
  if (token.stop || word.size() < 3) return;
  claims.stems.insert(token.stem);
  (negation.takes() ? claims.negated : claims.plain).insert(token.stem);
}

// "un día" is one day; "un avance" counts nothing.
bool counts_one(const std::vector<Piece>& pieces, std::size_t at, const std::string& word) {
  if (word != "un" && word != "una") return false;
  if (at + 1 == pieces.size()) return false;
  const std::vector<std::string> next = fold_words(pieces[at + 1].text);
  return next.size() == 1 && units().contains(next.front());
}

bool ends_with_abbreviation(std::string_view sentence) {
  const std::size_t blank = sentence.find_last_of(" \t(");
  const std::string last = fold(sentence.substr(blank == std::string_view::npos ? 0 : blank + 1));
  static const std::set<std::string> known{"art", "num", "pag", "lit", "par", "ej", "etc"};
  const bool letters = !last.empty() && std::none_of(last.begin(), last.end(), is_digit);
  return known.contains(last) || (letters && last.size() == 1);
}

}  // namespace

Claims claims_of(std::string_view text) {
  Claims claims;
  const std::vector<Piece> pieces = pieces_of(text);
  Negation negation;
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    const Piece& piece = pieces[at];
    if (is_code(piece.text)) {
      claims.codes.insert(upper(piece.text));
    } else if (has_digit(piece.text)) {
      for (std::string& number : numbers_in(piece.text))
        claims.numbers.emplace(std::move(number), units_after(pieces, at));
    } else {
      for (const std::string& word : fold_words(piece.text)) {
        const auto number = number_words().find(word);
        if (counts_one(pieces, at, word))
          claims.numbers.emplace("1", units_after(pieces, at));
        else if (number != number_words().end())
          claims.numbers.emplace(number->second, units_after(pieces, at));
        else
          add_word(claims, word, negation);
        if (!piece.first && begins_with_capital(piece.text)) claims.names.insert(word);
      }
    }
    if (piece.ends_clause) negation.clause_ends();
  }
  return claims;
}

std::vector<std::string> clauses_of(std::string_view text,
                                    std::initializer_list<std::string_view> separators) {
  std::vector<std::string> clauses;
  for (const std::string& sentence : sentences_of(text)) {
    std::string_view rest = sentence;
    while (!rest.empty()) {
      std::size_t end = rest.size(), skip = 0;
      for (const std::string_view separator : separators) {
        const std::size_t found = rest.find(separator);
        if (found < end) {
          end = found;
          skip = separator.size();
        }
      }
      clauses.emplace_back(rest.substr(0, end));
      rest.remove_prefix(end + skip);
    }
  }
  return clauses;
}

std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> sentences;
  std::string sentence;
  const auto take = [&] {
    const std::size_t first = sentence.find_first_not_of(" \t\r-•");
    if (first != std::string::npos)
      sentences.push_back(sentence.substr(first, sentence.find_last_not_of(" \t\r") - first + 1));
    sentence.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') {
      take();
      continue;
    }
    const bool stops = (c == '.' && !ends_with_abbreviation(sentence)) || c == '!' || c == '?';
    sentence += c;
    const bool last = at + 1 == text.size();
    if (!stops || (!last && text[at + 1] != ' ' && text[at + 1] != '[')) continue;
    // The marks after the full stop are of this sentence.
    std::size_t next = text.find_first_not_of(' ', at + 1);
    while (next != std::string_view::npos && text[next] == '[') {
      const std::size_t close = text.find(']', next);
      if (close == std::string_view::npos) break;
      sentence += text.substr(next, close - next + 1);
      at = close;
      next = text.find_first_not_of(' ', at + 1);
      if (next < text.size() && text[next] == '.') at = next;
    }
    take();
  }
  take();
  return sentences;
}

}  // namespace pao::handlers::consult
