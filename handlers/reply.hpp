// What a handler wants done: what to say, to whom, and what to store. Values only; the turn runner stores all
// of it in one transaction and delivery sends it afterwards.
#pragma once

#include "cards/card.hpp"
#include "handlers/findings.hpp"
#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"
#include "storage/answers_store.hpp"
#include "storage/outbox_store.hpp"
#include "storage/session.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pao::handlers {

// What a sentence of a text rests on. The n-th one belongs to the mark "[n]" in the text; the channel shows
// it when the mark is pointed at. Longer texts are cut.
struct Citation {
  std::string title;                       // at most 80 characters
  std::string excerpt;                     // at most 160
  std::string url = {};                    // https; empty: nothing to open
  std::vector<std::string> keywords = {};  // at most 3 of 28 characters
};
inline constexpr std::size_t max_citations = 20;
inline constexpr std::size_t max_suggestions = 3;

// A file that the person may have put into his or her OneDrive: the channel shows the question with its
// buttons. See handlers/file_messages.hpp.
struct FileOffer {
  std::string id;           // our own; comes back with the answer
  std::string name;         // "reporte.pdf"
  std::string description;  // one line
  std::int64_t size = 0;    // bytes
};

// A file that lies in the person's OneDrive, shown as one.
struct FileInfo {
  std::string name;
  std::string content_url;
  std::string unique_id;
  std::string file_type;
};

// Text, a card, or both; and what the channel shows around a message. Answers of buttons replace a card and
// carry none of the latter.
struct Content {
  std::string text = {};  // Markdown
  std::optional<cards::Card> card = std::nullopt;
  bool generated = false;                // a language model wrote the text: the message says so
  std::vector<Citation> citations = {};  // at most `max_citations`, each with its mark in the text
  bool feedback = false;                 // asks whether it helped
  std::string sensitivity = {};          // label of confidentiality; empty: none
  // What the person may say next, as buttons below: of a text without card in a personal conversation, at
  // most `max_suggestions`.
  std::vector<std::string> suggestions = {};
  std::optional<FileOffer> offer = std::nullopt;  // with a text and no card
  std::optional<FileInfo> file = std::nullopt;    // the same
};

// A message to somebody other than the sender, or to the sender outside this turn's answer.
struct Notice {
  std::string aad_object_id;    // addressee: goes to the person's personal conversation …
  std::string conversation_id;  // … or, when set, into this one
  std::string reply_to;         // activity there that it answers; may be empty
  std::string key;              // unique: the same key is never sent twice
  std::string subject;          // our own id of what it is about
  Content content;

  // To change or take away a message sent before instead of sending one: the key of the notice or reply that
  // sent it. It waits until that one has arrived. A message of ours known only by the channel's id of it is
  // named by `conversation_id` and `reply_to`, with an empty `target_key`.
  storage::OutboxOperation operation = storage::OutboxOperation::post;
  std::string target_key = {};
};

// What the registro keeps of the turn besides who, when and where. Plain names and values.
struct Trace {
  std::string outcome;  // "answered", "abstained", "clarified", "recorded", "refused" …
  std::map<std::string, std::string> fields;  // "criteria": "PLA-05 GEN-05", "intent": "open_ss" …
};

struct Reply {
  Content content;  // to the sender; for a button it replaces the card that was pressed
  // Names the message of `content`, so that a later notice can change it; unique. Empty: nobody will. Answers
  // of buttons are no message of their own and have no key.
  std::string key = {};
  std::vector<Notice> notices = {};
  Trace trace = {};
  std::vector<Finding> findings = {};  // the answer to a search, best first
  // Of an answer to a question: what the register keeps of it besides who asked what, when and where.
  std::optional<storage::ShownAnswer> shown = std::nullopt;
};

// A handler's decision. Either the reply is ready, or something has to be stored: then `store` runs inside
// the turn's write transaction, checks again what may have changed since it was read, writes, and gives the
// reply. It touches only the session and its own captures. When it fails, nothing it wrote remains, and the
// sender reads the error's message.
struct Decision {
  Reply reply = {};
  std::function<Result<Reply>(storage::Session&)> store = nullptr;

  Decision() = default;
  Decision(Reply ready)
      : reply(std::move(ready)) {}  // NOLINT(google-explicit-constructor): reads as "return reply"
  static Decision storing(std::function<Result<Reply>(storage::Session&)> work) {
    Decision decision;
    decision.store = std::move(work);
    return decision;
  }
};

}  // namespace pao::handlers
