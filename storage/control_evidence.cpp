#include "storage/control_evidence.hpp"

#include "storage/control_points_store.hpp"
#include "storage/guideline_versions_store.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"
#include "storage/requests_store.hpp"
#include "storage/sha256.hpp"

#include <algorithm>
#include <set>

namespace pao::storage {
namespace {

using procedure::ControlPoint;
using procedure::EvidenceTable;
using Confirmations = std::vector<ControlConfirmation>;

std::string name_of(Session& session, const std::string& person_id) {
  const std::string name = person_name(session, person_id);
  return name.empty() ? person_id : name;
}

std::string instant_text(std::optional<Instant> at) {
  return at ? iso_instant(*at) : "";
}

// What the confirmations are about, each once, in their order.
std::vector<procedure::ControlSubject> subjects_of(const Confirmations& confirmations) {
  std::vector<procedure::ControlSubject> subjects;
  std::set<std::string> seen;
  for (const ControlConfirmation& one : confirmations) {
    if (!seen.insert(one.subject).second) continue;
    if (auto subject = procedure::parse_control_subject(one.subject)) subjects.push_back(std::move(*subject));
  }
  return subjects;
}

EvidenceTable confirmation_table(Session& session, const Confirmations& confirmations) {
  EvidenceTable table{"confirmaciones",
                      "Confirmaciones del punto de control",
                      {"numero", "asunto", "proceso", "resultado", "observacion", "confirmado_por", "nombre",
                       "confirmado_en"},
                      {}};
  for (const ControlConfirmation& one : confirmations) {
    table.rows.push_back({std::to_string(one.number), one.subject, one.process_id,
                          std::string(procedure::to_word(one.result)), one.note, one.confirmed_by,
                          name_of(session, one.confirmed_by), iso_instant(one.confirmed_at)});
  }
  return table;
}

void add_guidelines(Session& session, const Confirmations& confirmations,
                    std::vector<EvidenceTable>& tables) {
  EvidenceTable versions{"versiones",
                         "Versiones de los lineamientos",
                         {"practica", "vigencia", "version", "estado", "autor", "enviado_en", "aprobado_por",
                          "aprobado_en", "publicado_por", "publicado_en", "huella_sha256"},
                         {}};
  EvidenceTable reasons{"motivos",
                        "Motivos de las revisiones",
                        {"practica", "vigencia", "version", "motivo", "detalle", "reporte"},
                        {}};
  EvidenceTable history{"historia",
                        "Cambios de estado",
                        {"practica", "vigencia", "version", "cuando", "quien", "canal", "de", "a", "motivo"},
                        {}};
  for (const procedure::ControlSubject& subject : subjects_of(confirmations)) {
    const GuidelineKey key{subject.practice, subject.term, subject.version};
    const auto version = find_version(session, key);
    if (!version) continue;
    const std::vector<std::string> named = {key.practice, std::to_string(key.term),
                                            std::to_string(key.version)};
    const auto add = [&](EvidenceTable& table, std::vector<std::string> cells) {
      cells.insert(cells.begin(), named.begin(), named.end());
      table.rows.push_back(std::move(cells));
    };
    add(versions, {std::string(procedure::to_word(version->state)), version->author_id,
                   instant_text(version->submitted_at), version->approved_by,
                   instant_text(version->approved_at), version->published_by,
                   instant_text(version->published_at), sha256_hex(guideline_document(session, key))});
    for (const procedure::ReviewReason& reason : reasons_of(session, key)) {
      add(reasons, {std::string(procedure::to_word(reason.kind)), reason.detail, reason.report_id});
    }
    for (const GuidelineHistoryEntry& entry : history_of(session, key)) {
      add(history, {iso_instant(entry.at), entry.actor, entry.channel,
                    entry.from ? std::string(procedure::to_word(*entry.from)) : "",
                    std::string(procedure::to_word(entry.to)), entry.reason});
    }
  }
  tables.push_back(std::move(versions));
  tables.push_back(std::move(reasons));
  tables.push_back(std::move(history));
}

void add_samples(Session& session, const procedure::Period& period, std::vector<EvidenceTable>& tables) {
  EvidenceTable table{
      "muestra",
      "Muestra del registro del asistente",
      {"periodo", "asesor", "entrada_registro", "cuando", "resultado", "pregunta", "respuesta", "criterios"},
      {}};
  for (const procedure::Period& month :
       procedure::periods_of_year(period.year, procedure::Periodicity::monthly)) {
    const bool inside = procedure::first_day(period) <= procedure::first_day(month) &&
                        procedure::last_day(month) <= procedure::last_day(period);
    const auto sample = inside ? sample_of(session, procedure::to_text(month)) : std::nullopt;
    if (!sample) continue;
    for (const RegisterTurn& turn : sample->turns) {
      table.rows.push_back({sample->period, sample->advisor_id, std::to_string(turn.number),
                            iso_instant(turn.at), turn.outcome, turn.question, turn.answer, turn.criteria});
    }
  }
  tables.push_back(std::move(table));
}

void add_records(Session& session, const Confirmations& confirmations, std::vector<EvidenceTable>& tables) {
  EvidenceTable table{"registros",
                      "Registros verificados",
                      {"proceso", "periodo", "registro", "practica", "elemento", "registrado_en",
                       "registrado_por", "revision"},
                      {}};
  for (const procedure::ControlSubject& subject : subjects_of(confirmations)) {
    const auto period = procedure::parse_period(subject.period);
    for (const procedure::ProgressRecord& record :
         records_of(session, subject.process_id, period ? period->year : 0)) {
      if (record.period != subject.period) continue;
      table.rows.push_back({record.process_id, record.period, record.id, record.practice, record.item_id,
                            iso_instant(record.recorded_at), record.recorded_by,
                            std::string(procedure::to_word(record.review))});
    }
  }
  tables.push_back(std::move(table));
}

void add_requests(Session& session, const Confirmations& confirmations, std::vector<EvidenceTable>& tables) {
  EvidenceTable table{"solicitudes",
                      "Solicitudes revisadas",
                      {"solicitud", "proceso", "practica", "tipo", "asunto", "presentada_por",
                       "presentada_en", "estado", "decision", "motivo"},
                      {}};
  for (const procedure::ControlSubject& subject : subjects_of(confirmations)) {
    const auto request = find_request(session, subject.request_id);
    if (!request) continue;
    table.rows.push_back({request->id, request->process_id, request->practice, request->type,
                          request->subject, request->filed_by, iso_instant(request->filed_at),
                          std::string(procedure::to_word(request->state)), request->decision,
                          request->reason});
  }
  tables.push_back(std::move(table));
}

}  // namespace

std::vector<EvidenceTable> control_evidence(Session& session, ControlPoint control,
                                            const procedure::Period& period) {
  const Confirmations confirmations = confirmations_in(session, control, period);
  std::vector<EvidenceTable> tables = {confirmation_table(session, confirmations)};
  switch (control) {
    case ControlPoint::guidelines:
      add_guidelines(session, confirmations, tables);
      break;
    case ControlPoint::advice:
      add_samples(session, period, tables);
      break;
    case ControlPoint::verification:
      add_records(session, confirmations, tables);
      break;
    case ControlPoint::adjustment:
      add_requests(session, confirmations, tables);
      break;
  }
  return tables;
}

}  // namespace pao::storage
