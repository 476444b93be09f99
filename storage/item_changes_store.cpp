#include "storage/item_changes_store.hpp"

#include "handlers/procedure/item_changes.hpp"
#include "storage/columns.hpp"
#include "storage/items_store.hpp"

namespace pao::storage {
namespace {

#define PAO_CHANGE_COLUMNS \
  "id, request_id, item_id, period, field, old_value, new_value, changed_by, changed_at"

ItemChange change_of(const Row& row) {
  return {.id = row.integer(0),
          .request_id = row.string(1),
          .item_id = row.string(2),
          .period = row.string(3),
          .field = row.string(4),
          .old_value = row.string(5),
          .new_value = row.string(6),
          .changed_by = row.string(7),
          .changed_at = row.instant(8)};
}

}  // namespace

void note_change(Session& session, const ItemChange& change) {
  session.run(
      "INSERT INTO item_changes (request_id, item_id, period, field, old_value, new_value, changed_by,"
      " changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {std::string_view(change.request_id), std::string_view(change.item_id), std::string_view(change.period),
       std::string_view(change.field), std::string_view(change.old_value), std::string_view(change.new_value),
       std::string_view(change.changed_by), to_value(change.changed_at)});
}

Result<void> change_item(Session& session, const procedure::Item& changed, const ItemChange& change) {
  const std::optional<procedure::Item> before = find_item(session, changed.id);
  if (!before) return fail(ErrorCode::not_found, "no such item");
  if (change.field != "eliminacion" && procedure::item_value(*before, change.field) != change.old_value) {
    return fail(ErrorCode::conflict, "the item changed meanwhile",
                "Ese dato cambió mientras usted lo revisaba. Abra de nuevo la solicitud.");
  }
  const std::string months = months_to_text(changed.planned_months);
  const std::string starts = day_text(changed.starts_on), ends = day_text(changed.ends_on);
  const std::string attributes = texts_to_json(changed.attributes);
  session.run(
      "UPDATE items SET name = $2, owner_id = $3, periodicity = $4, planned_months = $5, starts_on = $6,"
      " ends_on = $7, attributes = $8 WHERE id = $1",
      {std::string_view(changed.id), std::string_view(changed.name), text_or_null(changed.owner_id),
       procedure::to_word(changed.periodicity), std::string_view(months), text_or_null(starts),
       text_or_null(ends), std::string_view(attributes)});
  note_change(session, change);
  return {};
}

Result<void> create_item(Session& session, const procedure::Item& item, const ItemChange& change) {
  if (find_item(session, item.id)) {
    return fail(ErrorCode::conflict, "the id of the item is taken",
                "Ya existe un elemento con ese código. Escriba otro.");
  }
  const std::string months = months_to_text(item.planned_months);
  const std::string starts = day_text(item.starts_on), ends = day_text(item.ends_on);
  const std::string attributes = texts_to_json(item.attributes);
  session.run(
      "INSERT INTO items (id, position, kind, practice, process_id, parent_id, name, owner_id, periodicity,"
      " planned_months, starts_on, ends_on, attributes)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      {std::string_view(item.id), to_value(next_number(session, "position.items")),
       procedure::to_word(item.kind), std::string_view(item.practice), std::string_view(item.process_id),
       text_or_null(item.parent_id), std::string_view(item.name), text_or_null(item.owner_id),
       procedure::to_word(item.periodicity), std::string_view(months), text_or_null(starts),
       text_or_null(ends), std::string_view(attributes)});
  note_change(session, change);
  return {};
}

Result<void> correct_record(Session& session, const ItemChange& change) {
  auto values =
      session.first("SELECT recorded_values FROM progress_records WHERE item_id = $1 AND period = $2",
                    {std::string_view(change.item_id), std::string_view(change.period)},
                    [](const Row& row) { return texts_from_json(row.text(0)); });
  if (!values) {
    return fail(ErrorCode::not_found, "no record of that item and period",
                "No hay un registro de ese elemento en ese periodo. Revise el código y el periodo.");
  }
  if ((*values)[change.field] != change.old_value) {
    return fail(ErrorCode::conflict, "the record changed meanwhile",
                "Ese dato cambió mientras usted lo revisaba. Abra de nuevo la solicitud.");
  }
  (*values)[change.field] = change.new_value;
  const std::string json = texts_to_json(*values);
  session.run("UPDATE progress_records SET recorded_values = $3 WHERE item_id = $1 AND period = $2",
              {std::string_view(change.item_id), std::string_view(change.period), std::string_view(json)});
  note_change(session, change);
  return {};
}

std::vector<ItemChange> changes_of_item(Session& session, std::string_view item_id) {
  return session.all("SELECT " PAO_CHANGE_COLUMNS " FROM item_changes WHERE item_id = $1 ORDER BY id",
                     {item_id}, change_of);
}

std::vector<ItemChange> changes_of_request(Session& session, std::string_view request_id) {
  return session.all("SELECT " PAO_CHANGE_COLUMNS " FROM item_changes WHERE request_id = $1 ORDER BY id",
                     {request_id}, change_of);
}

}  // namespace pao::storage
