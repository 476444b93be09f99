// How structured values lie in one column: JSON objects of texts, lists of months, optional days.
#pragma once

#include "storage/session.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

std::string texts_to_json(const std::map<std::string, std::string>& texts);
// Throws DatabaseFailure when the column does not hold an object of texts.
std::map<std::string, std::string> texts_from_json(std::string_view json);

std::string months_to_text(const std::vector<int>& months);  // "2,4,6"
std::vector<int> months_from_text(std::string_view text);

// The day as stored, "" for none: keep the text while a Value refers to it.
std::string day_text(std::optional<Date> day);

// The next number of that counter, from 1 on. A transaction that is undone gives its numbers back.
std::int64_t next_number(Session& session, std::string_view counter);

// "PAO-2026-0001": prefix, year and number with at least that many digits.
std::string numbered_id(std::string_view prefix, int year, std::int64_t number, std::size_t digits);

}  // namespace pao::storage
