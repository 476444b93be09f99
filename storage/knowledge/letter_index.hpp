// Compares texts by groups of four letters, so that "realizasion", "realizar" and "realización" are near each
// other although neither words nor stems are the same.
#pragma once

#include "storage/knowledge/lexicon.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace pao::storage::knowledge {

// Filled once, then only read, from any number of threads.
class LetterIndex {
 public:
  // The words of `tokens` that are not stop words belong to that document from now on.
  void add(std::uint32_t document, const std::vector<Token>& tokens);

  // By document 0…documents-1: share of the letter groups of the text that it has, by rarity, 0…1.
  std::vector<float> scores(const std::vector<Token>& tokens, std::size_t documents) const;

 private:
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> documents_;  // by letter group, ascending
};

}  // namespace pao::storage::knowledge
