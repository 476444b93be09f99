// A socket that sends exactly the bytes it is told to.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace pao::test {

struct RawReply {
  int status = 0;  // 0: the connection ended without an answer
  std::string head;
  std::string body;

  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

class RawClient {
 public:
  explicit RawClient(int port);
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(std::string_view bytes);

  // The next answer; bytes behind it stay for the following call. `body` false: the answer is to HEAD.
  RawReply reply(bool body = true);
  RawReply ask(std::string_view bytes);

  // The peer closed, nothing left to read (waits for it).
  bool closed();

 private:
  bool read_more();

  int fd_ = -1;
  std::string in_;
};

// One request on a connection of its own.
RawReply ask_once(int port, std::string_view bytes);

// POST with a length and the extra header lines ("Name: value\r\n").
std::string post(std::string_view path, std::string_view body, std::string_view extra = "");
std::string get(std::string_view path);

}  // namespace pao::test
