#include "tests/support/smtp_server.hpp"

#include "storage/mail_outbox.hpp"
#include "tests/paths.hpp"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace pao::tests {
namespace {

constexpr const char* python = "/usr/bin/python3";

void need(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error(what);
}

std::string script(const char* name) {
  return std::string(source_dir) + "/tests/support/" + name;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

}  // namespace

bool has_smtp_server() {
  static const bool found =
      std::system((std::string(python) + " -c 'import aiosmtpd' 2>/dev/null").c_str()) == 0;
  return found;
}

SmtpServer::SmtpServer(std::filesystem::path folder, const std::vector<std::string>& options)
    : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  int ends[2] = {-1, -1};
  need(pipe2(ends, O_CLOEXEC) == 0, "no pipe");
  const std::string server = script("smtp_server.py"), where = folder_.string();
  std::vector<const char*> words = {python, server.c_str(), where.c_str()};
  for (const std::string& option : options) words.push_back(option.c_str());
  words.push_back(nullptr);
  process_ = fork();
  if (process_ == 0) {
    dup2(ends[0], 0);
    execv(python, const_cast<char* const*>(words.data()));
    _exit(127);
  }
  close(ends[0]);
  input_ = ends[1];
  for (int i = 0; i < 400 && port_ == 0; ++i) {
    std::ifstream(folder_ / "port") >> port_;
    if (port_ == 0) std::this_thread::sleep_for(std::chrono::milliseconds{25});
  }
  need(port_ != 0, "the mail server did not start; is python3-aiosmtpd installed?");
}

SmtpServer::~SmtpServer() {
  close(input_);
  waitpid(process_, nullptr, 0);
}

std::string SmtpServer::url() const {
  return "smtp://127.0.0.1:" + std::to_string(port_);
}

std::string SmtpServer::certificate() const {
  return (folder_ / "cert.pem").string();
}

void SmtpServer::accept_from_now_on() const {
  std::ofstream(folder_ / "accept") << "yes";
}

std::vector<ReceivedMail> SmtpServer::mails() const {
  std::vector<ReceivedMail> mails;
  std::ifstream lines(folder_ / "mails.jsonl");
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line);
    mails.push_back({json["from"], json["to"], json["tls"], json["user"], json["message"]});
  }
  return mails;
}

ReadMail read_mail(const std::filesystem::path& folder, const std::string& message) {
  std::ofstream(folder / "message.eml", std::ios::binary) << message;
  const std::string command = std::string(python) + " " + script("read_mail.py") + " < " +
                              (folder / "message.eml").string() + " > " + (folder / "message.json").string();
  need(std::system(command.c_str()) == 0, "the mail cannot be read");
  const auto json = nlohmann::json::parse(content_of(folder / "message.json"));
  need(json["defects"].empty(), json["defects"].dump());
  ReadMail mail{json["subject"], json["from"], json["to"], json["text"], json["html"], {}};
  for (const auto& file : json["attachments"]) {
    mail.attachments.emplace_back(file[0], storage::bytes_of_base64(file[1].get<std::string>()));
  }
  return mail;
}

}  // namespace pao::tests
