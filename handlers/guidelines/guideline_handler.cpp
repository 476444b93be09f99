#include "handlers/guidelines/guideline_handler.hpp"

#include "cards/texts.hpp"
#include "handlers/guideline_words.hpp"
#include "handlers/guidelines/guideline_views.hpp"
#include "handlers/procedure/permissions.hpp"
#include "storage/knowledge/guideline_file.hpp"

#include <charconv>
#include <utility>

namespace pao::handlers::guidelines {
namespace {

using storage::GuidelineKey;
using storage::GuidelineVersion;

tl::unexpected<Error> unknown_version() {
  return fail(ErrorCode::not_found, "no such guideline version",
              "No encontré esa versión de los lineamientos. Escriba «lineamientos» para ver las que hay.");
}

std::size_t page_of(const Turn& turn) {
  const std::string_view text = turn.value("pagina");
  unsigned page = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  return error == std::errc{} && end == text.data() + text.size() ? std::min(page, 1000U) : 0;
}

std::map<std::string, std::string> named(const GuidelineKey& key) {
  return {{"practice", key.practice},
          {"term", std::to_string(key.term)},
          {"version", std::to_string(key.version)}};
}

// The version that the turn names, when the person may see it; whoever may not learns nothing.
std::optional<GuidelineVersion> seen_version(storage::Session& session, const Turn& turn,
                                             const std::optional<GuidelineKey>& key) {
  if (!key) return std::nullopt;
  auto version = storage::find_version(session, *key);
  if (!version || !may_see(*turn.person, *version, local_date(turn.at))) return std::nullopt;
  return version;
}

Reply text_reply(storage::Session& session, const GuidelineVersion& version, std::size_t page) {
  const auto file = storage::knowledge::parse_guideline(storage::guideline_document(session, version.key));
  return {
      .content = {.card = cards::guideline_text_card({.ref = ref_of(version.key),
                                                      .state = version.state,
                                                      .sample = file && file->rules.sample,
                                                      .in_force_from = rules_from(version),
                                                      .replaced_at = version.replaced_at,
                                                      .criteria = storage::criteria_of(session, version.key),
                                                      .page = page})},
      .trace = {.outcome = "guideline_text_shown", .fields = named(version.key)}};
}

}  // namespace

Result<Decision> GuidelineHandler::on_board(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const auto view = board_view(session, *reference, *turn.person, turn.at);
    return Decision(Reply{.content = {.card = cards::guideline_board_card(view)},
                          .trace = {.outcome = "guidelines_listed",
                                    .fields = {{"pending", std::to_string(view.lines.size())}}}});
  });
}

Result<Decision> GuidelineHandler::on_view(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const auto version = seen_version(session, turn, key_of(turn));
    if (!version) return unknown_version();
    const auto view = version_view(session, *reference, *version, *turn.person, turn.at);
    return Decision(Reply{.content = {.card = cards::guideline_version_card(view)},
                          .trace = {.outcome = "guideline_shown", .fields = named(version->key)}});
  });
}

Result<Decision> GuidelineHandler::on_text(const Turn& turn) const {
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const auto version = seen_version(session, turn, key_of(turn));
    if (!version) return unknown_version();
    return Decision(text_reply(session, *version, page_of(turn)));
  });
}

Result<Decision> GuidelineHandler::on_named(const Turn& turn) const {
  const std::optional<NamedGuideline> name = guideline_named(turn.text);
  if (!name) return unknown_version();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    std::optional<GuidelineVersion> version;
    for (GuidelineVersion& one : storage::guideline_versions(session, name->practice, name->term)) {
      const bool wanted =
          name->version == 0 ? one.published_at.has_value() : one.key.version == name->version;
      if (!wanted || !may_see(*turn.person, one, local_date(turn.at))) continue;
      version = std::move(one);
      break;
    }
    if (!version) {
      return fail(ErrorCode::not_found, "no such guideline version",
                  "No tengo lineamientos publicados de " + cards::practice_name(name->practice) +
                      " para la vigencia " + std::to_string(name->term) +
                      (name->version == 0 ? "." : ", versión " + std::to_string(name->version) + "."));
    }
    return Decision(text_reply(session, *version, 0));
  });
}

Result<Decision> GuidelineHandler::on_diff(const Turn& turn) const {
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const auto version = seen_version(session, turn, key_of(turn));
    if (!version) return unknown_version();
    const auto before = in_force(session, version->key, turn.at);
    if (!before || *before == version->key) {
      return fail(ErrorCode::invalid, "nothing to compare with",
                  "No hay una versión vigente con la cual comparar esta.");
    }
    const auto old = storage::criteria_of(session, *before),
               made = storage::criteria_of(session, version->key);
    const cards::GuidelineDiffView view{ref_of(*before), ref_of(version->key),
                                        procedure::compare_criteria(old, made), page_of(turn)};
    return Decision(Reply{.content = {.card = cards::guideline_diff_card(view)},
                          .trace = {.outcome = "guideline_diff_shown", .fields = named(version->key)}});
  });
}

}  // namespace pao::handlers::guidelines
