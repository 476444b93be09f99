// What must be true of reports on their way to people: card and mail for everybody of the audience and nobody
// else, each exactly once or with the reason why not (R-28, C-04), and no mail that nobody enqueued.
#pragma once

#include "bot/simulation/channel.hpp"
#include "bot/simulation/invariant.hpp"
#include "bot/simulation/mail_server.hpp"
#include "handlers/reference.hpp"
#include "storage/mail_outbox.hpp"
#include "storage/session.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace pao::bot::simulation {

class MailInvariants {
 public:
  // At the end of a day; `today`: what arrived in Teams since the last time.
  void check(storage::Session& session, const handlers::Reference& reference, const MailServer& server,
             const std::vector<Delivered>& today, Instant now, const Expect& expect);

 private:
  // What one sending of a report has enqueued, until each message has ended.
  struct Sending {
    std::string process_id;
    Date day;  // on which it was sent
  };

  void find_sendings(storage::Session& session, Instant now);
  bool check_sending(storage::Session& session, const handlers::Reference& reference,
                     const MailServer& server, const std::string& stem, const Sending& sending,
                     const Expect& expect);
  void check_mailboxes(storage::Session& session, const MailServer& server, const Expect& expect);

  std::set<std::string> known_;          // stems of the keys of every sending
  std::map<std::string, Sending> open_;  // by stem: those that have messages on their way
  std::set<std::string> cards_;          // keys of the report cards that arrived
  std::size_t mailboxes_seen_ = 0;
};

}  // namespace pao::bot::simulation
