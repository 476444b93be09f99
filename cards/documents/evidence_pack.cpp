#include "cards/documents/evidence_pack.hpp"

#include "cards/texts.hpp"

#include <nlohmann/json.hpp>

namespace pao::cards::documents {
namespace {

std::string csv_cell(const std::string& value) {
  std::string text = value;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
    text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c;
    if (c == '"') quoted += c;
  }
  return quoted + "\"";
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string row;
  for (std::size_t i = 0; i < cells.size(); ++i) row += (i == 0 ? "" : ",") + csv_cell(cells[i]);
  return row + "\r\n";
}

}  // namespace

std::string to_csv(const procedure::EvidenceTable& table) {
  std::string csv = csv_row(table.columns);
  for (const std::vector<std::string>& row : table.rows) csv += csv_row(row);
  return csv;
}

std::string to_json(const procedure::EvidenceTable& table) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const std::vector<std::string>& row : table.rows) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < table.columns.size() && i < row.size(); ++i)
      object[table.columns[i]] = row[i];
    rows.push_back(std::move(object));
  }
  return rows.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string evidence_index(procedure::ControlPoint control, const std::string& period, Instant made_at,
                           const std::vector<PackedFile>& files) {
  std::string text = "# Evidencia del punto de control de la actividad " +
                     std::string(procedure::to_word(control)) + "\n\n" +
                     std::string(procedure::title_of(control)) + ", " + period_name(period) + ".\n\n" +
                     "Preparada el " + long_instant(made_at) + ", hora de Bogotá.\n\n" +
                     "| Archivo | Contenido | Filas | Huella SHA-256 |\n| --- | --- | --- | --- |\n";
  for (const PackedFile& file : files) {
    text += "| `" + file.name + "` | " + file.title + " | " + std::to_string(file.rows) + " | `" +
            file.sha256 + "` |\n";
  }
  text +=
      "\nPara comprobar que un archivo no cambió, calcule su huella (`sha256sum ARCHIVO`) y compárela con la "
      "de "
      "esta lista.\n";
  return text;
}

}  // namespace pao::cards::documents
