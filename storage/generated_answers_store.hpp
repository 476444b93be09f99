// Answers that a language model writes while the plain one waits in the outbox: who waits, and what became of
// it.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct GeneratedAnswer {
  std::string id;          // of the answer, answer_id()
  std::string outbox_key;  // of the message that carries it
  std::string criteria;    // codes that it may rest on, separated by spaces
  Instant asked_at;
  Instant wait_until;               // from then on the plain answer goes out
  std::string state = "esperando";  // then "escribiendo", and "escrita" or "descartada"
  std::string text = {};            // of "escrita"
  std::string cited = {};           // codes in the order of their marks, separated by spaces
  int kept = 0;                     // sentences
  std::string flaws = {};           // of what was dropped, or why nothing came
  std::optional<Instant> done_at = std::nullopt;
};

// Does nothing when that answer waits already.
void add_generated(Session& session, const GeneratedAnswer& answer);

std::optional<GeneratedAnswer> find_generated(Session& session, std::string_view id);

// Whether somebody waits for whom there is time after `now`.
bool any_generated_waits(Session& session, Instant now);

// Takes the oldest one that waits and for which there is time after `now`: nobody else gets it, and it is
// tried once. Nothing when there is none.
std::optional<GeneratedAnswer> claim_generated(Session& session, Instant now);

// Keeps what came of a claimed one and lets its message go out at `send_at`. False when its time was over:
// the plain answer is under way, and nothing is kept of the text.
bool finish_generated(Session& session, const GeneratedAnswer& answer, Instant at, Instant send_at);

}  // namespace pao::storage
