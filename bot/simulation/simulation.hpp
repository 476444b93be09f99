// A span of the procedure with simulated people, Teams and clock, and what must be true of each of its days.
// Deterministic: the same options give the same counts and the same fingerprint.
#pragma once

#include "bot/simulation/invariant.hpp"
#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pao::bot::simulation {

struct Options {
  Date from, to;  // both belong to it
  std::uint64_t seed = 1;
  bool faults = false;
  std::filesystem::path ministry;    // folder of the entity's CSV files; what it recorded is left out
  std::filesystem::path guidelines;  // folder
  std::filesystem::path folder;      // for the store; emptied first
};

struct Outcome {
  std::map<std::string, std::uint64_t> counts;  // turns, deliveries, what people did, what went wrong
  std::vector<Invariant> invariants;
  bool hold = false;
  std::string fingerprint;  // of everything that arrived in Teams, in order, in mailboxes and in the SMGI
};

// Fails with `invalid` or `not_found` when the data cannot be loaded.
Result<Outcome> simulate(const Options& options);

}  // namespace pao::bot::simulation
