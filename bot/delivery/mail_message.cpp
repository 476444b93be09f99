#include "bot/delivery/mail_message.hpp"

#include "storage/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace pao::bot::delivery {
namespace {

constexpr std::size_t max_address_bytes = 254;
constexpr std::size_t max_header_text_bytes = 400;
constexpr std::size_t encoded_line = 76;
// 45 bytes are 60 base64 characters: with "=?UTF-8?B?" and "?=" an encoded word stays under 75.
constexpr std::size_t word_bytes = 42;

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

// One line without anything that could end a header.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, max_header_text_bytes)) out += is_control(c) ? ' ' : c;
  // Not in the middle of a character.
  while (!out.empty() && out.size() == max_header_text_bytes &&
         (static_cast<unsigned char>(out.back()) & 0xc0U) == 0x80U) {
    out.pop_back();
  }
  return out;
}

std::string in_lines(const std::string& base64) {
  std::string out;
  for (std::size_t i = 0; i < base64.size(); i += encoded_line) {
    out += base64.substr(i, encoded_line) + "\r\n";
  }
  return out;
}

std::string text_part(std::string_view media_type, std::string_view text) {
  return fmt::format("Content-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
                     media_type, in_lines(storage::base64_of(text)));
}

// Letters, digits, dot, hyphen and underscore; anything else becomes a hyphen.
std::string file_name(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, 120)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '.' || c == '-' || c == '_';
    out += plain ? c : '-';
  }
  return out.empty() ? "adjunto" : out;
}

std::string attachment_part(const storage::MailAttachment& file) {
  const std::string name = file_name(file.name);
  return fmt::format(
      "Content-Type: {}; name=\"{}\"\r\nContent-Transfer-Encoding: base64\r\n"
      "Content-Disposition: attachment; filename=\"{}\"\r\n\r\n{}",
      one_line(file.media_type), name, name, in_lines(storage::base64_of(file.content)));
}

std::string multipart(const char* kind, const std::string& boundary, const std::vector<std::string>& parts) {
  std::string out = fmt::format("Content-Type: multipart/{}; boundary=\"{}\"\r\n\r\n", kind, boundary);
  for (const std::string& part : parts) out += "--" + boundary + "\r\n" + part + "\r\n";
  return out + "--" + boundary + "--\r\n";
}

std::string mail_date(Instant at) {
  constexpr std::array weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Date day = local_date(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(local_time_of_day(at))};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} -0500",
                     weekdays.at(std::chrono::weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
                     months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string address_header(const MailAddress& who) {
  return who.name.empty() ? who.address : encoded_header(who.name) + " <" + who.address + ">";
}

}  // namespace

bool is_mail_address(std::string_view address) {
  const auto at = address.find('@');
  return address.size() <= max_address_bytes && at != std::string_view::npos && at > 0 &&
         at + 1 < address.size() && address.find('@', at + 1) == std::string_view::npos &&
         std::all_of(address.begin(), address.end(), [](char c) {
           return c > 0x20 && c < 0x7f && std::string_view("<>(),;:\\\"[]").find(c) == std::string_view::npos;
         });
}

Result<MailAddress> parse_mail_address(std::string_view text) {
  MailAddress parsed;
  const auto open = text.find('<');
  if (open == std::string_view::npos) {
    parsed.address = std::string(text);
  } else {
    const auto close = text.find('>', open);
    if (close != text.size() - 1) return fail(ErrorCode::invalid, "not a mail address");
    parsed.address = std::string(text.substr(open + 1, close - open - 1));
    std::string_view name = text.substr(0, open);
    while (!name.empty() && (name.back() == ' ' || name.back() == '"')) name.remove_suffix(1);
    while (!name.empty() && (name.front() == ' ' || name.front() == '"')) name.remove_prefix(1);
    parsed.name = one_line(name);
  }
  if (!is_mail_address(parsed.address)) return fail(ErrorCode::invalid, "not a mail address");
  return parsed;
}

std::string encoded_header(std::string_view text) {
  const std::string line = one_line(text);
  const bool plain = line.size() <= 60 && std::all_of(line.begin(), line.end(), [](char c) {
                       return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                              c == ' ' || c == '-' || c == '.' || c == '_';
                     });
  if (plain) return line;
  std::string out;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = std::min(line.size(), i + word_bytes);
    while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xc0U) == 0x80U) --end;
    if (end <= i) end = std::min(line.size(), i + word_bytes);  // not UTF-8
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + storage::base64_of(line.substr(i, end - i)) + "?=";
    i = end;
  }
  return out;
}

std::string mail_message(const storage::Mail& mail, const MailAddress& from, const MailAddress& to,
                         Instant at) {
  const std::string id = storage::sha256_hex(mail.key).substr(0, 32);
  const std::string domain = from.address.substr(from.address.find('@') + 1);
  std::vector<std::string> readable = {text_part("text/plain", mail.text)};
  if (!mail.html.empty()) readable.push_back(text_part("text/html", mail.html));
  std::string body = readable.size() == 1 ? readable[0] : multipart("alternative", "texto-" + id, readable);
  if (!mail.attachments.empty()) {
    std::vector<std::string> parts = {std::move(body)};
    for (const storage::MailAttachment& file : mail.attachments) parts.push_back(attachment_part(file));
    body = multipart("mixed", "partes-" + id, parts);
  }
  return fmt::format(
      "From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\n"
      "Auto-Submitted: auto-generated\r\nContent-Language: es-CO\r\nMIME-Version: 1.0\r\n{}",
      address_header(from), address_header(to), encoded_header(mail.subject), mail_date(at), id, domain,
      body);
}

}  // namespace pao::bot::delivery
