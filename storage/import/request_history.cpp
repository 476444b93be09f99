#include "storage/import/request_history.hpp"

#include "handlers/procedure/service_clock.hpp"
#include "storage/request_events_store.hpp"
#include "storage/requests_store.hpp"

#include <charconv>

namespace pao::storage::import {
namespace {

constexpr const char* channel = "import";

int small_number(std::string_view cell) {
  int number = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return number;
}

bool people_worked_on_it(Session& session, std::string_view id) {
  return session
      .first(
          "SELECT 1 FROM request_events WHERE request_id = $1 AND channel NOT IN ('import', 'job') LIMIT 1",
          {id}, [](const Row&) { return true; })
      .has_value();
}

void add(Session& session, RequestEventRow row, procedure::ClockEvent clock) {
  row.at = start_of_day(clock.on);
  row.clock = std::move(clock);
  add_request_event(session, row);
}

}  // namespace

bool keep_own_request(Session& session, const EntityFile& file, const CsvRow& row, Instant now,
                      FileCounts& counts, ImportReport& report) {
  const std::string_view number = file.cell(row, "ss_id");
  const std::string_view provisional = file.cell(row, "numero_provisional");
  if (!provisional.empty()) {
    const auto ours = find_request(session, provisional);
    const auto confirmed = confirm_request_filing(session, provisional, number, channel, channel, now);
    if (!confirmed) {
      report.refuse(
          {std::string(file.schema->file), row.line, "numero_provisional", confirmed.error().detail});
    } else {
      ++(ours && ours->provisional ? counts.updated : counts.unchanged);
    }
    return true;
  }
  if (!people_worked_on_it(session, number)) return false;
  ++counts.unchanged;
  return true;
}

void store_request_history(Session& session, const EntityFile& file, const CsvRow& row, Instant now,
                           const procedure::Calendar& calendar) {
  using enum procedure::ClockEventKind;
  const std::string_view id = file.cell(row, "ss_id");
  const std::string state(file.cell(row, "estado"));
  const Date filed_on = parse_date(file.cell(row, "fecha_radicado")).value();
  const std::optional<Date> answered_on = parse_date(file.cell(row, "fecha_respuesta"));
  const int level = small_number(file.cell(row, "nivel_servicio_dias"));
  const int suspended = small_number(file.cell(row, "dias_habiles_suspendidos"));
  remove_imported_events(session, id);
  RequestEventRow event{.request_id = std::string(id),
                        .at = start_of_day(filed_on),
                        .actor = std::string(file.cell(row, "radicada_por")),
                        .channel = channel,
                        .event = "radicar",
                        .from_state = "borrador",
                        .to_state = "radicada"};
  if (level <= 0 || file.cell(row, "aval_lider") == "no") {
    add_request_event(session, event);
    if (state == "radicada") return;
    event.event = "importar";
    event.from_state = "radicada";
    event.to_state = state;
    event.actor = channel;
    add_request_event(session, event);
    return;
  }
  add(session, event,
      {.kind = start,
       .on = filed_on,
       .business_days = level,
       .entity_days = procedure::days_ahead(calendar, filed_on, level)});
  event.actor = channel;
  event.event = "importar";
  event.from_state = "radicada";
  if (suspended > 0) {
    event.to_state = "radicada";
    add(session, event, {.kind = suspend_for, .on = filed_on, .business_days = suspended});
  }
  event.to_state = state;
  if (answered_on) {
    add(session, event, {.kind = end, .on = *answered_on});
  } else if (state == "en_espera_informacion") {
    add(session, event, {.kind = stop, .on = local_date(now)});
  } else if (state != "radicada") {
    add_request_event(session, event);
  }
}

}  // namespace pao::storage::import
