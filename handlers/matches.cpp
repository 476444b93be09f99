#include "handlers/matches.hpp"

#include "handlers/message_features.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace pao::handlers {

Matches pressed(const char* name) {
  return [name](const Hearing& hearing) {
    return hearing.turn().kind == TurnKind::action && hearing.turn().verb == name;
  };
}

Matches says(std::initializer_list<const char*> words) {
  return [words = std::vector<std::string>(words.begin(), words.end())](const Hearing& hearing) {
    if (hearing.turn().kind != TurnKind::text || hearing.turn().text.size() > 40) return false;
    const std::string folded = storage::knowledge::fold(hearing.turn().text);
    return std::find(words.begin(), words.end(), folded) != words.end();
  };
}

Matches begins(std::initializer_list<const char*> words) {
  return [words = std::vector<std::string>(words.begin(), words.end())](const Hearing& hearing) {
    const std::string& text = hearing.turn().text;
    if (hearing.turn().kind != TurnKind::text || text.size() > 80 || text.find('?') != std::string::npos)
      return false;
    const std::string folded = storage::knowledge::fold(text);
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& begin) { return folded.starts_with(begin + " "); });
  };
}

Matches starts_with(std::string_view prefix) {
  return [prefix](const Hearing& hearing) {
    return hearing.turn().kind == TurnKind::text && hearing.turn().text.substr(0, prefix.size()) == prefix;
  };
}

Matches arrives() {
  return [](const Hearing& hearing) { return hearing.turn().kind == TurnKind::arrival; };
}

Matches is(TurnKind kind) {
  return [kind](const Hearing& hearing) { return hearing.turn().kind == kind; };
}

Matches any_text() {
  return [](const Hearing& hearing) { return hearing.turn().kind == TurnKind::text; };
}

Matches means(MessageKind kind) {
  return [kind](const Hearing& hearing) {
    return hearing.turn().kind == TurnKind::text && hearing.understood().kind == kind;
  };
}

Matches wants(Intent intent) {
  return [intent](const Hearing& hearing) {
    return hearing.turn().kind == TurnKind::text && hearing.understood().kind == MessageKind::action &&
           hearing.understood().intent == intent;
  };
}

std::string request_number(const Hearing& hearing) {
  const std::vector<std::string>& ids = hearing.understood().ids;
  const auto found = std::find_if(ids.begin(), ids.end(), is_request_number);
  return found == ids.end() ? "" : *found;
}

std::string item_named(const Hearing& hearing) {
  const std::vector<std::string>& ids = hearing.understood().ids;
  const auto found = std::find_if(ids.begin(), ids.end(), is_item_id);
  return found == ids.end() ? "" : *found;
}

Matches wants_request_status() {
  return [](const Hearing& hearing) {
    return wants(Intent::see_status)(hearing) && !request_number(hearing).empty();
  };
}

bool tells_fulfilment(const Hearing& hearing) {
  const std::string& text = hearing.turn().text;
  if (hearing.turn().kind != TurnKind::text || text.find('?') != std::string::npos) return false;
  if (wants(Intent::register_progress)(hearing)) return true;
  if (wants(Intent::open_ss)(hearing)) return false;
  const std::vector<std::string> words = storage::knowledge::fold_words(text);
  if (std::find(words.begin(), words.end(), "no") != words.end()) return false;  // "aún no se ha cumplido"
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "cumpli" || word == "cumplio" || word == "cumplimos" || word.starts_with("cumplid");
  });
}

bool names_commitment(const Hearing& hearing) {
  const std::string text = " " + storage::knowledge::fold(hearing.turn().text);
  return wants(Intent::register_progress)(hearing) && text.find(" compromiso") != std::string::npos &&
         text.find(" cumpl") != std::string::npos;
}

bool is_change_order(const Hearing& hearing) {
  const std::string text = " " + storage::knowledge::fold(hearing.turn().text) + " ";
  return text.find(" ss") == std::string::npos && text.find("solicitud") == std::string::npos;
}

}  // namespace pao::handlers
