#include "handlers/requests/apply_change.hpp"

#include "cards/texts.hpp"
#include "handlers/procedure/item_changes.hpp"
#include "handlers/procedure/period.hpp"
#include "handlers/requests/apply_adjustment.hpp"
#include "handlers/requests/change_order.hpp"
#include "handlers/tracking.hpp"
#include "storage/consult_store.hpp"
#include "storage/item_changes_store.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"
#include "storage/reopened_periods_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::requests {
namespace {

using procedure::Item;
using procedure::ItemKind;
using procedure::ServiceRequest;
using storage::ItemChange;
namespace item_field = procedure::item_field;

constexpr int reopened_business_days = 2;  // GEN-18

// Everything that one application works with.
struct Change {
  storage::Session& session;
  const Reference& reference;
  const ServiceRequest& request;
  const std::map<std::string, std::string>& values;
  const std::string& doer_id;
  Instant now;

  std::string value(const char* name) const {
    const auto found = values.find(name);
    if (found == values.end()) return "";
    const std::size_t first = found->second.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return "";
    return found->second.substr(first, found->second.find_last_not_of(" \t\r\n") - first + 1);
  }
  ItemChange trace(std::string item_id, std::string field, std::string before, std::string after) const {
    return {.request_id = request.id,
            .item_id = std::move(item_id),
            .field = std::move(field),
            .old_value = std::move(before),
            .new_value = std::move(after),
            .changed_by = doer_id,
            .changed_at = now};
  }
};

tl::unexpected<Error> wrong(const char* detail, std::string sentence) {
  return fail(ErrorCode::invalid, detail, std::move(sentence));
}

// ---- Finding what the form names ----

Result<Item> item_of(const Change& change) {
  const std::string id = change.value("elemento").empty() ? change.request.item_id : change.value("elemento");
  const auto item = storage::find_item(change.session, id);
  if (!item || item->process_id != change.request.process_id) {
    return wrong("no such item in the process",
                 "No encontré ese código en el proceso de la solicitud. Revíselo.");
  }
  return *item;
}

// An owner is written as id, mail or full name.
Result<std::string> person_of(storage::Session& session, const std::string& named) {
  std::vector<std::string> found;
  for (const procedure::Person& person : storage::active_people(session)) {
    if (person.id == named || person.email == named) return person.id;
    if (person.name == named) found.push_back(person.id);
  }
  if (found.size() == 1) return found.front();
  return wrong("no such person",
               "No encontré a esa persona en el directorio. Escriba su correo institucional.");
}

// ---- By type ----

Result<Applied> change_field(const Change& change, const Item& item) {
  const std::string field = change.value("campo");
  std::string value = change.value("valor_nuevo");
  if (field == item_field::owner) {
    const Result<std::string> owner = person_of(change.session, value);
    if (!owner) return tl::unexpected<Error>(owner.error());
    value = *owner;
  }
  const Result<Item> changed = procedure::with_value(item, field, value);
  if (!changed) return tl::unexpected<Error>(changed.error());
  const std::string before = procedure::item_value(item, field);
  const std::string after = procedure::item_value(*changed, field);
  if (before == after) return wrong("nothing changes", "El valor nuevo es igual al actual. Revíselo.");
  const Result<void> stored =
      storage::change_item(change.session, *changed, change.trace(item.id, field, before, after));
  if (!stored) return tl::unexpected<Error>(stored.error());
  return Applied{item.id + ", " + cards::field_label(field), before, after};
}

Result<Applied> remove_item(const Change& change, const Item& item) {
  const Date last_day = local_date(change.now);
  if (item.attributes.contains(item_field::removed_by)) {
    return wrong("already ended", "Ese elemento ya fue eliminado.");
  }
  const Item ended = procedure::ended(item, last_day, change.request.id);
  const std::string before = item.ends_on ? iso_date(*item.ends_on) : "";
  const Result<void> stored = storage::change_item(
      change.session, ended, change.trace(item.id, "eliminacion", before, iso_date(*ended.ends_on)));
  if (!stored) return tl::unexpected<Error>(stored.error());
  return Applied{item.id + ", eliminación (fecha final)", before, iso_date(*ended.ends_on)};
}

bool is_item_id(const std::string& id) {
  return !id.empty() && id.size() <= 80 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

Result<Applied> create_item(const Change& change, ItemKind kind) {
  Item item{.id = change.value("elemento"),
            .kind = kind,
            .practice = change.request.practice,
            .process_id = change.request.process_id,
            .parent_id = change.value("depende_de"),
            .name = change.value(item_field::name)};
  if (!is_item_id(item.id)) {
    return wrong("not an item id", "Escriba el código con letras, números y guiones, sin espacios.");
  }
  if (item.name.empty()) return wrong("item without a name", "Escriba el nombre del elemento.");
  if (!item.parent_id.empty()) {
    const auto parent = storage::find_item(change.session, item.parent_id);
    if (!parent || parent->process_id != item.process_id) {
      return wrong("no such parent", "No encontré en el proceso el código del que depende. Revíselo.");
    }
  } else if (kind == ItemKind::plan_task || kind == ItemKind::risk_control) {
    return wrong("item without a parent", "Escriba el código de la actividad o del riesgo del que depende.");
  }
  for (const char* field : {item_field::starts_on, item_field::ends_on, item_field::owner,
                            item_field::planned_months, item_field::periodicity}) {
    std::string value = change.value(field);
    const std::vector<std::string> known = procedure::changeable_fields(kind);
    if (value.empty() || std::find(known.begin(), known.end(), field) == known.end()) continue;
    if (std::string_view(field) == item_field::owner) {
      const Result<std::string> owner = person_of(change.session, value);
      if (!owner) return tl::unexpected<Error>(owner.error());
      value = *owner;
    }
    Result<Item> with = procedure::with_value(item, field, value);
    if (!with) return tl::unexpected<Error>(with.error());
    item = std::move(*with);
  }
  const Result<void> stored =
      storage::create_item(change.session, item, change.trace(item.id, "creacion", "", item.name));
  if (!stored) return tl::unexpected<Error>(stored.error());
  return Applied{item.id + ", creación", "", item.name};
}

Result<Applied> create_or_remove(const Change& change) {
  if (change.value("accion") == "eliminar") {
    const Result<Item> item = item_of(change);
    if (!item) return tl::unexpected<Error>(item.error());
    return remove_item(change, *item);
  }
  if (change.value("accion") != "crear") return wrong("no such action", "Elija si se crea o se elimina.");
  const auto kind = procedure::parse_item_kind(change.value("tipo_elemento"));
  if (!kind) return wrong("no such kind", "Elija el tipo de elemento.");
  return create_item(change, *kind);
}

Result<Applied> change_document(const Change& change) {
  if (change.value("accion") == "crear") return create_item(change, ItemKind::document);
  const Result<Item> item = item_of(change);
  if (!item) return tl::unexpected<Error>(item.error());
  if (item->kind != ItemKind::document) {
    return wrong("not a document", "Ese código no es de un documento. Revíselo.");
  }
  return change.value("accion") == "eliminar" ? remove_item(change, *item) : change_field(change, *item);
}

Result<std::string> period_of(const Change& change) {
  std::string period = period_from_words(change.value("periodo"), local_date(change.now));
  if (procedure::parse_period(period)) return period;
  return wrong("not a period", "Escriba el periodo, por ejemplo octubre de 2026 o 2026-10.");
}

// What the form names, else what the request does: an item of its process, or the process as a whole.
Result<procedure::Item> recorded_item_of(const Change& change) {
  const std::string typed = change.value("elemento");
  auto item =
      find_recorded_item(change.session, change.reference, typed.empty() ? change.request.item_id : typed);
  if (item && item->process_id == change.request.process_id) return *std::move(item);
  return wrong("no such item in the process",
               "No encontré ese código en el proceso de la solicitud. Revíselo.");
}

Result<Applied> correct_record(const Change& change) {
  const Result<std::string> period = period_of(change);
  if (!period) return tl::unexpected<Error>(period.error());
  const Result<procedure::Item> item = recorded_item_of(change);
  if (!item) return tl::unexpected<Error>(item.error());
  const std::string field = change.value("campo"), value = change.value("valor_nuevo");
  std::string before;
  bool known = false;
  for (const procedure::ProgressRecord& record : storage::records_of_item(change.session, item->id)) {
    if (record.period != *period) continue;
    const auto found = record.values.find(field);
    known = found != record.values.end();
    if (known) before = found->second;
  }
  if (!known) {
    return wrong("no such recorded value",
                 "No hay ese dato en el registro de " + cards::period_name(*period) + ". Revise el periodo.");
  }
  if (value.empty() || value == before) return wrong("nothing changes", "Escriba un valor nuevo distinto.");
  ItemChange trace = change.trace(item->id, field, before, value);
  trace.period = *period;
  const Result<void> stored = storage::correct_record(change.session, trace);
  if (!stored) return tl::unexpected<Error>(stored.error());
  return Applied{item->id + ", " + cards::field_label(field) + ", " + cards::period_name(*period), before,
                 value};
}

// What is opened again was due, in a year that is still followed (track), and its time is over.
Result<void> check_closed(const Change& change, const Item& item, const std::string& period) {
  const auto nothing_due =
      wrong("nothing due for that item and period",
            "Ese elemento no tiene avance programado en " + cards::period_name(period) +
                ". Revise el código y el periodo: se reabren los de este año y del anterior.");
  const Date today = local_date(change.now);
  const int this_year = static_cast<int>(std::chrono::year_month_day{today}.year());
  const int year = procedure::parse_period(period)->year;
  if (year != this_year && year != this_year - 1) return nothing_due;
  const auto tracked = track_item(change.session, change.reference, item, year, change.now);
  if (!tracked) return tl::unexpected<Error>(tracked.error());
  const auto found = std::find_if(tracked->begin(), tracked->end(),
                                  [&](const Tracked& one) { return one.obligation.period == period; });
  if (found == tracked->end()) return nothing_due;
  const Date due_on = found->obligation.due_on;
  if (due_on < today) return {};
  return wrong("the period is not closed",
               "Ese periodo no ha cerrado: vence el " + cards::long_date(due_on) + ". Revise el periodo.");
}

Result<Applied> reopen(const Change& change) {
  const Result<std::string> period = period_of(change);
  if (!period) return tl::unexpected<Error>(period.error());
  const Result<procedure::Item> item = recorded_item_of(change);
  if (!item) return tl::unexpected<Error>(item.error());
  const Result<void> closed = check_closed(change, *item, *period);
  if (!closed) return tl::unexpected<Error>(closed.error());
  const Date today = local_date(change.now);
  const Date last = change.reference.calendar.add_business_days(today, reopened_business_days);
  storage::reopen_period(change.session, {.request_id = change.request.id,
                                          .process_id = item->process_id,
                                          .practice = item->practice,
                                          .item_id = item->id,
                                          .period = *period,
                                          .opens_on = today,
                                          .closes_on = last,
                                          .reopened_by = change.doer_id,
                                          .reopened_at = change.now});
  ItemChange trace = change.trace(item->id, "reapertura", "cerrado", "abierto hasta " + iso_date(last));
  trace.period = *period;
  storage::note_change(change.session, trace);
  return Applied{item->id + ", " + cards::period_name(*period), "Periodo cerrado",
                 "Abierto hasta el " + cards::long_date(last)};
}

// An SS-7 becomes a consult of its filer that the advisor answers.
Result<Applied> hand_over_as_consult(const Change& change) {
  int days = 1;
  if (const procedure::PracticeRules* general = change.reference.rules_of(procedure::practice::general)) {
    for (const procedure::AttentionLevel& level : general->attention_levels) {
      if (level.level == 1 && level.business_days) days = *level.business_days;
    }
  }
  const ServiceRequest& request = change.request;
  const Result<storage::Consult> consult = storage::add_consult(
      change.session, {.asked_by = request.filed_by,
                       .process_id = request.process_id,
                       .practice = request.practice == procedure::practice::general ? "" : request.practice,
                       .question = cards::shorten(request.subject + "\n" + request.justification, 4000),
                       .advisor_id = request.advisor_id.empty() ? change.doer_id : request.advisor_id,
                       .level = 1,
                       .asked_at = change.now,
                       .due_on = change.reference.calendar.add_business_days(local_date(change.now), days)});
  if (!consult) return tl::unexpected<Error>(consult.error());
  return Applied{"Asesoría", "Solicitud " + request.id, "Consulta " + consult->id};
}

}  // namespace

Result<Applied> apply_change(storage::Session& session, const Reference& reference,
                             const ServiceRequest& request, const std::map<std::string, std::string>& values,
                             const std::string& doer_id, Instant now) {
  const Change change{session, reference, request, values, doer_id, now};
  if (request.type == "SS-1") return correct_record(change);
  if (request.type == "SS-3") return create_or_remove(change);
  if (request.type == "SS-4") return apply_adjustment(session, reference, request, values, doer_id, now);
  if (request.type == "SS-5") return reopen(change);
  if (request.type == "SS-6") return change_document(change);
  if (request.type == "SS-7") return hand_over_as_consult(change);
  const Result<Item> item = item_of(change);
  if (!item) return tl::unexpected<Error>(item.error());
  return change_field(change, *item);
}

}  // namespace pao::handlers::requests
