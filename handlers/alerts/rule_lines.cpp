#include "handlers/alerts/rule_lines.hpp"

#include "cards/verbs.hpp"
#include "handlers/alerts/recipients.hpp"
#include "handlers/procedure/commitments.hpp"
#include "storage/alert_rules_content.hpp"
#include "storage/people_store.hpp"

namespace pao::handlers::alerts {
namespace {

// Processes in which that person may be told something; all of them for a role of the whole entity.
bool may_concern(const std::optional<procedure::Person>& person, const procedure::Process& process) {
  if (!person) return true;
  for (const procedure::RoleGrant& grant : person->roles) {
    if (grant.process_id.empty() || grant.process_id == process.id) return true;
  }
  return process.leader_id == person->id || process.advisor_id == person->id;
}

DigestLine line_of(const procedure::AlertRule& rule, const procedure::AlertSubject& subject,
                   const procedure::FiredAlert& fired, const Reference& reference) {
  return {.key = fired.key,
          .title = subject.name + ", " + reference.process_name(subject.process_id),
          .text = fired.text,
          .urgency = fired.urgency,
          .button = DigestButton{"Ver el criterio",
                                 cards::verb::choose_criterion,
                                 {{"codigo", rule.criterion}, {"pregunta", ""}}},
          .process_id = subject.process_id,
          .practice = subject.practice,
          .rule = rule.id,
          .due_on = subject.due_on};
}

// Who can end it by marking the commitment gets that button, and the others the criterion.
void offer_fulfilment(DigestLine& line, const procedure::AlertSubject& subject,
                      const procedure::Person& person, Date today) {
  const auto kind = subject.facts.find("clase");
  if (kind == subject.facts.end() || kind->second != procedure::to_word(procedure::ItemKind::commitment) ||
      !procedure::may_fulfil(person, subject.owner_id, subject.process_id, today))
    return;
  line.button =
      DigestButton{"Marcar como cumplido", cards::verb::commitment_form, {{"compromiso", subject.id}}};
}

}  // namespace

std::set<std::string> standing_topics(storage::Session& session, const Reference& reference,
                                      const procedure::Process& process, Instant now) {
  std::set<std::string> topics;
  for (const procedure::AlertSubject& subject : alert_subjects(session, reference, process, now)) {
    for (const procedure::AlertRule& rule : storage::alert_rules()) {
      if (procedure::still_holds(rule, subject)) topics.insert(procedure::alert_topic(rule, subject));
    }
  }
  return topics;
}

Result<std::vector<DigestLine>> rule_lines(storage::Session& session, const Reference& reference,
                                           std::string_view person_id, Instant now) {
  const Date today = local_date(now);
  std::vector<DigestLine> lines;
  std::optional<procedure::Person> person;
  if (!person_id.empty()) {
    person = storage::find_person(session, person_id);
    if (!person) return lines;
  }
  Directory directory(session, reference, today);
  for (const procedure::Process& process : reference.processes) {
    if (!may_concern(person, process)) continue;
    for (const procedure::AlertSubject& subject : alert_subjects(session, reference, process, now)) {
      for (const procedure::AlertRule& rule : storage::alert_rules()) {
        const auto fired = procedure::fire(rule, subject, today);
        if (!fired) continue;
        std::set<std::string> told;
        for (const procedure::Recipient kind : fired->recipients) {
          for (const procedure::Person& one : directory.recipients(kind, process.id, subject.owner_id)) {
            if ((person && one.id != person->id) || !told.insert(one.id).second) continue;
            DigestLine line = line_of(rule, subject, *fired, reference);
            line.person_id = one.id;
            offer_fulfilment(line, subject, one, today);
            lines.push_back(std::move(line));
          }
        }
      }
    }
  }
  return lines;
}

}  // namespace pao::handlers::alerts
