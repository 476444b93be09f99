// The exception of a session: the database itself failed. See session.hpp.
#pragma once

#include "handlers/procedure/result.hpp"

#include <stdexcept>

namespace pao::storage {

class DatabaseFailure : public std::runtime_error {
 public:
  // `detail` is English and holds no stored values: names of tables and columns only.
  DatabaseFailure(ErrorCode code, const std::string& detail) : std::runtime_error(detail), code_(code) {}

  ErrorCode code() const { return code_; }
  Error error() const { return Error{code_, what()}; }

 private:
  ErrorCode code_;
};

}  // namespace pao::storage
