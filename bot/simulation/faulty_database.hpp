// A database whose writes fail on demand: before anything was done, in the middle (everything is undone), or
// after the commit, when only the answer is lost.
#pragma once

#include "storage/database.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace pao::bot::simulation {

class FaultyDatabase : public storage::Database {
 public:
  enum class Fault { none, before, middle, after };

  // `next_fault` is asked once a write.
  FaultyDatabase(std::unique_ptr<storage::Database> real, std::function<Fault()> next_fault)
      : real_(std::move(real)), next_fault_(std::move(next_fault)) {}

  // As when the process ends; nothing may be read or written until open() gives another one.
  void close() { real_.reset(); }
  void open(std::unique_ptr<storage::Database> real) { real_ = std::move(real); }

 protected:
  Result<void> read_closure(const Closure& closure) override {
    return real_->read([&](storage::Session& session) { return closure(session); });
  }

  Result<void> write_closure(const Closure& closure) override {
    const Fault fault = next_fault_();
    if (fault == Fault::before) return away();
    Result<void> done = real_->write([&](storage::Session& session) -> Result<void> {
      Result<void> worked = closure(session);
      if (worked && fault == Fault::middle) return away();
      return worked;
    });
    if (done && fault == Fault::after) return away();
    return done;
  }

 private:
  static tl::unexpected<Error> away() { return fail(ErrorCode::unavailable, "the disk is away (simulated)"); }

  std::unique_ptr<storage::Database> real_;
  std::function<Fault()> next_fault_;
};

}  // namespace pao::bot::simulation
