#include "bot/protocol/json_fields.hpp"

#include "bot/protocol/message_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace pao::bot::protocol {
namespace {

using Json = nlohmann::json;

bool is_plain_id(const std::string& text) {
  return !text.empty() && text.size() <= max_id_bytes && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

}  // namespace

const Json* member(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

std::string optional_text(const Json& object, const char* name, std::size_t max_bytes) {
  const Json* found = member(object, name);
  if (found == nullptr || !found->is_string()) return {};
  const auto& text = found->get_ref<const std::string&>();
  return text.size() <= max_bytes ? without_controls(text) : std::string{};
}

std::string optional_id(const Json& object, const char* name) {
  const Json* found = member(object, name);
  const bool good =
      found != nullptr && found->is_string() && is_plain_id(found->get_ref<const std::string&>());
  return good ? found->get<std::string>() : std::string{};
}

Result<std::string> needed_id(const Json& object, const char* name) {
  const Json* found = member(object, name);
  if (found == nullptr || !found->is_string()) {
    return fail(ErrorCode::invalid, std::string("activity: no text in \"") + name + "\"");
  }
  const auto& text = found->get_ref<const std::string&>();
  if (!is_plain_id(text)) return fail(ErrorCode::invalid, std::string("activity: bad \"") + name + "\"");
  return text;
}

Result<std::string> possible_id(const Json& object, const char* name) {
  const Json* found = member(object, name);
  if (found == nullptr || found->is_null()) return std::string{};
  if (found->is_string() && found->get_ref<const std::string&>().empty()) return std::string{};
  return needed_id(object, name);
}

}  // namespace pao::bot::protocol
