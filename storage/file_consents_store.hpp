// Files that the assistant offers to put into a person's OneDrive (reference 3.9): who offers writes the row
// and sends the consent card with its id as context; the answer to the card changes the row; who uploads
// takes the accepted ones.
//
//   offered → accepted → uploaded | failed
//           → declined
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct FileConsent {
  std::string id;             // our own; the card's accept and decline context
  std::string aad_object_id;  // who was asked: nobody else may answer
  std::string name;           // of the file
  std::string subject;        // what is to be uploaded, in the words of who offers it
  std::string state = "offered";
  std::string conversation_id;  // from the answer on
  std::string card_id;          // the card that asked, to be replaced; "" when the channel did not tell
  std::string upload_url;       // accepted only; its host was checked against the allowed ones
  std::string content_url;
  std::string unique_id;
  std::string file_type;
  std::string reason;  // of a failure
  Instant offered_at;
  std::optional<Instant> answered_at;
  std::optional<Instant> ended_at;
};

// `conflict` when the id is taken.
Result<void> offer_file(Session& session, const FileConsent& consent);

std::optional<FileConsent> find_file_consent(Session& session, std::string_view id);

// Stores the answer: state "accepted" with the addresses, or "declined". False when the row is not "offered"
// any more: the card was answered before.
bool answer_file_consent(Session& session, const FileConsent& answered);

// Accepted ones that nobody has uploaded, longest waiting first.
std::vector<FileConsent> accepted_files(Session& session, int limit);

// Ends an accepted one: "uploaded", or "failed" with the reason. False when it is not accepted.
bool end_file_consent(Session& session, std::string_view id, std::string_view state, std::string_view reason,
                      Instant at);

}  // namespace pao::storage
