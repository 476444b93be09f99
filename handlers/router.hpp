// From a turn to a decision: the first route that matches, its guard, its handler.
#pragma once

#include "handlers/route.hpp"
#include "storage/database.hpp"

#include <vector>

namespace pao::handlers {

inline constexpr const char* no_route = "none";

struct Handled {
  const char* route = no_route;  // name of the route that took the turn
  Result<Decision> decision;
};

// Safe from any thread: the routes are fixed after construction.
class Router {
 public:
  Router(std::vector<Route> routes, storage::Database& database, const ReferenceSource& reference)
      : routes_(std::move(routes)), database_(database), reference_(reference) {}

  // A turn that no route takes (a reaction, a line in a group that is not for us) gives an empty decision.
  // Refusals carry a Spanish sentence.
  Handled handle(const Turn& turn) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  Result<void> guard(const Route& route, const Reference& reference, const Turn& turn) const;

  std::vector<Route> routes_;
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers
