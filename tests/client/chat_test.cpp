#include "bot/client/chat.hpp"

#include <doctest/doctest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include <sstream>
#include <thread>

using namespace pao::bot::client;
using Json = nlohmann::json;

namespace {

// A service that answers every message with a card, through the serviceUrl of the activity, and every button
// with a card in the body.
class EchoService {
 public:
  EchoService() {
    http_.Post("/api/messages", [this](const httplib::Request& request, httplib::Response& response) {
      const auto activity = Json::parse(request.body);
      received_.push_back(activity);
      if (activity["type"] == "invoke") {
        const auto text = "Guardado " + activity["value"]["action"]["data"].dump();
        response.set_content(Json{{"statusCode", 200},
                                  {"type", "application/vnd.microsoft.card.adaptive"},
                                  {"value", {{"body", {{{"type", "TextBlock"}, {"text", text}}}}}}}
                                 .dump(),
                             "application/json");
      } else {
        reply(activity);
      }
    });
    port_ = http_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { http_.listen_after_bind(); });
    while (!http_.is_running()) std::this_thread::yield();
  }
  ~EchoService() { stop(); }

  // What was received, once nobody writes it any more.
  const std::vector<Json>& stop() {
    if (thread_.joinable()) {
      http_.stop();
      thread_.join();
    }
    return received_;
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/api/messages"; }

 private:
  static void reply(const Json& activity) {
    const Json card = {
        {"body",
         {{{"type", "TextBlock"}, {"text", "Eco: " + activity.value("text", "hola")}},
          {{"type", "Input.Text"}, {"id", "nota"}, {"label", "Nota"}, {"isRequired", true}}}},
        {"actions",
         {{{"type", "Action.Execute"}, {"title", "Guardar"}, {"verb", "v"}, {"data", {{"k", "1"}}}}}}};
    const Json message = {
        {"type", "message"},
        {"attachments", {{{"contentType", "application/vnd.microsoft.card.adaptive"}, {"content", card}}}}};
    const auto service_url = activity["serviceUrl"].get<std::string>();
    httplib::Client client(service_url.substr(0, service_url.size() - 1));
    const auto path =
        "/v3/conversations/" + activity["conversation"]["id"].get<std::string>() + "/activities";
    client.Post(path, message.dump(), "application/json");
  }

  httplib::Server http_;
  int port_ = 0;
  std::thread thread_;
  std::vector<Json> received_;
};

}  // namespace

TEST_CASE("a conversation from a pipe: a message, a button with a field, the end") {
  EchoService service;
  std::istringstream in("buenos días\n1\n\ntodo bien\n");
  std::ostringstream out;
  CHECK(run_chat({service.url(), "demo-aad-0020", "Tobías Arrayán", "tenant-1", true}, in, out) == 0);

  const auto& received = service.stop();
  REQUIRE(received.size() == 3);
  CHECK(received[0]["type"] == "conversationUpdate");
  const auto& said = received[1];
  CHECK(said["text"] == "buenos días");
  CHECK(said["from"]["aadObjectId"] == "demo-aad-0020");
  CHECK(said["channelData"]["tenant"]["id"] == "tenant-1");
  CHECK(said["id"] != received[0]["id"]);
  const auto& pressed = received[2];
  CHECK(pressed["name"] == "adaptiveCard/action");
  CHECK(pressed["value"]["action"]["verb"] == "v");
  CHECK(pressed["value"]["action"]["data"] == Json{{"k", "1"}, {"nota", "todo bien"}});

  const auto shown = out.str();
  CHECK(shown.find("Eco: buenos días") != std::string::npos);
  CHECK(shown.find("[1] Guardar") != std::string::npos);
  CHECK(shown.find("Escriba 1 para llenar los datos uno por uno.") != std::string::npos);
  CHECK(shown.find("Este dato es obligatorio.") != std::string::npos);
  CHECK(shown.find("Guardado") != std::string::npos);
  CHECK(shown.find('\x1b') == std::string::npos);
}

TEST_CASE("a service that is not there ends the conversation with 1 and a sentence") {
  std::istringstream in("hola\n");
  std::ostringstream out;
  CHECK(run_chat({"http://127.0.0.1:1/api/messages", "a", "A", "t", true}, in, out) == 1);
  CHECK(out.str().find("No fue posible conectar") != std::string::npos);
}
