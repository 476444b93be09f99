// What a feature may put into somebody's daily digest: one card a person and business day holds everything
// that is due, late or warned of, whichever feature knows it (design principle 7, R-23).
//
// A source is one function and one line in digest_sources.cpp. It says what holds at `now`; the digest drops
// what the person was told already, sends the rest once, and asks the source again when the card is made, so
// that what was done meanwhile is not in it.
#pragma once

#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers {

struct DigestButton {
  std::string title;
  const char* verb = nullptr;  // of cards/verbs.hpp
  std::map<std::string, std::string> values = {};
};

struct DigestLine {
  std::string person_id;
  // Names what is told and the step of it ("reloj-ss/SS-2026-0070|80"), without blanks or the person. The
  // same key is told to a person once; the next step of the same thing has another key.
  std::string key;
  std::string title;  // what it is about: "SS-2026-0070, Planes, Tesorería"; not escaped
  std::string text;   // Spanish sentences: what holds, by which rule, what to do until when; not escaped
  int urgency = 0;    // business days left, negative when late: the smaller, the higher in the card
  std::optional<DigestButton> button = std::nullopt;
  // What the alerts of a process are counted by; empty when it is about none.
  std::string process_id = {};
  std::string practice = {};
  std::string rule = {};                      // whose usefulness is asked for; empty: the source's name
  std::optional<Date> due_on = std::nullopt;  // after this day it cannot be postponed; none: it has no end
};

struct DigestSource {
  const char* name;  // "reloj-ss": first part of its keys, before '/'
  // What holds at `now` for that person, or for everybody when `person_id` is empty. Also what was told
  // before: telling once is not the source's business. Reads only.
  Result<std::vector<DigestLine>> (*lines)(storage::Session& session, const Reference& reference,
                                           std::string_view person_id, Instant now);
};

// The one list of sources.
const std::vector<DigestSource>& digest_sources();

}  // namespace pao::handlers
