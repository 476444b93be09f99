// For each route a turn that it takes: what the tests of rights walk through.
#pragma once

#include "tests/handlers/assistant.hpp"

#include <string>

namespace pao::handlers::test {

// About the process DIR where it is about one. A name that is of no route gives an arrival.
Turn turn_for(const Assistant& assistant, const std::string& route, const std::string& person_id);

// In the process DIR: an SS that waits for its leader, a question of its liaison, records, reports and a
// working session in the states that the turns above need to be more than a missing thing.
void prepare_routes(const Assistant& assistant);

}  // namespace pao::handlers::test
