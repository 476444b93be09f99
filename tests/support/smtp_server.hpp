// A real mail server for tests: Debian's aiosmtpd on loopback, a process of its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pao::tests {

struct ReceivedMail {
  std::string from;
  std::vector<std::string> to;
  bool tls = false;
  std::string user;     // who authenticated; empty: nobody
  std::string message;  // as received
};

// Whether the machine has it (package python3-aiosmtpd): tests that need it fail otherwise with that hint.
bool has_smtp_server();

class SmtpServer {
 public:
  // Options: "tls" (STARTTLS required), "auth" (user "pao", password "secreto"), "refuse=451".
  SmtpServer(std::filesystem::path folder, const std::vector<std::string>& options = {});
  ~SmtpServer();
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  int port() const { return port_; }
  std::string url() const;          // "smtp://127.0.0.1:2525"
  std::string certificate() const;  // its own authority, with "tls"
  void accept_from_now_on() const;  // after "refuse"
  std::vector<ReceivedMail> mails() const;

 private:
  std::filesystem::path folder_;
  int port_ = 0;
  int input_ = -1;  // closing it ends the server
  int process_ = -1;
};

// The parts of a received message, decoded: what a mail program shows.
struct ReadMail {
  std::string subject, from, to;
  std::string text, html;
  std::vector<std::pair<std::string, std::string>> attachments;  // name, bytes
};
ReadMail read_mail(const std::filesystem::path& folder, const std::string& message);

}  // namespace pao::tests
