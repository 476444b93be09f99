// The leader names the liaison (procedure section 2, seed 5, GEN-07): what a designation must say, and what a
// process must never be without.
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

struct DesignationRequest {
  std::string process_id;
  Date since;
  std::optional<Date> until;  // of a temporary one
  std::string document;
};

// `invalid` or `refused` with a sentence: the person must be active, be no advisor of the process (an advisor
// never records, R-16), and not be its liaison then already; the designation begins today or later, ends
// after it begins, and names its document.
Result<void> check_designation(const Person& designated, const DesignationRequest& request, Date today);

// The last day of somebody may be today or later: a role that was used is not taken back.
Result<void> check_ending(Date last_day, Date today);

// What a process lacks on a day: nobody without an owner.
enum class Lack { leader, liaison, advisor };

// `people`: everybody with a role in it.
std::vector<Lack> lacks_of(std::string_view process_id, const std::vector<Person>& people, Date day);

}  // namespace pao::procedure
