// Files in an activity: what came with a message, and the answer to a file that we offered (reference 3.9).
#pragma once

#include "handlers/procedure/result.hpp"
#include "handlers/turn.hpp"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace pao::bot::protocol {

// The files and pictures among the `attachments` of a message, at most handlers::max_attachments. Cards, the
// HTML twin of the text, and attachments without an address are left out. Never fails: what is none is no
// file.
std::vector<handlers::Attachment> read_attachments(const nlohmann::json& activity);

// The `value` of a fileConsent/invoke. `invalid` when it is not an answer to a file upload, or accepts one
// without saying where to put it.
Result<handlers::FileConsent> read_file_consent(const nlohmann::json& value);

}  // namespace pao::bot::protocol
