// SS requests from the chat: explain, choose the type, fill in, file, endorse, look up.
//
// The official filing is the SMGI's: what is filed here has a provisional number and is "pendiente de
// radicar" until the SMGI number is known.
#pragma once

#include "cards/request_card.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/requests/change_order.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

#include <string>
#include <string_view>

namespace pao::handlers::requests {

class RequestHandler {
 public:
  RequestHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // The types with their service levels. `change_order`: the person asked the chat to change something, which
  // only an SS can do; `subject` is what they wrote and `item_id` what it names, both may be empty.
  // When the order tells the type, its form at once, with item and current value filled in (C-11).
  Result<Decision> on_start(const Turn& turn, bool change_order, std::string_view subject,
                            std::string_view item_id) const;

  // The form of a type (`tipo`), with `asunto` and `elemento` carried over.
  Result<Decision> on_form(const Turn& turn) const;

  // Checks and stores the request; the leader who must endorse it, or the advisor who has it, is told.
  Result<Decision> on_file(const Turn& turn) const;

  // The leader's endorsement (`ss`): the service clock starts.
  Result<Decision> on_endorse(const Turn& turn) const;

  // How the due date of the request (`ss`) was counted, day by day (design principle 4).
  Result<Decision> on_why(const Turn& turn) const;

  // State, number, due date and who has it, of the request with that id.
  Result<Decision> on_view(const Turn& turn, std::string_view request_id) const;

 private:
  Result<ChangeOrder> read_order(const Turn& turn, std::string_view text, std::string_view named) const;
  Result<Decision> ordered_form(const Turn& turn, const Reference& reference,
                                const procedure::ServiceLevel& type, const std::string& subject,
                                const ChangeOrder& order) const;
  Result<cards::RequestFormView> form_of(const Turn& turn, const Reference& reference,
                                         const procedure::ServiceLevel& type) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::requests
