// How a progress record stands in a row of progress_records, for the stores that read it.
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/columns.hpp"
#include "storage/words.hpp"

namespace pao::storage {

#define PAO_RECORD_COLUMNS                                                                         \
  "id, practice, item_id, process_id, period, recorded_values, recorded_at, recorded_by, channel," \
  " review, filing, due_on, timeliness"
inline constexpr int record_columns = 13;  // those above: what a store reads besides begins there

inline procedure::Timeliness timeliness_from(std::string_view word) {
  for (const auto timeliness : {procedure::Timeliness::on_time, procedure::Timeliness::late}) {
    if (procedure::to_word(timeliness) == word) return timeliness;
  }
  return procedure::Timeliness::none;
}

// Throws as known() does when a word of the row is none of ours.
inline procedure::ProgressRecord record_of(const Row& row) {
  return {.id = row.string(0),
          .practice = row.string(1),
          .item_id = row.string(2),
          .process_id = row.string(3),
          .period = row.string(4),
          .values = texts_from_json(row.text(5)),
          .recorded_at = row.instant(6),
          .recorded_by = row.string(7),
          .channel = row.string(8),
          .review = known(procedure::parse_review_state(row.text(9))),
          .filing = known(procedure::parse_filing_state(row.text(10))),
          .due_on = row.date(11),
          .timeliness = timeliness_from(row.string(12))};
}

}  // namespace pao::storage
