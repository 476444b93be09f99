#include "handlers/controls/control_subjects.hpp"

#include "cards/guideline_card.hpp"
#include "cards/report_words.hpp"
#include "cards/texts.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/report_adjustments.hpp"
#include "storage/control_points_store.hpp"
#include "storage/guideline_versions_store.hpp"
#include "storage/people_store.hpp"
#include "storage/reports_store.hpp"
#include "storage/request_events_store.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>

namespace pao::handlers::controls {
namespace {

using procedure::Action;
using procedure::ControlPoint;
using procedure::ControlSubject;

std::string reason_text(const procedure::ReviewReason& reason) {
  const std::string kind = cards::review_reason_name(reason.kind);
  return kind + ": " + reason.detail + (reason.report_id.empty() ? "" : " (" + reason.report_id + ")");
}

bool add_guideline(storage::Session& session, Examined& out) {
  const storage::GuidelineKey key{out.subject.practice, out.subject.term, out.subject.version};
  const auto version = storage::find_version(session, key);
  if (!version) return false;
  out.made_by = {version->author_id};
  auto& facts = out.view.facts;
  facts.emplace_back("Estado", cards::guideline_state_name(version->state));
  facts.emplace_back("Autor", storage::person_name(session, version->author_id));
  facts.emplace_back("Aprobó", storage::person_name(session, version->approved_by));
  facts.emplace_back("Criterios", std::to_string(version->criteria));
  for (const auto& reason : storage::reasons_of(session, key))
    facts.emplace_back("Motivo", reason_text(reason));
  return true;
}

bool add_sample(storage::Session& session, Examined& out) {
  const auto sample = storage::sample_of(session, out.subject.period);
  if (!sample) return false;
  out.view.facts.emplace_back("Respuestas de la muestra", std::to_string(sample->turns.size()));
  out.view.facts.emplace_back("La revisa", storage::person_name(session, sample->advisor_id));
  for (const storage::RegisterTurn& turn : sample->turns) {
    const std::string criteria = turn.criteria.empty() ? "Sin criterio" : turn.criteria;
    out.view.lines.push_back({turn.question, turn.answer, criteria + " · " + cards::long_instant(turn.at)});
  }
  return true;
}

bool add_verification(storage::Session& session, const Reference& reference, Examined& out) {
  if (reference.process(out.subject.process_id) == nullptr) return false;
  out.process_id = out.subject.process_id;
  const procedure::Period period = procedure::parse_period(out.subject.period).value();
  const storage::ReviewCounts counts =
      storage::review_counts(session, out.subject.process_id, period, reference.rules_for(period.year));
  out.unreviewed = static_cast<std::size_t>(counts.unreviewed);
  const auto report =
      storage::find_report(session, storage::report_id_of(out.subject.process_id, out.subject.period));
  if (report && report->state == procedure::ReportState::draft) out.view.report_id = report->id;
  auto& facts = out.view.facts;
  facts.emplace_back("Registros aceptados", std::to_string(counts.accepted));
  facts.emplace_back("Registros devueltos", std::to_string(counts.returned));
  facts.emplace_back("Registros sin revisar", std::to_string(counts.unreviewed));
  return true;
}

bool add_request(storage::Session& session, const Reference& reference, Examined& out) {
  const auto request = storage::find_request(session, out.subject.request_id);
  if (!request) return false;
  out.process_id = request->process_id;
  out.made_by = {request->filed_by};
  out.is_decided = !resolution_of(*request).empty();
  auto& facts = out.view.facts;
  facts.emplace_back("Proceso", reference.process_name(request->process_id));
  facts.emplace_back("Asunto", cards::shorten(request->subject, 300));
  facts.emplace_back("Estado", cards::request_state_text(*request));
  facts.emplace_back("Presentó", storage::person_name(session, request->filed_by));
  facts.emplace_back("Lo que dice el reporte", cards::shorten(request->current_value, 600));
  facts.emplace_back("Lo que se pide", cards::shorten(request->requested_value, 600));
  facts.emplace_back("Justificación", cards::shorten(request->justification, 600));
  facts.emplace_back("Evidencia", cards::shorten(request->evidence, 300));
  if (const auto review = storage::find_review(session, request->id)) {
    out.made_by.push_back(review->reviewed_by);
    facts.emplace_back("Decidió", storage::person_name(session, review->reviewed_by));
    facts.emplace_back("Decisión", cards::resolution_name(resolution_of(*request)));
    facts.emplace_back("Qué muestra la evidencia", cards::shorten(review->evidence_shows, 600));
    facts.emplace_back("Por qué", cards::shorten(review->reason, 600));
  }
  return true;
}

bool add_content(storage::Session& session, const Reference& reference, Examined& out) {
  switch (out.subject.control) {
    case ControlPoint::guidelines:
      return add_guideline(session, out);
    case ControlPoint::advice:
      return add_sample(session, out);
    case ControlPoint::verification:
      return add_verification(session, reference, out);
    case ControlPoint::adjustment:
      return add_request(session, reference, out);
  }
  return false;
}

}  // namespace

std::string subject_name(const Reference& reference, const ControlSubject& subject) {
  switch (subject.control) {
    case ControlPoint::guidelines:
      return cards::practice_name(subject.practice) + ", vigencia " + std::to_string(subject.term) +
             ", versión " + std::to_string(subject.version);
    case ControlPoint::advice:
      return "Registro del asistente, muestra de " + cards::period_name(subject.period);
    case ControlPoint::verification:
      return reference.process_name(subject.process_id) + ", " + cards::period_name(subject.period);
    case ControlPoint::adjustment:
      return "Solicitud " + subject.request_id;
  }
  return {};
}

std::optional<Examined> examine(storage::Session& session, const Reference& reference,
                                std::string_view subject) {
  const auto parsed = procedure::parse_control_subject(subject);
  if (!parsed) return std::nullopt;
  Examined out{.subject = *parsed};
  if (!add_content(session, reference, out)) return std::nullopt;
  out.view.control = parsed->control;
  out.view.subject = std::string(subject);
  out.view.subject_name = subject_name(reference, *parsed);
  if (const auto latest = storage::latest_confirmation(session, subject)) {
    out.view.result = latest->result;
    out.view.note = latest->note;
    out.view.confirmed_by_name = storage::person_name(session, latest->confirmed_by);
    out.view.confirmed_at = latest->confirmed_at;
  }
  return out;
}

bool is_own_work(const Examined& examined, const procedure::Person& person) {
  return std::find(examined.made_by.begin(), examined.made_by.end(), person.id) != examined.made_by.end();
}

Result<void> may_confirm(storage::Session& session, const procedure::Person& person, const Examined& examined,
                         Date today) {
  if (procedure::may(person, Action::approve_guideline, "", "", today)) return {};  // coordination
  switch (examined.subject.control) {
    case ControlPoint::guidelines:
      return procedure::may(person, Action::confirm_control, "", "", today);
    case ControlPoint::verification:
      return procedure::may(person, Action::verify_records, examined.process_id, "", today);
    case ControlPoint::adjustment:
      return procedure::may(person, Action::decide_request, examined.process_id, "", today);
    case ControlPoint::advice:
      break;
  }
  const auto sample = storage::sample_of(session, examined.subject.period);
  if (sample && sample->advisor_id == person.id) return {};
  return fail(ErrorCode::refused, "the sample is another advisor's",
              "La muestra de este mes la revisa otra persona.");
}

procedure::Period month_before(Date day) {
  const std::chrono::year_month_day parts{day};
  const auto before = std::chrono::year_month{parts.year(), parts.month()} - std::chrono::months{1};
  return {static_cast<int>(before.year()), procedure::Periodicity::monthly,
          static_cast<int>(static_cast<unsigned>(before.month()))};
}

}  // namespace pao::handlers::controls
