// Success or a reason: the return type of everything that may fail in normal life.
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace pao {

// What kind of failure it is; decides what the caller does (repeat, refuse, stop).
enum class ErrorCode {
  invalid,      // the input is wrong; repeating it will fail again
  not_found,    // what the input names does not exist
  refused,      // well formed, but this person may not, or not now
  conflict,     // somebody else was first, or the card is old
  unavailable,  // a thing outside (disk, network, key server) fails now; repeating may help
  internal,     // our own mistake
};

// A failure as a value. `detail` is for operators and logs: English, no secrets, no names, no message text.
// `message` is for the person in the chat: Spanish, complete sentences; empty when no person is waiting
// or when the general sentence for the code is good enough.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string detail;
  std::string message = {};
};

template <class T>
using Result = tl::expected<T, Error>;

// fail(code, detail[, message]): the failing value of any Result.
inline tl::unexpected<Error> fail(ErrorCode code, std::string detail, std::string message = {}) {
  return tl::unexpected<Error>(Error{code, std::move(detail), std::move(message)});
}

}  // namespace pao
