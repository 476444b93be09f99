// Every read by internal control is kept: its entry goes into the registro in the transaction of the
// turn that shows what was read. Shared by plans and reports.
#pragma once

#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/session.hpp"

#include <string>

namespace pao::handlers {

struct Reading {
  std::string what;             // "planes", "reporte" …: a word of the list of reads
  std::string process_id = {};  // empty: of several processes
  std::string item_id = {};     // of an activity, a report …; may be empty
  int term = 0;                 // vigencia; 0: of none
  int page = 0;
};

// The entry, when it is internal control that reads; nothing for anybody else. Inside the transaction of the
// turn.
void keep_reading(storage::Session& session, const Turn& turn, const Reading& read);

// The reply as it is; for internal control the step that stores the entry and gives that reply.
Decision keep_reading(const Turn& turn, Reply reply, Reading read);

}  // namespace pao::handlers
