// What the cards of an SS show, and whom its news are told to. Shared by the handlers of this folder and its
// jobs.
#pragma once

#include "cards/request_card.hpp"
#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "storage/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::requests {

// A stored value of that field as people read it: dates in words, owners by name.
std::string value_in_words(storage::Session& session, std::string_view field, const std::string& value);

// The request as anybody may see it who may see it at all: without steps.
cards::RequestView view_of(storage::Session& session, const Reference& reference,
                           const procedure::ServiceRequest& request, Instant now);

// The same with what that person may do now, the review and what happened until now.
cards::RequestView view_for(storage::Session& session, const Reference& reference,
                            const procedure::ServiceRequest& request, const procedure::Person& person,
                            Instant now);

// Who has to do with it, each once: who filed it, leader and liaisons of the process, the advisor who has it
// (the coordination when nobody has). Active people only.
std::vector<procedure::Person> participants(storage::Session& session, const Reference& reference,
                                            const procedure::ServiceRequest& request, Date today);

// Who has it: the advisor, while active and still an advisor; otherwise the coordination.
std::vector<procedure::Person> in_charge(storage::Session& session, const procedure::ServiceRequest& request,
                                         Date today);

// A notice of an event, told once a person.
Notice news_to(const procedure::Person& person, const procedure::ServiceRequest& request, std::int64_t event,
               cards::Card card);

// The same card of news to each of them, except who did it.
void tell(Reply& reply, storage::Session& session, const Reference& reference,
          const procedure::ServiceRequest& request, std::int64_t event,
          const std::vector<procedure::Person>& people, std::string_view doer_id, const std::string& title,
          Instant now);

tl::unexpected<Error> unknown_request(std::string_view id);

}  // namespace pao::handlers::requests
