// Reads CSV as RFC 4180 describes it: comma, quotes doubled inside quotes, CRLF or LF, a header row. UTF-8
// with or without byte order mark.
#pragma once

#include <tl/expected.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage::import {

struct CsvLimits {
  std::size_t bytes = 64u << 20;
  std::size_t rows = 500'000;
  std::size_t columns = 200;
  std::size_t cell_bytes = 32u << 10;
};

struct CsvRow {
  std::size_t line;  // where it starts; 1 is the first line of the file
  std::vector<std::string> cells;
};

struct CsvTable {
  std::vector<std::string> header;
  std::vector<CsvRow> rows;  // as found: a row may have more or fewer cells than the header
};

struct CsvProblem {
  std::size_t line;
  std::string reason;
};

// The table, or the first thing that makes the file unreadable: no header, a column named twice or not at
// all, bytes that are no UTF-8, a quote out of place, a limit exceeded. Empty lines are passed over.
tl::expected<CsvTable, CsvProblem> read_csv(std::string_view bytes, const CsvLimits& limits = {});

// Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view bytes);

}  // namespace pao::storage::import
