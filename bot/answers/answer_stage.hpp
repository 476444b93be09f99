// The stage of an answer that is being written: a stream in the personal conversation where somebody waits.
#pragma once

#include "bot/clock.hpp"
#include "bot/delivery/connector_call.hpp"
#include "handlers/consult/late_answers.hpp"
#include "storage/database.hpp"

namespace pao::bot::answers {

// Where the channel does not want a stream nothing is shown, and the outbox sends the answer. `rest` sleeps.
handlers::consult::StageFor make_stages(storage::Database& database, delivery::ConnectorCall call,
                                        Clock clock, std::function<void(std::chrono::milliseconds)> rest);

}  // namespace pao::bot::answers
