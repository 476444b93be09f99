// What a person reads about files: sent as evidence, or offered by the assistant.
#pragma once

#include "cards/card.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pao::cards {

struct FileReceiptView {
  std::string file_id;
  std::string name;
  std::int64_t size = 0;  // bytes
  std::string sha256;     // hexadecimal
  // What the file can be linked to: value and title; at most 20 are shown.
  std::vector<std::pair<std::string, std::string>> targets;
  std::string linked_to;  // title of what it was linked to; "" while it was not
};
// "Recibí acta.pdf, 2,1 MB" with its fingerprint, and the choice of what it proves.
Card file_receipt_card(const FileReceiptView& view);

// A kept file on the card of what it proves.
struct EvidenceFile {
  std::string id;
  std::string name;
  std::int64_t size = 0;  // bytes
  std::string sha256;     // hexadecimal
};
using EvidenceFiles = std::map<std::string, std::vector<EvidenceFile>>;  // by the id of what they prove

// A file that was not taken, and why.
Card file_refused_card(std::string_view name, std::string_view reason);

// Said at once when somebody asks for a file: the question comes in a message of its own.
std::string file_asked_text();
// The line under which Teams asks whether the file may be put into the person's OneDrive.
std::string file_offer_text(std::string_view name);
// What stands there afterwards.
std::string upload_text(std::string_view name, bool uploaded);

// The answer to a message with files while they are fetched.
std::string files_coming_text(std::size_t files);

}  // namespace pao::cards
