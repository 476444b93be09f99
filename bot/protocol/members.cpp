#include "bot/protocol/members.hpp"

#include "bot/protocol/json_reader.hpp"

#include <nlohmann/json.hpp>

namespace pao::bot::protocol {
namespace {

using nlohmann::json;

std::string text_of(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::optional<Member> member_of(const json& entry) {
  if (!entry.is_object()) return std::nullopt;
  Member member{.id = text_of(entry, "id"),
                .aad_object_id = text_of(entry, "aadObjectId"),
                .name = text_of(entry, "name"),
                .user_principal_name = text_of(entry, "userPrincipalName"),
                .tenant_id = text_of(entry, "tenantId")};
  if (member.aad_object_id.empty()) member.aad_object_id = text_of(entry, "objectId");
  const std::string role = text_of(entry, "userRole");
  member.is_guest = role == "guest" || role == "anonymous";
  return member.id.empty() ? std::nullopt : std::optional(std::move(member));
}

}  // namespace

std::optional<MembersPage> read_members_page(std::string_view body) {
  const auto read = read_json(body);
  if (!read || !read->is_object()) return std::nullopt;
  const auto members = read->find("members");
  if (members == read->end() || !members->is_array()) return std::nullopt;
  MembersPage page{.continuation_token = text_of(*read, "continuationToken")};
  for (const json& entry : *members) {
    if (auto member = member_of(entry)) page.members.push_back(std::move(*member));
  }
  return page;
}

std::optional<Member> read_member(std::string_view body) {
  const auto read = read_json(body);
  return read ? member_of(*read) : std::nullopt;
}

}  // namespace pao::bot::protocol
