#include "handlers/ownership.hpp"

#include "handlers/procedure/permissions.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"
#include "storage/requests_store.hpp"

#include <set>

namespace pao::handlers {
namespace {

Unowned::Kind kind_of(procedure::Lack lack) {
  switch (lack) {
    case procedure::Lack::leader:
      return Unowned::Kind::no_leader;
    case procedure::Lack::liaison:
      return Unowned::Kind::no_liaison;
    case procedure::Lack::advisor:
      return Unowned::Kind::no_advisor;
  }
  return Unowned::Kind::no_leader;
}

bool in_course(const procedure::Item& item, Date today) {
  return !item.ends_on || *item.ends_on >= today;
}

}  // namespace

std::vector<Unowned> unowned(storage::Session& session, const Reference& reference, Date today) {
  const std::vector<procedure::Person> people = storage::active_people(session);
  std::set<std::string> active, advisors;
  for (const procedure::Person& person : people) {
    active.insert(person.id);
    if (procedure::holds_role(person, procedure::Role::advisor, "", today)) advisors.insert(person.id);
  }
  std::vector<Unowned> found;
  for (const procedure::Process& process : reference.processes) {
    for (const procedure::Lack lack : procedure::lacks_of(process.id, people, today)) {
      found.push_back({kind_of(lack), process.id});
    }
    for (const procedure::ServiceRequest& request : storage::requests_of(session, process.id, true)) {
      if (!advisors.contains(request.advisor_id))
        found.push_back({Unowned::Kind::request_without_advisor, process.id, request.id});
    }
    for (const procedure::Item& item : storage::items_of(session, process.id)) {
      if (!item.owner_id.empty() && in_course(item, today) && !active.contains(item.owner_id))
        found.push_back({Unowned::Kind::item_of_somebody_gone, process.id, item.id});
    }
  }
  return found;
}

OpenMatters open_matters(storage::Session& session, std::string_view process_id, std::string_view person_id,
                         Date today) {
  OpenMatters open;
  for (const procedure::ServiceRequest& request : storage::requests_of(session, process_id, true)) {
    if (request.filed_by == person_id) open.requests.push_back(request.id);
  }
  for (const procedure::Item& item : storage::items_of(session, process_id)) {
    if (item.owner_id == person_id && in_course(item, today)) open.items.push_back(item.id);
  }
  return open;
}

}  // namespace pao::handlers
