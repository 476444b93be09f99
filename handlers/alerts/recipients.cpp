#include "handlers/alerts/recipients.hpp"

#include "storage/people_store.hpp"

namespace pao::handlers::alerts {

using procedure::Person;
using procedure::Recipient;
using procedure::Role;

std::vector<Person> Directory::recipients(Recipient kind, const std::string& process_id,
                                          const std::string& owner_id) {
  const procedure::Process* process = reference_.process(process_id);
  switch (kind) {
    case Recipient::owner:
      return one(owner_id);
    case Recipient::liaison:
      return with_role(Role::liaison, process_id);
    case Recipient::leader:
      return one(process ? process->leader_id : "");
    case Recipient::advisor:
      return one(process ? process->advisor_id : "");
    case Recipient::coordination:
      return with_role(Role::coordination, "");
  }
  return {};
}

std::vector<Person> Directory::one(const std::string& id) {
  if (id.empty()) return {};
  const auto [entry, is_new] = people_.try_emplace(id);
  if (is_new) entry->second = storage::find_person(session_, id);
  return entry->second && entry->second->active ? std::vector{*entry->second} : std::vector<Person>{};
}

std::vector<Person> Directory::with_role(Role role, const std::string& process_id) {
  const auto [entry, is_new] = groups_.try_emplace({role, process_id});
  if (is_new) entry->second = storage::people_with_role(session_, role, process_id, today_);
  return entry->second;
}

}  // namespace pao::handlers::alerts
