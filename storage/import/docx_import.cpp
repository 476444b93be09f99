#include "storage/import/docx_import.hpp"

#include "storage/guideline_versions_store.hpp"
#include "storage/import/docx_guideline.hpp"
#include "storage/knowledge/guideline_edit.hpp"

#include <algorithm>

namespace pao::storage::import {
namespace {

// The first year from 2000 to 2099 in the text; 0 when there is none.
int year_in(std::string_view text) {
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    const std::string_view word = text.substr(at, 4);
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool alone = (at == 0 || !digit(text[at - 1])) && (at + 4 == text.size() || !digit(text[at + 4]));
    if (word.starts_with("20") && std::all_of(word.begin(), word.end(), digit) && alone) {
      return 2000 + (word[2] - '0') * 10 + (word[3] - '0');
    }
  }
  return 0;
}

// The longest practice id that the name begins with; that of its latest published version gives the rules.
std::optional<GuidelineVersion> base_of(Session& session, const std::string& file) {
  std::optional<GuidelineVersion> base;
  for (GuidelineVersion& version : guideline_versions(session)) {
    if (!file.starts_with(version.key.practice) || version.state != GuidelineState::published) continue;
    const bool longer = !base || version.key.practice.size() > base->key.practice.size();
    const bool later =
        base && version.key.practice == base->key.practice && version.key.term > base->key.term;
    if (longer || later) base = std::move(version);
  }
  return base;
}

std::string title_of(const DocxGuideline& read, const knowledge::Guideline& base, int term) {
  if (!read.title.empty()) return read.title;
  return "Lineamientos o criterios " + std::to_string(term) + ": práctica " + base.rules.name;
}

// Whether that text is stored already, as some version of the vigencia.
bool is_stored(Session& session, const std::string& practice, int term, const std::string& document) {
  for (const GuidelineVersion& version : guideline_versions(session, practice, term)) {
    if (guideline_document(session, version.key) ==
        knowledge::with_version(document, term, version.key.version)) {
      return true;
    }
  }
  return false;
}

void store_one(Session& session, const DocxSource& source, Instant now, ImportReport& report) {
  const auto base = base_of(session, source.file);
  if (!base) {
    return report.refuse({source.file, 0, "",
                          "the name does not begin with a practice that has a published guideline"
                          " (riesgos-2027.docx)"});
  }
  const std::string base_document = guideline_document(session, base->key);
  const auto rules = knowledge::parse_guideline(base_document);
  if (!rules) return report.refuse({source.file, 0, "", "the version in force cannot be read"});
  const DocxGuideline read =
      split_into_criteria(source.paragraphs, rules->rules.prefix, criteria_of(session, base->key));
  for (const ParagraphNotice& notice : read.not_understood) {
    const std::string where = notice.paragraph == 0 ? "" : ", párrafo " + std::to_string(notice.paragraph);
    report.notices.push_back(source.file + where + ": " + notice.reason);
  }
  if (read.criteria.empty()) return report.refuse({source.file, 0, "", "no criterion was found"});
  int term = year_in(source.file);
  if (term == 0) term = year_in(read.title);
  if (term == 0) {
    return report.refuse(
        {source.file, 0, "", "neither the name nor the title says the vigencia (riesgos-2027.docx)"});
  }
  const std::string content =
      knowledge::with_criteria(base_document, title_of(read, *rules, term), read.criteria);
  FileCounts counts{.file = source.file, .rows = 1};
  if (is_stored(session, base->key.practice, term, content)) {
    counts.unchanged = 1;
  } else {
    const int version = next_version_number(session, base->key.practice, term);
    const std::string document = knowledge::with_version(content, term, version);
    const auto guideline = knowledge::parse_guideline(document);
    if (!guideline)
      return report.refuse(
          {source.file, guideline.error().front().line, "", guideline.error().front().reason});
    add_draft(session, {&*guideline, document, source.file, {}, "cli"}, now);
    counts.inserted = 1;
    report.notices.push_back(source.file + ": borrador de la vigencia " + std::to_string(term) +
                             ", versión " + std::to_string(version) + ", con " +
                             std::to_string(guideline->criteria.size()) + " criterios");
  }
  report.files.push_back(counts);
}

}  // namespace

std::optional<DocxSource> read_docx_file(std::string file, std::string_view bytes, ImportReport& report) {
  Result<std::vector<DocxParagraph>> paragraphs = read_docx(bytes);
  if (!paragraphs) {
    report.refuse({std::move(file), 0, "", paragraphs.error().detail});
    return std::nullopt;
  }
  return DocxSource{std::move(file), std::move(*paragraphs)};
}

void store_docx(Session& session, std::span<const DocxSource> sources, Instant now, ImportReport& report) {
  for (const DocxSource& source : sources) store_one(session, source, now, report);
}

}  // namespace pao::storage::import
