#include "handlers/filing/exchange.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "storage/columns.hpp"
#include "storage/filings_store.hpp"
#include "storage/registro_store.hpp"
#include "storage/requests_store.hpp"
#include "storage/verification_store.hpp"

#include <optional>
#include <utility>

namespace pao::handlers::filing {
namespace {

using storage::SmgiFiling;
using storage::SmgiState;

constexpr int most_at_once = 500;
constexpr std::size_t max_number_bytes = 40;
constexpr std::size_t max_reason_bytes = 1000;
// What the SMGI said is in the digest on these days.
constexpr std::chrono::days told_for{5};

Filing filing_of(const storage::RecordToFile& waiting) {
  const procedure::ProgressRecord& record = waiting.record;
  return {.key = record.id + ".r" + std::to_string(waiting.revision),
          .kind = "avance",
          .id = record.id,
          .process_id = record.process_id,
          .practice = record.practice,
          .item_id = record.item_id,
          .period = record.period,
          .values = record.values,
          .submitted_at = record.recorded_at,
          .submitted_by = record.recorded_by,
          .channel = record.channel};
}

Filing filing_of(const procedure::ServiceRequest& request) {
  return {.key = request.id,
          .kind = "solicitud_ss",
          .id = request.id,
          .process_id = request.process_id,
          .practice = request.practice,
          .item_id = request.item_id,
          .values = {{"tipo", request.type},
                     {"asunto", request.subject},
                     {"campo", request.field},
                     {"valor_actual", request.current_value},
                     {"valor_solicitado", request.requested_value},
                     {"justificacion", request.justification},
                     {"evidencia", request.evidence}},
          .submitted_at = request.filed_at,
          .submitted_by = request.filed_by,
          .channel = "pao_teams"};
}

struct Waiting {
  Filing filing;
  std::optional<storage::RecordToFile> record;  // none: an SS
};

std::vector<Waiting> waiting_filings(storage::Session& session) {
  std::vector<Waiting> waiting;
  for (storage::RecordToFile& record : storage::records_to_file(session, most_at_once)) {
    Filing filing = filing_of(record);
    waiting.push_back({std::move(filing), std::move(record)});
  }
  for (const procedure::ServiceRequest& request : storage::requests_to_file(session, most_at_once))
    waiting.push_back({filing_of(request), std::nullopt});
  return waiting;
}

void note(storage::Session& session, const char* kind, const std::string& subject,
          std::map<std::string, std::string> content, Instant now) {
  storage::append_registro(session, {.at = now,
                                     .actor = "job:smgi.exchange",
                                     .channel = "smgi",
                                     .kind = kind,
                                     .subject = subject,
                                     .content = storage::texts_to_json(std::move(content))});
}

// Stored at once, so that a failure of the next one does not undo it.
Result<bool> mark_sent(storage::Database& database, const Waiting& one, Instant now) {
  return database.write([&](storage::Session& session) -> Result<bool> {
    const Filing& filing = one.filing;
    const bool is_new = one.record ? storage::mark_record_sent(session, *one.record, filing.key, now)
                                   : storage::mark_request_sent(session, filing.id, filing.key, now);
    if (is_new) {
      note(session, "smgi.sent", filing.id,
           {{"filing", filing.key}, {"from", "capturado"}, {"to", "enviado"}}, now);
    }
    return is_new;
  });
}

bool is_number(const std::string& text) {
  if (text.empty() || text.size() > max_number_bytes || text.starts_with("PAO-")) return false;
  return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/.") ==
         std::string::npos;
}

enum class Outcome { confirmed, refused, unknown, known_already };

Outcome settle(storage::Session& session, const FilingAnswer& answer, Instant now) {
  const std::optional<SmgiFiling> known = storage::find_filing(session, answer.key);
  if (!known || (!answer.smgi_number.empty() && !is_number(answer.smgi_number))) return Outcome::unknown;
  SmgiFiling settled = *known;
  settled.state = answer.smgi_number.empty() ? SmgiState::refused : SmgiState::confirmed;
  settled.smgi_number = answer.smgi_number;
  settled.reason = cards::shorten(answer.reason, max_reason_bytes);
  settled.changed_at = now;
  if (known->state == SmgiState::confirmed) {
    return known->smgi_number == settled.smgi_number ? Outcome::known_already : Outcome::unknown;
  }
  if (known->state == settled.state && known->reason == settled.reason) return Outcome::known_already;
  if (settled.kind == "avance") {
    storage::settle_record(session, settled);
  } else {
    if (settled.state == SmgiState::confirmed &&
        !storage::confirm_request_filing(session, settled.id, settled.smgi_number, "smgi", "smgi", now))
      return Outcome::unknown;
    storage::settle_filing(session, settled);
  }
  note(session, settled.state == SmgiState::confirmed ? "smgi.confirmed" : "smgi.refused", settled.id,
       {{"filing", settled.key},
        {"from", std::string(storage::to_word(known->state))},
        {"to", std::string(storage::to_word(settled.state))},
        {"number", settled.smgi_number},
        {"reason", settled.reason}},
       now);
  return settled.state == SmgiState::confirmed ? Outcome::confirmed : Outcome::refused;
}

Exchanged settle_all(storage::Session& session, const std::vector<FilingAnswer>& answers, Instant now) {
  Exchanged done;
  for (const FilingAnswer& answer : answers) {
    switch (settle(session, answer, now)) {
      case Outcome::confirmed:
        ++done.confirmed;
        break;
      case Outcome::refused:
        ++done.refused;
        break;
      case Outcome::unknown:
        ++done.unknown;
        note(session, "smgi.answer_unknown", "",
             {{"filing", cards::shorten(answer.key, 100)},
              {"number", cards::shorten(answer.smgi_number, 100)}},
             now);
        break;
      case Outcome::known_already:
        break;
    }
  }
  return done;
}

}  // namespace

Result<Exchanged> exchange(storage::Database& database, SmgiGateway& gateway, Instant now) {
  const auto waiting = database.read([](storage::Session& session) { return waiting_filings(session); });
  if (!waiting) return tl::unexpected<Error>(waiting.error());
  int sent = 0;
  for (const Waiting& one : *waiting) {
    if (const Result<void> handed = gateway.hand_over(one.filing); !handed)
      return tl::unexpected<Error>(handed.error());
    const Result<bool> marked = mark_sent(database, one, now);
    if (!marked) return tl::unexpected<Error>(marked.error());
    sent += *marked;
  }
  const Result<std::vector<FilingAnswer>> answers = gateway.answers();
  if (!answers) return tl::unexpected<Error>(answers.error());
  Result<Exchanged> done = database.write(
      [&](storage::Session& session) -> Result<Exchanged> { return settle_all(session, *answers, now); });
  if (!done) return done;
  done->sent = sent;
  if (const Result<void> read = gateway.mark_read(); !read) return tl::unexpected<Error>(read.error());
  return done;
}

Result<std::vector<DigestLine>> filing_lines(storage::Session& session, const Reference& reference,
                                             std::string_view person_id, Instant now) {
  std::vector<DigestLine> lines;
  for (const SmgiFiling& filing : storage::settled_since(session, now - told_for)) {
    DigestLine line{.key = "smgi/" + filing.key + "|" + std::string(storage::to_word(filing.state)),
                    .urgency = 5,
                    .rule = "smgi.respuesta"};
    if (filing.kind == "avance") {
      if (filing.state != SmgiState::refused) continue;  // a confirmed one stands under «mis avances»
      const auto stored = storage::find_record(session, filing.id);
      if (!stored || stored->record.filing == procedure::FilingState::confirmed) continue;
      line.person_id = stored->record.recorded_by;
      line.process_id = stored->record.process_id;
      line.practice = stored->record.practice;
      line.title = "El SMGI no recibió el avance " + filing.id + ", " +
                   reference.process_name(stored->record.process_id);
      line.text = "Motivo: " + (filing.reason.empty() ? "no lo dice." : filing.reason) +
                  " El avance sigue guardado con su fecha. Revíselo en «mis avances».";
      line.urgency = 0;
      line.button = DigestButton{"Mis avances", cards::verb::progress_recent, {}};
    } else {
      const auto request = storage::find_request(session, filing.id);
      if (!request) continue;
      line.person_id = request->filed_by;
      line.process_id = request->process_id;
      line.practice = request->practice;
      const bool confirmed = filing.state == SmgiState::confirmed;
      line.title = confirmed ? "Solicitud radicada con el número " + filing.smgi_number
                             : "El SMGI no recibió la solicitud " + filing.id;
      line.text = confirmed
                      ? "Antes tenía el número provisional " + filing.id + ". La fecha que cuenta no cambia."
                      : "Motivo: " + (filing.reason.empty() ? "no lo dice." : filing.reason) +
                            " La solicitud sigue pendiente de radicar.";
    }
    if (line.person_id.empty() || (!person_id.empty() && line.person_id != person_id)) continue;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace pao::handlers::filing
