#include "bot/delivery/typing_indicator.hpp"

#include "bot/protocol/outgoing.hpp"
#include "bot/protocol/streaming.hpp"

#include <utility>

namespace pao::bot::delivery {

TypingIndicator::TypingIndicator(storage::Conversation conversation, ConnectorCall call,
                                 std::chrono::milliseconds every, std::chrono::milliseconds longest) {
  thread_ =
      std::thread([this, conversation = std::move(conversation), call = std::move(call), every, longest] {
        const Request request{.url = protocol::activities_url(conversation.service_url, conversation.id, ""),
                              .body = protocol::typing_body()};
        const auto until = std::chrono::steady_clock::now() + longest;
        std::unique_lock lock(mutex_);
        while (!is_over_ && std::chrono::steady_clock::now() < until) {
          lock.unlock();
          const Answer answer = call(request);
          lock.lock();
          if (answer.status < 200 || answer.status >= 300) return;
          ended_.wait_for(lock, every, [this] { return is_over_; });
        }
      });
}

TypingIndicator::~TypingIndicator() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

}  // namespace pao::bot::delivery
