// "Somebody is typing", shown while something slow runs that is not streamed.
#pragma once

#include "bot/delivery/connector_call.hpp"
#include "storage/conversations_store.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace pao::bot::delivery {

// From construction to destruction. The channel shows each indicator for about three seconds, so it is sent
// again every `every`, at most for `longest`. What fails is not repeated: nobody misses it.
class TypingIndicator {
 public:
  TypingIndicator(storage::Conversation conversation, ConnectorCall call,
                  std::chrono::milliseconds every = std::chrono::milliseconds{3'000},
                  std::chrono::milliseconds longest = std::chrono::minutes{2});
  ~TypingIndicator();
  TypingIndicator(const TypingIndicator&) = delete;
  TypingIndicator& operator=(const TypingIndicator&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  bool is_over_ = false;
  std::thread thread_;
};

// Begins to show it in that conversation until what is given back is gone; null where nothing is shown.
// From any thread.
using ShowTyping = std::function<std::unique_ptr<TypingIndicator>(storage::Conversation)>;

}  // namespace pao::bot::delivery
