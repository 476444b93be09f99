#include "storage/mail_outbox.hpp"

#include "storage/words.hpp"

namespace pao::storage {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string base64_of(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const unsigned group = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
    out += digits[group >> 18U & 63U];
    out += digits[group >> 12U & 63U];
    out += i + 1 < bytes.size() ? digits[group >> 6U & 63U] : '=';
    out += i + 2 < bytes.size() ? digits[group & 63U] : '=';
  }
  return out;
}

std::string bytes_of_base64(std::string_view text) {
  std::string out;
  unsigned group = 0;
  int bits = 0;
  for (const char c : text) {
    const auto value = digits.find(c);
    if (value == std::string_view::npos) continue;  // padding and line ends
    group = group << 6U | static_cast<unsigned>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>(group >> static_cast<unsigned>(bits) & 255U);
  }
  return out;
}

bool enqueue_mail(Session& session, const Mail& mail) {
  const bool is_new = enqueue(session, {.key = mail.key,
                                        .channel = mail_channel,
                                        .kind = "mail",
                                        .priority = Priority::notice,
                                        .lane = "mail:" + mail.person_id,
                                        .subject = mail.about,
                                        .summary = mail.subject,
                                        .not_before = mail.not_before,
                                        .expires_at = mail.expires_at,
                                        .created_at = mail.created_at});
  if (!is_new) return false;
  session.run("INSERT INTO mails (key, person_id, subject, text_body, html_body) VALUES ($1, $2, $3, $4, $5)",
              {std::string_view(mail.key), std::string_view(mail.person_id), std::string_view(mail.subject),
               std::string_view(mail.text), std::string_view(mail.html)});
  for (std::size_t i = 0; i < mail.attachments.size(); ++i) {
    const MailAttachment& file = mail.attachments[i];
    const std::string content = base64_of(file.content);
    session.run(
        "INSERT INTO mail_attachments (key, position, name, media_type, content)"
        " VALUES ($1, $2, $3, $4, $5)",
        {std::string_view(mail.key), to_value(static_cast<std::int64_t>(i)), std::string_view(file.name),
         std::string_view(file.media_type), std::string_view(content)});
  }
  return true;
}

std::optional<Mail> find_mail(Session& session, std::string_view key) {
  std::optional<Mail> mail = session.first(
      "SELECT m.key, m.person_id, o.subject, m.subject, m.text_body, m.html_body, o.next_at, o.expires_at,"
      " o.created_at FROM mails m JOIN outbox o ON o.key = m.key WHERE m.key = $1",
      {key}, [](const Row& row) {
        return Mail{.key = row.string(0),
                    .person_id = row.string(1),
                    .about = row.string(2),
                    .subject = row.string(3),
                    .text = row.string(4),
                    .html = row.string(5),
                    .not_before = row.instant(6),
                    .expires_at = row.instant(7),
                    .created_at = row.instant(8)};
      });
  if (!mail) return mail;
  mail->attachments =
      session.all("SELECT name, media_type, content FROM mail_attachments WHERE key = $1 ORDER BY position",
                  {key}, [](const Row& row) {
                    return MailAttachment{row.string(0), row.string(1), bytes_of_base64(row.text(2))};
                  });
  return mail;
}

std::vector<std::string> mail_keys(Session& session) {
  return session.all("SELECT key FROM mails ORDER BY key", {}, [](const Row& row) { return row.string(0); });
}

std::vector<DeliveryResult> deliveries_of(Session& session, std::string_view key_prefix) {
  // Every key that begins with the prefix lies below the prefix followed by the last character there is.
  const std::string end = std::string(key_prefix) + "\xF4\x8F\xBF\xBF";
  return session.all(
      "SELECT key, channel, subject, state, reason, ended_at FROM outbox WHERE key >= $1 AND key < $2"
      " ORDER BY key",
      {key_prefix, std::string_view(end)}, [](const Row& row) {
        return DeliveryResult{row.string(0), row.string(1),
                              row.string(2), known(value_of(outbox_state_words, row.text(3))),
                              row.string(4), row.optional_instant(5)};
      });
}

}  // namespace pao::storage
