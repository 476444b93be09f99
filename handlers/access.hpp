// Words that the lists of routes are written in: who may, where, and a handler that takes the turn alone.
#pragma once

#include "handlers/route.hpp"

#include <utility>

namespace pao::handlers {

inline Access anybody() {
  return {.anybody = true};
}
// In the directory; the handler shows each role its own.
inline Access known() {
  return {};
}
// In at least one process.
inline Access may(procedure::Action action) {
  return {.action = action};
}
// In the process that the turn is about.
inline Access may(procedure::Action action, Subject subject) {
  return {.action = action, .subject = std::move(subject)};
}

template <class Feature>
Run call(const Feature& feature, Result<Decision> (Feature::*handler)(const Turn&) const) {
  return [&feature, handler](const Hearing& hearing) { return (feature.*handler)(hearing.turn()); };
}

}  // namespace pao::handlers
