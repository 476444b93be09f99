#include "storage/oversight_store.hpp"

#include "storage/columns.hpp"
#include "storage/registro_store.hpp"

#include <map>

namespace pao::storage {

std::vector<FinishedReport> finished_reports(Session& session, std::string_view process_id) {
  return session.all(
      "SELECT id, process_id, cycle, state, response, sent_at, responded_on, final_on, published_on"
      " FROM follow_up_reports WHERE process_id = $1 AND state IN ('final', 'publicado')"
      " ORDER BY cycle DESC",
      {process_id}, [](const Row& row) {
        return FinishedReport{.id = row.string(0),
                              .process_id = row.string(1),
                              .cycle = row.string(2),
                              .state = row.string(3),
                              .response = row.string(4),
                              .sent_at = row.optional_instant(5),
                              .responded_on = row.date(6),
                              .final_on = row.date(7),
                              .published_on = row.date(8)};
      });
}

void add_oversight_reading(Session& session, const OversightReading& reading) {
  std::map<std::string, std::string> content{
      {"what", reading.what}, {"item", reading.item}, {"page", std::to_string(reading.page)}};
  if (reading.term != 0) content["term"] = std::to_string(reading.term);
  append_registro(session, {.at = reading.at,
                            .actor = reading.reader,
                            .channel = "teams",
                            .kind = oversight_read_kind,
                            .subject = reading.process_id,
                            .content = texts_to_json(content)});
}

std::vector<OversightRead> oversight_reads(Session& session, int limit, int offset) {
  return session.all(
      "SELECT at, actor, subject, content FROM registro WHERE kind = 'oci.read' ORDER BY number DESC"
      " LIMIT $1 OFFSET $2",
      {to_value(limit), to_value(offset)}, [](const Row& row) {
        return OversightRead{.at = row.instant(0),
                             .reader = row.string(1),
                             .subject = row.string(2),
                             .content = row.string(3)};
      });
}

std::int64_t count_oversight_reads(Session& session) {
  return session
      .first("SELECT COUNT(*) FROM registro WHERE kind = 'oci.read'", {},
             [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

}  // namespace pao::storage
