// A follow-up report as a file for whoever may see it: the page that the mail carries too, offered to the
// person, who says whether it goes into his or her OneDrive (reference 3.9).
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"
#include "storage/file_folder.hpp"

namespace pao::handlers::reports {

class ReportFile {
 public:
  // `contents` keeps what is offered as it was when it was asked for, until it is uploaded.
  ReportFile(storage::Database& database, const ReferenceSource& reference, storage::FileFolder contents)
      : database_(database), reference_(reference), contents_(std::move(contents)) {}

  // Offers the report (`reporte`): the preventive one while it is answered, the final one afterwards. What
  // internal control takes is a read like every other.
  Result<Decision> on_offer(const Turn& turn) const;

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
  const storage::FileFolder contents_;
};

}  // namespace pao::handlers::reports
