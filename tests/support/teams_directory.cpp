// Who and what is there: members, teams, channels, meetings; reactions and mass sendings.
#include "tests/support/teams_server.hpp"

#include <algorithm>

namespace pao::tests {

using Json = nlohmann::json;

namespace {

constexpr const char* name_of_many = "Nombre";

Json member_json(const std::string& aad) {
  return {{"id", "29:" + aad}, {"name", name_of_many}, {"aadObjectId", aad}, {"userRole", "user"}};
}

bool has(const std::vector<std::string>& all, const std::string& wanted) {
  return std::find(all.begin(), all.end(), wanted) != all.end();
}

}  // namespace

void SimulatedTeams::Server::add_directory_routes() {
  http_.Get(R"(/teams/v3/conversations/([^/]+)/pagedmembers)", [this](const auto& request, auto& response) {
    handle(request, response, [&] { answer_members(request, response); });
  });
  http_.Get(R"(/teams/v3/conversations/([^/]+)/members/([^/]+))",
            [this](const auto& request, auto& response) {
              handle(request, response, [&] { answer_member(request, response); });
            });
  http_.Get(R"(/teams/v3/teams/([^/]+))", [this](const auto& request, auto& response) {
    handle(request, response, [&] {
      const auto team = teams.find(request.matches[1]);
      if (team == teams.end()) return answer(response, 404, teams_error("NotFound"));
      answer(response, 200,
             Json{{"id", team->first},
                  {"name", team->second.name},
                  {"aadGroupId", team->second.aad_group_id},
                  {"channelCount", team->second.channels.size()},
                  {"memberCount", members[team->first].size()}}
                 .dump());
    });
  });
  http_.Get(R"(/teams/v3/teams/([^/]+)/conversations)", [this](const auto& request, auto& response) {
    handle(request, response, [&] {
      const auto team = teams.find(request.matches[1]);
      if (team == teams.end()) return answer(response, 404, teams_error("NotFound"));
      Json list = Json::array();
      for (const auto& [id, name] : team->second.channels) {
        list.push_back({{"id", id}, {"name", name.empty() ? Json() : Json(name)}});
      }
      answer(response, 200, Json{{"conversations", list}}.dump());
    });
  });
  // A meeting is known by its conversation, whose members take part in it; the first of them called it.
  http_.Get(R"(/teams/v1/meetings/(.+)/participants/([^/]+))", [this](const auto& request, auto& response) {
    handle(request, response, [&] {
      const std::string meeting = request.matches[1], person = request.matches[2];
      const std::vector<std::string>& all = members[meeting];
      if (request.get_param_value("tenantId").empty()) return answer(response, 400, teams_error("BadSyntax"));
      if (!has(all, person)) return answer(response, 404, teams_error("NotFound"));
      answer(
          response, 200,
          Json{{"user", {{"id", "29:" + person}, {"aadObjectId", person}, {"name", name_of_many}}},
               {"meeting", {{"role", person == all.front() ? "Organizer" : "Attendee"}, {"inMeeting", true}}},
               {"conversation", {{"id", meeting}, {"isGroup", true}}}}
              .dump());
    });
  });
  const auto react = [this](bool set) {
    return [this, set](const httplib::Request& request, httplib::Response& response) {
      handle(request, response, [&] {
        if (find_delivered(request.matches[1], request.matches[2]) == nullptr) {
          return answer(response, 404, teams_error("ActivityNotFoundInConversation"));
        }
        reactions.push_back({request.matches[1], request.matches[2], request.matches[3], set});
        answer(response, 204, "");
      });
    };
  };
  const char* reaction = R"(/teams/v3/conversations/([^/]+)/activities/([^/]+)/reactions/([^/]+))";
  http_.Put(reaction, react(true));
  http_.Delete(reaction, react(false));
}

// The continuation token is the number of the next member.
void SimulatedTeams::Server::answer_members(const httplib::Request& request, httplib::Response& response) {
  const std::vector<std::string>& all = members[request.matches[1]];
  const std::string from = request.get_param_value("continuationToken");
  const std::size_t first = from.empty() ? 0 : std::stoul(from);
  const std::size_t size = std::stoul(request.get_param_value("pageSize"));
  Json page{{"members", Json::array()}};
  for (std::size_t i = first; i < std::min(all.size(), first + size); ++i) {
    page["members"].push_back(member_json(all[i]));
  }
  if (first + size < all.size()) page["continuationToken"] = std::to_string(first + size);
  answer(response, 200, page.dump());
}

void SimulatedTeams::Server::answer_member(const httplib::Request& request, httplib::Response& response) {
  for (const std::string& aad : members[request.matches[1]]) {
    const std::string wanted = request.matches[2];
    if (wanted == aad || wanted == "29:" + aad) return answer(response, 200, member_json(aad).dump());
  }
  answer(response, 404, teams_error("MemberNotFoundInConversation"));
}

void SimulatedTeams::Server::add_batch_routes() {
  http_.Post(R"(/teams/v3/batch/conversation/(users|channels))", [this](const auto& request, auto& response) {
    handle(request, response, [&] { start_batch(request, response); });
  });
  http_.Get(R"(/teams/v3/batch/conversation/([^/]+))", [this](const auto& request, auto& response) {
    handle(request, response, [&] {
      const auto batch = batches_.find(request.matches[1]);
      if (batch == batches_.end()) return answer(response, 404, teams_error("NotFound"));
      Json counts = Json::object();
      if (!batch->second.reached.empty()) counts["201"] = batch->second.reached.size();
      if (!batch->second.failed.empty()) counts["403"] = batch->second.failed.size();
      answer(response, 200,
             Json{{"state", "Completed"},
                  {"statusMap", counts},
                  {"totalEntriesCount", batch->second.reached.size() + batch->second.failed.size()}}
                 .dump());
    });
  });
  // One entry a page, so that paging is seen.
  http_.Get(R"(/teams/v3/batch/conversation/failedentries/([^/]+))",
            [this](const auto& request, auto& response) {
              handle(request, response, [&] {
                const std::vector<std::string>& failed = batches_[request.matches[1]].failed;
                const std::string from = request.get_param_value("continuationToken");
                const std::size_t at = from.empty() ? 0 : std::stoul(from);
                Json page{{"failedEntryResponses", Json::array()}};
                if (at < failed.size()) {
                  page["failedEntryResponses"].push_back(
                      {{"entryId", failed[at]}, {"error", "ConversationBlockedByUser"}});
                }
                if (at + 1 < failed.size()) page["continuationToken"] = std::to_string(at + 1);
                answer(response, 200, page.dump());
              });
            });
}

void SimulatedTeams::Server::start_batch(const httplib::Request& request, httplib::Response& response) {
  const Json body = Json::parse(request.body, nullptr, false);
  const Json entries = body.is_object() ? body.value("members", Json::array()) : Json::array();
  if (entries.size() < 5 || entries.size() > 100 || !body.contains("activity")) {
    return answer(response, 400, teams_error("BadSyntax"));
  }
  Batch batch{.activity = body["activity"]};
  for (const Json& entry : entries) {
    const std::string id = entry.value("id", "");
    const std::string conversation = "a:" + id;
    if (refusing.contains(conversation)) {
      batch.failed.push_back(id);
      continue;
    }
    batch.reached.push_back(id);
    delivered.push_back({.conversation = conversation,
                         .body = batch.activity.dump(),
                         .at = Clock::now(),
                         .id = "sim-" + std::to_string(delivered.size() + 1)});
  }
  const std::string id = "batch-" + std::to_string(batches_.size() + 1);
  batches_[id] = std::move(batch);
  answer(response, 201, Json{{"id", id}}.dump());
}

}  // namespace pao::tests
