// The form and words of a message as features for the intent model.
#pragma once

#include "storage/knowledge/lexicon.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers {

// Ids of items and requests that the text mentions ("pai-tes-03" → "PAI-TES-03", "ss 2026 45" stays unread):
// upper case, in order, each once.
std::vector<std::string> mentioned_ids(std::string_view text);

// Of such an id: whether it is the number of an SS ("SS-2026-0045", "PAO-2026-0003"), or names a kind of them
// and none ("SS-5").
bool is_request_number(std::string_view id);
bool is_request_kind(std::string_view id);
bool is_item_id(std::string_view id);  // neither

std::vector<std::string> message_features(const storage::knowledge::Analysis& analysis,
                                          const std::vector<std::string>& ids);

// Those, and the groups of four letters of the words: what a message is compared with examples by. They
// bridge slips and word forms, where a classifier would only learn more by heart.
std::vector<std::string> likeness_features(std::vector<std::string> message_features,
                                           const storage::knowledge::Analysis& analysis);

}  // namespace pao::handlers
