#include "cards/guideline_mail.hpp"

#include "cards/documents/xml_text.hpp"
#include "cards/texts.hpp"

#include <vector>

namespace pao::cards {
namespace {

std::vector<std::string> paragraphs_of(const PublicationView& view) {
  std::vector<std::string> paragraphs = {guideline_name(view.ref) + "."};
  if (view.sample) paragraphs.emplace_back("Contenido de muestra, no oficial.");
  paragraphs.push_back(publication_sentence(view));
  if (!view.is_first) paragraphs.push_back(publication_changes(view));
  paragraphs.emplace_back("Para leerlos escriba al asistente en Teams «lineamientos de " +
                          practice_name(view.ref.practice) + " vigencia " + std::to_string(view.ref.term) +
                          "». Allí también puede decir que los recibió.");
  if (!view.published_by_name.empty()) paragraphs.push_back("Publicó: " + view.published_by_name + ".");
  return paragraphs;
}

}  // namespace

std::string publication_mail_subject(const PublicationView& view) {
  return clean("Hay lineamientos nuevos: " + guideline_name(view.ref));
}

std::string publication_mail_text(const PublicationView& view) {
  std::string text;
  for (const std::string& paragraph : paragraphs_of(view)) text += clean(paragraph) + "\n\n";
  return text;
}

std::string publication_mail_html(const PublicationView& view) {
  const std::string title = xml_escaped(publication_mail_subject(view));
  std::string html = "<!doctype html>\n<html lang=\"es\"><head><meta charset=\"utf-8\"><title>" + title +
                     "</title></head><body>\n<h1>" + title + "</h1>\n";
  for (const std::string& paragraph : paragraphs_of(view)) html += "<p>" + xml_escaped(paragraph) + "</p>\n";
  return html + "</body></html>\n";
}

}  // namespace pao::cards
