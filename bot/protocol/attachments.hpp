// Files that came with a message (reference 3.9).
#pragma once

#include "handlers/turn.hpp"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace pao::bot::protocol {

// The files and pictures among the `attachments` of a message, at most handlers::max_attachments. Cards, the
// HTML twin of the text, and attachments without an address are left out. Never fails: what is none is no
// file.
std::vector<handlers::Attachment> read_attachments(const nlohmann::json& activity);

}  // namespace pao::bot::protocol
