#include "bot/protocol/extras.hpp"

#include "bot/protocol/json_reader.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace pao::bot::protocol {
namespace {

using Json = nlohmann::json;
using handlers::Citation;
using handlers::Content;

constexpr std::size_t max_title = 80;
constexpr std::size_t max_excerpt = 160;
constexpr std::size_t max_keyword = 28;
constexpr std::size_t max_keywords = 3;
constexpr std::size_t max_url = 2048;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// At most so many characters; a longer text ends with "…".
std::string cut(const std::string& text, std::size_t most) {
  std::size_t characters = 0, end_of_last = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) continue;
    if (characters + 1 == most) end_of_last = at;
    if (++characters > most) return text.substr(0, end_of_last) + "…";
  }
  return text;
}

Json to_json(const Citation& citation) {
  Json json{{"title", cut(citation.title, max_title)}, {"excerpt", cut(citation.excerpt, max_excerpt)}};
  if (citation.url.rfind("https://", 0) == 0 && citation.url.size() <= max_url) json["url"] = citation.url;
  for (const std::string& word : citation.keywords) {
    if (json["keywords"].size() == max_keywords) break;
    json["keywords"].push_back(cut(word, max_keyword));
  }
  return json;
}

Citation citation_of(const Json& json) {
  return {.title = json.value("title", ""),
          .excerpt = json.value("excerpt", ""),
          .url = json.value("url", ""),
          .keywords = json.value("keywords", std::vector<std::string>{})};
}

Json claim(const Json& citation, std::size_t position) {
  Json appearance{
      {"@type", "DigitalDocument"}, {"name", citation.at("title")}, {"abstract", citation.at("excerpt")}};
  if (citation.contains("url")) appearance["url"] = citation["url"];
  if (citation.contains("keywords")) appearance["keywords"] = citation["keywords"];
  return {{"@type", "Claim"}, {"position", position}, {"appearance", std::move(appearance)}};
}

}  // namespace

std::string stored_extras(const Content& content) {
  Json json = Json::object();
  if (content.generated) json["generated"] = true;
  if (content.feedback) json["feedback"] = true;
  if (!content.sensitivity.empty()) json["sensitivity"] = cut(content.sensitivity, max_title);
  for (const Citation& citation : content.citations) {
    if (json["citations"].size() == handlers::max_citations) break;
    json["citations"].push_back(to_json(citation));
  }
  for (const std::string& suggestion : content.suggestions) {
    if (json["suggestions"].size() == handlers::max_suggestions) break;
    json["suggestions"].push_back(suggestion);
  }
  if (content.offer) {
    json["offer"] = {{"id", content.offer->id},
                     {"name", content.offer->name},
                     {"description", content.offer->description},
                     {"size", content.offer->size}};
  }
  if (content.file) {
    json["file"] = {{"name", content.file->name},
                    {"url", content.file->content_url},
                    {"id", content.file->unique_id},
                    {"type", content.file->file_type}};
  }
  return json.empty() ? std::string{} : dumped(json);
}

void restore_extras(std::string_view stored, Content& content) {
  if (stored.empty()) return;
  const auto json = read_json(stored);
  if (!json || !json->is_object()) return;
  content.generated = json->value("generated", false);
  content.feedback = json->value("feedback", false);
  content.sensitivity = json->value("sensitivity", "");
  for (const Json& citation : json->value("citations", Json::array())) {
    content.citations.push_back(citation_of(citation));
  }
  content.suggestions = json->value("suggestions", std::vector<std::string>{});
  if (const auto offer = json->find("offer"); offer != json->end()) {
    content.offer = handlers::FileOffer{.id = offer->value("id", ""),
                                        .name = offer->value("name", ""),
                                        .description = offer->value("description", ""),
                                        .size = offer->value("size", std::int64_t{0})};
  }
  if (const auto file = json->find("file"); file != json->end()) {
    content.file = handlers::FileInfo{.name = file->value("name", ""),
                                      .content_url = file->value("url", ""),
                                      .unique_id = file->value("id", ""),
                                      .file_type = file->value("type", "")};
  }
}

std::string entities_json(const Content& content) {
  if (!content.generated && content.citations.empty() && content.sensitivity.empty()) return {};
  Json root{{"type", "https://schema.org/Message"},
            {"@type", "Message"},
            {"@context", "https://schema.org"},
            {"@id", ""}};
  if (content.generated) root["additionalType"] = {"AIGeneratedContent"};
  const std::size_t count = std::min(content.citations.size(), handlers::max_citations);
  for (std::size_t i = 0; i < count; ++i) {
    root["citation"].push_back(claim(to_json(content.citations[i]), i + 1));
  }
  if (!content.sensitivity.empty()) {
    root["usageInfo"] = {{"type", "https://schema.org/Message"},
                         {"@type", "CreativeWork"},
                         {"name", cut(content.sensitivity, max_title)}};
  }
  return dumped(Json::array({std::move(root)}));
}

std::string suggested_actions_json(const Content& content, std::string_view user_id) {
  if (content.card || content.suggestions.empty()) return {};
  Json json{{"actions", Json::array()}};
  if (!user_id.empty()) json["to"] = {user_id};
  for (const std::string& suggestion : content.suggestions) {
    if (json["actions"].size() == handlers::max_suggestions) break;
    json["actions"].push_back({{"type", "imBack"}, {"title", suggestion}, {"value", suggestion}});
  }
  return dumped(json);
}

std::string file_attachment_json(const Content& content) {
  if (content.offer) {
    const Json context{{"id", content.offer->id}};
    return dumped({{"contentType", "application/vnd.microsoft.teams.card.file.consent"},
                   {"name", content.offer->name},
                   {"content",
                    {{"description", content.offer->description},
                     {"sizeInBytes", content.offer->size},
                     {"acceptContext", context},
                     {"declineContext", context}}}});
  }
  if (!content.file) return {};
  return dumped(
      {{"contentType", "application/vnd.microsoft.teams.card.file.info"},
       {"contentUrl", content.file->content_url},
       {"name", content.file->name},
       {"content", {{"uniqueId", content.file->unique_id}, {"fileType", content.file->file_type}}}});
}

}  // namespace pao::bot::protocol
