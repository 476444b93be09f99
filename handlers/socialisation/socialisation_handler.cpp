#include "handlers/socialisation/socialisation_handler.hpp"

#include "cards/texts.hpp"
#include "handlers/attendance.hpp"
#include "handlers/guideline_publication.hpp"
#include "handlers/procedure/permissions.hpp"
#include "storage/mail_outbox.hpp"
#include "storage/meeting_attendance_store.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace pao::handlers::socialisation {
namespace {

using storage::GuidelineKey;
using storage::OutboxState;

constexpr std::size_t longest_subject = 400;  // bytes

tl::unexpected<Error> old_card() {
  return fail(ErrorCode::invalid, "socialisation: stale or foreign values",
              "Esta tarjeta ya no es válida. Escriba «lineamientos» para empezar de nuevo.");
}

int number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

GuidelineKey key_of(const Turn& turn) {
  return {std::string(turn.value("practica")), number_of(turn.value("vigencia")),
          number_of(turn.value("version"))};
}

const char* state_text(OutboxState state) {
  switch (state) {
    case OutboxState::pending:
    case OutboxState::sending:
      return "En espera";
    case OutboxState::sent:
      return "Entregado";
    case OutboxState::unreachable:
      return "Sin la aplicación instalada";
    case OutboxState::obsolete:
      return "Ya no procedía";
    case OutboxState::dead:
    case OutboxState::cancelled:
      break;
  }
  return "No se pudo entregar";
}

const char* mail_state_text(OutboxState state) {
  return state == OutboxState::unreachable ? "Sin dirección o sin servidor de correo" : state_text(state);
}

// What became of each mail, by person.
std::map<std::string, std::string> mail_states(storage::Session& session, const GuidelineKey& key) {
  std::map<std::string, std::string> states;
  const std::string prefix = storage::publication_mail_prefix(key);
  for (const storage::DeliveryResult& one : storage::deliveries_of(session, prefix))
    states.emplace(one.key.substr(prefix.size()), mail_state_text(one.state));
  return states;
}

std::string listed(std::string ids) {
  for (std::size_t at = 0; (at = ids.find(',', at)) != std::string::npos; at += 2) ids.replace(at, 1, ", ");
  return ids;
}

cards::DeliveryView delivery_view(storage::Session& session, const GuidelineKey& key) {
  cards::DeliveryView view{.ref = {key.practice, key.term, key.version}};
  std::map<std::string, std::size_t> counts, mail_counts;
  const std::map<std::string, std::string> mails = mail_states(session, key);
  for (const storage::AudienceMember& member : storage::audience_of(session, key)) {
    const auto person = storage::find_person(session, member.person_id);
    view.lines.push_back({person ? person->name : member.person_id, listed(member.process_ids),
                          state_text(member.delivery), member.acknowledged_at});
    if (const auto mail = mails.find(member.person_id); mail != mails.end()) {
      view.lines.back().mail_state = mail->second;
      ++mail_counts[mail->second];
    }
    ++counts[state_text(member.delivery)];
    view.acknowledged += member.acknowledged_at ? 1 : 0;
  }
  view.audience = view.lines.size();
  view.counts.assign(counts.begin(), counts.end());
  view.mail_counts.assign(mail_counts.begin(), mail_counts.end());
  return view;
}

void add_new(std::vector<storage::Attendee>& all, std::vector<storage::Attendee> more) {
  for (storage::Attendee& one : more) {
    const bool there = !one.person_id.empty() && std::any_of(all.begin(), all.end(), [&](const auto& other) {
      return other.person_id == one.person_id;
    });
    if (!there) all.push_back(std::move(one));
  }
}

cards::SocialisationFormView form_of(storage::Session& session, const Turn& turn) {
  const auto carried = [&](const char* name) { return std::string(turn.value(name)); };
  return {.meetings = meetings_before(session, turn.at),
          .subject = carried("asunto"),
          .mode = carried("modalidad"),
          .held_on = carried("fecha"),
          .attendees = carried("asistentes"),
          .meeting = carried("reunion")};
}

std::string problem_of(const Turn& turn, const std::vector<storage::Attendee>& attendees) {
  const std::string_view subject = turn.value("asunto"), mode = turn.value("modalidad");
  const std::optional<Date> held_on = parse_date(turn.value("fecha"));
  if (subject.find_first_not_of(" \t\r\n") == std::string_view::npos) return "Escriba el asunto.";
  if (subject.size() > longest_subject) return "El asunto es muy largo. Use máximo 200 caracteres.";
  if (mode != "virtual" && mode != "presencial") return "Elija la modalidad.";
  if (!held_on) return "Elija la fecha.";
  if (*held_on > local_date(turn.at)) return "La fecha aún no llega. Registre el evento después de hacerlo.";
  if (attendees.empty()) return "Escriba quiénes asistieron, o elija la reunión de Teams.";
  return "";
}

}  // namespace

Result<Decision> SocialisationHandler::on_acknowledge(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([turn, key = key_of(turn)](storage::Session& session) -> Result<Reply> {
    if (!storage::acknowledge(session, key, turn.person->id, turn.at)) return old_card();
    auto view = publication_view(session, key);
    if (!view) return old_card();
    view->acknowledged = true;
    return Reply{.content = {.card = cards::publication_card(*view)},
                 .trace = {.outcome = "guideline_acknowledged",
                           .fields = {{"practice", key.practice},
                                      {"term", std::to_string(key.term)},
                                      {"version", std::to_string(key.version)},
                                      {"from", "enviado"},
                                      {"to", "enterado"}}}};
  });
}

Result<Decision> SocialisationHandler::on_delivery(const Turn& turn) const {
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const GuidelineKey key = key_of(turn);
    cards::DeliveryView view = delivery_view(session, key);
    if (view.audience == 0) return old_card();
    view.page = static_cast<std::size_t>(std::clamp(number_of(turn.value("pagina")), 0, 1000));
    return Decision(Reply{
        .content = {.card = cards::delivery_card(view)},
        .trace = {.outcome = "delivery_shown",
                  .fields = {{"practice", key.practice}, {"audience", std::to_string(view.audience)}}}});
  });
}

Result<Decision> SocialisationHandler::on_form(const Turn& turn) const {
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    return Decision(Reply{.content = {.card = cards::socialisation_form_card(form_of(session, turn))},
                          .trace = {.outcome = "socialisation_form_shown"}});
  });
}

Result<Decision> SocialisationHandler::on_save(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    std::vector<storage::Attendee> attendees;
    const std::string meeting(turn.value("reunion"));
    if (!meeting.empty()) {
      if (!storage::find_meeting(session, meeting)) return old_card();
      attendees = attendees_of_meeting(session, *reference, meeting);
    }
    add_new(attendees, attendees_from(turn.value("asistentes"), *reference));
    const std::string problem = problem_of(turn, attendees);
    if (!problem.empty()) {
      cards::SocialisationFormView view = form_of(session, turn);
      view.problem = problem;
      return Reply{.content = {.card = cards::socialisation_form_card(view)},
                   .trace = {.outcome = "form_incomplete"}};
    }
    const Date held_on = *parse_date(turn.value("fecha"));
    const std::chrono::year_month_day day{held_on};
    // What is done at the end of a year prepares the next one.
    const int term = static_cast<int>(day.year()) + (day.month() == std::chrono::December ? 1 : 0);
    const storage::SocialisationEvent event =
        storage::add_event(session,
                           {.term = term,
                            .subject = std::string(turn.value("asunto")),
                            .mode = std::string(turn.value("modalidad")),
                            .held_on = held_on,
                            .meeting_id = meeting,
                            .recorded_by = turn.person->id,
                            .recorded_at = turn.at},
                           attendees);
    const auto known = std::count_if(attendees.begin(), attendees.end(),
                                     [](const auto& one) { return !one.person_id.empty(); });
    const cards::SocialisationSavedView view{event.id, event.subject,    event.mode,
                                             held_on,  attendees.size(), static_cast<std::size_t>(known)};
    return Reply{.content = {.card = cards::socialisation_saved_card(view)},
                 .trace = {.outcome = "socialisation_recorded",
                           .fields = {{"event", event.id},
                                      {"mode", event.mode},
                                      {"held_on", iso_date(held_on)},
                                      {"attendees", std::to_string(attendees.size())},
                                      {"meeting", meeting}}}};
  });
}

Result<Decision> SocialisationHandler::on_coverage(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const Date today = local_date(turn.at);
    cards::CoverageView view{
        .term = reference->term,
        .events = storage::events_of(session, reference->term).size(),
        .may_register =
            procedure::may(*turn.person, procedure::Action::hold_socialisation, "", "", today).has_value()};
    std::map<std::string, storage::PersonCoverage> people;
    for (auto& one : storage::coverage_of(session, reference->term)) people.emplace(one.person_id, one);
    for (const procedure::Process& process : reference->processes) {
      cards::CoverageLine line{.process_name = process.name};
      for (const procedure::Person& person : reference->people) {
        const bool of_process = std::any_of(person.roles.begin(), person.roles.end(), [&](const auto& grant) {
          return grant.process_id == process.id && grant.role != procedure::Role::advisor &&
                 (!grant.since || *grant.since <= today) && (!grant.until || today <= *grant.until);
        });
        const auto found = of_process ? people.find(person.id) : people.end();
        if (found == people.end()) continue;
        line.told += found->second.told > 0 ? 1 : 0;
        line.acknowledged +=
            found->second.told > 0 && found->second.acknowledged == found->second.told ? 1 : 0;
        line.attended += found->second.attended ? 1 : 0;
      }
      view.lines.push_back(std::move(line));
    }
    return Decision(
        Reply{.content = {.card = cards::coverage_card(view)},
              .trace = {.outcome = "coverage_shown", .fields = {{"term", std::to_string(view.term)}}}});
  });
}

}  // namespace pao::handlers::socialisation
