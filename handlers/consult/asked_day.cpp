#include "handlers/consult/asked_day.hpp"

#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
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

std::optional<Date> named_day(const Words& words) {
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    const int a = number_of(words[i]);
    const int b = number_of(words[i + 1]);
    const int c = number_of(words[i + 2]);
    if (is_year(a) && b > 0 && c > 0) return valid(a, b, c);
    if (a > 0 && b > 0 && is_year(c)) return valid(c, b, a);
    if (i + 4 < words.size() && a > 0 && words[i + 1] == "de" && month_of(words[i + 2]) > 0)
      return valid(number_of(words[i + 4]), month_of(words[i + 2]), a);
  }
  return std::nullopt;
}

std::optional<Date> named_year(const Words& words) {
  for (const std::string& word : words) {
    if (word.size() == 4 && is_year(number_of(word))) return make_date(number_of(word), 12, 31);
  }
  return std::nullopt;
}

bool asks_for_the_past(const Words& words) {
  static constexpr std::array<std::string_view, 9> signs{
      "regia", "regian", "rigio", "rigieron", "decia", "decian", "vigente", "vigencia", "lineamientos"};
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return std::find(signs.begin(), signs.end(), word) != signs.end();
  });
}

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
  const Words words = storage::knowledge::fold_words(text.substr(0, 400));
  const int month = named_month(words);
  if (month == 0) return std::nullopt;
  const std::optional<Date> year = named_year(words);
  if (!year) return nearest(month, today);
  return make_date(static_cast<int>(std::chrono::year_month_day(*year).year()), static_cast<unsigned>(month),
                   1);
}

std::optional<Date> asked_day(std::string_view text) {
  const Words words = storage::knowledge::fold_words(text.substr(0, 400));
  if (!asks_for_the_past(words)) return std::nullopt;
  const std::optional<Date> day = named_day(words);
  return day ? day : named_year(words);
}

}  // namespace pao::handlers::consult
