// Control points (puntos de control, procedure section 4): activities 1, 3, 4 (verification) and 6 need a
// named person's confirmation with date, result and note before the next step. The assistant never gives one.
//
// What is confirmed has one subject text, the same in every area:
//   guideline:<practice>:<term>:<version>   activity 1, before the publication
//   register:<month>                        activity 3, the sample of the month
//   verification:<process>:<period>         activity 4, what was recorded for that period
//   request:<SS id>                         activity 6, the pertinence of the request
#pragma once

#include "handlers/procedure/period.hpp"
#include "handlers/procedure/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

enum class ControlPoint { guidelines, advice, verification, adjustment };

std::string_view to_word(ControlPoint control);  // "1", "3", "4", "6": the number of the activity
std::optional<ControlPoint> parse_control_point(std::string_view word);
std::string_view title_of(ControlPoint control);  // "Revisar y ajustar los lineamientos"

enum class ControlResult { conforming, not_conforming, with_remarks };

// "conforme", "no_conforme", "con_observaciones".
std::string_view to_word(ControlResult result);
std::optional<ControlResult> parse_control_result(std::string_view word);

// Whether the next step may follow: conforming, or with remarks that stand in the note.
bool lets_next_step(ControlResult result);

std::string guideline_subject(std::string_view practice, int term, int version);
std::string register_subject(std::string_view month);
std::string verification_subject(std::string_view process_id, std::string_view period);
std::string request_subject(std::string_view request_id);

// A subject taken apart; nothing for a text of another form.
struct ControlSubject {
  ControlPoint control = ControlPoint::guidelines;
  std::string practice;    // guidelines
  int term = 0;            // guidelines
  int version = 0;         // guidelines
  std::string period;      // advice, verification
  std::string process_id;  // verification
  std::string request_id;  // adjustment
};
std::optional<ControlSubject> parse_control_subject(std::string_view subject);

struct ControlClaim {
  ControlResult result = ControlResult::conforming;
  std::string note;
  std::string confirmed_by;  // person id
  // Who did what is confirmed: wrote the version, filed the SS, decided it. May be empty.
  std::vector<std::string> made_by;
  std::size_t unreviewed = 0;  // records of the period that nobody has reviewed yet
};

// `refused` when it is the own work; `invalid` when nobody is named, the note is missing (any result but
// conforming needs one) or too long, or something is called conforming although records wait for review.
Result<void> check_confirmation(const ControlClaim& claim);

inline constexpr std::size_t max_control_note_length = 2000;  // characters

// Which of the numbered entries are looked at: at most `size`, the same for the same entries and period, in
// their order. No entry is likelier than another.
std::vector<std::int64_t> draw_sample(std::span<const std::int64_t> entries, std::string_view period,
                                      std::size_t size);

// Which of so many advisors looks at the sample of that month: each in turn. 0 when there is none.
std::size_t whose_turn(const Period& month, std::size_t advisors);

// Records as an evidence pack writes them: a name without spaces, a title in Spanish, columns, rows.
struct EvidenceTable {
  std::string name;
  std::string title;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

}  // namespace pao::procedure
