#include "storage/import/csv_reader.hpp"

#include <optional>
#include <set>

namespace pao::storage::import {
namespace {

// Length of the UTF-8 sequence that starts here; 0 when it is none.
std::size_t sequence_length(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u; };
  const auto follows = [&](std::size_t i) { return (at(i) & 0xC0u) == 0x80u; };
  const unsigned first = at(0);
  if (first < 0x80u) return 1;
  if (first >= 0xC2u && first <= 0xDFu) return follows(1) ? 2 : 0;
  if ((first & 0xF0u) == 0xE0u) {
    const bool overlong = first == 0xE0u && at(1) < 0xA0u;
    const bool surrogate = first == 0xEDu && at(1) > 0x9Fu;
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0u && first <= 0xF4u) {
    const bool overlong = first == 0xF0u && at(1) < 0x90u;
    const bool too_high = first == 0xF4u && at(1) > 0x8Fu;
    return follows(1) && follows(2) && follows(3) && !overlong && !too_high ? 4 : 0;
  }
  return 0;
}

class Reader {
 public:
  Reader(std::string_view bytes, const CsvLimits& limits) : bytes_(bytes), limits_(limits) {}

  bool at_end() const { return at_ == bytes_.size(); }
  const std::optional<CsvProblem>& problem() const { return problem_; }

  // The next row; nothing after a problem.
  std::optional<CsvRow> row() {
    CsvRow row{line_, {}};
    do {
      std::optional<std::string> cell = !at_end() && bytes_[at_] == '"' ? quoted() : plain();
      if (!cell) return std::nullopt;
      row.cells.push_back(std::move(*cell));
      if (row.cells.size() > limits_.columns) return stop(line_, "too many columns");
    } while (take(','));
    if (!at_end() && !take_line_end()) return stop(line_, "a quote in the middle of a cell");
    return row;
  }

 private:
  std::nullopt_t stop(std::size_t line, std::string reason) {
    problem_ = CsvProblem{line, std::move(reason)};
    return std::nullopt;
  }

  bool take(char expected) {
    if (at_end() || bytes_[at_] != expected) return false;
    ++at_;
    return true;
  }

  bool take_line_end() {
    if (bytes_.substr(at_, 2) == "\r\n") {
      at_ += 2;
    } else if (!take('\n')) {
      return false;
    }
    ++line_;
    return true;
  }

  std::optional<std::string> plain() {
    const std::size_t end = std::min(bytes_.find_first_of(",\"\r\n", at_), bytes_.size());
    std::string cell(bytes_.substr(at_, end - at_));
    at_ = end;
    if (cell.size() > limits_.cell_bytes) return stop(line_, "a cell is too long");
    if (!at_end() && bytes_[at_] == '"') return stop(line_, "a quote in the middle of a cell");
    if (!at_end() && bytes_[at_] == '\r' && bytes_.substr(at_, 2) != "\r\n") {
      return stop(line_, "a carriage return that does not end a line");
    }
    return cell;
  }

  std::optional<std::string> quoted() {
    const std::size_t start_line = line_;
    std::string cell;
    ++at_;
    for (; !at_end(); ++at_) {
      const char next = bytes_[at_];
      if (next == '"') {
        ++at_;
        if (at_end() || bytes_[at_] != '"') return cell;
      }
      if (next == '\n') ++line_;
      cell += next;
      if (cell.size() > limits_.cell_bytes) return stop(start_line, "a cell is too long");
    }
    return stop(start_line, "a quote is not closed");
  }

  std::string_view bytes_;
  const CsvLimits& limits_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::optional<CsvProblem> problem_;
};

std::optional<CsvProblem> check_bytes(std::string_view bytes, const CsvLimits& limits) {
  if (bytes.size() > limits.bytes) return CsvProblem{0, "the file is too large"};
  std::size_t line = 1;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = sequence_length(bytes.substr(at));
    if (length == 0) return CsvProblem{line, "the text is not UTF-8"};
    if (bytes[at] == '\0') return CsvProblem{line, "a zero byte"};
    if (bytes[at] == '\n') ++line;
    at += length;
  }
  return std::nullopt;
}

std::optional<CsvProblem> check_header(const CsvRow& header) {
  std::set<std::string_view> names;
  for (const std::string& name : header.cells) {
    if (name.empty()) return CsvProblem{header.line, "a column has no name"};
    if (!names.insert(name).second) return CsvProblem{header.line, "column " + name + " appears twice"};
  }
  return std::nullopt;
}

bool is_empty_line(const CsvRow& row) {
  return row.cells.size() == 1 && row.cells.front().empty();
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

tl::expected<CsvTable, CsvProblem> read_csv(std::string_view bytes, const CsvLimits& limits) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  if (auto problem = check_bytes(bytes, limits)) return tl::unexpected(*problem);
  CsvTable table;
  Reader reader(bytes, limits);
  while (!reader.at_end()) {
    std::optional<CsvRow> row = reader.row();
    if (!row) return tl::unexpected(*reader.problem());
    if (is_empty_line(*row)) continue;
    if (table.header.empty()) {
      if (auto problem = check_header(*row)) return tl::unexpected(*problem);
      table.header = std::move(row->cells);
      continue;
    }
    if (table.rows.size() == limits.rows) return tl::unexpected(CsvProblem{row->line, "too many rows"});
    table.rows.push_back(std::move(*row));
  }
  if (table.header.empty()) return tl::unexpected(CsvProblem{1, "the file has no header row"});
  return table;
}

}  // namespace pao::storage::import
