// Looking something up from outside the conversation: the search of the compose box, pasted addresses, and
// the fields of cards that suggest while one types. Reads only; everybody finds what they may see.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

namespace pao::handlers::lookup {

class LookupHandler {
 public:
  LookupHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // Answers a Search by its data set (cards/datasets.hpp). An unknown set, and a person who may see nothing
  // of it, find nothing; the compose box also gets a sentence that says so.
  Result<Decision> on_search(const Turn& turn) const;

  // What was chosen among the findings, as it is now (`codigo`; `ss`).
  Result<Decision> on_share_criterion(const Turn& turn) const;
  Result<Decision> on_share_request(const Turn& turn) const;

 private:
  Result<std::vector<Finding>> find(const Turn& turn, const Search& search) const;
  Result<std::vector<Finding>> find_linked(const Turn& turn, const Search& search) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::lookup
