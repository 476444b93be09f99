#include "bot/http/answer.hpp"

#include <httplib.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace pao::bot::http {

namespace {

// A request line to read from and a string to write to.
class MemoryStream final : public httplib::Stream {
 public:
  explicit MemoryStream(std::string_view in) : in_(in) {}

  ssize_t read(char* to, std::size_t size) override {
    size = std::min(size, in_.size());
    std::memcpy(to, in_.data(), size);
    in_.remove_prefix(size);
    return static_cast<ssize_t>(size);
  }
  ssize_t write(const char* from, std::size_t size) override {
    out_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return 0; }

  std::string take() { return std::move(out_); }

 private:
  std::string_view in_;
  std::string out_;
};

void run(const Handler& handler, const Request& request, httplib::Response& out) {
  Response response;
  try {
    handler(request, response);
  } catch (...) {  // whatever it says may hold what must not leave
    response = Response{.status = 500};
  }
  out.status = response.status;
  out.body = std::move(response.body);
  if (!response.content_type.empty()) out.set_header("Content-Type", response.content_type);
  for (const auto& [name, value] : response.headers) out.set_header(name, value);
}

}  // namespace

class Answerer::Library final : private httplib::Server {
 public:
  Library() {
    set_pre_routing_handler([this](const httplib::Request&, httplib::Response& out) {
      run(*handler_, *request_, out);
      return HandlerResponse::Handled;
    });
    set_post_routing_handler([this](const httplib::Request&, httplib::Response& out) {
      out.headers.erase("Keep-Alive");  // it names limits of the library's own, unused loop
      if ((*close_)()) out.set_header("Connection", "close");
    });
  }

  std::string answer(const Request& request, std::string_view target, const http::Handler& handler,
                     const std::function<bool()>& close) {
    request_ = &request;
    handler_ = &handler;
    close_ = &close;
    line_.assign(request.method).append(" ").append(target).append(" HTTP/1.1\r\n\r\n");
    MemoryStream stream(line_);
    bool closed = false;
    process_request(stream, false, closed, nullptr);
    return stream.take();
  }

 private:
  const Request* request_ = nullptr;
  const http::Handler* handler_ = nullptr;
  const std::function<bool()>* close_ = nullptr;
  std::string line_;
};

Answerer::Answerer() : library_(std::make_unique<Library>()) {
}
Answerer::~Answerer() = default;

std::string Answerer::answer(const Request& request, std::string_view target, const Handler& handler,
                             const std::function<bool()>& close) {
  return library_->answer(request, target, handler, close);
}

namespace {

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Error";
  }
}

}  // namespace

std::string response_bytes(const Response& response, bool close) {
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " ";
  bytes += reason_phrase(response.status);
  bytes += "\r\nContent-Length: " + std::to_string(response.body.size()) + "\r\n";
  const auto add = [&bytes](const std::string& name, const std::string& value) {
    if ((name + value).find_first_of("\r\n") == std::string::npos) bytes += name + ": " + value + "\r\n";
  };
  if (!response.content_type.empty()) add("Content-Type", response.content_type);
  for (const auto& [name, value] : response.headers) add(name, value);
  if (close) add("Connection", "close");
  return bytes + "\r\n" + response.body;
}

std::string refusal_bytes(const Refusal& refusal, bool close, bool body) {
  const std::string text = "{\"error\":\"" + std::string(refusal.error) + "\"}";
  std::string bytes = "HTTP/1.1 " + std::to_string(refusal.status) + " ";
  bytes += reason_phrase(refusal.status);
  bytes += "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(text.size()) + "\r\n";
  bytes += refusal.extra;
  if (close) bytes += "Connection: close\r\n";
  bytes += "\r\n";
  if (body) bytes += text;
  return bytes;
}

}  // namespace pao::bot::http
