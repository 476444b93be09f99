#include "bot/auth/http_client.hpp"

#include "bot/auth/public_address.hpp"
#include "bot/auth/service_url.hpp"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <initializer_list>
#include <mutex>

namespace pao::bot::auth {

namespace {

struct EasyDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;

struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListDeleter>;

constexpr std::size_t most_header_bytes = 64 * 1024;

struct Received {
  HttpReply reply;
  const std::function<bool(const HttpReply&)>* on_part = nullptr;
  std::size_t max_bytes = 0;
  std::size_t header_bytes = 0;
  bool too_long = false;
};

std::size_t on_body(char* data, std::size_t, std::size_t size, void* to) {
  auto& received = *static_cast<Received*>(to);
  received.too_long = received.reply.body.size() + size > received.max_bytes;
  if (received.too_long) return 0;
  received.reply.body.append(data, size);
  if (*received.on_part && !(*received.on_part)(received.reply)) return 0;
  return size;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// "HTTP/1.1 200 OK"; 0 when there is none.
int status_in(std::string_view line) {
  const std::size_t blank = line.find(' ');
  int status = 0;
  if (blank != std::string_view::npos)
    std::from_chars(line.data() + blank + 1, line.data() + line.size(), status);
  return status;
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* to) {
  auto& received = *static_cast<Received*>(to);
  const std::string_view line(data, size);
  received.header_bytes += size;
  received.too_long = received.header_bytes > most_header_bytes;
  if (received.too_long) return 0;
  if (line.substr(0, 5) == "HTTP/") {
    received.reply.headers.clear();  // of an interim answer or a proxy
    received.reply.status = status_in(line);
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string name(line.substr(0, colon));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  received.reply.headers.emplace_back(std::move(name), trimmed(line.substr(colon + 1)));
  return size;
}

bool has_line_end(std::string_view text) {
  return text.find_first_of("\r\n") != std::string_view::npos;
}

Result<HeaderList> header_list(const HttpRequest& request) {
  curl_slist* list = curl_slist_append(nullptr, "Expect:");  // no wait for 100 Continue
  for (const auto& [name, value] : request.headers) {
    if (name.empty() || has_line_end(name) || has_line_end(value)) {
      curl_slist_free_all(list);
      return fail(ErrorCode::invalid, "header with a line end");
    }
    list = curl_slist_append(list, (name + ": " + value).c_str());
  }
  return HeaderList(list);
}

// What a request still has to give.
std::size_t give(char* to, std::size_t size, std::size_t count, void* from) {
  auto& left = *static_cast<std::string_view*>(from);
  const std::size_t given = std::min(size * count, left.size());
  left.copy(to, given);
  left.remove_prefix(given);
  return given;
}

// curl repeats by itself what was cut off on a used connection. Given piece by piece, a body cannot be begun
// again: a POST that has left is never sent twice without our knowing.
void set_body(CURL* easy, const HttpRequest& request, std::string_view& left) {
  if (request.method == "GET") {
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    return;
  }
  if (request.method == "POST" || request.method == "PUT" || request.method == "PATCH") {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(easy, CURLOPT_READDATA, &left);
  }
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

// A socket only towards the internet.
curl_socket_t open_public_socket(void*, curlsocktype, curl_sockaddr* address) {
  if (!is_public_address(&address->addr)) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype, address->protocol);
}

int on_progress(void* asked, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return (*static_cast<const std::function<bool()>*>(asked))() ? 1 : 0;
}

bool has_proxy_in_environment() {
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody changes it
    if (value != nullptr && *value != '\0') return true;
  }
  return false;
}

void set_options(CURL* easy, const HttpRequest& request, const HttpClientOptions& options, bool plain) {
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(std::min(options.connect_timeout, request.timeout).count()));
  if (!options.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options.ca_file.c_str());
  if (options.is_cancelled) {
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, static_cast<const void*>(&options.is_cancelled));
  }
  const bool goes_direct = options.proxy.empty() && !has_proxy_in_environment();
  if (options.public_addresses_only && !plain && goes_direct) {
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_public_socket);
  }
  if (plain)
    curl_easy_setopt(easy, CURLOPT_PROXY, "");  // what is near never goes through a proxy
  else if (!options.proxy.empty())
    curl_easy_setopt(easy, CURLOPT_PROXY, options.proxy.c_str());
}

void initialise_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

std::string_view HttpReply::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

// Handles at rest; each keeps its connections.
class HttpClient::Pool {
 public:
  Easy take() {
    {
      std::lock_guard lock(mutex_);
      if (!handles_.empty()) {
        Easy handle = std::move(handles_.back());  // the last used one has the freshest connections
        handles_.pop_back();
        return handle;
      }
    }
    return Easy(curl_easy_init());
  }

  void put(Easy handle) {
    curl_easy_reset(handle.get());  // options and secrets go, connections stay
    std::lock_guard lock(mutex_);
    handles_.push_back(std::move(handle));
  }

 private:
  std::mutex mutex_;
  std::vector<Easy> handles_;
};

HttpClient::HttpClient(HttpClientOptions options) : options_(std::move(options)) {
  initialise_curl();
  pool_ = std::make_unique<Pool>();
}

HttpClient::~HttpClient() = default;

Result<HttpReply> HttpClient::send(const HttpRequest& request) {
  const auto url = parse_service_url(request.url);
  if (!url) return fail(ErrorCode::invalid, "URL is not acceptable");
  const bool plain = url->scheme == "http";
  const bool may_be_plain = (options_.allow_loopback && is_loopback(url->host)) ||
                            (!options_.plain_host.empty() && url->host == options_.plain_host);
  if (plain && !may_be_plain) return fail(ErrorCode::invalid, "https is required");
  Result<HeaderList> headers = header_list(request);
  if (!headers) return tl::unexpected(headers.error());

  Easy easy = pool_->take();
  if (!easy) return fail(ErrorCode::internal, "no curl handle");
  Received received;
  received.on_part = &request.on_part;
  received.max_bytes = request.max_reply_bytes;
  set_options(easy.get(), request, options_, plain);
  std::string_view left = request.body;
  set_body(easy.get(), request, left);
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers->get());
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &received);
  curl_easy_setopt(easy.get(), CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(easy.get(), CURLOPT_HEADERDATA, &received);
  const CURLcode code = curl_easy_perform(easy.get());
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  pool_->put(std::move(easy));
  if (received.too_long) return fail(ErrorCode::unavailable, url->host + ": reply too long");
  if (code != CURLE_OK) return fail(ErrorCode::unavailable, url->host + ": " + curl_easy_strerror(code));
  received.reply.status = static_cast<int>(status);
  return std::move(received.reply);
}

}  // namespace pao::bot::auth
