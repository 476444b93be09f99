#include "cards/request_step_card.hpp"
#include "cards/verbs.hpp"
#include "handlers/paging.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/requests/request_views.hpp"
#include "handlers/requests/review_handler.hpp"
#include "handlers/scope.hpp"
#include "storage/people_store.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::requests {
namespace {

using procedure::ServiceRequest;
namespace verb = cards::verb;

void fill_page(storage::Session& session, const Reference& reference, const Turn& turn,
               const std::vector<ServiceRequest>& requests, cards::RequestListView& view) {
  view.total = static_cast<int>(requests.size());
  view.page = page_of(turn, view.total, cards::request_page_size);
  const int first = view.page * cards::request_page_size;
  for (int i = first; i < std::min(view.total, first + cards::request_page_size); ++i) {
    const ServiceRequest& request = requests[static_cast<std::size_t>(i)];
    cards::RequestLine line{.request = request,
                            .process_name = reference.process_name(request.process_id),
                            .advisor_name = storage::person_name(session, request.advisor_id)};
    if (request.due_on) {
      line.business_days_left =
          procedure::business_days_left(*request.due_on, local_date(turn.at), reference.calendar);
    }
    view.lines.push_back(std::move(line));
  }
}

Decision shown(const cards::RequestListView& view, const char* outcome) {
  return Decision(Reply{.content = {.card = cards::request_list_card(view)},
                        .trace = {.outcome = outcome, .fields = {{"requests", std::to_string(view.total)}}}});
}

}  // namespace

Result<Decision> ReviewHandler::on_queue(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const bool all =
        procedure::holds_role(*turn.person, procedure::Role::coordination, "", local_date(turn.at));
    cards::RequestListView view{.title = all ? "Solicitudes SS en curso" : "Solicitudes SS por atender",
                                .empty = "No hay solicitudes por atender.",
                                .verb = verb::request_queue};
    fill_page(session, *reference, turn, storage::open_requests(session, all ? "" : turn.person->id), view);
    return shown(view, "request_queue_shown");
  });
}

Result<Decision> ReviewHandler::on_mine(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    std::vector<ServiceRequest> requests;
    for (const ProcessScope& scope : scopes_of(*turn.person, local_date(turn.at))) {
      if (!scope.whole) continue;
      for (ServiceRequest& request : storage::requests_of(session, scope.process_id, true))
        requests.push_back(std::move(request));
    }
    cards::RequestListView view{.title = "Mis solicitudes SS",
                                .empty = "Sus procesos no tienen solicitudes en curso.",
                                .verb = verb::request_mine};
    fill_page(session, *reference, turn, requests, view);
    return shown(view, "requests_shown");
  });
}

}  // namespace pao::handlers::requests
