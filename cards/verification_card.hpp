// Verifying what was recorded (activity 4): the advisor's queue, one record with its checklist, and what the
// author reads when it comes back.
#pragma once

#include "cards/card.hpp"
#include "cards/file_card.hpp"
#include "handlers/procedure/model.hpp"
#include "handlers/procedure/verification.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pao::cards {

struct VerificationQueueLine {
  procedure::ProgressRecord record;
  std::string item_name;
  std::string process_name;
  procedure::Timeliness timeliness{};
  int business_days_waiting = 0;
};
struct VerificationQueueView {
  std::vector<VerificationQueueLine> lines;  // of this page, the oldest first
  int total = 0;
  int page = 0;
};
inline constexpr int verification_page_size = 6;
Card verification_queue_card(const VerificationQueueView& view);

struct VerificationView {
  procedure::ProgressRecord record;
  std::string item_name;
  std::string process_name;
  std::string author_name;
  procedure::Timeliness timeliness{};
  Date due_on;
  std::string origin = {};          // of an improvement action: "Recomendación REC-…"; may be empty
  std::vector<EvidenceFile> files;  // that were linked to it
  std::vector<procedure::CheckItem> checklist;
  std::map<std::string, std::string> marks;  // as pressed before a problem; else what is known
  std::string note;
  std::string correction;
  std::vector<procedure::Criterion> criteria;   // what is checked against, with code
  std::vector<std::string> signals;             // what was seen by itself
  std::vector<std::string> earlier;             // what was asked for before: "Devuelto el …: …"
  std::map<std::string, std::string> previous;  // texts of the record of the period before
  Date correct_until;                           // if it is returned today
  std::string problem;                          // why the decision was not stored; may be empty
};
Card verification_card(const VerificationView& view);

struct VerificationDoneView {
  std::string record_id;
  std::string item_name;
  bool accepted = false;
  std::vector<std::string> told;  // names of who gets a returned one
  std::optional<Date> correct_until;
  int waiting = 0;  // further records in the queue
  // Process and period of which this was the last one to review, when their control point still needs
  // somebody's confirmation: its subject (handlers/procedure/control_points.hpp), and its name. Empty: none.
  std::string control_subject = {};
  std::string control_name = {};
};
Card verification_done_card(const VerificationDoneView& view);

struct RecordReturnedView {
  procedure::ProgressRecord record;
  std::string item_name;
  std::string process_name;
  std::string advisor_name;
  std::string correction;
  std::string note;
  std::vector<procedure::CheckItem> unmet;
  std::vector<procedure::Criterion> criteria;
  Date correct_until;
  int business_days_left = 0;
};
Card record_returned_card(const RecordReturnedView& view);

}  // namespace pao::cards
