// A mail as it goes over the wire (RFC 5322, 2045 to 2047): headers that cannot be broken out of, text and
// HTML side by side, attachments. Pure.
#pragma once

#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"
#include "storage/mail_outbox.hpp"

#include <string>
#include <string_view>

namespace pao::bot::delivery {

struct MailAddress {
  std::string address;    // "ana@hacienda-demo.example.com"
  std::string name = {};  // UTF-8; may be empty
};

// "Nombre <a@b>" or "a@b"; `invalid` when the address is not one: one "@", no spaces, no control characters,
// ASCII, at most 254 bytes.
Result<MailAddress> parse_mail_address(std::string_view text);
bool is_mail_address(std::string_view address);

// The whole message, lines ended by CRLF. The same arguments give the same bytes. `domain` is the part after
// "@" of the Message-ID. Line ends and control characters in names, subject and file names are dropped.
std::string mail_message(const storage::Mail& mail, const MailAddress& from, const MailAddress& to,
                         Instant at);

// A header value in RFC 2047 encoded words, or as it is when it is plain ASCII that needs none.
std::string encoded_header(std::string_view text);

}  // namespace pao::bot::delivery
