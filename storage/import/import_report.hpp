// What an import found and did.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace pao::storage::import {

struct ImportProblem {
  std::string file;
  std::size_t line = 0;  // 0: the file as a whole
  std::string column;    // empty: the row as a whole
  std::string reason;
};

struct FileCounts {
  std::string file;
  std::size_t rows = 0;
  std::size_t inserted = 0;
  std::size_t updated = 0;
  std::size_t unchanged = 0;
  std::size_t removed = 0;  // roles that the file no longer gives
};

struct ImportReport {
  static constexpr std::size_t max_problems_shown = 1000;

  bool stored = false;  // false: something was refused, or only a check was asked for
  std::vector<FileCounts> files;
  std::vector<ImportProblem> problems;  // the first max_problems_shown
  std::size_t problem_count = 0;        // all of them
  std::vector<std::string> notices;     // what was passed over, and why

  void refuse(ImportProblem problem) {
    ++problem_count;
    if (problems.size() < max_problems_shown) problems.push_back(std::move(problem));
  }
};

}  // namespace pao::storage::import
