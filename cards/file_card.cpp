#include "cards/file_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/procedure/file_rules.hpp"

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t most_name_bytes = 200;
constexpr std::size_t most_targets = 20;

std::string shown_name(std::string_view name) {
  return name.empty() ? "su imagen" : shorten(name, most_name_bytes);
}

// In groups of eight, so that it can be compared by eye.
std::string grouped(std::string_view sha256) {
  std::string groups;
  for (std::size_t at = 0; at < sha256.size(); at += 8) {
    groups += (groups.empty() ? "" : " ") + std::string(sha256.substr(at, 8));
  }
  return groups;
}

}  // namespace

Card file_receipt_card(const FileReceiptView& view) {
  const std::string name = shown_name(view.name);
  Blocks body = {heading("Recibí su archivo"), facts({{"Archivo", name},
                                                      {"Tamaño", procedure::size_phrase(view.size)},
                                                      {"Huella SHA-256", grouped(view.sha256)},
                                                      {"Vinculado a", view.linked_to}})};
  std::vector<Button> buttons;
  if (!view.targets.empty()) {
    auto targets = view.targets;
    if (targets.size() > most_targets) targets.resize(most_targets);
    body.push_back(
        choice_input({.id = "destino",
                      .label = view.linked_to.empty() ? "¿De qué es evidencia?" : "Cambiar el vínculo",
                      .error = "Elija de qué es evidencia."},
                     targets));
    buttons.push_back({"Vincular", verb::file_link, {{"archivo", view.file_id}}, Button::Kind::primary});
  } else if (view.linked_to.empty()) {
    body.push_back(
        text("Todavía no tiene avances ni solicitudes a los que vincularlo. El archivo queda guardado.",
             {.subtle = true}));
  }
  return finish(
      {"Recibí " + name + ", " + procedure::size_phrase(view.size), std::move(body), std::move(buttons)});
}

Card file_refused_card(std::string_view name, std::string_view reason) {
  const std::string title = "No pude recibir " + shown_name(name);
  return finish({title, {heading(title), text(reason)}, {}});
}

std::string file_asked_text() {
  return "Le pregunto en otro mensaje si guardo el archivo en su OneDrive.";
}

std::string file_offer_text(std::string_view name) {
  return "Le ofrezco el archivo " + plain(shown_name(name)) + ". Si acepta, lo guardo en su OneDrive.";
}

std::string upload_text(std::string_view name, bool uploaded) {
  const std::string shown = plain(shown_name(name));
  if (uploaded) return "Guardé " + shown + " en su OneDrive.";
  return "No pude guardar " + shown + " en su OneDrive. Pídamelo de nuevo, por favor.";
}

std::string files_coming_text(std::size_t files) {
  return files == 1
             ? "Recibo su archivo y en un momento le confirmo."
             : "Recibo sus " + std::to_string(files) + " archivos y en un momento le confirmo cada uno.";
}

}  // namespace pao::cards
