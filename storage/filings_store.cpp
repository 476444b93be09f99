#include "storage/filings_store.hpp"

#include "storage/requests_store.hpp"
#include "storage/verification_store.hpp"
#include "storage/words.hpp"

namespace pao::storage {
namespace {

constexpr std::array smgi_state_words{
    Word<SmgiState>{SmgiState::sent, "enviado"},
    Word<SmgiState>{SmgiState::confirmed, "confirmado"},
    Word<SmgiState>{SmgiState::refused, "rechazado"},
};

#define PAO_FILING_COLUMNS "key, kind, subject_id, state, changed_at, smgi_number, reason"

SmgiFiling filing_of(const Row& row) {
  return {.key = row.string(0),
          .kind = row.string(1),
          .id = row.string(2),
          .state = known(value_of(smgi_state_words, row.text(3))),
          .changed_at = row.instant(4),
          .smgi_number = row.string(5),
          .reason = row.string(6)};
}

bool add_filing(Session& session, std::string_view key, std::string_view kind, std::string_view id,
                Instant at) {
  return session.run("INSERT INTO smgi_filings (" PAO_FILING_COLUMNS
                     ") VALUES ($1, $2, $3, 'enviado', $4, '', '') ON CONFLICT (key) DO NOTHING",
                     {key, kind, id, to_value(at)}) == 1;
}

std::int64_t revision_of(Session& session, std::string_view record_id) {
  return session
             .first("SELECT COUNT(*) FROM progress_history WHERE record_id = $1", {record_id},
                    [](const Row& row) { return row.integer(0); })
             .value_or(0) +
         1;
}

}  // namespace

std::string_view to_word(SmgiState state) {
  return word_of(smgi_state_words, state);
}

std::vector<RecordToFile> records_to_file(Session& session, int limit) {
  const auto ids = session.all(
      "SELECT id FROM progress_records WHERE filing = 'capturado' AND channel = 'pao_teams'"
      " ORDER BY recorded_at, id LIMIT $1",
      {to_value(limit)}, [](const Row& row) { return row.string(0); });
  std::vector<RecordToFile> found;
  for (const std::string& id : ids) {
    if (const auto stored = find_record(session, id))
      found.push_back({stored->record, revision_of(session, id)});
  }
  return found;
}

std::vector<procedure::ServiceRequest> requests_to_file(Session& session, int limit) {
  const auto ids = session.all(
      "SELECT r.id FROM service_requests r WHERE r.provisional = 1 AND r.state NOT IN ('borrador', 'anulada')"
      " AND NOT EXISTS (SELECT 1 FROM smgi_filings f WHERE f.subject_id = r.id)"
      " ORDER BY r.filed_at, r.id LIMIT $1",
      {to_value(limit)}, [](const Row& row) { return row.string(0); });
  std::vector<procedure::ServiceRequest> found;
  for (const std::string& id : ids) {
    if (auto request = find_request(session, id)) found.push_back(std::move(*request));
  }
  return found;
}

bool mark_record_sent(Session& session, const RecordToFile& filed, std::string_view key, Instant at) {
  if (!add_filing(session, key, "avance", filed.record.id, at)) return false;
  if (revision_of(session, filed.record.id) == filed.revision) {
    session.run("UPDATE progress_records SET filing = 'enviado' WHERE id = $1 AND filing = 'capturado'",
                {std::string_view(filed.record.id)});
  }
  return true;
}

bool mark_request_sent(Session& session, std::string_view request_id, std::string_view key, Instant at) {
  return add_filing(session, key, "solicitud_ss", request_id, at);
}

std::optional<SmgiFiling> find_filing(Session& session, std::string_view key) {
  return session.first("SELECT " PAO_FILING_COLUMNS " FROM smgi_filings WHERE key = $1", {key}, filing_of);
}

void settle_filing(Session& session, const SmgiFiling& filing) {
  session.run(
      "UPDATE smgi_filings SET state = $2, changed_at = $3, smgi_number = $4, reason = $5 WHERE key = $1",
      {std::string_view(filing.key), to_word(filing.state), to_value(filing.changed_at),
       std::string_view(filing.smgi_number), std::string_view(filing.reason)});
}

void settle_record(Session& session, const SmgiFiling& filing) {
  settle_filing(session, filing);
  if (filing.state == SmgiState::confirmed) {
    session.run("UPDATE progress_records SET smgi_number = $2 WHERE id = $1",
                {std::string_view(filing.id), std::string_view(filing.smgi_number)});
  }
  if (filing.key != filing.id + ".r" + std::to_string(revision_of(session, filing.id))) return;
  if (filing.state == SmgiState::confirmed) {
    session.run(
        "UPDATE progress_records SET filing = 'confirmado', smgi_reason = NULL"
        " WHERE id = $1 AND filing <> 'confirmado'",
        {std::string_view(filing.id)});
  } else {
    session.run("UPDATE progress_records SET smgi_reason = $2 WHERE id = $1 AND filing = 'enviado'",
                {std::string_view(filing.id), std::string_view(filing.reason)});
  }
}

std::vector<SmgiFiling> settled_since(Session& session, Instant since) {
  return session.all("SELECT " PAO_FILING_COLUMNS
                     " FROM smgi_filings WHERE state <> 'enviado' AND changed_at >= $1"
                     " ORDER BY changed_at, key",
                     {to_value(since)}, filing_of);
}

std::vector<SmgiFiling> filings_since(Session& session, Instant since) {
  return session.all("SELECT " PAO_FILING_COLUMNS
                     " FROM smgi_filings WHERE changed_at >= $1 ORDER BY changed_at, key",
                     {to_value(since)}, filing_of);
}

}  // namespace pao::storage
