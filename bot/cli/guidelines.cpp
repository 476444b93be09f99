#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "handlers/procedure/guideline_diff.hpp"
#include "storage/guideline_versions_store.hpp"

#include <fmt/format.h>

#include <memory>

namespace pao::bot::cli {
namespace {

using procedure::CriterionChange;
using storage::GuidelineKey;
using storage::GuidelineVersion;

struct Options {
  std::string practice;
  int term = 0, version = 0, with_term = 0, with_version = 0;
  bool json = false;
};

std::string instant_text(std::optional<Instant> at) {
  return at ? iso_instant(*at) : "";
}

Json to_json(const GuidelineVersion& version) {
  return {{"practice", version.key.practice},
          {"vigencia", version.key.term},
          {"version", version.key.version},
          {"state", procedure::to_word(version.state)},
          {"criteria", version.criteria},
          {"author", version.author_id},
          {"approved_by", version.approved_by},
          {"approved_at", instant_text(version.approved_at)},
          {"published_by", version.published_by},
          {"published_at", instant_text(version.published_at)},
          {"in_force_from", instant_text(version.in_force_from)},
          {"replaced_at", instant_text(version.replaced_at)},
          {"source", version.source}};
}

void list(Context& context, const Options& options) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const auto versions = workspace->database->read([&](storage::Session& session) {
    return storage::guideline_versions(session, options.practice, options.term);
  });
  if (!versions) return report(context, versions.error());
  Json rows = Json::array();
  for (const GuidelineVersion& version : *versions) rows.push_back(to_json(version));
  if (options.json) return print(rows);
  for (const GuidelineVersion& version : *versions) {
    fmt::print("{:<26} {} v{:<3} {:<12} {:>3} criteria  {}\n", version.key.practice, version.key.term,
               version.key.version, procedure::to_word(version.state), version.criteria,
               instant_text(version.in_force_from));
  }
}

// Says on standard error when there is no such version.
std::optional<GuidelineVersion> found(Context& context, Workspace& workspace, const GuidelineKey& key) {
  const auto version = workspace.database->read(
      [&](storage::Session& session) { return storage::find_version(session, key); });
  if (!version) {
    report(context, version.error());
  } else if (!*version) {
    report(context, {ErrorCode::not_found,
                     fmt::format("no guideline {} {} version {}", key.practice, key.term, key.version)});
  } else {
    return **version;
  }
  return std::nullopt;
}

void show(Context& context, const Options& options) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const GuidelineKey key{options.practice, options.term, options.version};
  const auto version = found(context, *workspace, key);
  if (!version) return;
  const auto document = workspace->database->read(
      [&](storage::Session& session) { return storage::guideline_document(session, key); });
  if (!document) return report(context, document.error());
  if (!options.json) {
    std::cout << *document;
    return;
  }
  Json json = to_json(*version);
  json["document"] = *document;
  print(json);
}

const char* word_of(CriterionChange::Kind kind) {
  switch (kind) {
    case CriterionChange::Kind::added:
      return "added";
    case CriterionChange::Kind::removed:
      return "removed";
    case CriterionChange::Kind::changed:
      break;
  }
  return "changed";
}

void print_change(const CriterionChange& change) {
  fmt::print("{} {} {}\n", word_of(change.kind), change.code,
             change.title_after.empty() ? change.title_before : change.title_after);
  if (change.title_before != change.title_after && change.kind == CriterionChange::Kind::changed) {
    fmt::print("- {}\n+ {}\n", change.title_before, change.title_after);
  }
  if (!change.text_before.empty() && change.text_before != change.text_after)
    fmt::print("- {}\n", change.text_before);
  if (!change.text_after.empty() && change.text_before != change.text_after)
    fmt::print("+ {}\n", change.text_after);
}

void diff(Context& context, const Options& options) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const GuidelineKey after{options.practice, options.term, options.version};
  if (!found(context, *workspace, after)) return;
  GuidelineKey before{options.practice, options.with_term == 0 ? options.term : options.with_term,
                      options.with_version};
  if (before.version == 0) {
    const auto in_force = workspace->database->read([&](storage::Session& session) {
      return storage::versions_in_force(session, options.term, workspace->clock());
    });
    if (!in_force) return report(context, in_force.error());
    for (const GuidelineKey& one : *in_force) {
      if (one.practice == options.practice) before = one;
    }
  }
  if (!found(context, *workspace, before)) return;
  const auto changes = workspace->database->read([&](storage::Session& session) {
    const auto old = storage::criteria_of(session, before), made = storage::criteria_of(session, after);
    return procedure::compare_criteria(old, made);
  });
  if (!changes) return report(context, changes.error());
  Json rows = Json::array();
  for (const CriterionChange& change : *changes) {
    rows.push_back({{"change", word_of(change.kind)},
                    {"code", change.code},
                    {"title_before", change.title_before},
                    {"title_after", change.title_after},
                    {"section_before", change.section_before},
                    {"section_after", change.section_after},
                    {"text_before", change.text_before},
                    {"text_after", change.text_after}});
  }
  if (options.json) {
    return print({{"before", {{"vigencia", before.term}, {"version", before.version}}},
                  {"after", {{"vigencia", after.term}, {"version", after.version}}},
                  {"changes", rows}});
  }
  for (const CriterionChange& change : *changes) print_change(change);
  if (changes->empty()) fmt::print("no difference\n");
}

void add_version_options(CLI::App* command, const std::shared_ptr<Options>& options) {
  command->add_option("practice", options->practice, "id of the practice (riesgos)")->required();
  command->add_option("vigencia", options->term, "year")->required();
  command->add_option("version", options->version, "number")->required();
  command->add_flag("--json", options->json, "one JSON document");
}

}  // namespace

void add_guidelines(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* guidelines = app.add_subcommand("guidelines", "versions of the guidelines, also replaced ones");
  guidelines->require_subcommand(1);
  CLI::App* listed = guidelines->add_subcommand("list", "every version with its state");
  listed->add_option("--practice", options->practice, "only of one practice");
  listed->add_option("--vigencia", options->term, "only of one year");
  listed->add_flag("--json", options->json, "one JSON document");
  listed->callback([&context, options] { list(context, *options); });

  CLI::App* shown = guidelines->add_subcommand("show", "the text of a version as stored");
  add_version_options(shown, options);
  shown->callback([&context, options] { show(context, *options); });

  CLI::App* compared = guidelines->add_subcommand("diff", "criteria added, removed and changed");
  add_version_options(compared, options);
  compared->add_option("--with", options->with_version, "compare with this version; else the one in force");
  compared->add_option("--with-vigencia", options->with_term, "of this year");
  compared->callback([&context, options] { diff(context, *options); });
}

}  // namespace pao::bot::cli
