#include "bot/delivery/mail_sender.hpp"

#include "bot/auth/service_url.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>
#include <string_view>

namespace pao::bot::delivery {
namespace {

struct EasyDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Upload {
  std::string_view rest;
  bool read = false;  // to the end
};

std::size_t on_read(char* to, std::size_t, std::size_t room, void* from) {
  auto& upload = *static_cast<Upload*>(from);
  const std::size_t size = std::min(room, upload.rest.size());
  std::memcpy(to, upload.rest.data(), size);
  upload.rest.remove_prefix(size);
  upload.read = upload.rest.empty();
  return size;
}

MailOutcome::Kind kind_of(CURLcode code, long reply) {
  if (code == CURLE_OK) return MailOutcome::Kind::sent;
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
      return MailOutcome::Kind::temporary;
    case CURLE_USE_SSL_FAILED:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return MailOutcome::Kind::permanent;
    default:
      break;
  }
  return reply >= 500 ? MailOutcome::Kind::permanent : MailOutcome::Kind::temporary;
}

std::string host_of(std::string_view url) {
  auto start = url.find("://");
  if (start == std::string_view::npos) return {};
  url.remove_prefix(start + 3);
  url = url.substr(0, url.find('/'));
  if (const auto at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  if (!url.empty() && url[0] == '[') return std::string(url.substr(0, url.find(']') + 1));
  return std::string(url.substr(0, url.find(':')));
}

void set_options(CURL* easy, const SmtpSettings& settings) {
  curl_easy_setopt(easy, CURLOPT_URL, settings.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy, CURLOPT_USE_SSL,
                   static_cast<long>(settings.require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.timeout.count()));
  if (!settings.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
  if (!settings.username.empty()) {
    curl_easy_setopt(easy, CURLOPT_USERNAME, settings.username.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, settings.password.c_str());
  }
}

}  // namespace

bool is_loopback_smtp(const std::string& url) {
  return auth::is_loopback(host_of(url));
}

MailOutcome send_mail(const SmtpSettings& settings, const std::string& from, const std::string& to,
                      const std::string& message) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  if (!settings.require_tls && !is_loopback_smtp(settings.url)) {
    return {.detail = "TLS may be left out on loopback only"};
  }
  const std::unique_ptr<CURL, EasyDeleter> easy(curl_easy_init());
  if (!easy) return {.kind = MailOutcome::Kind::temporary, .detail = "no curl handle"};
  const std::unique_ptr<curl_slist, ListDeleter> recipients(
      curl_slist_append(nullptr, ("<" + to + ">").c_str()));
  Upload upload{.rest = message};
  set_options(easy.get(), settings);
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(easy.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt(easy.get(), CURLOPT_READDATA, &upload);
  const CURLcode code = curl_easy_perform(easy.get());
  long reply = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &reply);
  MailOutcome outcome{.kind = kind_of(code, reply), .code = static_cast<int>(reply), .left = upload.read};
  if (code != CURLE_OK) {
    outcome.detail = std::string("SMTP ") + std::to_string(reply) + " " + curl_easy_strerror(code);
  }
  return outcome;
}

}  // namespace pao::bot::delivery
