// What a line of the route list says: which turns it takes, who may, where, what it does.
#pragma once

#include "handlers/procedure/permissions.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "handlers/understanding.hpp"

#include <functional>
#include <optional>
#include <string>

namespace pao::handlers {

// A turn and what is understood of its text, worked out at first use: most turns are buttons and fixed words.
// Lives during one turn, used by one thread.
class Hearing {
 public:
  Hearing(const Turn& turn, const Reference& reference) : turn_(turn), reference_(reference) {}

  const Turn& turn() const { return turn_; }
  const Understanding& understood() const {
    if (!understood_) understood_ = understand(turn_.text, reference_.knowledge());
    return *understood_;
  }

 private:
  const Turn& turn_;
  const Reference& reference_;
  mutable std::optional<Understanding> understood_;
};

using Matches = std::function<bool(const Hearing&)>;
using Run = std::function<Result<Decision>(const Hearing&)>;

// The process that a turn is about, looked up from what the card carries; `invalid` when it carries nothing
// that exists. The guard asks for the permission in that process.
using Subject = std::function<Result<std::string>(storage::Session&, const Reference&, const Turn&)>;

struct Access {
  bool anybody = false;                     // also people who are not in the directory
  std::optional<procedure::Action> action;  // what must be allowed
  Subject subject = nullptr;                // in which process; none: in at least one
};

enum class Where { anywhere, personal };  // `personal`: shows somebody's own data, never in a group

enum class Effect { reads, writes };

struct Route {
  const char* name;
  Matches matches;
  Access access;
  Where where;
  Effect effect;
  Run run;
};

}  // namespace pao::handlers
