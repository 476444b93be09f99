// One person in one personal conversation: makes the activities that Teams would send and posts them to the
// service's webhook.
#pragma once

#include "bot/auth/http_client.hpp"
#include "handlers/procedure/result.hpp"

#include <string>
#include <string_view>

namespace pao::bot::client {

struct ChatPerson {
  std::string aad_object_id;
  std::string name;
  std::string tenant_id;

  std::string user_id() const { return "29:local-" + aad_object_id; }
  std::string conversation_id() const { return "a:local-" + aad_object_id; }
};

// The account that a connector's members routes show.
std::string member_json(const ChatPerson& person);

class ChatClient {
 public:
  // `webhook` is the service's address, `service_url` where its replies go (a connector of ours). Every
  // function below gives the webhook's answer, or a failure when it could not be reached.
  ChatClient(ChatPerson person, std::string service_url, std::string webhook, auth::HttpSend send);

  // The person opens the conversation for the first time: conversationUpdate with the assistant added.
  Result<auth::HttpReply> arrive();
  Result<auth::HttpReply> say(std::string_view text);
  // A button. `data_json` is the card's data with the inputs' values merged in.
  Result<auth::HttpReply> press_execute(std::string_view action_id, std::string_view verb,
                                        std::string_view data_json);
  Result<auth::HttpReply> press_submit(std::string_view data_json);

 private:
  std::string next_id();
  Result<auth::HttpReply> post(const std::string& activity_json);

  ChatPerson person_;
  std::string service_url_;
  std::string webhook_;
  auth::HttpSend send_;
  long long last_id_ = 0;
};

}  // namespace pao::bot::client
