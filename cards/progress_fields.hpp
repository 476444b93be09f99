// Which fields the form of a record asks, and one of them as input. Internal to cards: the form of one item
// and the form of several are made of the same.
#pragma once

#include "cards/card_builder.hpp"
#include "cards/progress_card.hpp"

#include <string>
#include <vector>

namespace pao::cards {

struct AskedField {
  std::string field;
  bool required = true;
};

// The required fields in their order, the kind of evidence after the evidence, then the conditional ones.
// A field that a problem names is shown in any case: a person must be able to correct it.
std::vector<AskedField> asked_fields(const ProgressFormView& view);

// Appends problem, input and hint of the field. With a suffix ("_2") the input's id has it, and it is
// mandatory for the service only.
void add_progress_field(build::Blocks& body, const ProgressFormView& view, const AskedField& asked,
                        const std::string& suffix);

}  // namespace pao::cards
