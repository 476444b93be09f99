// Recording progress from the chat: choose, fill in the practice's own form, receive a
// receipt; one at a time or several, and corrected while that is allowed.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/tracking.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::progress {

struct Subject;

class ProgressHandler {
 public:
  ProgressHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // What the person can record now: open obligations of the own items or processes, most urgent first; of one
  // practice when `practica` names it. With `item_id` among them, its form at once.
  Result<Decision> on_list(const Turn& turn, std::string_view practice, std::string_view item_id) const;

  // The form of one obligation (`elemento`, `periodo`), prefilled with what is known.
  Result<Decision> on_form(const Turn& turn) const;

  // Checks the values and records them; with problems, the form again with the values kept;
  // with doubts about the quality too, until the person says that it is so (`confirmado`).
  Result<Decision> on_save(const Turn& turn) const;

  // What was recorded lately: how far it is on its way to the SMGI, and what can be corrected.
  Result<Decision> on_recent(const Turn& turn) const;

  // A saved record (`registro`) in its form again: before it is verified, while the period is open, or after
  // it was returned. What it said before is kept.
  Result<Decision> on_correct(const Turn& turn) const;
  Result<Decision> on_correct_save(const Turn& turn) const;

  // Everything that the person can record of one practice and period of a process, in one form (`proceso`,
  // `practica`, `periodo`); each item is checked and recorded on its own, what is left blank is left alone.
  Result<Decision> on_several(const Turn& turn) const;
  Result<Decision> on_several_save(const Turn& turn) const;

 private:
  // The turn that opens the form of several, when the subject is recorded document by document.
  std::optional<Turn> by_document(const Turn& turn, const Subject& subject) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::progress
