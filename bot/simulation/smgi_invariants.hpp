// What must be true of the exchange with the SMGI: each content is handed over once, the product says
// of it what the SMGI said, nothing is confirmed twice, and nothing stays behind.
#pragma once

#include "bot/simulation/invariant.hpp"
#include "bot/simulation/smgi.hpp"
#include "storage/registro_store.hpp"
#include "storage/session.hpp"

#include <map>
#include <string>

namespace pao::bot::simulation {

class SmgiInvariants {
 public:
  // An entry of the registro, each once, in order.
  void see(const storage::RegistroEntry& entry, const Expect& expect);

  // At the end of a day; `whole` looks at every filing, otherwise at what changed.
  void check(storage::Session& session, const Smgi& smgi, Instant now, bool whole, const Expect& expect);

 private:
  Instant seen_until_{};
  std::map<std::string, int> handed_over_, confirmed_;  // by key: so the registro says
};

}  // namespace pao::bot::simulation
