#include "handlers/subjects.hpp"

#include "handlers/tracking.hpp"
#include "storage/knowledge/spanish_text.hpp"
#include "storage/recommendations_store.hpp"
#include "storage/reports_store.hpp"
#include "storage/requests_store.hpp"
#include "storage/verification_store.hpp"

#include <cctype>

namespace pao::handlers {
namespace {

tl::unexpected<Error> old_card(const char* what) {
  return fail(ErrorCode::invalid, std::string("card names an unknown ") + what,
              "Esta tarjeta ya no es válida. Escriba «ayuda» para ver qué puedo hacer.");
}

// In capitals, because "fin" and "par" are words too.
bool names_id(std::string_view text, std::string_view id) {
  const auto ends_word = [&](std::size_t at) {
    return at >= text.size() || !std::isalnum(static_cast<unsigned char>(text[at]));
  };
  for (std::size_t at = text.find(id); at != std::string_view::npos; at = text.find(id, at + 1))
    if ((at == 0 || ends_word(at - 1)) && ends_word(at + id.size())) return true;
  return false;
}

}  // namespace

Result<std::string> item_process(storage::Session& session, const Reference& reference, const Turn& turn) {
  const auto item = find_recorded_item(session, reference, turn.value("elemento"));
  if (!item) return old_card("item");
  return item->process_id;
}

Result<std::string> chosen_process(storage::Session&, const Reference& reference, const Turn& turn) {
  const procedure::Process* process = reference.process(turn.value("proceso"));
  if (!process) return old_card("process");
  return process->id;
}

Result<std::string> request_process(storage::Session& session, const Reference&, const Turn& turn) {
  const auto request = storage::find_request(session, turn.value("ss"));
  if (!request) return old_card("request");
  return request->process_id;
}

Result<std::string> report_process(storage::Session& session, const Reference&, const Turn& turn) {
  const auto report = storage::find_report(session, turn.value("reporte"));
  if (!report) return old_card("report");
  return report->process_id;
}

Result<std::string> recommendation_process(storage::Session& session, const Reference&, const Turn& turn) {
  const auto recommendation = storage::find_recommendation(session, turn.value("recomendacion"));
  if (!recommendation) return old_card("recommendation");
  return recommendation->process_id;
}

Result<std::string> response_process(storage::Session& session, const Reference&, const Turn& turn) {
  const auto response = storage::find_response(session, turn.value("respuesta"));
  const auto report = response ? storage::find_report(session, response->report_id) : std::nullopt;
  if (!report) return old_card("response");
  return report->process_id;
}

Result<std::string> record_process(storage::Session& session, const Reference&, const Turn& turn) {
  const auto stored = storage::find_record(session, turn.value("registro"));
  if (!stored) return old_card("record");
  return stored->record.process_id;
}

std::string process_in(const Reference& reference, std::string_view text) {
  const std::string said = " " + storage::knowledge::fold(text) + " ";
  std::string found;
  std::size_t longest = 0;
  const auto consider = [&](const std::string& process_id, std::string_view name) {
    if (name.size() <= longest || said.find(" " + std::string(name) + " ") == std::string::npos) return;
    longest = name.size();
    found = process_id;
  };
  for (const procedure::Process& process : reference.processes) {
    if (names_id(text, process.id)) consider(process.id, storage::knowledge::fold(process.id));
    const std::string name = storage::knowledge::fold(process.name);
    consider(process.id, name);
    for (const std::string_view common : {"gestion de ", "gestion del "})
      if (name.starts_with(common)) consider(process.id, std::string_view(name).substr(common.size()));
  }
  return found;
}

}  // namespace pao::handlers
