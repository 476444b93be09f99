// One connection to the database inside one transaction: what a store function is given.
//
// SQL is written in the subset that SQLite and PostgreSQL share ($1 parameters, ON CONFLICT, RETURNING), as
// literals, so that a session can keep the prepared statement by the address of its text.
#pragma once

#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace pao::storage {

// A parameter. Texts are read during the call only. std::monostate is NULL.
using Value = std::variant<std::monostate, std::int64_t, double, std::string_view>;

// Instants are stored as milliseconds since 1970 (INTEGER), days as "2026-04-09" (TEXT), booleans as 0 and 1.
inline Value to_value(Instant at) {
  return Value{std::int64_t{at.time_since_epoch().count()}};
}
inline Value to_value(bool flag) {
  return Value{std::int64_t{flag ? 1 : 0}};
}
inline Value to_value(std::int64_t number) {
  return Value{number};
}
inline Value to_value(int number) {
  return Value{std::int64_t{number}};
}
inline Value to_value(std::optional<Instant> at) {
  return at ? to_value(*at) : Value{};
}
// Empty text becomes NULL: an empty id means "none".
inline Value text_or_null(std::string_view text) {
  return text.empty() ? Value{} : Value{text};
}

// The current row of a query. Texts live until the next row.
class Row {
 public:
  virtual std::string_view text(int column) const = 0;  // "" when NULL
  virtual std::int64_t integer(int column) const = 0;   // 0 when NULL
  virtual double real(int column) const = 0;            // 0 when NULL
  virtual bool is_null(int column) const = 0;

  bool flag(int column) const { return integer(column) != 0; }
  std::string string(int column) const { return std::string(text(column)); }
  Instant instant(int column) const { return Instant{std::chrono::milliseconds{integer(column)}}; }
  std::optional<Instant> optional_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional(instant(column));
  }
  std::optional<Date> date(int column) const { return parse_date(text(column)); }

 protected:
  ~Row() = default;
};

// Thrown by a session when the database itself fails (disk full, corrupt, constraint that our code should
// have checked). Caught in Database::read and Database::write only, and returned from there as an Error.
class DatabaseFailure;

// Not thread-safe; valid only inside the closure it was given to.
class Session {
 public:
  virtual ~Session() = default;

  // Runs a statement that returns no rows; gives how many rows it changed.
  virtual std::int64_t run(std::string_view sql, std::initializer_list<Value> values = {}) = 0;

  // The same with values that are counted at run time.
  virtual std::int64_t run_values(std::string_view sql, std::span<const Value> values) = 0;

  // Calls on_row for each row; stops early when it returns false.
  virtual void each(std::string_view sql, std::initializer_list<Value> values,
                    const std::function<bool(const Row&)>& on_row) = 0;

  virtual void each_values(std::string_view sql, std::span<const Value> values,
                           const std::function<bool(const Row&)>& on_row) = 0;

  // Runs work inside a savepoint: when it fails, what it wrote is undone and the transaction goes on.
  virtual Result<void> savepoint(const std::function<Result<void>()>& work) = 0;

  // The first row, translated by read_row; nothing when there is none.
  template <class ReadRow>
  auto first(std::string_view sql, std::initializer_list<Value> values, ReadRow read_row)
      -> std::optional<decltype(read_row(std::declval<const Row&>()))> {
    std::optional<decltype(read_row(std::declval<const Row&>()))> found;
    each(sql, values, [&](const Row& row) {
      found = read_row(row);
      return false;
    });
    return found;
  }

  // Every row, translated by read_row.
  template <class ReadRow>
  auto all(std::string_view sql, std::initializer_list<Value> values, ReadRow read_row)
      -> std::vector<decltype(read_row(std::declval<const Row&>()))> {
    std::vector<decltype(read_row(std::declval<const Row&>()))> rows;
    each(sql, values, [&](const Row& row) {
      rows.push_back(read_row(row));
      return true;
    });
    return rows;
  }
};

}  // namespace pao::storage
