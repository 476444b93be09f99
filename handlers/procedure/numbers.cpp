#include "handlers/procedure/numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace pao::procedure {
namespace {

constexpr std::size_t max_length = 32;
constexpr double max_magnitude = 1e15;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The digits of "1.234.567" without the separator; nothing unless every group after the first has three
// digits.
std::optional<std::string> ungrouped(std::string_view text, char separator) {
  std::string digits;
  bool first = true;
  while (true) {
    const auto end = text.find(separator);
    const auto group = text.substr(0, end);
    const bool good = first ? group.size() <= 3 || end == std::string_view::npos : group.size() == 3;
    if (!all_digits(group) || !good) return std::nullopt;
    digits += group;
    if (end == std::string_view::npos) return digits;
    text.remove_prefix(end + 1);
    first = false;
  }
}

std::optional<double> to_double(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || std::abs(number) >= max_magnitude) {
    return std::nullopt;
  }
  return number;
}

// Without sign. Which separator is decimal is decided by which comes last and how often each is there.
std::optional<double> parse_unsigned(std::string_view text) {
  const auto last = text.find_last_of(".,");
  if (last == std::string_view::npos) return all_digits(text) ? to_double(std::string(text)) : std::nullopt;
  const char separator = text[last];
  const char other = separator == '.' ? ',' : '.';
  const auto count = std::count(text.begin(), text.end(), separator);
  if (count > 1) {
    const auto whole = ungrouped(text, separator);
    return whole ? to_double(*whole) : std::nullopt;
  }
  const auto decimals = text.substr(last + 1);
  const auto whole = ungrouped(text.substr(0, last), other);
  if (!whole || !all_digits(decimals)) return std::nullopt;
  return to_double(*whole + "." + std::string(decimals));
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  text = trimmed(text);
  if (text.size() > max_length) return std::nullopt;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const auto number = parse_unsigned(text);
  if (!number) return std::nullopt;
  return negative ? -*number : *number;
}

std::optional<double> parse_pesos(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && text.front() == '$') text = trimmed(text.substr(1));
  if (text.empty() || text.size() > max_length) return std::nullopt;
  if (all_digits(text)) return to_double(std::string(text));
  const auto separator = text[text.find_first_not_of("0123456789")];
  if (separator != '.' && separator != ',' && separator != ' ') return std::nullopt;
  const auto whole = ungrouped(text, separator);
  return whole ? to_double(*whole) : std::nullopt;
}

std::string stored_number(double number) {
  if (number == 0) return "0";  // also for −0
  std::array<char, 64> text{};
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  return error == std::errc{} ? std::string(text.data(), end) : std::string{};
}

}  // namespace pao::procedure
