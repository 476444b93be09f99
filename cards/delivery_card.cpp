#include "cards/delivery_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/texts.hpp"

namespace pao::cards {
namespace {

constexpr std::size_t most_summary_bytes = 300;

std::string ask_for(std::string_view number) {
  std::string sentence = "Pida el resto a la Oficina Asesora de Planeación";
  if (!number.empty()) sentence += " con el número de mensaje " + std::string(number);
  return sentence + ".";
}

}  // namespace

Card card_too_large(std::string_view summary, std::string_view number) {
  using namespace build;
  Blocks body = {heading("Este mensaje es demasiado grande")};
  if (!summary.empty()) body.push_back(text(shorten(summary, most_summary_bytes)));
  body.push_back(text("Su contenido supera el tamaño que Teams admite y no se puede mostrar aquí."));
  body.push_back(text(ask_for(number)));
  return finish({"Este mensaje es demasiado grande", std::move(body), {}});
}

std::string rest_elsewhere(std::string_view number) {
  return "_El mensaje sigue, pero supera el tamaño que Teams admite. " + ask_for(number) + "_";
}

}  // namespace pao::cards
