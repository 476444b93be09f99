// One person in one personal conversation: makes the activities that Teams would send and posts them to the
// service's webhook.
#pragma once

#include "handlers/procedure/result.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace pao::bot::cli {

struct ChatPerson {
  std::string aad_object_id;
  std::string name;
  std::string tenant_id;

  std::string user_id() const { return "29:local-" + aad_object_id; }
  std::string conversation_id() const { return "a:local-" + aad_object_id; }
};

// The account that a connector's members routes show.
std::string member_json(const ChatPerson& person);

struct HttpAnswer {
  int status = 0;
  std::string body;
};
// Posts a JSON body to the webhook; nothing when the service could not be reached.
using PostActivity = std::function<Result<HttpAnswer>(const std::string& json)>;

class ChatClient {
 public:
  // `service_url` is where the service's replies go (a connector of ours).
  ChatClient(ChatPerson person, std::string service_url, PostActivity post);

  // The person opens the conversation for the first time: conversationUpdate with the assistant added.
  Result<HttpAnswer> arrive();
  Result<HttpAnswer> say(std::string_view text);
  // A button. `data_json` is the card's data with the inputs' values merged in.
  Result<HttpAnswer> press_execute(std::string_view action_id, std::string_view verb,
                                   std::string_view data_json);
  Result<HttpAnswer> press_submit(std::string_view data_json);

 private:
  std::string next_id();

  ChatPerson person_;
  std::string service_url_;
  PostActivity post_;
  long long last_id_ = 0;
};

}  // namespace pao::bot::cli
