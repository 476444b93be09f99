#include "handlers/procedure/item_changes.hpp"

#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/numbers.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <set>

namespace pao::procedure {
namespace {

tl::unexpected<Error> unreadable(const char* detail, const char* sentence) {
  return fail(ErrorCode::invalid, detail, sentence);
}

// "2026-11-30" as date inputs send it, or "30/11/2026" as people write it.
std::optional<Date> date_of(const std::string& text) {
  if (const std::optional<Date> iso = parse_date(text)) return iso;
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
  return parse_date(text.substr(6, 4) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2));
}

// Months 1 to 12, separated by anything that is no digit; in order, each once.
std::vector<int> months_of(std::string_view text) {
  std::set<int> months;
  for (std::size_t i = 0; i < text.size();) {
    if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) {
      ++i;
      continue;
    }
    int month = 0;
    const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), month);
    if (error != std::errc{} || month < 1 || month > 12) return {};
    months.insert(month);
    i = static_cast<std::size_t>(end - text.data());
  }
  return {months.begin(), months.end()};
}

std::string months_text(const std::vector<int>& months) {
  std::string text;
  for (const int month : months) text += (text.empty() ? "" : ", ") + std::to_string(month);
  return text;
}

Result<Item> with_date(Item item, std::optional<Date> Item::*member, const std::string& value) {
  const std::optional<Date> day = date_of(value);
  if (!day) return unreadable("not a date", "Escriba la fecha así: 2026-11-30.");
  item.*member = day;
  if (item.starts_on && item.ends_on && *item.ends_on < *item.starts_on) {
    return unreadable("ends before it begins", "La fecha final no puede ser anterior a la de inicio.");
  }
  return item;
}

}  // namespace

std::vector<std::string> changeable_fields(ItemKind kind) {
  using namespace item_field;
  switch (kind) {
    case ItemKind::plan_activity:
      return {ends_on, starts_on, goal, weight, owner, name};
    case ItemKind::plan_task:
      return {ends_on, starts_on, weight, owner, planned_months, name, "producto"};
    case ItemKind::project:
      return {"meta_producto", owner, name, "horizonte_fin", "unidad"};
    case ItemKind::indicator:
      return {goal, formula, periodicity, owner, "tendencia", "unidad", name};
    case ItemKind::risk:
      return {name, "nivel_inherente", "nivel_residual", "tratamiento", "tipo"};
    case ItemKind::risk_control:
      return {name, "naturaleza", owner};
    case ItemKind::improvement:
      return {ends_on, starts_on, owner, name};
    case ItemKind::commitment:
      return {ends_on, owner, name};
    case ItemKind::continuity_plan:
      return {"rto_horas", "rpo_horas", "tiempo_maximo_tolerable_horas", "prueba_programada"};
    case ItemKind::document:
      return {"version", "ultima_revision", name, "tipo"};
  }
  return {};
}

std::string item_value(const Item& item, std::string_view field) {
  using namespace item_field;
  if (field == starts_on) return item.starts_on ? iso_date(*item.starts_on) : "";
  if (field == ends_on) return item.ends_on ? iso_date(*item.ends_on) : "";
  if (field == owner) return item.owner_id;
  if (field == name) return item.name;
  if (field == periodicity) {
    return item.periodicity == Periodicity::none ? "" : std::string(to_word(item.periodicity));
  }
  if (field == planned_months) return months_text(item.planned_months);
  const auto found = item.attributes.find(std::string(field));
  return found == item.attributes.end() ? "" : found->second;
}

Result<Item> with_value(const Item& before, std::string_view field, std::string_view text) {
  using namespace item_field;
  const std::vector<std::string> allowed = changeable_fields(before.kind);
  if (std::find(allowed.begin(), allowed.end(), field) == allowed.end()) {
    return unreadable("not a field of that kind of item", "Ese elemento no tiene ese dato. Elija otro.");
  }
  const std::string value = trimmed(text);
  if (value.empty()) return unreadable("empty value", "Escriba el valor nuevo.");
  Item item = before;
  if (field == starts_on) return with_date(item, &Item::starts_on, value);
  if (field == ends_on) return with_date(item, &Item::ends_on, value);
  if (field == owner) {
    item.owner_id = value;
  } else if (field == name) {
    item.name = value;
  } else if (field == periodicity) {
    const std::optional<Periodicity> read = parse_periodicity(value);
    if (!read || *read == Periodicity::none) {
      return unreadable("unknown periodicity",
                        "Escriba la periodicidad: mensual, trimestral, cuatrimestral, semestral o anual.");
    }
    item.periodicity = *read;
  } else if (field == planned_months) {
    item.planned_months = months_of(value);
    if (item.planned_months.empty()) {
      return unreadable("not months", "Escriba los meses con números, por ejemplo 2, 4, 6.");
    }
  } else if (field == weight) {
    const auto number = parse_number(value);
    if (!number || *number < 0 || *number > 100) {
      return unreadable("not a percentage", "El peso es un número de 0 a 100.");
    }
    item.attributes[weight] = stored_number(*number);
  } else {
    item.attributes[std::string(field)] = value;
  }
  return item;
}

Item ended(const Item& before, Date last_day, std::string_view request_id) {
  Item item = before;
  if (!item.ends_on || *item.ends_on > last_day) item.ends_on = last_day;
  if (item.starts_on && *item.ends_on < *item.starts_on) item.starts_on = item.ends_on;
  item.attributes[item_field::removed_by] = std::string(request_id);
  return item;
}

}  // namespace pao::procedure
