// Mails that wait to be sent: what a handler or a job enqueues, in the transaction that causes it. The
// address is the person's when the mail leaves, so a mail is addressed to a person and never to an address.
#pragma once

#include "storage/outbox_store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct MailAttachment {
  std::string name;        // "mesa.ics"
  std::string media_type;  // "text/calendar; charset=utf-8; method=REQUEST"
  std::string content;     // bytes
};

struct Mail {
  std::string key;        // unique: the same key is never sent twice
  std::string person_id;  // addressee
  std::string about;      // our own id of what it is about
  std::string subject;    // one line, UTF-8
  std::string text;       // plain
  std::string html = {};  // empty: plain only
  std::vector<MailAttachment> attachments = {};
  Instant not_before;
  Instant expires_at;
  Instant created_at;
};

inline constexpr const char* mail_channel = "mail";

// False when the key exists already. The row ends as `unreachable` when no mail server is configured or the
// person has no address.
bool enqueue_mail(Session& session, const Mail& mail);

// The content of an enqueued mail; nothing when there is none under that key.
std::optional<Mail> find_mail(Session& session, std::string_view key);

// Of every mail that was ever enqueued, in order.
std::vector<std::string> mail_keys(Session& session);

// How each message whose key begins with the prefix ended: what delivery knows, by key.
struct DeliveryResult {
  std::string key;
  std::string channel;
  std::string about;
  OutboxState state;
  std::string reason;
  std::optional<Instant> ended_at;
};
std::vector<DeliveryResult> deliveries_of(Session& session, std::string_view key_prefix);

std::string base64_of(std::string_view bytes);
std::string bytes_of_base64(std::string_view text);

}  // namespace pao::storage
