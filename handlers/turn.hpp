// One thing that somebody said or pressed, as the handlers see it: who, where, what, when. It carries only
// what arrived and who sent it; stores, rules and clocks reach a handler by its constructor.
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/signals.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers {

enum class TurnKind {
  text,         // a message typed by a person
  correction,   // a message that the person has changed: `text` is what it says now
  action,       // a button of one of our cards: `verb` and `values`
  file,         // files came: `attachments`, with or without `text`
  arrival,      // the assistant was installed, or somebody opened the conversation
  departure,    // the assistant was removed
  rating,       // these four carry a signal
  meeting,      //
  search,       //
  file_answer,  //
  other,        // authenticated, but nothing we act on (typing, read receipts, …)
};

// A file or a picture that came with a message (reference 3.9). All of it is what the sender's client says:
// `url` is fetched only after its host was held against the list of file hosts, without our token.
struct Attachment {
  std::string name;          // of the file, as the sender named it; empty for a picture in the text
  std::string content_type;  // `file_download_type`, or "image/…" of a picture in the text
  std::string file_type;     // "pdf": the extension as the channel says it; may be empty
  std::string url;           // where its bytes are; short-lived
};
inline constexpr std::string_view file_download_type = "application/vnd.microsoft.teams.file.download.info";

enum class Place { personal, group, channel };

struct Turn {
  TurnKind kind = TurnKind::other;
  std::string activity_id;
  std::string conversation_id;  // without thread suffix
  std::string thread_id;        // root message of a channel thread; empty elsewhere
  Place place = Place::personal;
  std::string reply_to_id;   // the message that carries the card, or that was answered; empty when untold
  bool invoke = false;       // answered in the HTTP body instead of by a message
  bool refresh = false;      // the client asks by itself for what the card shows now: nothing may be written
  bool mentions_us = false;  // our own mention was in the text (it is removed from `text`)
  std::string tenant_id;
  std::string user_id;                      // MRI "29:…"
  std::string aad_object_id;                // of the sender; empty for guests without one
  std::string sender_name;                  // as the channel says it; shown only, never trusted
  std::optional<procedure::Person> person;  // nothing: not in the directory, gets general answers only
  std::string text;                         // UTF-8, trimmed, at most `max_text_bytes`
  std::string verb;
  std::map<std::string, std::string> values;  // of the card, at most `max_value_bytes` each
  std::vector<Attachment> attachments;        // at most `max_attachments`
  Signal signal;
  std::string locale;
  Instant at;

  // The value with that name; "" when the card did not carry it.
  std::string_view value(const std::string& name) const {
    const auto found = values.find(name);
    return found == values.end() ? std::string_view{} : std::string_view(found->second);
  }

  // How the registro names the sender: the person's id, or "aad:<id>" for somebody unknown.
  std::string actor() const { return person ? person->id : "aad:" + aad_object_id; }
};

inline constexpr std::size_t max_text_bytes = 8 * 1024;
inline constexpr std::size_t max_value_bytes = 8 * 1024;
inline constexpr std::size_t max_values = 64;
inline constexpr std::size_t max_attachments = 10;

}  // namespace pao::handlers
