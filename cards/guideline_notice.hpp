// What people are told about guidelines: the yearly review, and that a version was published.
#pragma once

#include "cards/card.hpp"
#include "cards/guideline_card.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

struct ReviewReminderView {
  int term = 0;
  std::vector<std::string> practices;                      // ids, that wait
  std::vector<std::pair<std::string, std::string>> needs;  // practice id, what its reports and questions show
};
Card review_reminder_card(const ReviewReminderView& view);  // from 1 October: to advisors and coordination
Card review_pending_card(const ReviewReminderView& view);   // the vigencia has begun: to coordination

// Something waits for the reader, or went back: "Devuelto", with who and why.
struct GuidelineTurnView {
  GuidelineRef ref;
  std::string title;  // "Lineamientos por aprobar"
  std::string sentence;
  std::string reason;  // may be empty
};
Card guideline_turn_card(const GuidelineTurnView& view);

// To every leader and liaison, with a button to say that it was read.
struct PublicationView {
  GuidelineRef ref;
  bool sample = false;
  std::string published_by_name;
  std::size_t added = 0, removed = 0, changed = 0;
  bool is_first = false;  // no version of the practice was in force before
  bool acknowledged = false;
  bool for_next_term = false;  // published before its vigencia: until then the earlier one answers
};
Card publication_card(const PublicationView& view);
// The same in the mail: from when it rules, and what changed.
std::string publication_sentence(const PublicationView& view);
std::string publication_changes(const PublicationView& view);

// ---- Who has it and who was there (R-05) ----

struct DeliveryLine {
  std::string person_name;
  std::string processes;  // "DIR, COM"
  std::string state;      // "Entregado", "En espera", "No se pudo entregar: no tiene la aplicación"
  std::optional<Instant> acknowledged_at;
  std::string mail_state = {};  // as `state`; empty: no mail was made
};
struct DeliveryView {
  GuidelineRef ref;
  std::vector<std::pair<std::string, std::size_t>> counts;  // by state in words; their sum is the audience
  std::size_t audience = 0;
  std::size_t acknowledged = 0;
  std::vector<DeliveryLine> lines;
  std::size_t page = 0;
  std::vector<std::pair<std::string, std::size_t>> mail_counts = {};  // by state in words; none: no mail
};
Card delivery_card(const DeliveryView& view);

struct SocialisationFormView {
  std::vector<std::pair<std::string, std::string>>
      meetings;  // id, "Socialización, 20 de enero de 2027 (12 personas)"
  std::string subject, mode, held_on, attendees, meeting;  // as typed
  std::string problem;
};
Card socialisation_form_card(const SocialisationFormView& view);

struct SocialisationSavedView {
  std::string id, subject, mode;
  Date held_on;
  std::size_t attendees = 0, known = 0;  // known: the directory has them
};
Card socialisation_saved_card(const SocialisationSavedView& view);

struct CoverageLine {
  std::string process_name;
  std::size_t told = 0, acknowledged = 0, attended = 0;  // people of the process
};
struct CoverageView {
  int term = 0;
  std::size_t events = 0;
  bool may_register = false;  // an event
  std::vector<CoverageLine> lines = {};
};
Card coverage_card(const CoverageView& view);

}  // namespace pao::cards
