#include "bot/delivery/connector_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace pao::bot::delivery {
namespace {

using std::chrono::milliseconds;

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// Header lines of a request; shared, because they change with the token only.
using Headers = std::shared_ptr<curl_slist>;

Headers make_headers(const std::string& token) {
  const std::string authorization = "Authorization: Bearer " + token;
  curl_slist* list = nullptr;
  // "Expect:" with nothing behind it keeps curl from waiting for a 100 before it sends a card.
  for (const char* line :
       {authorization.c_str(), "Content-Type: application/json; charset=utf-8", "Expect:"}) {
    curl_slist* longer = curl_slist_append(list, line);
    if (longer == nullptr) {
      curl_slist_free_all(list);
      throw std::bad_alloc();
    }
    list = longer;
  }
  return Headers(list, FreeList{});
}

// One request with the handle it runs on. Kept and used again: making a handle costs as much as a request.
struct Transfer {
  std::unique_ptr<CURL, FreeEasy> easy;
  Headers headers;
  std::string body;
  std::size_t given = 0;  // bytes of the body that curl has taken
  std::string answer;
  std::size_t max_answer = 0;
  std::uint64_t tag = 0;
  std::uint64_t token = 0;
};

std::size_t collect(char* data, std::size_t size, std::size_t count, void* target) {
  auto& transfer = *static_cast<Transfer*>(target);
  const std::size_t bytes = size * count;
  const std::size_t room = transfer.max_answer - transfer.answer.size();
  transfer.answer.append(data, std::min(bytes, room));
  return bytes <= room ? bytes : 0;  // less than given ends the transfer
}

// The body through a callback that cannot start over: curl would otherwise send a request a second time when
// a kept connection breaks after the first, and nobody could count it.
std::size_t give(char* target, std::size_t size, std::size_t count, void* source) {
  auto& transfer = *static_cast<Transfer*>(source);
  const std::size_t bytes = transfer.body.copy(target, size * count, transfer.given);
  transfer.given += bytes;
  return bytes;
}

// A handle keeps the method of its last request, so each of them is set whole.
void choose_method(CURL* easy, Method method) {
  const bool has_body = method == Method::post || method == Method::put;
  const char* other_name = method == Method::put ? "PUT" : method == Method::del ? "DELETE" : nullptr;
  curl_easy_setopt(easy, has_body ? CURLOPT_POST : CURLOPT_HTTPGET, 1L);
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, other_name);
}

std::string header(CURL* easy, const char* name) {
  curl_header* found = nullptr;
  if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) return {};
  return std::string(found->value);
}

std::string direct_hosts() {
  std::string hosts = "localhost,127.0.0.1,::1";
  for (const char* name : {"no_proxy", "NO_PROXY"}) {
    const char* listed = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read at start only
    if (listed != nullptr && *listed != '\0') return hosts + ',' + listed;
  }
  return hosts;
}

}  // namespace

class ConnectorClient::Transfers {
 public:
  explicit Transfers(ConnectorOptions options)
      : options_(std::move(options)), direct_hosts_(direct_hosts()), multi_(curl_multi_init()) {
    if (!multi_) throw std::runtime_error("curl_multi_init failed");
    const long connections = static_cast<long>(options_.max_connections);
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, connections);
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, connections);
  }

  ~Transfers() {
    for (const auto& transfer : all_) curl_multi_remove_handle(multi_.get(), transfer->easy.get());
  }

  void start(std::uint64_t tag, Request request, const std::string& token, milliseconds timeout) {
    if (!headers_ || token != token_) {
      headers_ = make_headers(token);
      token_ = token;
      ++token_number_;
    }
    Transfer& transfer = take();
    transfer.tag = tag;
    transfer.token = token_number_;
    transfer.body = std::move(request.body);
    transfer.given = 0;
    transfer.answer.clear();
    transfer.headers = headers_;
    CURL* easy = transfer.easy.get();
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    choose_method(easy, request.method);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(transfer.body.size()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    curl_multi_add_handle(multi_.get(), easy);
    ++in_flight_;
  }

  std::vector<Finished> wait(milliseconds timeout) {
    std::vector<Finished> finished = drive();
    if (!finished.empty() || timeout <= milliseconds{0}) return finished;
    curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(timeout.count()), nullptr);
    return drive();
  }

  void wake() { curl_multi_wakeup(multi_.get()); }
  std::size_t in_flight() const { return in_flight_; }
  std::uint64_t token_number() const { return token_number_; }

 private:
  std::vector<Finished> drive() {
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    std::vector<Finished> finished;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      void* pointer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &pointer);
      auto& transfer = *static_cast<Transfer*>(pointer);
      finished.push_back({transfer.tag, answer_of(transfer, code), transfer.token});
      curl_multi_remove_handle(multi_.get(), transfer.easy.get());
      transfer.body.clear();
      free_.push_back(&transfer);
      --in_flight_;
    }
    return finished;
  }

  static Answer answer_of(Transfer& transfer, CURLcode code) {
    CURL* easy = transfer.easy.get();
    Answer answer;
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    // A status line decides, even when the rest of the answer was cut off.
    answer.status = static_cast<int>(status);
    if (status == 0) {
      answer.failure = curl_easy_strerror(code);
      // What curl has taken it has sent, or may have. It asks for the body after the connection stands.
      answer.left = transfer.given >= transfer.body.size();
      return answer;
    }
    answer.body = transfer.answer;
    if (status < 200 || status >= 300) {
      answer.retry_after = header(easy, "Retry-After");
      answer.trace = header(easy, "MS-CV");
    }
    return answer;
  }

  Transfer& take() {
    if (free_.empty()) {
      all_.push_back(make());
      free_.push_back(all_.back().get());
    }
    Transfer& transfer = *free_.back();
    free_.pop_back();
    return transfer;
  }

  std::unique_ptr<Transfer> make() {
    auto transfer = std::make_unique<Transfer>();
    transfer->easy.reset(curl_easy_init());
    if (!transfer->easy) throw std::runtime_error("curl_easy_init failed");
    transfer->max_answer = options_.max_answer_bytes;
    CURL* easy = transfer->easy.get();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, static_cast<void*>(transfer.get()));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, static_cast<void*>(transfer.get()));
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(easy, CURLOPT_READDATA, static_cast<void*>(transfer.get()));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");  // check_address decides between them
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_USERAGENT, options_.user_agent.c_str());
    curl_easy_setopt(easy, CURLOPT_NOPROXY, direct_hosts_.c_str());
    if (!options_.https_proxy.empty()) curl_easy_setopt(easy, CURLOPT_PROXY, options_.https_proxy.c_str());
    if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
    return transfer;
  }

  ConnectorOptions options_;
  std::string direct_hosts_;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  std::vector<std::unique_ptr<Transfer>> all_;
  std::vector<Transfer*> free_;
  Headers headers_;
  std::string token_;  // that headers_ carry
  std::uint64_t token_number_ = 0;
  std::size_t in_flight_ = 0;
};

ConnectorClient::ConnectorClient(ConnectorOptions options, ConnectorAccess access)
    : access_(std::move(access)), transfers_(std::make_unique<Transfers>(std::move(options))) {
}

ConnectorClient::~ConnectorClient() = default;

Result<void> ConnectorClient::send(std::uint64_t tag, Request request, milliseconds timeout) {
  if (auto allowed = access_.check_address(request.url); !allowed) return allowed;
  auto token = access_.token();
  if (!token) return fail(ErrorCode::unavailable, token.error().detail);
  transfers_->start(tag, std::move(request), *token, timeout);
  return {};
}

std::vector<Finished> ConnectorClient::wait(milliseconds timeout) {
  return transfers_->wait(timeout);
}

void ConnectorClient::wake() {
  transfers_->wake();
}

void ConnectorClient::forget_token(std::uint64_t refused) {
  if (refused == transfers_->token_number()) access_.forget_token();
}

std::size_t ConnectorClient::in_flight() const {
  return transfers_->in_flight();
}

}  // namespace pao::bot::delivery
