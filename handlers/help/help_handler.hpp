// Greeting, help, and the diagnostic echo.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"

namespace pao::handlers::help {

class HelpHandler {
 public:
  explicit HelpHandler(const ReferenceSource& reference) : reference_(reference) {}

  Result<Decision> on_arrival(const Turn& turn) const;  // greets; who calls it makes sure that it is once
  Result<Decision> on_help(const Turn& turn) const;
  Result<Decision> on_thanks(const Turn& turn) const;
  Result<Decision> on_echo(const Turn& turn) const;  // "eco TEXT", or the verb with the value `texto`

 private:
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::help
