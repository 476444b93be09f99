#include "storage/file_consents_store.hpp"

namespace pao::storage {
namespace {

#define PAO_FILE_CONSENT_COLUMNS                                                                \
  "id, aad_object_id, name, subject, state, conversation_id, card_id, upload_url, content_url," \
  " unique_id, file_type, reason, offered_at, answered_at, ended_at"

FileConsent consent_of(const Row& row) {
  return {.id = row.string(0),
          .aad_object_id = row.string(1),
          .name = row.string(2),
          .subject = row.string(3),
          .state = row.string(4),
          .conversation_id = row.string(5),
          .card_id = row.string(6),
          .upload_url = row.string(7),
          .content_url = row.string(8),
          .unique_id = row.string(9),
          .file_type = row.string(10),
          .reason = row.string(11),
          .offered_at = row.instant(12),
          .answered_at = row.optional_instant(13),
          .ended_at = row.optional_instant(14)};
}

}  // namespace

Result<void> offer_file(Session& session, const FileConsent& consent) {
  const std::int64_t added = session.run(
      "INSERT INTO file_consents (" PAO_FILE_CONSENT_COLUMNS
      ") VALUES ($1, $2, $3, $4, 'offered', '', '', '', '', '', '', '', $5, NULL, NULL)"
      " ON CONFLICT (id) DO NOTHING",
      {std::string_view(consent.id), std::string_view(consent.aad_object_id), std::string_view(consent.name),
       std::string_view(consent.subject), to_value(consent.offered_at)});
  if (added == 1) return {};
  return fail(ErrorCode::conflict, "file consent: the id is taken");
}

std::optional<FileConsent> find_file_consent(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_FILE_CONSENT_COLUMNS " FROM file_consents WHERE id = $1", {id},
                       consent_of);
}

bool answer_file_consent(Session& session, const FileConsent& answered) {
  return session.run(
             "UPDATE file_consents SET state = $2, conversation_id = $3, card_id = $4, upload_url = $5,"
             " content_url = $6, unique_id = $7, file_type = $8, answered_at = $9"
             " WHERE id = $1 AND state = 'offered'",
             {std::string_view(answered.id), std::string_view(answered.state),
              std::string_view(answered.conversation_id), std::string_view(answered.card_id),
              std::string_view(answered.upload_url), std::string_view(answered.content_url),
              std::string_view(answered.unique_id), std::string_view(answered.file_type),
              to_value(answered.answered_at)}) == 1;
}

std::vector<FileConsent> accepted_files(Session& session, int limit) {
  return session.all("SELECT " PAO_FILE_CONSENT_COLUMNS
                     " FROM file_consents WHERE state = 'accepted' ORDER BY answered_at, id LIMIT $1",
                     {to_value(limit)}, consent_of);
}

bool end_file_consent(Session& session, std::string_view id, std::string_view state, std::string_view reason,
                      Instant at) {
  return session.run(
             "UPDATE file_consents SET state = $2, reason = $3, ended_at = $4"
             " WHERE id = $1 AND state = 'accepted'",
             {id, state, reason, to_value(at)}) == 1;
}

}  // namespace pao::storage
