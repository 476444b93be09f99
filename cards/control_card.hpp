// Control points (procedure section 4): what a named person confirms, and what was confirmed.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/control_points.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

std::string control_title(
    procedure::ControlPoint control);  // "Punto de control de la actividad 3: Asesorar …"
std::string control_result_name(procedure::ControlResult result);  // "Conforme", "No conforme", …

// One thing that the reviewer looks at: an answered question, a change.
struct ControlEvidenceLine {
  std::string title;
  std::string text;
  std::string footnote;  // may be empty
};

struct ControlView {
  procedure::ControlPoint control = procedure::ControlPoint::guidelines;
  std::string subject;       // as procedure/control_points.hpp writes it
  std::string subject_name;  // "Riesgos, vigencia 2027, versión 1"
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<ControlEvidenceLine> lines;
  // The last confirmation, when there is one.
  std::optional<procedure::ControlResult> result;
  std::string note;
  std::string confirmed_by_name;
  Instant confirmed_at{};
  std::string report_id;     // of the draft that waits for it; may be empty
  bool may_confirm = false;  // asks; otherwise only shows, and says
  std::string why_not;       // this person does not confirm; may be empty
  std::string problem;       // what to correct, with what was typed:
  std::string typed_result;
  std::string typed_note;
};
Card control_card(const ControlView& view);

// The receipt: result, who, when.
Card control_confirmed_card(const ControlView& view);

struct ControlPending {
  procedure::ControlPoint control = procedure::ControlPoint::guidelines;
  std::string subject;
  std::string subject_name;
};
Card control_list_card(const std::vector<ControlPending>& pending);

}  // namespace pao::cards
