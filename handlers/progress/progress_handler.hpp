// Recording progress from the chat: choose, fill in the practice's own form, receive a
// receipt.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/tracking.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::progress {

class ProgressHandler {
 public:
  ProgressHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // What the person can record now: open obligations of the own items or processes, most urgent first; of one
  // practice when `practica` names it. With `item_id` among them, its form at once.
  Result<Decision> on_list(const Turn& turn, std::string_view practice, std::string_view item_id) const;

  // The form of one obligation (`elemento`, `periodo`), prefilled with what is known.
  Result<Decision> on_form(const Turn& turn) const;

  // Checks the values and records them; with problems, the form again with the values kept.
  Result<Decision> on_save(const Turn& turn) const;

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::progress
