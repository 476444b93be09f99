#include "bot/simulation/mail_invariants.hpp"

#include "handlers/reports/transitions.hpp"
#include "storage/designations_store.hpp"
#include "storage/people_store.hpp"
#include "storage/reports_store.hpp"
#include "storage/sha256.hpp"

#include <algorithm>

namespace pao::bot::simulation {
namespace {

using procedure::ReportKind;
using storage::DeliveryResult;
using storage::OutboxState;
using storage::Session;

// No message of a report waits longer, whatever was away.
constexpr std::chrono::days longest_way{40};

std::string id_of_mail(const std::string& key) {
  return storage::sha256_hex(key).substr(0, 32);
}

bool is_on_its_way(const DeliveryResult& message) {
  return message.state == OutboxState::pending || message.state == OutboxState::sending;
}

std::set<std::string> people_of(const std::vector<DeliveryResult>& messages) {
  std::set<std::string> people;
  for (const DeliveryResult& message : messages)
    people.insert(message.key.substr(message.key.rfind(':') + 1));
  return people;
}

// Read from the grants of roles, not by the functions that sent it.
std::set<std::string> audience_on(Session& session, const handlers::Reference& reference,
                                  const std::string& process_id, Date day) {
  std::set<std::string> audience;
  if (const procedure::Process* process = reference.process(process_id)) audience.insert(process->leader_id);
  for (const storage::ProcessRole& role : storage::roles_in_process(session, process_id)) {
    const bool holds =
        (!role.grant.since || *role.grant.since <= day) && (!role.grant.until || day <= *role.grant.until);
    if (role.active && holds && role.grant.role == procedure::Role::liaison) audience.insert(role.person_id);
  }
  return audience;
}

std::string listed(const std::set<std::string>& people) {
  std::string names;
  for (const std::string& person : people) names += (names.empty() ? "" : " ") + person;
  return names;
}

void check_mail(Session& session, const MailServer& server, const DeliveryResult& mail,
                const Expect& expect) {
  const auto found = server.mailboxes().find(id_of_mail(mail.key));
  const MailServer::Received received =
      found == server.mailboxes().end() ? MailServer::Received{} : found->second;
  const int known = received.arrived - received.without_receipt;
  const bool sent = mail.state == OutboxState::sent;
  expect("report_mail_exactly_once", known == (sent ? 1 : 0),
         mail.key + " arrived " + std::to_string(received.arrived) + " times, " +
             std::to_string(received.without_receipt) + " of them without a receipt");
  if (!sent)
    expect("report_delivery_explained", is_on_its_way(mail) || !mail.reason.empty(),
           mail.key + " ended without a reason");
  if (received.arrived == 0) return;
  const std::string person_id = mail.key.substr(mail.key.rfind(':') + 1);
  const auto person = storage::find_person(session, person_id);
  expect("report_mail_exactly_once", person && person->email == received.address,
         mail.key + " went to another address");
}

}  // namespace

void MailInvariants::find_sendings(Session& session, Instant now) {
  for (const storage::FollowUpReport& report :
       storage::reports_sent_between(session, now - longest_way, now)) {
    if (!report.sent_at) continue;
    const auto add = [&](ReportKind kind, Date day) {
      const std::string stem = handlers::reports::delivery_stem(report, kind);
      if (known_.insert(stem).second) open_[stem] = {report.process_id, day};
    };
    add(ReportKind::preventive, local_date(*report.sent_at));
    if (report.published_on) add(ReportKind::final_report, *report.published_on);
  }
}

// True when every message of it has ended.
bool MailInvariants::check_sending(Session& session, const handlers::Reference& reference,
                                   const MailServer& server, const std::string& stem, const Sending& sending,
                                   const Expect& expect) {
  const std::vector<DeliveryResult> mails = storage::deliveries_of(session, stem + ":mail:");
  const std::vector<DeliveryResult> cards = storage::deliveries_of(session, stem + ":teams:");
  const std::set<std::string> audience = audience_on(session, reference, sending.process_id, sending.day);
  for (const auto* messages : {&mails, &cards}) {
    const std::set<std::string> people = people_of(*messages);
    expect("report_to_its_audience", people == audience,
           stem + " went to " + listed(people) + " instead of " + listed(audience));
  }
  for (const DeliveryResult& mail : mails) check_mail(session, server, mail, expect);
  for (const DeliveryResult& card : cards) {
    if (card.state == OutboxState::sent)
      expect("report_card_arrived", cards_.contains(card.key), card.key + " was sent and did not arrive");
    else
      expect("report_delivery_explained", is_on_its_way(card) || !card.reason.empty(),
             card.key + " ended without a reason");
  }
  return std::none_of(mails.begin(), mails.end(), is_on_its_way) &&
         std::none_of(cards.begin(), cards.end(), is_on_its_way);
}

// Nothing lies in a mailbox that was not enqueued; looked at when another one got its first mail.
void MailInvariants::check_mailboxes(Session& session, const MailServer& server, const Expect& expect) {
  if (server.mailboxes().size() == mailboxes_seen_) return;
  mailboxes_seen_ = server.mailboxes().size();
  std::set<std::string> enqueued;
  for (const std::string& key : storage::mail_keys(session)) enqueued.insert(id_of_mail(key));
  for (const auto& [id, received] : server.mailboxes())
    expect("no_mail_from_nowhere", enqueued.contains(id), "a mail to " + received.address);
}

void MailInvariants::check(Session& session, const handlers::Reference& reference, const MailServer& server,
                           const std::vector<Delivered>& today, Instant now, const Expect& expect) {
  for (const Delivered& one : today) {
    if (one.key.starts_with("report:")) cards_.insert(one.key);
  }
  find_sendings(session, now);
  std::erase_if(open_, [&](const auto& one) {
    const auto& [stem, sending] = one;
    const bool ended = check_sending(session, reference, server, stem, sending, expect);
    expect("report_delivery_ends", ended || local_date(now) <= sending.day + longest_way,
           stem + " is still on its way");
    return ended;
  });
  check_mailboxes(session, server, expect);
}

}  // namespace pao::bot::simulation
