#include "bot/protocol/attachments.hpp"

#include "bot/protocol/message_text.hpp"

#include <nlohmann/json.hpp>

namespace pao::bot::protocol {
namespace {

using Json = nlohmann::json;
using handlers::Attachment;

constexpr std::size_t max_url_bytes = 8 * 1024;  // pre-authenticated addresses carry long tokens
constexpr std::size_t max_name_bytes = 256;

std::string text_of(const Json& object, const char* name, std::size_t max_bytes) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return {};
  const auto& text = found->get_ref<const std::string&>();
  return text.size() <= max_bytes ? without_controls(text) : std::string{};
}

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

// A name longer than we keep loses its middle, so that its extension stays.
std::string name_of(const Json& attachment) {
  std::string name = text_of(attachment, "name", max_url_bytes);
  if (name.size() <= max_name_bytes) return name;
  const auto is_inside = [&](std::size_t at) {
    return (static_cast<unsigned char>(name[at]) & 0xC0U) == 0x80U;
  };
  std::size_t head = max_name_bytes / 2, tail = name.size() - max_name_bytes / 4;
  while (is_inside(head)) --head;
  while (is_inside(tail)) ++tail;
  return name.substr(0, head) + "…" + name.substr(tail);
}

}  // namespace

std::vector<Attachment> read_attachments(const Json& activity) {
  std::vector<Attachment> files;
  const Json& attachments = member(activity, "attachments");
  if (!attachments.is_array()) return files;
  for (const Json& one : attachments) {
    if (files.size() == handlers::max_attachments) break;
    Attachment file{.name = name_of(one), .content_type = text_of(one, "contentType", max_name_bytes)};
    if (file.content_type == handlers::file_download_type) {
      const Json& content = member(one, "content");
      file.file_type = text_of(content, "fileType", 32);
      file.url = text_of(content, "downloadUrl", max_url_bytes);
    } else if (file.content_type.rfind("image/", 0) == 0) {
      file.url = text_of(one, "contentUrl", max_url_bytes);
    }
    if (!file.url.empty()) files.push_back(std::move(file));
  }
  return files;
}

}  // namespace pao::bot::protocol
