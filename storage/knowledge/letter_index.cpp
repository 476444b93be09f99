#include "storage/knowledge/letter_index.hpp"

#include <algorithm>
#include <cmath>

namespace pao::storage::knowledge {

namespace {

constexpr std::size_t group = 4;

// Four letters in four bytes; a blank marks the beginning and the end of a word.
std::vector<std::uint32_t> groups_of(const std::vector<Token>& tokens) {
  std::vector<std::uint32_t> out;
  for (const Token& token : tokens) {
    if (token.stop) continue;
    const std::string padded = " " + token.word + " ";
    for (std::size_t i = 0; i + group <= padded.size(); ++i) {
      std::uint32_t packed = 0;
      for (std::size_t j = 0; j < group; ++j)
        packed = packed << 8 | static_cast<unsigned char>(padded[i + j]);
      out.push_back(packed);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

void LetterIndex::add(std::uint32_t document, const std::vector<Token>& tokens) {
  for (const std::uint32_t each : groups_of(tokens)) {
    std::vector<std::uint32_t>& having = documents_[each];
    if (having.empty() || having.back() != document) having.push_back(document);
  }
}

std::vector<float> LetterIndex::scores(const std::vector<Token>& tokens, std::size_t documents) const {
  std::vector<float> out(documents, 0.0F);
  const auto total = static_cast<double>(documents);
  double whole = 0;
  for (const std::uint32_t each : groups_of(tokens)) {
    const auto found = documents_.find(each);
    if (found == documents_.end()) continue;
    const auto frequency = static_cast<double>(found->second.size());
    const double rarity = std::log(1 + (total - frequency + 0.5) / (frequency + 0.5));
    whole += rarity;
    for (const std::uint32_t document : found->second) out[document] += static_cast<float>(rarity);
  }
  if (whole > 0) {
    for (float& score : out) score /= static_cast<float>(whole);
  }
  return out;
}

}  // namespace pao::storage::knowledge
