// What the questions of a month say about the guidelines: questions that were not answered, did not help or
// had to be asked again, grouped by the words they share, as proposals for the next review (activity 1,
// Simple on purpose: whoever reads a proposal sees the words and the questions that it is made of.
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace pao::procedure {

// One question of the month.
struct AskedQuestion {
  std::string id;
  Instant at;
  std::string asked_by;
  std::string practice;    // empty: it could not be told
  std::string process_id;  // of who asked; empty when it is not one alone
  std::string question;
  std::set<std::string> stems;  // of its content words
  std::string outcome;          // "answered", "clarified", "abstained"
  std::string reason;           // of an abstention, see turned_away
  std::string criterion;        // the first one cited; empty: none
  bool chosen = false;          // picked from the list under an answer: says what helped, asks nothing new
  bool not_helped = false;      // the person said so
  bool escalated = false;       // it became a consult
};

// Whether an abstention of that reason ("payroll", "greeting") is about a topic that is not ours: it says
// nothing about the guidelines. Not so where nothing was found: "no_criterion", "unknown", or none kept.
bool turned_away(std::string_view outcome, std::string_view reason);

enum class Concern { unanswered, not_helped, reworded, escalated };

// "sin_respuesta", "no_sirvio", "reformulada", "escalada".
std::string_view to_word(Concern concern);

struct Sign {
  const AskedQuestion* question;
  Concern concern;
};

// Asked again by the same person within this time, in other words about the same thing: the first answer did
// not do.
inline constexpr std::chrono::minutes reworded_within{10};

// The questions that say something, each once with the strongest reason, in the order given (by time); those
// turned away say nothing.
// Pointers into `questions`.
std::vector<Sign> signs_of(const std::vector<AskedQuestion>& questions);

enum class ProposalKind { new_criterion, clearer_criterion };

struct Proposal {
  ProposalKind kind = ProposalKind::new_criterion;
  std::string practice;
  std::string criterion;            // that should be clearer; empty for a new one
  std::vector<std::string> shared;  // stems that at least half of the questions have, most frequent first
  std::vector<Sign> signs;          // at least `least_signs`
};

inline constexpr std::size_t least_signs = 3;

// Groups of at least three questions of one practice that share words (rewordings of one person within
// minutes count once), the largest first; equal ones by practice and first question. The same input gives the
// same proposals.
std::vector<Proposal> proposals_of(const std::vector<Sign>& signs);

}  // namespace pao::procedure
