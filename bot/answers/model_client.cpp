#include "bot/answers/model_client.hpp"

#include "bot/answers/event_stream.hpp"
#include "bot/answers/model_json.hpp"
#include "bot/log.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace pao::bot::answers {
namespace {

using namespace std::chrono_literals;
using handlers::consult::OnDraft;
using handlers::consult::WritingTask;
using nlohmann::json;

constexpr int failures_before_pause = 3;
constexpr auto pause_after_failures = 30s;
constexpr auto longest_pause = 300s;
constexpr int most_tokens = 500;

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

std::string body_for(const ModelOptions& options, const WritingTask& task, bool streams) {
  json body = {{"messages",
                {{{"role", "system"}, {"content", task.instructions}},
                 {{"role", "user"}, {"content", user_text(task)}}}},
               {"temperature", 0},
               {"max_tokens", most_tokens},
               {"stream", streams}};
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

// The one text of an answer that came as a whole; nothing when it is not of that form.
std::optional<std::string> text_in(const std::string& body) {
  const json answer = parse_model_json(body);
  const json& choice = first_choice(answer);
  if (!choice.is_object() || !choice.contains("message")) return std::nullopt;
  return text_member(choice["message"], "content");
}

bool is_stream(const auth::HttpReply& reply) {
  return reply.status == 200 && reply.header("content-type").substr(0, 17) == "text/event-stream";
}

}  // namespace

struct ModelClient::Incoming {
  const OnDraft& on_draft;
  std::size_t max_text_bytes;
  EventStream stream;
  std::size_t read = 0;  // bytes of the body
  bool wanted = true;

  // False: the rest is of no use.
  bool take(const auth::HttpReply& reply) {
    const std::size_t before = stream.text().size();
    stream.take(std::string_view(reply.body).substr(read));
    read = reply.body.size();
    if (stream.state() == EventStream::State::broken || stream.text().size() > max_text_bytes) return false;
    if (on_draft && stream.text().size() > before) wanted = on_draft(stream.text());
    return wanted && stream.state() == EventStream::State::open;
  }

  // Nothing when it was cut, is none, or is too long.
  std::optional<std::string> text() const {
    if (stream.state() != EventStream::State::whole || stream.text().size() > max_text_bytes)
      return std::nullopt;
    return stream.text();
  }
};

ModelClient::ModelClient(ModelOptions options, auth::HttpSend send, SteadyClock clock)
    : options_(std::move(options)), send_(std::move(send)), clock_(std::move(clock)) {
}

Result<auth::HttpRequest> ModelClient::request_for(const WritingTask& task, bool streams) const {
  auth::HttpRequest request{.method = "POST",
                            .url = url_of(options_),
                            .body = body_for(options_, task, streams),
                            .timeout = options_.timeout,
                            .max_reply_bytes = options_.max_reply_bytes};
  if (const auto address = auth::check_service_url(request.url, options_.hosts); !address)
    return fail(ErrorCode::invalid, "answers.generation.endpoint: " + address.error().detail);
  request.headers = {{"content-type", "application/json"}, {"accept", "text/event-stream, application/json"}};
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

Result<auth::HttpReply> ModelClient::send(auth::HttpRequest request, Incoming& incoming) const {
  request.on_part = [&](const auth::HttpReply& so_far) {
    return !is_stream(so_far) || incoming.take(so_far);
  };
  Result<auth::HttpReply> reply = send_(request);
  if (reply && is_stream(*reply)) incoming.take(*reply);  // what nobody looked at on the way
  return reply;
}

// An endpoint that does not know streams says so with one of these, but with the same it says other things.
Result<auth::HttpReply> ModelClient::ask(const WritingTask& task, Incoming& incoming) {
  const bool streams = streams_;
  Result<auth::HttpRequest> request = request_for(task, streams);
  if (!request) return tl::unexpected<Error>(request.error());
  Result<auth::HttpReply> reply = send(*std::move(request), incoming);
  const bool may_know_none = reply && (reply->status == 400 || reply->status == 422);
  if (!streams || !may_know_none) return reply;
  request = request_for(task, false);
  if (!request) return tl::unexpected<Error>(request.error());
  reply = send(*std::move(request), incoming);
  if (reply && reply->status == 200) streams_ = false;
  return reply;
}

Result<std::string> ModelClient::write(const WritingTask& task, const OnDraft& on_draft) {
  if (is_paused()) return fail(ErrorCode::unavailable, "the model is left alone for a while");
  Incoming incoming{.on_draft = on_draft, .max_text_bytes = options_.max_text_bytes};
  const auto started = clock_();
  const Result<auth::HttpReply> reply = ask(task, incoming);
  if (!reply && reply.error().code == ErrorCode::invalid) return tl::unexpected<Error>(reply.error());
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock_() - started);
  const auto failed = [&](ErrorCode code, const std::string& cause, std::chrono::seconds pause = 0s) {
    after(false, pause);
    log::warn("answer.model_failed", {{"cause", cause}, {"ms", std::to_string(took.count())}});
    return fail(code, cause);
  };
  if (!incoming.wanted) return fail(ErrorCode::refused, "nobody wants the rest");
  std::optional<std::string> text = incoming.text();
  // A stream that has said all is left without waiting for its end.
  if (!reply && !text) return failed(ErrorCode::unavailable, reply.error().detail);
  if (reply && reply->status != 200) {
    const bool says_when = reply->status == 429 || reply->status == 503;
    return failed(ErrorCode::unavailable, "the model answered " + std::to_string(reply->status),
                  says_when ? retry_after(*reply) : 0s);
  }
  if (reply && !is_stream(*reply)) text = text_in(reply->body);
  if (!text || text->size() > options_.max_text_bytes)
    return failed(ErrorCode::invalid, "the model's answer is none");
  after(true, 0s);
  log::info("answer.model", {{"ms", std::to_string(took.count())}, {"bytes", std::to_string(text->size())}});
  return *std::move(text);
}

}  // namespace pao::bot::answers
