// The way to the SMGI: what is handed over, and what the SMGI says about it. The official record is the
// SMGI's (design principle 2): a progress record or an SS passes from `capturado` to `enviado` when it was
// handed over, and to `confirmado` with the number that the SMGI gave; until then the person sees a
// provisional one.
//
// Implementations live in bot/smgi. Today there is one that works from files alone; an exchange over the
// network is another class of this interface and nothing else.
#pragma once

#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace pao::handlers {

struct Filing {
  std::string key;   // "AV-2026-000001.r2": names this content; letters, digits, '-', '.' only
  std::string kind;  // "avance", "solicitud_ss"
  std::string id;    // "AV-2026-000001", "PAO-2026-0001"
  std::string process_id;
  std::string practice;
  std::string item_id;  // may be empty (SS)
  std::string period;   // may be empty (SS)
  std::map<std::string, std::string> values;
  Instant submitted_at;  // the time that counts, whenever it is handed over
  std::string submitted_by;
  std::string channel;
};

struct FilingAnswer {
  std::string key;
  std::string smgi_number;  // empty: the SMGI did not take it
  std::string reason;       // why not; may be empty
};

class SmgiGateway {
 public:
  virtual ~SmgiGateway() = default;

  // Handing the same filing over again, after a crash, does not make it two. `unavailable` when the
  // SMGI cannot be reached now; it is tried again later.
  virtual Result<void> hand_over(const Filing& filing) = 0;

  // What the SMGI has said and was not marked as read; the same again until it is.
  virtual Result<std::vector<FilingAnswer>> answers() = 0;
  virtual Result<void> mark_read() = 0;  // what the last answers() gave is stored
};

}  // namespace pao::handlers
