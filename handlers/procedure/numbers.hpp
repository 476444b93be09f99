// Numbers as people write them in Colombia, and as they are stored (point decimals, no grouping).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pao::procedure {

// "93,5", "93.5", "-4", "1.234.567,89", "1,234.5", " 80 ": a comma or a point before decimals; groups of
// three digits are recognised where there are several separators. One separator alone is decimal ("1.500" is
// 1,5). Nothing for other text, for exponents, and for magnitudes of 1e15 and above.
std::optional<double> parse_number(std::string_view text);

// Whole pesos: "1500000", "1.500.000", "$ 1,500,000", "1 500 000". Separators only group digits by three;
// nothing for decimals, signs or other text.
std::optional<double> parse_pesos(std::string_view text);

// "93.5", "-4", "1500000": as stored. Decimals are kept as they are, without trailing zeros.
std::string stored_number(double number);

}  // namespace pao::procedure
