#include "handlers/consult/asked_day.hpp"

#include "handlers/message_features.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <string>
#include <vector>

namespace pao::handlers::consult {
namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 12> months{"enero",      "febrero", "marzo",     "abril",
                                                  "mayo",       "junio",   "julio",     "agosto",
                                                  "septiembre", "octubre", "noviembre", "diciembre"};
constexpr int first_year = 2015;
constexpr int last_year = 2099;
constexpr std::size_t bytes_read = 400;

int number_of(const std::string& word) {
  int number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc() && end == word.data() + word.size() ? number : 0;
}

bool is_year(int number) {
  return number >= first_year && number <= last_year;
}

int month_of(const std::string& word) {
  const auto found = std::find(months.begin(), months.end(), word == "setiembre" ? "septiembre" : word);
  return found == months.end() ? 0 : static_cast<int>(found - months.begin()) + 1;
}

std::optional<Date> valid(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!is_year(year) || month < 1 || day < 1 || !date.ok()) return std::nullopt;
  return make_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

// "SS-2025-0045" and "PAI-TES-03" name no day; "marzo-2025" does.
bool is_id(const std::string& word) {
  return !mentioned_ids(word).empty() && month_of(storage::knowledge::fold_words(word).front()) == 0;
}

Words words_without_ids(std::string_view text) {
  std::istringstream typed{std::string(text.substr(0, bytes_read))};
  std::string kept;
  for (std::string word; typed >> word;) {
    if (!is_id(word)) kept += word + " ";
  }
  return storage::knowledge::fold_words(kept);
}

bool is_linking(const std::string& word) {
  return word == "de" || word == "del" || word == "ano";
}

std::optional<Date> day_in_numbers(const Words& words) {
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    const int a = number_of(words[i]);
    const int b = number_of(words[i + 1]);
    const int c = number_of(words[i + 2]);
    if (is_year(a) && b > 0 && c > 0) return valid(a, b, c);
    if (a > 0 && b > 0 && is_year(c)) return valid(c, b, a);
  }
  return std::nullopt;
}

// The year behind a month ("marzo de 2025", "marzo 2025"); 0 when none follows.
int year_behind(const Words& words, std::size_t month) {
  std::size_t at = month + 1;
  while (at < words.size() && is_linking(words[at])) ++at;
  const int number = at < words.size() ? number_of(words[at]) : 0;
  return is_year(number) ? number : 0;
}

// The day before a month ("15 de marzo", "15 marzo"); 0 when none stands there.
int day_before(const Words& words, std::size_t month) {
  const std::size_t end = month > 0 && is_linking(words[month - 1]) ? month - 1 : month;
  return end > 0 ? number_of(words[end - 1]) : 0;
}

std::optional<Date> day_in_words(const Words& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const int month = month_of(words[i]);
    if (month == 0 || year_behind(words, i) == 0) continue;
    if (const auto day = valid(year_behind(words, i), month, day_before(words, i))) return day;
  }
  return std::nullopt;
}

std::optional<Date> last_of_month(const Words& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const int month = month_of(words[i]);
    const int year = month > 0 ? year_behind(words, i) : 0;
    if (year > 0)
      return Date{std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} /
                  std::chrono::last};
  }
  return std::nullopt;
}

std::optional<Date> last_of_year(const Words& words) {
  for (const std::string& word : words) {
    if (word.size() == 4 && is_year(number_of(word))) return make_date(number_of(word), 12, 31);
  }
  return std::nullopt;
}

// `with_months`: whether a month without a day in it means its last one.
std::optional<Date> day_in(const Words& words, bool with_months) {
  if (const std::optional<Date> day = day_in_numbers(words)) return day;
  if (const std::optional<Date> day = day_in_words(words)) return day;
  const std::optional<Date> month = with_months ? last_of_month(words) : std::nullopt;
  return month ? month : last_of_year(words);
}

template <std::size_t Count>
bool has_one_of(const Words& words, const std::array<std::string_view, Count>& list) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  });
}

constexpr std::array<std::string_view, 20> past_verbs{
    "regia",  "regian",  "rigio", "rigieron", "decia", "decian", "era",    "eran",    "aplicaba", "aplicaban",
    "exigia", "exigian", "pedia", "pedian",   "debia", "debian", "tocaba", "tocaban", "estaba",   "estaban"};
constexpr std::array<std::string_view, 3> past_nouns{"vigente", "vigencia", "lineamientos"};

constexpr std::array<std::string_view, 3> words_for_today{"hoy", "ahora", "actualmente"};

bool in_a_day(const Words& words, std::size_t at) {
  return at >= 2 && words[at - 1] == "de" && number_of(words[at - 2]) > 0;
}

// The only month named; 0 otherwise.
int named_month(const Words& words) {
  int named = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const int month = in_a_day(words, i) ? 0 : month_of(words[i]);
    if (month == 0 || month == named) continue;
    if (named > 0) return 0;
    named = month;
  }
  return named;
}

Date nearest(int month, Date today) {
  const auto this_month = std::chrono::year_month_day(today);
  const int away = month - static_cast<int>(static_cast<unsigned>(this_month.month()));
  const int year = static_cast<int>(this_month.year()) + (away > 6 ? -1 : away < -6 ? 1 : 0);
  return make_date(year, static_cast<unsigned>(month), 1);
}

}  // namespace

std::optional<Date> asked_month(std::string_view text, Date today) {
  const Words words = storage::knowledge::fold_words(text.substr(0, bytes_read));
  const int month = named_month(words);
  if (month == 0) return std::nullopt;
  const std::optional<Date> year = last_of_year(words);
  if (!year) return nearest(month, today);
  return make_date(static_cast<int>(std::chrono::year_month_day(*year).year()), static_cast<unsigned>(month),
                   1);
}

std::optional<Date> asked_day(std::string_view text) {
  const Words words = words_without_ids(text);
  if (has_one_of(words, past_verbs)) return day_in(words, true);
  // "El avance de octubre de 2026, según los lineamientos": the month is the period of the item.
  return has_one_of(words, past_nouns) ? day_in(words, false) : std::nullopt;
}

std::optional<Date> named_day(std::string_view text) {
  return day_in(words_without_ids(text), true);
}

bool asks_for_today(std::string_view text) {
  return has_one_of(storage::knowledge::fold_words(text.substr(0, bytes_read)), words_for_today);
}

bool asks_only_for_a_day(std::string_view text) {
  static constexpr std::array<std::string_view, 19> small{
      "y",    "e",    "pero", "entonces", "o",  "en",   "el",    "a",     "dia", "que",
      "para", "como", "cual", "cuanto",   "es", "rige", "regia", "decia", "dice"};
  const Words words = storage::knowledge::fold_words(text.substr(0, bytes_read));
  const bool names_one = has_one_of(words, words_for_today) || day_in(words, true);
  return names_one && std::all_of(words.begin(), words.end(), [](const std::string& word) {
           return number_of(word) > 0 || month_of(word) > 0 || is_linking(word) ||
                  has_one_of({word}, words_for_today) || has_one_of({word}, small);
         });
}

std::optional<Date> carried_day(std::string_view iso) {
  const std::optional<Date> day = parse_date(iso);
  if (!day || !is_year(static_cast<int>(std::chrono::year_month_day(*day).year()))) return std::nullopt;
  return day;
}

}  // namespace pao::handlers::consult
