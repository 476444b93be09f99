// Short texts that only make sense after what the assistant asked or offered: "sí", "la primera", "riesgos".
#pragma once

#include "storage/knowledge/search_index.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::consult {

// Whether the whole text is a yes, or a no.
bool says_yes(std::string_view text);
bool says_no(std::string_view text);

// Whether the text is short enough to choose an option; asking costs nothing.
bool may_choose(std::string_view text);

// The one of these criteria (codes) that the text means: by its place ("2", "la primera"), its code, its
// practice or words of its title. Nothing when the text means none, more than one, or says anything else
// too: then it is a question of its own.
std::optional<std::string> option_meant(std::string_view text, const std::vector<std::string>& options,
                                        const storage::knowledge::SearchIndex& index);

}  // namespace pao::handlers::consult
