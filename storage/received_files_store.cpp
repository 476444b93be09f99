#include "storage/received_files_store.hpp"

namespace pao::storage {
namespace {

#define PAO_RECEIVED_FILE_COLUMNS                                                                     \
  "id, aad_object_id, conversation_id, activity_id, name, file_type, content_type, url, state, size," \
  " sha256, reason, received_at, ended_at, linked_to"

ReceivedFile file_of(const Row& row) {
  return {.id = row.string(0),
          .aad_object_id = row.string(1),
          .conversation_id = row.string(2),
          .activity_id = row.string(3),
          .name = row.string(4),
          .file_type = row.string(5),
          .content_type = row.string(6),
          .url = row.string(7),
          .state = row.string(8),
          .size = row.integer(9),
          .sha256 = row.string(10),
          .reason = row.string(11),
          .received_at = row.instant(12),
          .ended_at = row.optional_instant(13),
          .linked_to = row.string(14)};
}

}  // namespace

bool add_received_file(Session& session, const ReceivedFile& file) {
  return session.run(
             "INSERT INTO received_files (id, aad_object_id, conversation_id, activity_id, name, file_type,"
             " content_type, url, state, received_at)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9) ON CONFLICT (id) DO NOTHING",
             {std::string_view(file.id), std::string_view(file.aad_object_id),
              std::string_view(file.conversation_id), std::string_view(file.activity_id),
              std::string_view(file.name), std::string_view(file.file_type),
              std::string_view(file.content_type), std::string_view(file.url), to_value(file.received_at)}) ==
         1;
}

std::optional<ReceivedFile> find_received_file(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_RECEIVED_FILE_COLUMNS " FROM received_files WHERE id = $1", {id},
                       file_of);
}

std::vector<ReceivedFile> waiting_files(Session& session, int limit) {
  return session.all("SELECT " PAO_RECEIVED_FILE_COLUMNS
                     " FROM received_files WHERE state = 'waiting' ORDER BY received_at, id LIMIT $1",
                     {to_value(limit)}, file_of);
}

bool end_received_file(Session& session, const ReceivedFile& file) {
  return session.run(
             "UPDATE received_files SET state = $2, size = $3, sha256 = $4, name = $5, file_type = $6,"
             " reason = $7, ended_at = $8, url = '' WHERE id = $1 AND state = 'waiting'",
             {std::string_view(file.id), std::string_view(file.state), to_value(file.size),
              std::string_view(file.sha256), std::string_view(file.name), std::string_view(file.file_type),
              std::string_view(file.reason), to_value(file.ended_at.value_or(file.received_at))}) == 1;
}

bool link_received_file(Session& session, std::string_view id, std::string_view target, Instant at) {
  return session.run(
             "UPDATE received_files SET linked_to = $2, linked_at = $3 WHERE id = $1 AND state = 'kept'",
             {id, target, to_value(at)}) == 1;
}

std::vector<ReceivedFile> files_linked_to(Session& session, std::string_view target) {
  return session.all("SELECT " PAO_RECEIVED_FILE_COLUMNS
                     " FROM received_files WHERE linked_to = $1 AND linked_to <> '' ORDER BY received_at, id",
                     {target}, file_of);
}

}  // namespace pao::storage
