// Who is in a conversation, as the connector tells it (reference 5.1, rows 8 and 9).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::protocol {

// Guests and federated users come without some of these: then they are "".
struct Member {
  std::string id;             // "29:…", of this bot only
  std::string aad_object_id;  // the same in every conversation
  std::string name;
  std::string user_principal_name;
  std::string tenant_id;
  bool is_guest = false;  // a guest or an anonymous participant of a meeting
};

struct MembersPage {
  std::vector<Member> members;
  std::string continuation_token;  // for the next page; "" on the last one
};

// Nothing when the answer is not what the connector promises. Entries without id are left out.
std::optional<MembersPage> read_members_page(std::string_view body);
std::optional<Member> read_member(std::string_view body);

}  // namespace pao::bot::protocol
