#include "storage/reopened_periods_store.hpp"

#include "storage/words.hpp"

namespace pao::storage {
namespace {

#define PAO_REOPENED_COLUMNS \
  "request_id, process_id, practice, item_id, period, opens_on, closes_on, reopened_by, reopened_at"

ReopenedPeriod reopened_of(const Row& row) {
  return {.request_id = row.string(0),
          .process_id = row.string(1),
          .practice = row.string(2),
          .item_id = row.string(3),
          .period = row.string(4),
          .opens_on = known(row.date(5)),
          .closes_on = known(row.date(6)),
          .reopened_by = row.string(7),
          .reopened_at = row.instant(8)};
}

}  // namespace

void reopen_period(Session& session, const ReopenedPeriod& reopened) {
  const std::string opens = iso_date(reopened.opens_on), closes = iso_date(reopened.closes_on);
  session.run("INSERT INTO reopened_periods (" PAO_REOPENED_COLUMNS
              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (request_id) DO UPDATE SET"
              " item_id = excluded.item_id, period = excluded.period, opens_on = excluded.opens_on,"
              " closes_on = excluded.closes_on, reopened_by = excluded.reopened_by,"
              " reopened_at = excluded.reopened_at",
              {std::string_view(reopened.request_id), std::string_view(reopened.process_id),
               std::string_view(reopened.practice), std::string_view(reopened.item_id),
               std::string_view(reopened.period), std::string_view(opens), std::string_view(closes),
               std::string_view(reopened.reopened_by), to_value(reopened.reopened_at)});
}

std::optional<ReopenedPeriod> reopened_on(Session& session, std::string_view item_id, std::string_view period,
                                          Date day) {
  const std::string on = iso_date(day);
  return session.first("SELECT " PAO_REOPENED_COLUMNS
                       " FROM reopened_periods WHERE item_id = $1 AND period = $2 AND opens_on <= $3"
                       " AND closes_on >= $3 ORDER BY closes_on DESC LIMIT 1",
                       {item_id, period, std::string_view(on)}, reopened_of);
}

std::vector<ReopenedPeriod> reopened_periods(Session& session, std::string_view process_id, Date day) {
  const std::string on = iso_date(day);
  if (process_id.empty()) {
    return session.all("SELECT " PAO_REOPENED_COLUMNS
                       " FROM reopened_periods WHERE opens_on <= $1 AND closes_on >= $1"
                       " ORDER BY process_id, item_id, period",
                       {std::string_view(on)}, reopened_of);
  }
  return session.all("SELECT " PAO_REOPENED_COLUMNS
                     " FROM reopened_periods WHERE process_id = $1 AND opens_on <= $2 AND closes_on >= $2"
                     " ORDER BY item_id, period",
                     {process_id, std::string_view(on)}, reopened_of);
}

}  // namespace pao::storage
