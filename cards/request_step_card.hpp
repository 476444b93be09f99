// The form of one step of an SS, and lists of SS.
#pragma once

#include "cards/request_card.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

struct StepField {
  std::string name;  // of cards/fields.hpp
  bool required = true;
  std::string value = {};
  std::string label = {};                                         // empty: the table's
  std::vector<std::pair<std::string, std::string>> choices = {};  // value and title
};

struct RequestStepView {
  RequestView request;
  std::string title;   // "Pedir información"
  std::string advice;  // one or two sentences
  std::vector<StepField> fields;
  const char* verb;  // of the button
  std::string button;
};
Card request_step_card(const RequestStepView& view);

struct RequestLine {
  procedure::ServiceRequest request;
  std::string process_name;
  std::string advisor_name;
  int business_days_left = 0;  // meaningful when due_on is set
};

struct RequestListView {
  std::string title;               // "Solicitudes por atender"
  std::string empty;               // what to say when there is none
  std::vector<RequestLine> lines;  // of the page
  int page = 0;                    // 0-based
  int total = 0;
  const char* verb;  // of the pages
};
inline constexpr int request_page_size = 6;
Card request_list_card(const RequestListView& view);

}  // namespace pao::cards
