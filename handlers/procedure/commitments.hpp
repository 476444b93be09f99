// Commitments, of a REPAC or of a working session: open until somebody says on which day they
// were fulfilled and what shows it. Pure.
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pao::procedure {

// Attributes of a commitment; the import writes the first one too.
namespace commitment_field {
inline constexpr const char* fulfilled_on = "fecha_cumplimiento";
inline constexpr const char* evidence = "evidencia_cumplimiento";
}  // namespace commitment_field

inline constexpr std::size_t longest_fulfilment_evidence = 1000;  // in characters

// A commitment that was neither fulfilled nor ended by an SS.
bool is_open_commitment(const Item& item);

// The day on which it was fulfilled; nothing while it is open.
std::optional<Date> fulfilled_on(const Item& commitment);

enum class FulfilmentProblem {
  none,
  no_date,
  in_the_future,
  before_it_began,  // before the session in which it was agreed
  no_evidence,
  long_evidence,
};
// The first thing that is wrong with it.
FulfilmentProblem problem_with_fulfilment(const Item& commitment, std::optional<Date> day,
                                          std::string_view evidence, Date today);

// Who answers for it, also without a role in the process; the leader and the liaison of its process.
Result<void> may_fulfil(const Person& person, std::string_view owner_id, std::string_view process_id,
                        Date today);

}  // namespace pao::procedure
