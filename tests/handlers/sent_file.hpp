// A file that somebody sends in the personal chat, until its bytes are here.
#pragma once

#include "storage/received_files_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <string>

namespace pao::handlers::test {

inline Turn with_file(const Assistant& assistant, const std::string& person, const std::string& name) {
  Turn turn = assistant.text(person, "");
  turn.kind = TurnKind::file;
  turn.attachments = {{.name = name,
                       .content_type = std::string(file_download_type),
                       .file_type = "pdf",
                       .url = "https://entidad.sharepoint.com/x"}};
  return turn;
}

inline storage::ReceivedFile waiting(const Assistant& assistant) {
  auto files = assistant.database().read([](storage::Session& s) { return storage::waiting_files(s, 10); });
  REQUIRE(files);
  REQUIRE(files->size() == 1);
  return files->front();
}

// The file's bytes have come.
inline void keep(const Assistant& assistant, storage::ReceivedFile file) {
  file.state = "kept";
  file.size = 2'202'010;
  file.sha256 = std::string(64, 'a');
  file.ended_at = assistant.now();
  REQUIRE(assistant.database().write(
      [&](storage::Session& session) { REQUIRE(storage::end_received_file(session, file)); }));
}

// Sent, received and kept; gives its id.
inline std::string sends_file(const Assistant& assistant, const std::string& person,
                              const std::string& name) {
  assistant.take(with_file(assistant, person, name));
  const storage::ReceivedFile file = waiting(assistant);
  keep(assistant, file);
  return file.id;
}

}  // namespace pao::handlers::test
