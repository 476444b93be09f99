#include "handlers/consult/entry_renewal.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/procedure/permissions.hpp"

#include <map>
#include <vector>

namespace pao::handlers::consult {
namespace {

using storage::Entry;

constexpr int entries_looked_at = 1000;

DigestLine line_of(const procedure::Person& person, const std::string& practice, int term, int count) {
  const std::string vigencia = std::to_string(term);
  return {.person_id = person.id,
          .key = "respuestas/" + practice + "|" + vigencia,
          .title = "Respuestas para todos, " + cards::practice_name(practice),
          .text = "Ya rigen los lineamientos de " + vigencia + ". " +
                  (count == 1 ? std::string("Hay 1 respuesta aprobada que ya no uso.")
                              : "Hay " + std::to_string(count) + " respuestas aprobadas que ya no uso.") +
                  " Decida si se mantienen o se retiran.",
          .urgency = 5,
          .button = DigestButton{"Ver las respuestas", cards::verb::entry_list}};
}

}  // namespace

int renewal_term(const Entry& entry, const Reference& reference) {
  if (entry.state != procedure::EntryState::approved) return 0;
  const procedure::PracticeRules* rules = reference.rules_of(entry.practice);
  return rules && rules->term > entry.last_term ? rules->term : 0;
}

std::vector<Entry> entries_to_renew(storage::Session& session, const Reference& reference) {
  std::vector<Entry> entries =
      storage::list_entries(session, procedure::EntryState::approved, entries_looked_at);
  std::erase_if(entries, [&](const Entry& entry) { return renewal_term(entry, reference) == 0; });
  return entries;
}

Result<std::vector<DigestLine>> renewal_lines(storage::Session& session, const Reference& reference,
                                              std::string_view person_id, Instant now) {
  std::vector<const procedure::Person*> deciders;
  for (const procedure::Person& person : reference.people) {
    if (!person_id.empty() && person.id != person_id) continue;
    if (procedure::may(person, procedure::Action::approve_guideline, "", "", local_date(now)))
      deciders.push_back(&person);
  }
  std::vector<DigestLine> lines;
  if (deciders.empty()) return lines;
  std::map<std::string, int> waiting;
  for (const Entry& entry : entries_to_renew(session, reference)) ++waiting[entry.practice];
  for (const procedure::Person* person : deciders) {
    for (const auto& [practice, count] : waiting)
      lines.push_back(line_of(*person, practice, reference.rules_of(practice)->term, count));
  }
  return lines;
}

}  // namespace pao::handlers::consult
