// What a job does about a report besides changing it: the entry in the registro and the notices, under
// keys of their own so that running twice tells once.
#pragma once

#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <map>
#include <string>
#include <string_view>

namespace pao::handlers::reports {

void note(storage::Session& session, const char* kind, const std::string& report_id,
          const std::map<std::string, std::string>& fields, Instant now);

struct News {
  std::string report_id;
  std::string what;  // names it once: "closed"
  std::string title;
  std::string sentence;
};
inline constexpr bool audience_only = false, with_advisor = true;
// Leader and liaisons of the process, in working hours.
void tell(storage::Session& session, const Reference& reference, std::string_view process_id,
          const News& news, bool advisor_too, Instant now);

// The advisor of the process alone, in working hours.
void tell_advisor(storage::Session& session, const Reference& reference, std::string_view process_id,
                  const News& news, Instant now);

}  // namespace pao::handlers::reports
