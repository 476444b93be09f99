#include "handlers/file_messages.hpp"

#include "cards/file_card.hpp"
#include "storage/sha256.hpp"

#include <chrono>

namespace pao::handlers {
namespace {

constexpr auto message_lives = std::chrono::days{2};
constexpr std::string_view content_mark = "sha256:";

}  // namespace

storage::OutboxMessage file_receipt_message(const storage::ReceivedFile& file, Instant now) {
  storage::OutboxMessage message;
  message.key = "file:" + file.id;
  message.kind = file_receipt_kind;
  message.priority = storage::Priority::reply;
  message.lane = file.conversation_id;
  message.conversation_id = file.conversation_id;
  message.aad_object_id = file.aad_object_id;
  message.reply_to = file.activity_id;
  message.subject = file.id;
  message.not_before = message.created_at = now;
  message.expires_at = now + message_lives;
  return message;
}

std::string file_registro(const storage::ReceivedFile& file) {
  return R"({"from":"waiting","to":")" + file.state + R"(","sha256":")" + file.sha256 + R"(","size":)" +
         std::to_string(file.size) + "}";
}

std::vector<cards::EvidenceFile> evidence_of(storage::Session& session, std::string_view target) {
  std::vector<cards::EvidenceFile> files;
  for (const storage::ReceivedFile& file : storage::files_linked_to(session, target))
    files.push_back({.id = file.id, .name = file.name, .size = file.size, .sha256 = file.sha256});
  return files;
}

std::string offer_id(const Turn& turn) {
  return "OF-" + storage::sha256_hex(turn.conversation_id + '\n' + turn.activity_id).substr(0, 16);
}

Result<Notice> offer_file(storage::Session& session, const OfferedFile& file, Instant now) {
  storage::FileConsent consent;
  consent.id = file.id;
  consent.aad_object_id = file.aad_object_id;
  consent.name = file.name;
  consent.subject = std::string(content_mark) + file.sha256;
  consent.offered_at = now;
  if (auto offered = storage::offer_file(session, consent); !offered) return tl::unexpected(offered.error());
  return Notice{
      .aad_object_id = file.aad_object_id,
      .key = "offer:" + file.id,
      .subject = file.id,
      .content = {.text = cards::file_offer_text(file.name),
                  .offer = FileOffer{
                      .id = file.id, .name = file.name, .description = file.description, .size = file.size}}};
}

std::string_view offered_content(const storage::FileConsent& consent) {
  const std::string_view subject = consent.subject;
  return subject.substr(0, content_mark.size()) == content_mark ? subject.substr(content_mark.size())
                                                                : std::string_view{};
}

Content upload_message(const storage::FileConsent& consent, bool uploaded) {
  Content content{.text = cards::upload_text(consent.name, uploaded)};
  if (uploaded) {
    content.file = FileInfo{.name = consent.name,
                            .content_url = consent.content_url,
                            .unique_id = consent.unique_id,
                            .file_type = consent.file_type};
  }
  return content;
}

storage::OutboxMessage upload_outcome_message(const storage::FileConsent& consent, Instant now) {
  storage::OutboxMessage message;
  message.key = "upload:" + consent.id;
  message.kind = "notice";
  message.priority = storage::Priority::reply;
  message.lane = consent.conversation_id;
  message.conversation_id = consent.conversation_id;
  message.aad_object_id = consent.aad_object_id;
  if (!consent.card_id.empty()) {
    message.operation = storage::OutboxOperation::update;
    message.reply_to = consent.card_id;
  }
  message.subject = consent.id;
  message.not_before = message.created_at = now;
  message.expires_at = now + message_lives;
  return message;
}

}  // namespace pao::handlers
