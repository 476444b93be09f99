// A progress record in words: what it holds, where it is on its way. Internal to cards.
#pragma once

#include "cards/card_builder.hpp"
#include "handlers/procedure/model.hpp"

#include <string>

namespace pao::cards {

// As the forms ask them; long texts last, because the short values are what people check. What names the item
// is left out.
build::Facts recorded_values(const procedure::ProgressRecord& record);

// "Guardado en PAO Teams; pendiente de pasar al SMGI".
std::string filing_text(procedure::FilingState filing);
// "Por verificar", "En verificación", "Aceptado", "Devuelto para corregir".
std::string review_text(procedure::ReviewState review);
// "PAO Teams", "SMGI".
std::string channel_text(const std::string& channel);

}  // namespace pao::cards
