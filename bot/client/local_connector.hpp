// A Bot Connector on this machine: receives what the service sends, as Teams would. For the terminal client
// and for tests; listens on the loopback interface only.
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace pao::bot::client {

class LocalConnector {
 public:
  struct Received {
    std::string conversation_id;
    std::string activity_json;
    bool update = false;  // replaces a message sent before
  };
  // Called on the connector's own threads, one call at a time.
  using Listener = std::function<void(const Received&)>;

  // Opens a free port and serves until destroyed. `conversation_id` is what "create conversation" answers,
  // `member_json` the one account that the members routes know. Throws std::runtime_error when no port can
  // be opened.
  LocalConnector(std::string conversation_id, std::string member_json, Listener listener);
  ~LocalConnector();
  LocalConnector(const LocalConnector&) = delete;
  LocalConnector& operator=(const LocalConnector&) = delete;

  // "http://127.0.0.1:PORT/"
  const std::string& service_url() const { return service_url_; }

 private:
  struct Server;
  std::unique_ptr<Server> server_;
  std::string service_url_;
};

}  // namespace pao::bot::client
