#include "handlers/status/desk.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/commitments.hpp"
#include "handlers/digest_lines.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/service_level.hpp"
#include "storage/consult_store.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace pao::handlers::status {
namespace {

namespace verb = cards::verb;
using cards::DigestNote;

// How many of them wait and when the first is due; nothing when none waits.
struct Waiting {
  std::size_t count = 0;
  std::optional<Date> first_due_on;  // none: no clock runs

  void add(std::optional<Date> due_on) {
    ++count;
    if (due_on && (!first_due_on || *due_on < *first_due_on)) first_due_on = due_on;
  }
};

void add_note(std::vector<DigestNote>& notes, const Waiting& waiting, const char* one, const char* many,
              DigestNote note, const Reference& reference, Date today) {
  if (waiting.count == 0) return;
  note.title = waiting.count == 1 ? one : std::to_string(waiting.count) + " " + many;
  note.text = "Su plazo empieza a contar con el aval del líder.";
  if (waiting.first_due_on) {
    note.urgency = procedure::business_days_left(*waiting.first_due_on, today, reference.calendar);
    note.text = (waiting.count == 1 ? "" : "La más próxima: ") +
                cards::due_phrase(*waiting.first_due_on, note.urgency) + ".";
  }
  notes.push_back(std::move(note));
}

Waiting consults_of(storage::Session& session, const procedure::Person& person) {
  Waiting waiting;
  for (const storage::Consult& consult : storage::open_consults_of(session, person.id))
    waiting.add(consult.due_on);
  return waiting;
}

// The coordination looks after all of them (as its queue does).
Waiting requests_of(storage::Session& session, const procedure::Person& person, Date today) {
  const bool all = procedure::holds_role(person, procedure::Role::coordination, "", today);
  Waiting waiting;
  for (const procedure::ServiceRequest& request : storage::open_requests(session, all ? "" : person.id))
    waiting.add(request.due_on);
  return waiting;
}

// Of a working session in which an advisor took something on.
void add_commitments(std::vector<DigestNote>& notes, storage::Session& session, const Reference& reference,
                     const procedure::Person& person, Date today) {
  for (const procedure::Item& commitment : open_commitments(session, person, today)) {
    const cards::CommitmentLine line = commitment_line(session, reference, commitment, today);
    if (!line.due_on) continue;
    notes.push_back({.title = "Compromiso " + line.id + ": " + line.what,
                     .text = cards::due_phrase(*line.due_on, line.business_days_left) + ".",
                     .urgency = line.business_days_left,
                     .button_title = "Marcar como cumplido",
                     .verb = verb::commitment_form,
                     .values = {{"compromiso", line.id}},
                     .key = ""});
  }
}

DigestNote note_of(const DigestLine& line) {
  DigestNote note{.title = line.title, .text = line.text, .urgency = line.urgency};
  if (!line.button) return note;
  note.button_title = line.button->title;
  note.verb = line.button->verb;
  note.values = line.button->values;
  return note;
}

}  // namespace

Result<std::vector<DigestNote>> desk_notes(storage::Session& session, const Reference& reference,
                                           const procedure::Person& person, Instant now) {
  const Date today = local_date(now);
  std::vector<DigestNote> notes;
  add_note(
      notes, consults_of(session, person), "1 consulta por responder", "consultas por responder",
      {.button_title = "Mis consultas", .verb = verb::consult_queue, .values = {{"pagina", "0"}, {"de", ""}}},
      reference, today);
  add_note(notes, requests_of(session, person, today), "1 solicitud SS por atender",
           "solicitudes SS por atender",
           {.button_title = "Bandeja SS", .verb = verb::request_queue, .values = {{"pagina", "0"}}},
           reference, today);
  add_commitments(notes, session, reference, person, today);
  for (const DigestSource& source : digest_sources()) {
    const Result<std::vector<DigestLine>> lines = source.lines(session, reference, person.id, now);
    if (!lines) return tl::unexpected<Error>(lines.error());
    for (const DigestLine& line : *lines) {
      if (line.person_id == person.id) notes.push_back(note_of(line));
    }
  }
  std::stable_sort(notes.begin(), notes.end(), [](const DigestNote& left, const DigestNote& right) {
    return left.urgency < right.urgency;
  });
  return notes;
}

}  // namespace pao::handlers::status
