// What Teams tells or asks besides words and buttons, as values: opinions on answers, meetings, searches,
// answers to an offered file. A turn carries at most one; its kind says which.
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pao::handlers {

// An opinion on one of our messages (TurnKind::rating).
struct Rating {
  std::string answer_id;               // activity id of the message
  bool reaction = false;               // an emoji at the message; otherwise the thumbs that an answer offers
  std::vector<std::string> given;      // names: "like", "dislike", "heart", "1f440_eyes"
  std::vector<std::string> withdrawn;  // reactions only
  std::string reason;                  // in the person's words; empty when there is none
};

// Something about a meeting (TurnKind::meeting).
struct MeetingNews {
  enum class What { started, ended, joined, left } what;
  std::string meeting_id;
  std::string title;          // "" when not told
  std::optional<Instant> at;  // as the channel says it; nothing when it does not
  struct Participant {
    std::string aad_object_id;  // never empty: who has none cannot be told apart
    std::string name;
  };
  std::vector<Participant> people;  // of joined and left
};

// Somebody looks for something while writing a message or filling in a card (TurnKind::search).
struct Search {
  enum class From {
    extension,  // the search of the compose box
    link,       // an address was pasted into a message
    typeahead,  // a field of a card that suggests while one types
  } from;
  std::string set;   // the command, or the data set of the field
  std::string text;  // what was typed or pasted; may be empty
  int skip = 0;      // of the results, already shown
  int count = 15;    // at most wanted
};

// The answer to a card that offered a file (TurnKind::file_answer). The addresses were held against the hosts
// that files may go to.
struct FileAnswer {
  std::string consent_id;  // of storage::FileConsent
  bool accepted = false;
  std::string name;
  std::string upload_url;  // these four of accepted ones only
  std::string content_url;
  std::string unique_id;
  std::string file_type;
};

using Signal = std::variant<std::monostate, Rating, MeetingNews, Search, FileAnswer>;

}  // namespace pao::handlers
