#include "bot/protocol/signals_reader.hpp"

#include "bot/protocol/json_fields.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace pao::bot::protocol {
namespace {

using Json = nlohmann::json;
using handlers::MeetingNews;
using handlers::Rating;

constexpr std::size_t max_reactions = 16;
constexpr std::size_t max_participants = 1000;  // of one event: Teams tells of few at a time

std::vector<std::string> reaction_names(const Json& json, const char* list) {
  std::vector<std::string> names;
  const Json* found = member(json, list);
  if (found == nullptr || !found->is_array()) return names;
  for (const Json& one : *found) {
    std::string name = optional_id(one, "type");
    if (!name.empty() && name.size() <= max_name_bytes) names.push_back(std::move(name));
    if (names.size() == max_reactions) break;
  }
  return names;
}

std::optional<MeetingNews::What> meeting_news(std::string_view event) {
  constexpr std::array<std::pair<std::string_view, MeetingNews::What>, 4> names{{
      {"application/vnd.microsoft.meetingStart", MeetingNews::What::started},
      {"application/vnd.microsoft.meetingEnd", MeetingNews::What::ended},
      {"application/vnd.microsoft.meetingParticipantJoin", MeetingNews::What::joined},
      {"application/vnd.microsoft.meetingParticipantLeave", MeetingNews::What::left},
  }};
  for (const auto& [name, what] : names)
    if (name == event) return what;
  return std::nullopt;
}

std::vector<MeetingNews::Participant> participants(const Json& value) {
  std::vector<MeetingNews::Participant> people;
  const Json* members = member(value, "members");
  if (members == nullptr || !members->is_array()) return people;
  for (const Json& one : *members) {
    const Json* user = member(one, "user");
    std::string id = user == nullptr ? std::string{} : optional_id(*user, "aadObjectId");
    if (!id.empty()) people.push_back({std::move(id), optional_text(*user, "name", max_name_bytes)});
    if (people.size() == max_participants) break;
  }
  return people;
}

// The meeting's own id; its chat stands for it where the event does not name it.
std::string meeting_id(const Json& json, const Json& value, const Activity& activity) {
  if (const Json* data = member(json, "channelData")) {
    const Json* meeting = member(*data, "meeting");
    std::string id = meeting == nullptr ? std::string{} : optional_id(*meeting, "id");
    if (!id.empty()) return id;
  }
  std::string id = optional_id(value, "Id");
  return id.empty() ? activity.conversation_id : id;
}

}  // namespace

void read_reactions(const Json& json, Activity& activity) {
  Rating rating{.answer_id = optional_id(json, "replyToId"),
                .reaction = true,
                .given = reaction_names(json, "reactionsAdded"),
                .withdrawn = reaction_names(json, "reactionsRemoved"),
                .reason = {}};
  if (rating.answer_id.empty() || (rating.given.empty() && rating.withdrawn.empty())) return;
  activity.signal = std::move(rating);
}

void read_event(const Json& json, Activity& activity) {
  activity.event = optional_text(json, "name", max_name_bytes);
  const std::optional<MeetingNews::What> what = meeting_news(activity.event);
  if (!what) return;
  const Json* found = member(json, "value");
  const Json value = found == nullptr ? Json::object() : *found;
  const bool of_people = *what == MeetingNews::What::joined || *what == MeetingNews::What::left;
  MeetingNews news{.what = *what,
                   .meeting_id = meeting_id(json, value, activity),
                   .title = optional_text(value, "Title"),
                   .at = {},
                   .people = participants(value)};
  std::string at = optional_id(json, "timestamp");
  if (*what == MeetingNews::What::started) at = optional_id(value, "StartTime");
  if (*what == MeetingNews::What::ended) at = optional_id(value, "EndTime");
  news.at = parse_instant(at);
  if (!of_people || !news.people.empty()) activity.signal = std::move(news);
}

}  // namespace pao::bot::protocol
