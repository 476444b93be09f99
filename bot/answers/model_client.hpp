// A language model over HTTP, in the form that OpenAI made common and Azure OpenAI speaks too. What it
// returns is data: nothing of it is believed here, see handlers/consult/generated_answer.hpp.
#pragma once

#include "bot/auth/http_client.hpp"
#include "bot/auth/service_url.hpp"
#include "handlers/consult/late_answers.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace pao::bot::answers {

struct ModelOptions {
  std::string endpoint;  // "https://api.example.com/v1"; azure: "https://NAME.openai.azure.com"
  bool azure = false;
  std::string model;                       // azure: the deployment
  std::string api_version = "2024-10-21";  // azure
  std::string key;
  auth::HostRules hosts;                      // that may get the question and the key
  std::chrono::milliseconds timeout{15'000};  // for everything
  std::size_t max_reply_bytes = 1024 * 1024;  // a streamed text comes in some hundred wrappings
  std::size_t max_text_bytes = 8 * 1024;      // a longer answer is none
};

using SteadyClock = std::function<std::chrono::steady_clock::time_point()>;

// After a refusal that says when (429, 503), or three failures in a row, it does not call for a while: people
// get the plain answer at once instead of waiting for nothing. Safe from many threads.
class ModelClient {
  struct Incoming;  // what has come of one answer

 public:
  ModelClient(ModelOptions options, auth::HttpSend send, SteadyClock clock);

  // Asks for a text that comes piece by piece and shows `on_draft` what there is of it; from an endpoint that
  // gives it as a whole only, it is taken as a whole. unavailable: no answer in time or no end of it, a
  // status other than 200, a pause; invalid: an answer that is none, or an address that may not be called;
  // refused: `on_draft` did not want more. The detail names no text and no secret.
  Result<std::string> write(const handlers::consult::WritingTask& task,
                            const handlers::consult::OnDraft& on_draft = {});

 private:
  Result<auth::HttpRequest> request_for(const handlers::consult::WritingTask& task, bool streams) const;
  Result<auth::HttpReply> send(auth::HttpRequest request, Incoming& incoming) const;
  Result<auth::HttpReply> ask(const handlers::consult::WritingTask& task, Incoming& incoming);
  bool is_paused();
  void after(bool good, std::chrono::seconds wanted_pause);

  ModelOptions options_;
  auth::HttpSend send_;
  SteadyClock clock_;
  std::atomic<bool> streams_ = true;  // until the endpoint shows that it does not know how
  std::mutex mutex_;
  int failures_ = 0;  // in a row
  std::chrono::steady_clock::time_point paused_until_{};
};

}  // namespace pao::bot::answers
