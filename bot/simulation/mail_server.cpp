#include "bot/simulation/mail_server.hpp"

#include <string_view>

namespace pao::bot::simulation {
namespace {

using delivery::MailOutcome;

std::string message_id(std::string_view message) {
  constexpr std::string_view header = "\r\nMessage-ID: <";
  const auto start = message.find(header);
  if (start == std::string_view::npos) return "";
  message.remove_prefix(start + header.size());
  return std::string(message.substr(0, message.find('@')));
}

}  // namespace

void MailServer::arrive(const std::string& to, const std::string& message, bool receipt) {
  ++arrivals_;
  // Another address under the same id would be a mail to the wrong person: kept apart, so that it is seen.
  std::string id = message_id(message);
  if (const auto known = mailboxes_.find(id); known != mailboxes_.end() && known->second.address != to)
    id += " to " + to;
  Received& received = mailboxes_[id];
  received.address = to;
  ++received.arrived;
  if (!receipt) ++received.without_receipt;
}

MailOutcome MailServer::take(const std::string& to, const std::string& message, Instant now) {
  using Kind = MailOutcome::Kind;
  ++tries_;
  if (now < away_until_) return {.kind = Kind::temporary, .detail = "no answer (simulated)"};
  if (dice_.happens(faults_.failing))
    return {.kind = Kind::temporary, .code = 451, .detail = "SMTP 451 (simulated)"};
  if (dice_.happens(faults_.mailbox_full))
    return {.kind = Kind::permanent, .code = 552, .detail = "SMTP 552 (simulated)"};
  if (kills_) {
    kills_ = false;
    if (dice_.happens(0.5)) arrive(to, message, false);
    throw SenderDies{};
  }
  const bool cut = dice_.happens(faults_.cut);
  arrive(to, message, !cut);
  if (cut) return {.kind = Kind::temporary, .left = true, .detail = "connection reset (simulated)"};
  return {.kind = Kind::sent, .code = 250};
}

}  // namespace pao::bot::simulation
