#include "handlers/verification/verification_queue.hpp"

#include "cards/verbs.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/record_states.hpp"
#include "handlers/record_context.hpp"
#include "handlers/verification/verification_handler.hpp"
#include "storage/people_store.hpp"
#include "storage/verification_store.hpp"

#include <algorithm>
#include <set>

namespace pao::handlers::verification {
namespace {

// Verification is due within ten business days of the cut-off (procedure section 4); the advisor is told at
// these ages of the oldest record.
constexpr int due_within_business_days = 10;
constexpr int told_at[] = {5, 8, 10};

std::vector<std::string> processes_of(const procedure::Person& advisor, Date today) {
  std::set<std::string> ids;
  for (const procedure::RoleGrant& grant : advisor.roles) {
    if (grant.role == procedure::Role::advisor && !grant.process_id.empty() &&
        procedure::may(advisor, procedure::Action::verify_records, grant.process_id, "", today))
      ids.insert(grant.process_id);
  }
  return {ids.begin(), ids.end()};
}

int business_days_since(Instant at, Date today, const procedure::Calendar& calendar) {
  int days = 0;
  for (Date day = local_date(at) + std::chrono::days{1}; day <= today; day += std::chrono::days{1})
    days += calendar.is_business_day(day);
  return days;
}

int newest_step(int age) {
  int step = 0;
  for (const int each : told_at) {
    if (age >= each) step = each;
  }
  return step;
}

DigestLine line_for(const procedure::Person& advisor, const procedure::ProgressRecord& oldest,
                    std::size_t waiting, int age) {
  const std::string count = waiting == 1 ? "1 avance" : std::to_string(waiting) + " avances";
  return {.person_id = advisor.id,
          .key = "verificacion/" + oldest.id + "|" + std::to_string(newest_step(age)),
          .title = count + " por verificar",
          .text = "El más antiguo espera desde hace " + std::to_string(age) +
                  " días hábiles. Los avances se verifican en los diez días hábiles que siguen al corte "
                  "(actividad 4).",
          .urgency = due_within_business_days - age,
          .button = DigestButton{"Verificar", cards::verb::verify_queue, {{"pagina", "0"}}},
          .process_id = oldest.process_id,
          .practice = oldest.practice,
          .rule = "verificacion.pendiente"};
}

}  // namespace

cards::VerificationQueueView queue_page(storage::Session& session, const Reference& reference,
                                        const procedure::Person& advisor, int page, Instant now) {
  const Date today = local_date(now);
  const auto waiting = storage::records_to_verify(session, processes_of(advisor, today));
  cards::VerificationQueueView view;
  view.total = static_cast<int>(waiting.size());
  view.page = std::clamp(page, 0, std::max(0, (view.total - 1) / cards::verification_page_size));
  const int first = view.page * cards::verification_page_size;
  for (int i = first; i < std::min(view.total, first + cards::verification_page_size); ++i) {
    const procedure::ProgressRecord& record = waiting[static_cast<std::size_t>(i)];
    cards::VerificationQueueLine line{
        .record = record,
        .item_name = record.item_id,
        .process_name = reference.process_name(record.process_id),
        .business_days_waiting = business_days_since(record.recorded_at, today, reference.calendar)};
    if (const auto context = find_record_context(session, reference, record.id)) {
      line.item_name = context->item.name;
      line.timeliness = context->timeliness;
    }
    view.lines.push_back(std::move(line));
  }
  return view;
}

int waiting_count(storage::Session& session, const procedure::Person& advisor, Date today) {
  return static_cast<int>(storage::records_to_verify(session, processes_of(advisor, today)).size());
}

Result<std::vector<DigestLine>> waiting_lines(storage::Session& session, const Reference& reference,
                                              std::string_view person_id, Instant now) {
  const Date today = local_date(now);
  std::set<std::string> advisors;
  for (const procedure::Process& process : reference.processes) {
    if (!process.advisor_id.empty() && (person_id.empty() || process.advisor_id == person_id))
      advisors.insert(process.advisor_id);
  }
  std::vector<DigestLine> lines;
  for (const std::string& id : advisors) {
    const auto advisor = storage::find_person(session, id);
    if (!advisor || !advisor->active) continue;
    const auto waiting = storage::records_to_verify(session, processes_of(*advisor, today));
    if (waiting.empty()) continue;
    const int age = business_days_since(waiting.front().recorded_at, today, reference.calendar);
    if (newest_step(age) > 0) lines.push_back(line_for(*advisor, waiting.front(), waiting.size(), age));
  }
  return lines;
}

}  // namespace pao::handlers::verification
