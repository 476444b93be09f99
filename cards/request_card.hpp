// SS requests: choose the type, fill in, see number, due date and who has it.
#pragma once

#include "cards/card.hpp"
#include "cards/file_card.hpp"
#include "cards/progress_card.hpp"
#include "handlers/procedure/request_states.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pao::cards {

struct RequestTypesView {
  std::vector<procedure::ServiceLevel> types;
  std::string subject;  // prefilled from what the person wrote; may be empty
  std::string item_id;  // may be empty
  bool from_change_order =
      false;  // the person asked in chat for a change: explain that only an SS changes data
};
Card request_types_card(const RequestTypesView& view);

struct RequestFormView {
  procedure::ServiceLevel type;
  std::vector<std::pair<std::string, std::string>> processes;  // id and name the person may file for
  std::vector<std::pair<std::string, std::string>> practices;  // id and name
  std::map<std::string, std::string> values;  // asunto, elemento, valor_actual, valor_solicitado,
                                              // justificacion, evidencia, proceso, practica, campo
  std::vector<FormProblem> problems;
  std::vector<std::string> fields =
      {};                          // what the item has that can change, by name; asked when there are some
  bool from_change_order = false;  // explain that only an SS changes data
};
Card request_form_card(const RequestFormView& view);

struct RequestHistoryLine {
  Instant at;
  std::string what;  // "Tomada en revisión"
  std::string who;
  std::string detail = {};  // reason, or old and new value; may be empty
};

struct RequestView {
  procedure::ServiceRequest request;
  std::string process_name;
  std::string advisor_name;
  std::string filed_by_name;
  std::string leader_name;  // who must endorse; used when endorsement is pending
  int service_level_business_days = 0;
  int business_days_left = 0;  // meaningful when due_on is set
  // What whoever looks at it may do now, and what happened until now, oldest first.
  std::vector<procedure::RequestEvent> steps = {};
  bool may_confirm_filing = false;
  std::vector<RequestHistoryLine> history = {};
  std::string report_said = {}, evidence_shows = {};  // the review behind a decision
  std::optional<Date> information_until = {};         // while information is awaited
  std::vector<EvidenceFile> files = {};               // that were linked to it
  std::string applied = {};  // what changed, with old and new value; empty until then
};
// To who filed it, right after filing, and later as its status. Like every card here but the leader's, it has
// a button for each of the steps.
Card request_receipt_card(const RequestView& view);
Card request_status_card(const RequestView& view);
// To the leader: endorse or not. To the advisor: you have a new request.
Card request_endorsement_card(const RequestView& view);
Card request_assigned_card(const RequestView& view);
// To everybody who has to do with it: `title` says what happened ("La solicitud … fue aprobada").
Card request_news_card(const RequestView& view, const std::string& title);

}  // namespace pao::cards
