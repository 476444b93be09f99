#include "storage/knowledge/weights.hpp"

#include "storage/embedded.hpp"
#include "storage/knowledge/content_lines.hpp"

#include <charconv>
#include <sstream>

namespace pao::storage::knowledge {

namespace {

template <typename Values, typename Names>
double sum_of_products(const Values& weights, const Values& values, const Names& names) {
  double out = 0;
  for (const auto& [name, member] : names) out += weights.*member * values.*member;
  return out;
}

template <typename Values, typename Names>
void read_values(std::string_view file, std::string_view prefix, const Names& names, Values& into) {
  for (const std::string_view line : content_lines(file)) {
    const auto [key, number] = key_and_value(line, '=');
    for (const auto& [name, member] : names) {
      if (key.starts_with(prefix) && key.substr(prefix.size()) == name)
        std::from_chars(number.data(), number.data() + number.size(), into.*member);
    }
  }
}

template <typename Values, typename Names>
void write_values(std::ostream& out, std::string_view prefix, const Names& names, const Values& values) {
  for (const auto& [name, member] : names) out << prefix << name << " = " << values.*member << "\n";
}

}  // namespace

double weighted(const Signals& weights, const Signals& signals) {
  return sum_of_products(weights, signals, signal_names);
}

double weighted(const ScopeSigns& weights, const ScopeSigns& signs) {
  return sum_of_products(weights, signs, scope_sign_names);
}

double weighted(const PassageSigns& weights, const PassageSigns& signs) {
  return sum_of_products(weights, signs, passage_sign_names);
}

Weights parse_weights(std::string_view file) {
  Weights out;
  read_values(file, "ranking.", signal_names, out.ranking);
  read_values(file, "scope.", scope_sign_names, out.scope);
  read_values(file, "passage.", passage_sign_names, out.passage);
  return out;
}

std::string to_text(const Weights& weights) {
  std::ostringstream out;
  out.precision(3);
  write_values(out, "ranking.", signal_names, weights.ranking);
  write_values(out, "scope.", scope_sign_names, weights.scope);
  write_values(out, "passage.", passage_sign_names, weights.passage);
  return out.str();
}

const Weights& default_weights() {
  static const Weights weights = parse_weights(embedded_file("knowledge_weights.txt"));
  return weights;
}

}  // namespace pao::storage::knowledge
