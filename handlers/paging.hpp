// Which page of a list a turn asks for.
#pragma once

#include "handlers/turn.hpp"

namespace pao::handlers {

// The value `pagina`, from 0 on; of a list of `total` lines, `size` a page. The nearest page that exists when
// the list has become shorter or the value is no number.
int page_of(const Turn& turn, int total, int size);

}  // namespace pao::handlers
