#include "bot/answers/model_client.hpp"

#include "bot/log.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace pao::bot::answers {
namespace {

using namespace std::chrono_literals;
using handlers::consult::WritingTask;
using nlohmann::json;

constexpr int failures_before_pause = 3;
constexpr auto pause_after_failures = 30s;
constexpr auto longest_pause = 300s;
constexpr int most_tokens = 500;
constexpr std::size_t deepest = 16;  // levels of the answer's JSON

std::string user_text(const WritingTask& task) {
  std::string text = "Criterios:\n";
  for (std::size_t at = 0; at < task.criteria.size(); ++at) {
    const auto& criterion = task.criteria[at];
    text += "[" + std::to_string(at + 1) + "] " + criterion.code + ". " + criterion.title + ": " +
            criterion.text + "\n";
  }
  return text + "\nPregunta: " + task.question;
}

std::string url_of(const ModelOptions& options) {
  std::string base = options.endpoint;
  while (base.ends_with('/')) base.pop_back();
  if (!options.azure) return base + "/chat/completions";
  return base + "/openai/deployments/" + options.model +
         "/chat/completions?api-version=" + options.api_version;
}

std::string body_for(const ModelOptions& options, const WritingTask& task) {
  json body = {{"messages",
                {{{"role", "system"}, {"content", task.instructions}},
                 {{"role", "user"}, {"content", user_text(task)}}}},
               {"temperature", 0},
               {"max_tokens", most_tokens},
               {"stream", false}};
  if (!options.azure) body["model"] = options.model;
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

// Only whole seconds; the form with a date is read as none.
std::chrono::seconds retry_after(const auth::HttpReply& reply) {
  const std::string_view text = reply.header("retry-after");
  long seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size() || seconds < 0) return 0s;
  return std::min(std::chrono::seconds{seconds}, std::chrono::seconds{longest_pause});
}

json parsed(const std::string& body) {
  const auto shallow = [](int depth, json::parse_event_t, json&) {
    return static_cast<std::size_t>(depth) <= deepest;
  };
  return json::parse(body, shallow, false);
}

// The one text of the answer; nothing when it is not of that form.
std::optional<std::string> text_in(const std::string& body) {
  const json answer = parsed(body);
  if (!answer.is_object()) return std::nullopt;
  const auto choices = answer.find("choices");
  if (choices == answer.end() || !choices->is_array() || choices->empty()) return std::nullopt;
  const json& first = choices->front();
  if (!first.is_object()) return std::nullopt;
  const auto message = first.find("message");
  if (message == first.end() || !message->is_object()) return std::nullopt;
  const auto content = message->find("content");
  if (content == message->end() || !content->is_string()) return std::nullopt;
  return content->get<std::string>();
}

}  // namespace

ModelClient::ModelClient(ModelOptions options, auth::HttpSend send, SteadyClock clock)
    : options_(std::move(options)), send_(std::move(send)), clock_(std::move(clock)) {
}

Result<auth::HttpRequest> ModelClient::request_for(const WritingTask& task) const {
  auth::HttpRequest request{.method = "POST",
                            .url = url_of(options_),
                            .body = body_for(options_, task),
                            .timeout = options_.timeout,
                            .max_reply_bytes = options_.max_reply_bytes};
  if (const auto address = auth::check_service_url(request.url, options_.hosts); !address)
    return fail(ErrorCode::invalid, "answers.generation.endpoint: " + address.error().detail);
  request.headers = {{"content-type", "application/json"}, {"accept", "application/json"}};
  if (options_.azure)
    request.headers.emplace_back("api-key", options_.key);
  else if (!options_.key.empty())
    request.headers.emplace_back("authorization", "Bearer " + options_.key);
  return request;
}

bool ModelClient::is_paused() {
  const std::lock_guard lock(mutex_);
  return clock_() < paused_until_;
}

void ModelClient::after(bool good, std::chrono::seconds wanted_pause) {
  const std::lock_guard lock(mutex_);
  failures_ = good ? 0 : failures_ + 1;
  if (failures_ >= failures_before_pause)
    wanted_pause = std::max(wanted_pause, std::chrono::seconds{pause_after_failures});
  if (wanted_pause > 0s) paused_until_ = clock_() + wanted_pause;
}

Result<std::string> ModelClient::write(const WritingTask& task) {
  if (is_paused()) return fail(ErrorCode::unavailable, "the model is left alone for a while");
  const Result<auth::HttpRequest> request = request_for(task);
  if (!request) return tl::unexpected<Error>(request.error());
  const auto started = clock_();
  const Result<auth::HttpReply> reply = send_(*request);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock_() - started);
  if (!reply) {
    after(false, 0s);
    log::warn("answer.model_failed", {{"cause", reply.error().detail}, {"ms", std::to_string(took.count())}});
    return fail(ErrorCode::unavailable, reply.error().detail);
  }
  const std::string status = std::to_string(reply->status);
  if (reply->status != 200) {
    const bool says_when = reply->status == 429 || reply->status == 503;
    after(false, says_when ? retry_after(*reply) : 0s);
    log::warn("answer.model_failed", {{"status", status}, {"ms", std::to_string(took.count())}});
    return fail(ErrorCode::unavailable, "the model answered " + status);
  }
  std::optional<std::string> text = text_in(reply->body);
  const bool good = text && text->size() <= options_.max_text_bytes;
  after(good, 0s);
  if (!good) {
    log::warn("answer.model_failed", {{"status", "no text"}, {"bytes", std::to_string(reply->body.size())}});
    return fail(ErrorCode::invalid, "the model's answer is none");
  }
  log::info("answer.model", {{"ms", std::to_string(took.count())}, {"bytes", std::to_string(text->size())}});
  return *std::move(text);
}

}  // namespace pao::bot::answers
