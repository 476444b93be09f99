// What a handler wants done: what to say, to whom, and what to store. Values only; the turn runner stores all
// of it in one transaction and delivery sends it afterwards.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"
#include "storage/session.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pao::handlers {

// Text, a card, or both.
struct Content {
  std::string text = {};
  std::optional<cards::Card> card = std::nullopt;
};

// A message to somebody other than the sender, or to the sender outside this turn's answer.
struct Notice {
  std::string aad_object_id;    // addressee: goes to the person's personal conversation …
  std::string conversation_id;  // … or, when set, into this one
  std::string reply_to;         // activity there that it answers; may be empty
  std::string key;              // unique: the same key is never sent twice
  std::string subject;          // our own id of what it is about
  Content content;
};

// What the registro keeps of the turn besides who, when and where. Plain names and values.
struct Trace {
  std::string outcome;  // "answered", "abstained", "clarified", "recorded", "refused" …
  std::map<std::string, std::string> fields;  // "criteria": "PLA-05 GEN-05", "intent": "open_ss" …
};

struct Reply {
  Content content;  // to the sender; for a button it replaces the card that was pressed
  std::vector<Notice> notices = {};
  Trace trace = {};
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
