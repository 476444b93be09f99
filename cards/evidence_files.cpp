#include "cards/evidence_files.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/procedure/file_rules.hpp"

#include <algorithm>
#include <string>

namespace pao::cards {

using namespace build;

namespace {

Json file_row(const EvidenceFile& file) {
  return side_by_side(
      {text(shorten(file.name, 160), {.bold = true}),
       text(procedure::size_phrase(file.size) + ", huella " + file.sha256.substr(0, 16), subtle_small)},
      {button_row({{"Pedir", verb::file_request, {{"archivo", file.id}}, Button::Kind::normal, false}})});
}

}  // namespace

void add_evidence_files(Blocks& body, const std::vector<EvidenceFile>& files) {
  if (files.empty()) return;
  body.push_back(section("Archivos de evidencia"));
  const std::size_t shown = std::min(files.size(), most_evidence_files);
  for (std::size_t i = 0; i < shown; ++i) body.push_back(separated(file_row(files[i])));
  if (files.size() > shown) {
    body.push_back(text(more_line(static_cast<int>(files.size() - shown)) + ".", {.subtle = true}));
  }
}

void add_evidence_rows(Blocks& items, const std::vector<EvidenceFile>& files, std::size_t& room) {
  const std::size_t shown = std::min({files.size(), most_evidence_files, room});
  room -= shown;
  for (std::size_t i = 0; i < shown; ++i) items.push_back(file_row(files[i]));
  if (files.size() > shown) {
    const std::size_t hidden = files.size() - shown;
    items.push_back(text("Hay " + std::to_string(hidden) +
                             (hidden == 1 ? " archivo de evidencia más." : " archivos de evidencia más."),
                         subtle_small));
  }
}

}  // namespace pao::cards
