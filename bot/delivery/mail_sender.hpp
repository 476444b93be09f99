// Hands one message to the mail server: SMTP with STARTTLS, or TLS from the start (smtps).
#pragma once

#include <chrono>
#include <string>

namespace pao::bot::delivery {

struct SmtpSettings {
  std::string url;       // "smtp://mail.example.com:587", "smtps://mail.example.com"; empty: no mail
  std::string username;  // empty: no authentication
  std::string password;
  bool require_tls = true;  // false: taken when offered; only for a server on loopback
  std::string ca_file;      // empty: the system's certificates
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{60'000};
};

// Whether the server of that URL is this machine: the only one that may do without TLS.
bool is_loopback_smtp(const std::string& url);

struct MailOutcome {
  enum class Kind { sent, temporary, permanent } kind = Kind::permanent;
  int code = 0;        // the server's last reply; 0 when there was none
  bool left = false;   // the whole message was handed over, so that without a reply it may have arrived
  std::string detail;  // English, no addresses, no text of the message
};

// Blocks until the server has answered or the time is over. A reply of 4xx, a broken connection and a
// timeout are temporary; 5xx, a refused password and a server without TLS are permanent. From any thread.
MailOutcome send_mail(const SmtpSettings& settings, const std::string& from, const std::string& to,
                      const std::string& message);

}  // namespace pao::bot::delivery
