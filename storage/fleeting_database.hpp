// A store that nobody needs when the machine is gone.
#pragma once

#include "storage/database.hpp"

namespace pao::storage {

// Like Database::open, but a commit is given to the operating system and not waited for: it survives the end
// of the process, however sudden, and not that of the machine. For simulations and other stores that are made
// to be thrown away.
Result<std::unique_ptr<Database>> open_fleeting(const std::string& url);

}  // namespace pao::storage
