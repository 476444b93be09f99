// What a control point is about, looked up: its name, what there is to see, who made it. Internal to the
// feature.
#pragma once

#include "cards/control_card.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace pao::handlers::controls {

struct Examined {
  procedure::ControlSubject subject;
  cards::ControlView view;
  std::string process_id;            // of 4 and 6
  std::vector<std::string> made_by;  // whose work it is, person ids; empty when nobody's
  std::size_t unreviewed = 0;        // of 4
  bool is_decided = true;            // of 6: until then there is nothing to confirm
};

// Nothing when the subject is not of that form or does not exist.
std::optional<Examined> examine(storage::Session& session, const Reference& reference,
                                std::string_view subject);

// "Riesgos, vigencia 2027, versión 1"
std::string subject_name(const Reference& reference, const procedure::ControlSubject& subject);

bool is_own_work(const Examined& examined, const procedure::Person& person);

// Whether the person may confirm it: an advisor of the process or the coordination; of activity 1 any of
// them, of 3 the advisor whose sample it is or the coordination.
Result<void> may_confirm(storage::Session& session, const procedure::Person& person, const Examined& examined,
                         Date today);

// The month before the one of that day: "2026-10".
procedure::Period month_before(Date day);

}  // namespace pao::handlers::controls
