#include "bot/simulation/filling.hpp"

#include "cards/fields.hpp"

namespace pao::bot::simulation {
namespace {

// Never falling over the year, whatever was reported before: the share of the year that is over.
std::string percent_of_year(Date today) {
  const std::chrono::year_month_day day{today};
  const Date new_year = make_date(static_cast<int>(day.year()), 1, 1);
  return std::to_string((today - new_year).count() * 100 / 366);
}

std::string text_for(const client::CardInput& input, Date today, Dice& dice) {
  switch (cards::field_spec(input.id).kind) {
    case cards::FieldKind::percent:
      return percent_of_year(today);
    case cards::FieldKind::number:
      return std::to_string(40 + dice.below(20));
    case cards::FieldKind::pesos:
      return std::to_string(1'000'000 + dice.below(1'000'000));
    case cards::FieldKind::date:
      return iso_date(today);
    case cards::FieldKind::evidence:
      return "soporte-" + iso_date(today) + "-" + std::to_string(dice.below(100'000)) + ".pdf";
    default:
      return "Se adelantó lo previsto en la semana del " + iso_date(today) + " (" +
             std::to_string(dice.below(100'000)) + ").";
  }
}

std::string value_for(const client::CardInput& input, Date today, Dice& dice) {
  using Kind = client::CardInput::Kind;
  if (!input.value.empty() || !input.visible) return input.value;
  switch (input.kind) {
    case Kind::choice:
    case Kind::choices:
      return input.choices.empty() ? "" : input.choices[dice.below(input.choices.size())].first;
    case Kind::toggle:
      return input.value_off;
    case Kind::date:
      return iso_date(today);
    case Kind::time:
      return "10:00";
    case Kind::number:
      return std::to_string(1 + dice.below(9));
    case Kind::text:
      break;
  }
  return text_for(input, today, dice);
}

const std::string* wish_for(const std::string& id, const Values& wanted) {
  if (const auto named = wanted.find(id); named != wanted.end()) return &named->second;
  for (const auto& [name, value] : wanted) {
    if (name.ends_with('*') && id.starts_with(std::string_view(name).substr(0, name.size() - 1)))
      return &value;
  }
  return nullptr;
}

}  // namespace

Values fill(const std::vector<client::CardInput>& inputs, Date today, const Values& wanted, Dice& dice) {
  Values values;
  for (const client::CardInput& input : inputs) {
    const std::string* wish = wish_for(input.id, wanted);
    values[input.id] = wish && *wish != any_choice ? *wish : value_for(input, today, dice);
  }
  return values;
}

}  // namespace pao::bot::simulation
