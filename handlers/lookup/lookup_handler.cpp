#include "handlers/lookup/lookup_handler.hpp"

#include "cards/datasets.hpp"
#include "cards/shared_card.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/message_features.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/scope.hpp"
#include "storage/items_store.hpp"
#include "storage/knowledge/spanish_text.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::lookup {
namespace {

using procedure::Action;
using procedure::Criterion;
using procedure::Person;
using procedure::ServiceRequest;
using storage::knowledge::fold;

constexpr std::size_t shortest_name_part =
    2;  // of people: nobody pages through the directory letter by letter

bool may_see(const Person& person, const ServiceRequest& request, Date today) {
  return procedure::may(person, Action::see_own_status, request.process_id, request.practice, today) ||
         procedure::may(person, Action::see_process_detail, request.process_id, request.practice, today);
}

// Every word that was typed begins or stands in the text.
bool holds(std::string_view text, std::string_view folded_query) {
  const std::string folded = fold(text);
  while (!folded_query.empty()) {
    const std::size_t end = std::min(folded_query.find(' '), folded_query.size());
    if (folded.find(folded_query.substr(0, end)) == std::string::npos) return false;
    folded_query.remove_prefix(std::min(end + 1, folded_query.size()));
  }
  return true;
}

// The page that was asked for.
std::vector<Finding> page_of(std::vector<Finding> all, const Search& search) {
  const std::size_t skip = std::min(all.size(), static_cast<std::size_t>(search.skip));
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(skip));
  if (all.size() > static_cast<std::size_t>(search.count)) all.resize(static_cast<std::size_t>(search.count));
  return all;
}

cards::Card criterion_card(const Reference& reference, const Criterion& criterion) {
  const procedure::PracticeRules* rules = reference.rules_of(criterion.practice);
  return cards::shared_criterion_card({.criterion = criterion,
                                       .practice_name = rules ? rules->name : criterion.practice,
                                       .sample = rules && rules->sample});
}

Finding criterion_finding(const Reference& reference, const Criterion& criterion) {
  const procedure::PracticeRules* rules = reference.rules_of(criterion.practice);
  return {
      .title = criterion.code + " · " + criterion.title,
      .subtitle = (rules ? rules->name : criterion.practice) + ", vigencia " + std::to_string(criterion.term),
      .value = criterion.code,
      .card = criterion_card(reference, criterion),
      .verb = cards::verb::share_criterion,
      .data = {{"codigo", criterion.code}}};
}

cards::Card request_card(const Reference& reference, const ServiceRequest& request, Date today) {
  cards::SharedRequestView view{.request = request,
                                .process_name = reference.process_name(request.process_id)};
  if (request.due_on)
    view.business_days_left = procedure::business_days_left(*request.due_on, today, reference.calendar);
  return cards::shared_request_card(view);
}

Finding request_finding(const Reference& reference, const ServiceRequest& request, Date today) {
  return {.title = request.id + " · " + cards::shorten(request.subject, 120),
          .subtitle = cards::request_state_text(request) + ", " + reference.process_name(request.process_id),
          .value = request.id,
          .card = request_card(reference, request, today),
          .verb = cards::verb::share_request,
          .data = {{"ss", request.id}}};
}

std::vector<Finding> criteria_findings(const Reference& reference, const Search& search) {
  const std::size_t wanted = static_cast<std::size_t>(search.skip + search.count);
  std::vector<Finding> found;
  if (search.text.empty()) {
    for (const Criterion& criterion : reference.criteria) {
      if (found.size() == wanted) break;
      found.push_back(criterion_finding(reference, criterion));
    }
    return found;
  }
  const auto& index = reference.knowledge().index;
  if (const Criterion* named = index.find(search.text)) return {criterion_finding(reference, *named)};
  for (const auto& hit : index.search(search.text, {.limit = wanted}))
    found.push_back(criterion_finding(reference, index.criteria()[hit.criterion]));
  return found;
}

std::vector<Finding> request_findings(storage::Session& session, const Reference& reference, const Turn& turn,
                                      const std::string& query) {
  const Date today = local_date(turn.at);
  std::vector<ServiceRequest> requests;
  for (const ProcessScope& scope : scopes_of(*turn.person, today)) {
    for (ServiceRequest& request : storage::requests_of(session, scope.process_id, false)) {
      const bool fits = holds(request.id + ' ' + request.subject + ' ' + request.item_id + ' ' +
                                  request.type + ' ' + reference.process_name(request.process_id),
                              query);
      if (fits && may_see(*turn.person, request, today)) requests.push_back(std::move(request));
    }
  }
  std::stable_sort(requests.begin(), requests.end(),
                   [](const ServiceRequest& a, const ServiceRequest& b) { return a.filed_at > b.filed_at; });
  std::vector<Finding> found;
  for (const ServiceRequest& request : requests) found.push_back(request_finding(reference, request, today));
  return found;
}

std::vector<Finding> item_findings(storage::Session& session, const Turn& turn, const std::string& query) {
  std::vector<Finding> found;
  for (const ProcessScope& scope : scopes_of(*turn.person, local_date(turn.at))) {
    for (const procedure::Item& item : storage::items_of(session, scope.process_id)) {
      const bool own = scope.whole || item.owner_id == turn.person->id;
      if (own && holds(item.id + ' ' + item.name, query))
        found.push_back({.title = item.id + " · " + item.name, .subtitle = {}, .value = item.id});
    }
  }
  return found;
}

std::vector<Finding> people_findings(const Reference& reference, const std::string& query) {
  std::vector<Finding> found;
  if (query.size() < shortest_name_part) return found;
  for (const Person& person : reference.people) {
    if (holds(person.name, query))
      found.push_back({.title = person.name, .subtitle = {}, .value = person.id});
  }
  return found;
}

}  // namespace

Result<Decision> LookupHandler::on_search(const Turn& turn) const {
  const auto& search = std::get<Search>(turn.signal);
  Result<std::vector<Finding>> found =
      search.from == Search::From::link ? find_linked(turn, search) : find(turn, search);
  if (!found) return tl::unexpected<Error>(found.error());
  Reply reply{.trace = {.outcome = "searched",
                        .fields = {{"set", search.set}, {"found", std::to_string(found->size())}}}};
  reply.findings = page_of(std::move(*found), search);
  if (reply.findings.empty() && search.from == Search::From::extension) {
    reply.content.text =
        search.set == cards::dataset::requests && !turn.person
            ? "No lo encuentro en el directorio de procesos. Puede buscar criterios."
            : "No encontré nada con esas palabras. Pruebe con el número o con otras palabras.";
  }
  return Decision(std::move(reply));
}

Result<std::vector<Finding>> LookupHandler::find(const Turn& turn, const Search& search) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  if (search.set == cards::dataset::criteria) return criteria_findings(*reference, search);
  if (!turn.person) return std::vector<Finding>{};
  const std::string query = fold(search.text);
  if (search.set == cards::dataset::people) return people_findings(*reference, query);
  return database_.read([&](storage::Session& session) {
    if (search.set == cards::dataset::requests) return request_findings(session, *reference, turn, query);
    if (search.set == cards::dataset::items) return item_findings(session, turn, query);
    return std::vector<Finding>{};
  });
}

// An address that names an SS or a criterion; anything else is none of our business.
Result<std::vector<Finding>> LookupHandler::find_linked(const Turn& turn, const Search& search) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  for (const std::string& id : mentioned_ids(search.text)) {
    if (const Criterion* criterion = reference->knowledge().index.find(id))
      return std::vector<Finding>{criterion_finding(*reference, *criterion)};
    if (!turn.person) continue;
    auto request =
        database_.read([&](storage::Session& session) { return storage::find_request(session, id); });
    if (!request) return tl::unexpected<Error>(request.error());
    const Date today = local_date(turn.at);
    if (*request && may_see(*turn.person, **request, today))
      return std::vector<Finding>{request_finding(*reference, **request, today)};
  }
  return std::vector<Finding>{};
}

Result<Decision> LookupHandler::on_share_criterion(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Criterion* criterion = reference->knowledge().index.find(turn.value("codigo"));
  if (!criterion) {
    return fail(ErrorCode::not_found, "share: unknown criterion",
                "Ese criterio ya no está vigente. Búsquelo de nuevo.");
  }
  return Decision(Reply{.content = {.card = criterion_card(*reference, *criterion)},
                        .trace = {.outcome = "criterion_shared", .fields = {{"criteria", criterion->code}}}});
}

Result<Decision> LookupHandler::on_share_request(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const auto request = storage::find_request(session, turn.value("ss"));
    const Date today = local_date(turn.at);
    // Whoever may not see it learns nothing, not even that it exists.
    if (!request || !may_see(*turn.person, *request, today)) {
      return fail(ErrorCode::not_found, "share: no such request",
                  "No encontré esa solicitud en sus procesos. Búsquela de nuevo.");
    }
    return Decision(Reply{.content = {.card = request_card(*reference, *request, today)},
                          .trace = {.outcome = "request_shared", .fields = {{"request", request->id}}}});
  });
}

}  // namespace pao::handlers::lookup
