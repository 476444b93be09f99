// Alerts already sent, so that a run repeated on the same day sends nothing twice.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace pao::storage {

// Keys "obligation|step|person" of alerts sent for obligations due on or after `due_since`.
std::unordered_set<std::string> sent_alert_keys(Session& session, Date due_since);

// False when the key was there already.
bool insert_alert(Session& session, std::string_view key, std::string_view person_id, Date due_on,
                  Instant at);

// The Bogotá day of the first alert ever sent; nothing when none was. Steps before it are not caught up.
std::optional<Date> first_alert_day(Session& session);

}  // namespace pao::storage
