#include "bot/client/chat.hpp"

#include "bot/client/chat_client.hpp"
#include "bot/client/form.hpp"
#include "bot/client/local_connector.hpp"
#include "bot/client/terminal_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

namespace pao::bot::client {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

constexpr auto reply_deadline = 10s;        // a message that gets no reply in this time gets none
constexpr auto greeting_deadline = 1500ms;  // somebody greeted before gets no second greeting
constexpr auto silence_after = 200ms;       // further messages of the same reply come within this time

// What is on the screen: writes messages and cards, and knows which numbers press which buttons.
class Screen {
 public:
  Screen(std::ostream& out, bool plain) : out_(out), plain_(plain) {}

  void activity(const Json& activity, bool update) {
    if (activity.value("type", "") != "message") return;
    if (update) line("(mensaje actualizado)", CardLine::Style::subtle);
    const auto text = activity.value("text", "");
    if (!text.empty()) message(text);
    const auto attachments = activity.find("attachments");
    if (attachments == activity.end() || !attachments->is_array()) return;
    for (const auto& attachment : *attachments)
      if (attachment.value("contentType", "") == "application/vnd.microsoft.card.adaptive")
        card(attachment.value("content", Json::object()).dump());
  }

  void message(const std::string& text) {
    title();
    std::istringstream lines(text);
    for (std::string one; std::getline(lines, one);)
      if (!one.empty()) line(one);
  }

  void card(const std::string& card_json) {
    title();
    if (std::exchange(new_turn_, false)) pressable_.clear();
    const auto text = card_text(card_json, static_cast<int>(pressable_.size()) + 1);
    for (const auto& one : text.lines) out_ << terminal_line(one, plain_);
    const bool form =
        std::any_of(text.inputs.begin(), text.inputs.end(), [](const auto& input) { return input.visible; });
    bool told = !form;
    for (const auto& action : text.actions) {
      pressable_.push_back({action, text.inputs});
      if (told || !action.takes_inputs) continue;
      line("Escriba " + std::to_string(pressable_.size()) + " para llenar los datos uno por uno.",
           CardLine::Style::subtle);
      told = true;
    }
    out_.flush();
  }

  void line(const std::string& text, CardLine::Style style = CardLine::Style::normal) {
    out_ << terminal_line({text, style, 0}, plain_);
    out_.flush();
  }

  // The buttons shown so far stay pressable until the next card comes.
  void turn_begins() { new_turn_ = true; }

  struct Pressable {
    CardAction action;
    std::vector<CardInput> inputs;  // of its card
  };
  // The button with the number typed; nothing when the line is no number of a button.
  std::optional<Pressable> button(const std::string& typed) const {
    std::size_t number = 0;
    const auto* end = typed.data() + typed.size();
    const auto parsed = std::from_chars(typed.data(), end, number);
    if (parsed.ec != std::errc{} || parsed.ptr != end || number < 1 || number > pressable_.size())
      return std::nullopt;
    return pressable_[number - 1];
  }

 private:
  void title() { out_ << "\n" << terminal_line({"PAO", CardLine::Style::subtle, -1}, plain_); }

  std::ostream& out_;
  bool plain_;
  bool new_turn_ = false;
  std::vector<Pressable> pressable_;
};

// The conversation. Two threads meet here: the one that reads lines, and the connector's, which brings what
// the service sends. While a line is awaited the connector writes to the screen itself; at other times it
// leaves its message in the queue.
class Chat {
 public:
  Chat(const ChatOptions& options, std::istream& in, std::ostream& out)
      : in_(in),
        out_(out),
        plain_(options.plain),
        screen_(out, options.plain),
        person_{options.aad_object_id, options.name, options.tenant_id},
        connector_(person_.conversation_id(), member_json(person_),
                   [this](const LocalConnector::Received& received) { on_received(received); }),
        http_({.allow_loopback = true}),
        client_(person_, connector_.service_url(), options.url,
                [this](const auth::HttpRequest& request) { return http_.send(request); }) {}

  int run() {
    screen_.line("Escriba su mensaje. El número de un botón lo oprime; /salir termina.",
                 CardLine::Style::subtle);
    if (!turn([&] { return client_.arrive(); }, greeting_deadline)) return 1;
    while (const auto line = read("> ")) {
      if (*line == "/salir") break;
      if (line->find_first_not_of(" \t\r") == std::string::npos) continue;
      const auto pressed = screen_.button(*line);
      const bool reached =
          pressed ? press(*pressed) : turn([&] { return client_.say(*line); }, reply_deadline);
      if (!reached) return 1;
    }
    out_ << "\n";
    return 0;
  }

 private:
  void on_received(const LocalConnector::Received& received) {
    const auto activity = Json::parse(received.activity_json, nullptr, false);
    if (!activity.is_object()) return;
    const std::lock_guard lock(mutex_);
    if (waiting_for_line_) {
      screen_.activity(activity, received.update);
      out_ << "> " << std::flush;
    } else {
      queue_.push_back({activity, received.update});
    }
    arrived_.notify_all();
  }

  std::optional<std::string> read(const std::string& prompt) {
    {
      const std::lock_guard lock(mutex_);
      out_ << prompt << std::flush;
      waiting_for_line_ = prompt == "> ";
    }
    std::string line;
    const bool got = static_cast<bool>(std::getline(in_, line));
    const std::lock_guard lock(mutex_);
    waiting_for_line_ = false;
    screen_.turn_begins();
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return got ? std::optional(line) : std::nullopt;
  }

  // Sends, waits for what comes back and shows it. False when the service cannot be reached.
  template <class Send>
  bool turn(const Send& send, std::chrono::milliseconds deadline) {
    const auto answer = send();
    std::unique_lock lock(mutex_);
    if (!answer) {
      screen_.line("No fue posible conectar con el servicio: " + answer.error().detail,
                   CardLine::Style::attention);
      return false;
    }
    if (answer->status >= 300)
      screen_.line("El servicio respondió " + std::to_string(answer->status) + ".",
                   CardLine::Style::attention);
    else if (!answer->body.empty())
      show_invoke_answer(answer->body);
    const auto has_mail = [&] { return !queue_.empty(); };
    if (answer->status < 300) arrived_.wait_for(lock, deadline, has_mail);
    do {
      for (; has_mail(); queue_.pop_front()) screen_.activity(queue_.front().first, queue_.front().second);
    } while (arrived_.wait_for(lock, silence_after, has_mail));
    return true;
  }

  void show_invoke_answer(const std::string& body) {
    const auto answer = Json::parse(body, nullptr, false);
    if (!answer.is_object() || !answer.contains("value")) return;
    const auto& value = answer["value"];
    const auto type = answer.value("type", "");
    if (type == "application/vnd.microsoft.card.adaptive")
      screen_.card(value.dump());
    else if (value.is_string())
      screen_.message(value.get<std::string>());
    else if (value.is_object())
      screen_.line(value.value("message", ""), CardLine::Style::attention);
  }

  bool press(const Screen::Pressable& pressed) {
    const auto& action = pressed.action;
    if (action.kind == CardAction::Kind::open_url) {
      screen_.line(action.url);
      return true;
    }
    if (action.kind == CardAction::Kind::show_card) {
      screen_.card(action.card);
      return true;
    }
    auto data = Json::parse(action.data);
    if (action.takes_inputs) {
      const auto values = fill_form(
          pressed.inputs, [&](const auto& prompt) { return read(prompt); }, out_, plain_);
      if (!values) {
        screen_.line("No se envió nada.", CardLine::Style::subtle);
        return true;
      }
      for (const auto& [id, value] : *values) data[id] = value;
    }
    if (action.kind == CardAction::Kind::submit)
      return turn([&] { return client_.press_submit(data.dump()); }, reply_deadline);
    return turn([&] { return client_.press_execute(action.id, action.verb, data.dump()); }, silence_after);
  }

  std::istream& in_;
  std::ostream& out_;
  bool plain_;
  Screen screen_;
  std::mutex mutex_;  // of everything below and of the screen while the connector lives
  std::condition_variable arrived_;
  bool waiting_for_line_ = false;
  std::deque<std::pair<Json, bool>> queue_;
  ChatPerson person_;
  LocalConnector connector_;
  auth::HttpClient http_;
  ChatClient client_;
};

}  // namespace

int run_chat(const ChatOptions& options, std::istream& in, std::ostream& out) {
  return Chat(options, in, out).run();
}

}  // namespace pao::bot::client
