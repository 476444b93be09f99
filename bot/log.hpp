// One line of JSON-free, greppable text an event: time, level, event, key=value … Ids only: no names, no
// message text, no tokens (design: security). Safe from any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace pao::bot::log {

// "debug", "info", "warn" or "error"; lines below the level cost nothing but the call. Writes to standard
// error.
void set_level(const std::string& level);

using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

void debug(std::string_view event, Fields fields = {});
void info(std::string_view event, Fields fields = {});
void warn(std::string_view event, Fields fields = {});
void error(std::string_view event, Fields fields = {});

}  // namespace pao::bot::log
