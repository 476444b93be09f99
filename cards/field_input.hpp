// One field of a form as blocks: what to correct, the input of its kind, the hint. Internal to cards.
#pragma once

#include "cards/card_builder.hpp"
#include "cards/fields.hpp"
#include "cards/progress_card.hpp"

namespace pao::cards {

// Appends problem (if any), input and hint of the field.
void add_field_input(build::Blocks& body, const FieldSpec& spec, const std::string& value, bool required,
                     const std::vector<FormProblem>& problems);

// "Falta poco: revise esto", above a form.
build::Json problem_list(const std::vector<FormProblem>& problems);

}  // namespace pao::cards
