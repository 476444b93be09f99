#include "bot/protocol/outgoing.hpp"

#include "bot/protocol/extras.hpp"

#include <algorithm>

namespace pao::bot::protocol {
namespace {

void append_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20) {
    out += c;
    return;
  }
  out += "\\u00";
  out += digits[byte >> 4U];
  out += digits[byte & 0xFU];
}

// Texts of the store are UTF-8 already (parse_activity repairs what comes in, cards are ours).
void append_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) append_escaped(out, c);
  out += '"';
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += name;
  out += "\":";
  append_string(out, value);
}

void append_json(std::string& out, std::string_view name, std::string_view json) {
  if (json.empty()) return;
  out += ",\"";
  out += name;
  out += "\":";
  out += json;
}

void append_channel_data(std::string& out, bool alert, bool feedback) {
  if (!alert && !feedback) return;
  out += R"(,"channelData":{)";
  if (alert) out += R"("notification":{"alert":true})";
  if (alert && feedback) out += ',';
  if (feedback) out += R"("feedbackLoop":{"type":"default"})";
  out += '}';
}

std::string_view without_slash(std::string_view url) {
  while (!url.empty() && url.back() == '/') url.remove_suffix(1);
  return url;
}

}  // namespace

std::size_t utf16_bytes(std::string_view utf8) {
  std::size_t units = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) ++units;
    if (byte >= 0xF0) ++units;  // outside the basic plane: a pair of surrogates
  }
  return units * 2;
}

Result<std::string> message_body(const OutgoingMessage& message) {
  std::string body;
  body.reserve(message.text.size() + message.card.size() + 512);
  body = R"({"type":"message")";
  if (!message.bot_id.empty()) {
    body += R"(,"from":{)";
    append_member(body, "id", message.bot_id);
    body += '}';
  }
  if (!message.conversation_id.empty()) {
    body += R"(,"conversation":{)";
    append_member(body, "id", message.conversation_id);
    body += '}';
  }
  if (!message.text.empty()) {
    append_member(body, "text", message.text);
    body += R"(,"textFormat":"markdown")";
  }
  if (!message.summary.empty()) append_member(body, "summary", message.summary);
  if (!message.reply_to.empty()) append_member(body, "replyToId", message.reply_to);
  std::string entities;
  if (message.extras != nullptr) {
    entities = entities_json(*message.extras);
    append_json(body, "entities", entities);
    append_json(body, "suggestedActions", suggested_actions_json(*message.extras, message.user_id));
  }
  if (utf16_bytes(message.text) + utf16_bytes(message.card) + utf16_bytes(entities) >
      max_message_utf16_bytes) {
    return fail(ErrorCode::invalid, "message above 80 KB as UTF-16");
  }
  if (!message.card.empty()) {
    body += R"(,"attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":)";
    body += message.card;
    body += "}]";
  }
  const std::string file = message.extras != nullptr ? file_attachment_json(*message.extras) : std::string{};
  if (message.card.empty() && !file.empty()) body += ",\"attachments\":[" + file + ']';
  append_channel_data(body, message.alert, message.extras != nullptr && message.extras->feedback);
  body += '}';
  return body;
}

std::string create_conversation_body(std::string_view bot_id, std::string_view tenant_id,
                                     std::string_view member_id) {
  std::string body = R"({"isGroup":false,"bot":{)";
  append_member(body, "id", bot_id);
  body += R"(},"members":[{)";
  append_member(body, "id", member_id);
  body += "}]";
  append_member(body, "tenantId", tenant_id);
  body += R"(,"channelData":{"tenant":{)";
  append_member(body, "id", tenant_id);
  return body += "}}}";
}

std::string create_thread_body(std::string_view tenant_id, std::string_view channel_id,
                               std::string_view message_body) {
  std::string body = R"({"isGroup":true,"channelData":{"channel":{)";
  append_member(body, "id", channel_id);
  body += "}}";
  append_member(body, "tenantId", tenant_id);
  body += R"(,"activity":)";
  body += message_body;
  return body += '}';
}

std::string percent_encode(std::string_view segment) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(segment.size() + 16);
  for (const char c : segment) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                            c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
  }
  return out;
}

std::string conversations_url(std::string_view service_url) {
  return std::string(without_slash(service_url)) + "/v3/conversations";
}

std::string activities_url(std::string_view service_url, std::string_view conversation_id,
                           std::string_view reply_to) {
  std::string url = conversations_url(service_url) + '/' + percent_encode(conversation_id) + "/activities";
  if (!reply_to.empty()) url += '/' + percent_encode(reply_to);
  return url;
}

std::string activity_url(std::string_view service_url, std::string_view conversation_id,
                         std::string_view activity_id) {
  return activities_url(service_url, conversation_id, activity_id);
}

std::string members_page_url(std::string_view service_url, std::string_view conversation_id, int page_size,
                             std::string_view continuation_token) {
  std::string url = conversations_url(service_url) + '/' + percent_encode(conversation_id) +
                    "/pagedmembers?pageSize=" + std::to_string(std::clamp(page_size, 50, 500));
  if (!continuation_token.empty()) url += "&continuationToken=" + percent_encode(continuation_token);
  return url;
}

std::string member_url(std::string_view service_url, std::string_view conversation_id,
                       std::string_view user_id) {
  return conversations_url(service_url) + '/' + percent_encode(conversation_id) + "/members/" +
         percent_encode(user_id);
}

}  // namespace pao::bot::protocol
