// Files that people sent in their personal chat (reference 3.9): where each came from, whether its bytes are
// here, and what it proves.
#pragma once

#include "storage/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct ReceivedFile {
  std::string id;  // made of the activity, so that a repeated one adds nothing
  std::string aad_object_id;
  std::string conversation_id;
  std::string activity_id;  // of the message it came with
  std::string name;         // as the sender named it; "" for a picture in the text
  std::string file_type;    // as stated until it is kept, then what it is
  std::string content_type;
  std::string url;                // short-lived
  std::string state = "waiting";  // then "kept" or "refused"
  std::int64_t size = 0;          // bytes; of a kept one
  std::string sha256;             // hexadecimal; of a kept one, names its content
  std::string reason;             // Spanish sentence; of a refused one
  Instant received_at;
  std::optional<Instant> ended_at = {};
  // "ss:…", "avance:…", "recomendacion:…", "respuesta:…"; "" while the person has not said
  std::string linked_to = {};
};

// False when the id exists already.
bool add_received_file(Session& session, const ReceivedFile& file);
std::optional<ReceivedFile> find_received_file(Session& session, std::string_view id);

// Those whose bytes are not here yet, oldest first.
std::vector<ReceivedFile> waiting_files(Session& session, int limit);

// Stores what became of a waiting one: state, size, sha256, name, file_type, reason, ended_at. False when it
// does not wait any more.
bool end_received_file(Session& session, const ReceivedFile& file);

// Says what a kept file proves; again to correct it. False when there is no such kept file.
bool link_received_file(Session& session, std::string_view id, std::string_view target, Instant at);

// What was linked to that target, oldest first.
std::vector<ReceivedFile> files_linked_to(Session& session, std::string_view target);

}  // namespace pao::storage
