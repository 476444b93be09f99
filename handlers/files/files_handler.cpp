#include "handlers/files/files_handler.hpp"

#include "cards/file_card.hpp"
#include "cards/texts.hpp"
#include "handlers/file_messages.hpp"
#include "handlers/oversight_reading.hpp"
#include "handlers/procedure/file_rules.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/request_states.hpp"
#include "handlers/report_reading.hpp"
#include "handlers/scope.hpp"
#include "storage/items_store.hpp"
#include "storage/received_files_store.hpp"
#include "storage/recommendations_store.hpp"
#include "storage/reports_store.hpp"
#include "storage/requests_store.hpp"
#include "storage/sha256.hpp"
#include "storage/verification_store.hpp"

#include <algorithm>

namespace pao::handlers::files {
namespace {

using procedure::Person;
using storage::FollowUpReport;
using storage::ReceivedFile;
using Target = std::pair<std::string, std::string>;  // value and title

constexpr std::size_t most_targets = 20;

std::string file_id(const Turn& turn, std::size_t number) {
  return "AR-" +
         storage::sha256_hex(turn.conversation_id + '\n' + turn.activity_id + '\n' + std::to_string(number))
             .substr(0, 16);
}

// What the process was recommended and has not answered for good; its leader and liaison see to it.
void add_recommendations(storage::Session& session, const ProcessScope& scope, std::vector<Target>& targets) {
  if (!scope.whole) return;
  const auto report = storage::latest_report_of(session, scope.process_id);
  if (!report) return;
  for (const auto& one : storage::recommendations_of(session, report->id)) {
    const bool is_open = one.state == procedure::RecommendationState::sent ||
                         one.state == procedure::RecommendationState::action_running;
    if (!is_open) continue;
    targets.emplace_back("recomendacion:" + one.id,
                         "Recomendación " + one.id + ": " + cards::shorten(one.suggestion, 80));
  }
}

// What the person justified of a report that is not final yet (R-31, C-09).
void add_justifications(storage::Session& session, const Person& person, const ProcessScope& scope,
                        std::vector<Target>& targets) {
  if (!scope.whole) return;
  for (const FollowUpReport& report : storage::reports_of(session, scope.process_id)) {
    if (!procedure::is_being_decided(report.state)) continue;
    for (const auto& said : storage::responses_of(session, report.id)) {
      if (said.person_id != person.id || said.kind != procedure::ResponseKind::justified) continue;
      const std::string line =
          said.item_id.empty() ? "todo el reporte" : said.item_id + ", " + cards::period_name(said.period);
      targets.emplace_back("respuesta:" + said.id, "Justificación " + said.id + " de " + line);
    }
  }
}

// The own requests that are not over, the own justifications and the open recommendations of the own
// processes, then the own progress records of this year, newest first.
std::vector<Target> targets_of(storage::Session& session, const Person& person, Instant now) {
  const Date today = local_date(now);
  std::vector<Target> requests;
  struct Recorded {
    Instant at;
    Target target;
  };
  std::vector<Recorded> records;
  for (const ProcessScope& scope : scopes_of(person, today)) {
    for (const auto& request : storage::requests_of(session, scope.process_id, true)) {
      if (request.filed_by != person.id) continue;
      requests.emplace_back("ss:" + request.id,
                            "Solicitud " + request.id + ": " + cards::shorten(request.subject, 80));
    }
    add_justifications(session, person, scope, requests);
    add_recommendations(session, scope, requests);
    for (const auto& record : storage::records_of(
             session, scope.process_id, static_cast<int>(std::chrono::year_month_day(today).year()))) {
      if (record.recorded_by != person.id) continue;
      records.push_back({record.recorded_at,
                         {"avance:" + record.id,
                          "Avance de " + record.item_id + ", " + cards::period_name(record.period)}});
    }
  }
  std::stable_sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
  for (Recorded& one : records) requests.push_back(std::move(one.target));
  if (requests.size() > most_targets) requests.resize(most_targets);
  return requests;
}

std::string title_of(const std::vector<Target>& targets, std::string_view value) {
  const auto found =
      std::find_if(targets.begin(), targets.end(), [&](const Target& one) { return one.first == value; });
  return found == targets.end() ? std::string{} : found->second;
}

// A card that was sent before the SMGI gave its number names the SS by the provisional one.
std::string named_now(storage::Session& session, const std::string& target) {
  constexpr std::string_view of_request = "ss:";
  if (!target.starts_with(of_request)) return target;
  const auto request = storage::find_request(session, target.substr(of_request.size()));
  return request ? std::string(of_request) + request->id : target;
}

struct Named {
  std::string_view kind, id;  // "respuesta", "RSP-2026-0001"; empty: it proves nothing yet
};

Named target_of(const ReceivedFile& file) {
  const std::string_view target = file.linked_to;
  const std::size_t colon = target.find(':');
  if (colon == std::string_view::npos) return {};
  return {target.substr(0, colon), target.substr(colon + 1)};
}

// The report in which it proves an answer or what was done about a recommendation.
std::optional<FollowUpReport> report_proved(storage::Session& session, const ReceivedFile& file) {
  const auto [kind, id] = target_of(file);
  if (kind == "respuesta") {
    const auto said = storage::find_response(session, id);
    return said ? storage::find_report(session, said->report_id) : std::nullopt;
  }
  if (kind != "recomendacion") return std::nullopt;
  const auto recommendation = storage::find_recommendation(session, id);
  return recommendation ? storage::find_report(session, recommendation->report_id) : std::nullopt;
}

// What was decided, was decided on it.
bool proves_something_final(storage::Session& session, const ReceivedFile& file) {
  if (target_of(file).kind != "respuesta") return false;
  const auto report = report_proved(session, file);
  return report && !procedure::is_being_decided(report->state);
}

// Its sender, and whoever sees what it is evidence of.
bool may_have(storage::Session& session, const ReceivedFile& file, const Turn& turn) {
  if (file.aad_object_id == turn.aad_object_id) return true;
  const auto [kind, id] = target_of(file);
  const Date today = local_date(turn.at);
  const auto sees = [&](const std::string& process_id) {
    return procedure::may(*turn.person, procedure::Action::see_process_detail, process_id, "", today)
        .has_value();
  };
  if (kind == "ss") {
    const auto request = storage::find_request(session, id);
    return request && procedure::may_see_request(*turn.person, *request, today);
  }
  if (kind == "avance") {
    const auto stored = storage::find_record(session, id);
    return stored && sees(stored->record.process_id);
  }
  const auto report = report_proved(session, file);
  return report && may_read(*turn.person, *report, today);
}

cards::Card receipt(const ReceivedFile& file, const std::vector<Target>& targets) {
  return cards::file_receipt_card({.file_id = file.id,
                                   .name = file.name,
                                   .size = file.size,
                                   .sha256 = file.sha256,
                                   .targets = targets,
                                   .linked_to = title_of(targets, file.linked_to)});
}

}  // namespace

Result<Decision> FilesHandler::on_files(const Turn& turn) const {
  for (const Attachment& file : turn.attachments) {
    const bool is_picture = file.content_type != file_download_type;
    if (is_picture || !procedure::evidence_file_type(file.name, file.file_type).empty()) continue;
    return fail(ErrorCode::invalid, "files: type is not taken",
                "No recibo archivos de ese tipo. Recibo: " + procedure::evidence_file_types() + ".");
  }
  return Decision::storing([turn](storage::Session& session) -> Result<Reply> {
    std::string ids;
    for (std::size_t i = 0; i < turn.attachments.size(); ++i) {
      const Attachment& from = turn.attachments[i];
      ReceivedFile file;
      file.id = file_id(turn, i);
      file.aad_object_id = turn.aad_object_id;
      file.conversation_id = turn.conversation_id;
      file.activity_id = turn.activity_id;
      file.name = from.name;
      file.file_type = from.file_type;
      file.content_type = from.content_type;
      file.url = from.url;
      file.received_at = turn.at;
      storage::add_received_file(session, file);
      ids += (ids.empty() ? "" : " ") + file.id;
    }
    return Reply{.content = {.text = cards::files_coming_text(turn.attachments.size())},
                 .trace = {.outcome = "recorded", .fields = {{"files", ids}, {"to", "waiting"}}}};
  });
}

Result<Decision> FilesHandler::on_link(const Turn& turn) const {
  const std::string id(turn.value("archivo")), chosen(turn.value("destino"));
  return Decision::storing([turn, id, chosen](storage::Session& session) -> Result<Reply> {
    auto file = storage::find_received_file(session, id);
    if (!file || file->state != "kept" || file->aad_object_id != turn.aad_object_id) {
      return fail(ErrorCode::not_found, "files: no such file of this person",
                  "No encuentro ese archivo entre los suyos. Envíelo de nuevo, por favor.");
    }
    const std::vector<Target> targets = targets_of(session, *turn.person, turn.at);
    const std::string target = named_now(session, chosen);
    if (title_of(targets, target).empty()) {
      return fail(ErrorCode::invalid, "files: not an own record or request",
                  "Elija uno de sus avances, una de sus solicitudes abiertas, una justificación o una "
                  "recomendación.");
    }
    if (proves_something_final(session, *file)) {
      return fail(ErrorCode::refused, "files: evidence of a report that is final",
                  "Este archivo ya es evidencia de un reporte final. Envíe otra copia, por favor.");
    }
    const std::string before = file->linked_to;
    storage::link_received_file(session, id, target, turn.at);
    file->linked_to = target;
    return Reply{
        .content = {.card = receipt(*file, targets)},
        .trace = {.outcome = "recorded",
                  .fields = {{"file", id}, {"from", before}, {"to", target}, {"sha256", file->sha256}}}};
  });
}

Result<Decision> FilesHandler::on_request(const Turn& turn) const {
  return Decision::storing([turn](storage::Session& session) -> Result<Reply> {
    const auto file = storage::find_received_file(session, turn.value("archivo"));
    if (!file || file->state != "kept" || !may_have(session, *file, turn)) {
      return fail(ErrorCode::not_found, "files: no such file for this person",
                  "No encuentro ese archivo entre los que usted puede consultar.");
    }
    const OfferedFile offered{.id = offer_id(turn),
                              .aad_object_id = turn.aad_object_id,
                              .name = file->name,
                              .description = "Archivo de evidencia",
                              .sha256 = file->sha256,
                              .size = file->size};
    Result<Notice> offer = offer_file(session, offered, turn.at);
    if (!offer) return tl::unexpected<Error>(offer.error());
    if (const auto report = report_proved(session, *file))
      keep_reading(session, turn, {.what = "archivo", .process_id = report->process_id, .item_id = file->id});
    return Reply{.content = {.text = cards::file_asked_text()},
                 .notices = {*std::move(offer)},
                 .trace = {.outcome = "file_offered",
                           .fields = {{"file", file->id}, {"offer", offered.id}, {"sha256", file->sha256}}}};
  });
}

Result<std::optional<Content>> render_receipt(storage::Session& session, const Reference& reference,
                                              const storage::OutboxMessage& message, Instant now) {
  const auto file = storage::find_received_file(session, message.subject);
  if (!file || file->state == "waiting") return std::optional<Content>();
  if (file->state != "kept") {
    return std::optional(Content{.card = cards::file_refused_card(file->name, file->reason)});
  }
  const Person* person = reference.person_by_aad(file->aad_object_id);
  const std::vector<Target> targets =
      person == nullptr ? std::vector<Target>{} : targets_of(session, *person, now);
  return std::optional(Content{.card = receipt(*file, targets)});
}

}  // namespace pao::handlers::files
