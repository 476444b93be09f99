// The files that prove something, on the card of what they prove. Internal to cards.
#pragma once

#include "cards/card_builder.hpp"
#include "cards/file_card.hpp"

#include <vector>

namespace pao::cards {

// Each with size and fingerprint and a button to have it; nothing when there are none. At most
// `most_evidence_files` are listed, the rest is counted.
inline constexpr std::size_t most_evidence_files = 5;
void add_evidence_files(build::Blocks& body, const std::vector<EvidenceFile>& files);

// The same inside the block of one of several things that are proved, without a title. `room` is how many
// files the card still takes, at first `most_files_of_card`.
inline constexpr std::size_t most_files_of_card = 8;
void add_evidence_rows(build::Blocks& items, const std::vector<EvidenceFile>& files, std::size_t& room);

}  // namespace pao::cards
