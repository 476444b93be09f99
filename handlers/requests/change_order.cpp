#include "handlers/requests/change_order.hpp"

#include "cards/texts.hpp"
#include "handlers/procedure/item_changes.hpp"
#include "handlers/procedure/period.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <regex>
#include <utility>

namespace pao::handlers::requests {
namespace {

using procedure::Item;
using procedure::ItemKind;
namespace item_field = procedure::item_field;

struct Clue {
  const char* word;  // a beginning of a word, folded
  const char* means;
};

// What decides the type before the field does; the first that is found counts.
constexpr Clue type_clues[] = {
    {"reporte", "SS-4"},       {"reabr", "SS-5"},  {"elimin", "SS-3"},      {"borr", "SS-3"},
    {"cree", "SS-3"},          {"crear", "SS-3"},  {"agreg", "SS-3"},       {"adicion", "SS-3"},
    {"procedimiento", "SS-6"}, {"manual", "SS-6"}, {"instructivo", "SS-6"}, {"formato", "SS-6"},
    {"corrij", "SS-1"},        {"correg", "SS-1"}, {"numerador", "SS-1"},   {"denominador", "SS-1"},
};

constexpr Clue field_clues[] = {
    {"fecha de inicio", item_field::starts_on},
    {"fecha inicial", item_field::starts_on},
    {"meses", item_field::planned_months},
    {"fecha", item_field::ends_on},
    {"plazo", item_field::ends_on},
    {"aplac", item_field::ends_on},
    {"prorrog", item_field::ends_on},
    {"meta", item_field::goal},
    {"peso", item_field::weight},
    {"ponderacion", item_field::weight},
    {"responsable", item_field::owner},
    {"encargad", item_field::owner},
    {"periodicidad", item_field::periodicity},
    {"frecuencia", item_field::periodicity},
    {"formula", item_field::formula},
    {"valoracion", "nivel_residual"},
    {"nivel", "nivel_residual"},
    {"nombre", item_field::name},
    {"redaccion", item_field::name},
    {"texto", item_field::name},
    {"descripcion", item_field::name},
};

template <std::size_t count>
std::string first_clue(const std::string& folded, const Clue (&clues)[count]) {
  for (const Clue& clue : clues) {
    if (folded.find(std::string(" ") + clue.word) != std::string::npos) return clue.means;
  }
  return "";
}

// The number at the end of an id: 3 of "PAI-DIR-03", 2 of "PAI-DIR-01-T2"; 0 when it ends otherwise.
int last_number(const std::string& id) {
  std::size_t first = id.size();
  while (first > 0 && std::isdigit(static_cast<unsigned char>(id[first - 1])) != 0) --first;
  if (first == id.size() || id.size() - first > 6) return 0;
  return std::stoi(id.substr(first));
}

std::optional<int> number_after(const std::string& folded, const char* word) {
  const std::regex pattern(std::string("\\b") + word + " (?:n |no |numero |nro )?(?:la |el )?(\\d{1,4})\\b");
  std::smatch match;
  if (!std::regex_search(folded, match, pattern)) return std::nullopt;
  return std::stoi(match[1]);
}

std::string only_one(const std::vector<std::string>& ids) {
  return ids.size() == 1 ? ids.front() : "";
}

std::string numbered_item(const std::vector<Item>& items, ItemKind kind, int number) {
  std::vector<std::string> found;
  for (const Item& item : items) {
    if (item.kind == kind && last_number(item.id) == number) found.push_back(item.id);
  }
  return only_one(found);
}

std::string numbered_task(const std::vector<Item>& items, int task, std::optional<int> activity) {
  std::vector<std::string> found;
  for (const Item& item : items) {
    if (item.kind != ItemKind::plan_task || last_number(item.id) != task) continue;
    if (!activity || last_number(item.parent_id) == *activity) found.push_back(item.id);
  }
  return only_one(found);
}

std::string item_of(const std::string& folded, std::string_view named, const std::vector<Item>& items) {
  if (!named.empty()) return std::string(named);
  const std::optional<int> activity = number_after(folded, "actividad");
  if (const auto task = number_after(folded, "tarea")) return numbered_task(items, *task, activity);
  if (activity) return numbered_item(items, ItemKind::plan_activity, *activity);
  constexpr std::pair<const char*, ItemKind> kinds[] = {
      {"indicador", ItemKind::indicator},   {"control", ItemKind::risk_control},
      {"riesgo", ItemKind::risk},           {"mejora", ItemKind::improvement},
      {"compromiso", ItemKind::commitment}, {"proyecto", ItemKind::project}};
  for (const auto& [word, kind] : kinds) {
    if (const auto number = number_after(folded, word)) return numbered_item(items, kind, *number);
  }
  return "";
}

}  // namespace

ChangeOrder read_change_order(std::string_view text, std::string_view named, const std::vector<Item>& items) {
  const std::string folded = " " + storage::knowledge::fold(text.substr(0, 500)) + " ";
  ChangeOrder order{.type = first_clue(folded, type_clues),
                    .field = first_clue(folded, field_clues),
                    .item_id = item_of(folded, named, items)};
  if (order.type.empty() && !order.field.empty()) order.type = "SS-2";
  if (order.type != "SS-2") order.field.clear();
  return order;
}

std::string period_from_words(std::string_view text, Date today) {
  if (procedure::parse_period(text)) return std::string(text);
  const std::string wanted = storage::knowledge::fold(text);
  const int year = static_cast<int>(std::chrono::year_month_day{today}.year());
  using procedure::Periodicity;
  for (const int of_year : {year, year - 1}) {
    for (const Periodicity kind : {Periodicity::monthly, Periodicity::quarterly, Periodicity::four_monthly,
                                   Periodicity::semiannual, Periodicity::annual}) {
      for (const procedure::Period& period : procedure::periods_of_year(of_year, kind)) {
        const std::string name = storage::knowledge::fold(cards::period_name(procedure::to_text(period)));
        const bool without_year = name.size() > 8 && name.substr(0, name.size() - 8) == wanted;
        const bool has_begun = procedure::first_day(period) <= today;
        if (name == wanted || (without_year && has_begun)) return procedure::to_text(period);
      }
    }
  }
  return std::string(text);
}

}  // namespace pao::handlers::requests
