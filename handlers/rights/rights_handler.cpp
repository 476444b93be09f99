#include "handlers/rights/rights_handler.hpp"

#include "cards/rights_card.hpp"
#include "cards/texts.hpp"
#include "handlers/ownership.hpp"
#include "handlers/paging.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/designation_rules.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/subjects.hpp"
#include "storage/designations_store.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::rights {
namespace {

using procedure::Action;
using procedure::Person;
using procedure::Role;

bool holds_on(const procedure::RoleGrant& grant, Date day) {
  return (!grant.since || *grant.since <= day) && (!grant.until || day <= *grant.until);
}

const char* lack_words(procedure::Lack lack) {
  switch (lack) {
    case procedure::Lack::leader:
      return "No tiene líder activo";
    case procedure::Lack::liaison:
      return "No tiene enlace activo";
    case procedure::Lack::advisor:
      return "No tiene asesor activo";
  }
  return "";
}

std::string gap_words(const Unowned& gap) {
  switch (gap.kind) {
    case Unowned::Kind::no_leader:
      return lack_words(procedure::Lack::leader);
    case Unowned::Kind::no_liaison:
      return lack_words(procedure::Lack::liaison);
    case Unowned::Kind::no_advisor:
      return lack_words(procedure::Lack::advisor);
    case Unowned::Kind::request_without_advisor:
      return "La solicitud " + gap.what + " no tiene un asesor activo";
    case Unowned::Kind::item_of_somebody_gone:
      return "El responsable de " + gap.what + " ya no está activo";
  }
  return "";
}

// Mail, id or full name of an active person; nothing when nobody or more than one is meant.
std::optional<Person> person_named(storage::Session& session, const std::string& named) {
  std::vector<Person> found;
  for (Person& person : storage::active_people(session)) {
    if (person.id == named || person.email == named) return std::move(person);
    if (person.name == named) found.push_back(std::move(person));
  }
  return found.size() == 1 ? std::optional(std::move(found.front())) : std::nullopt;
}

// "2026-11-12" as the input sends it; `invalid` with that name otherwise.
Result<Date> day_of(const Turn& turn, const char* name, const char* shown) {
  const std::optional<Date> day = parse_date(procedure::trimmed(turn.value(name)));
  if (day) return *day;
  return fail(ErrorCode::invalid, std::string("not a date: ") + name,
              std::string("Elija la fecha de ") + shown + ".");
}

std::vector<std::pair<std::string, std::string>> liaisons_today(storage::Session& session,
                                                                std::string_view process_id, Date today) {
  std::vector<std::pair<std::string, std::string>> liaisons;
  for (const Person& person : storage::people_with_role(session, Role::liaison, process_id, today))
    liaisons.emplace_back(person.id, person.name);
  return liaisons;
}

cards::TeamView team_of(storage::Session& session, const Reference& reference, const Person& viewer,
                        const std::string& process_id, Date today) {
  cards::TeamView view{.process_id = process_id, .process_name = reference.process_name(process_id)};
  for (const storage::ProcessRole& role : storage::roles_in_process(session, process_id)) {
    const bool over = role.grant.until && *role.grant.until < today;
    if (role.grant.role == Role::owner && (over || !role.active)) continue;
    view.members.push_back({.person_id = role.person_id,
                            .name = role.name,
                            .role = role.grant.role,
                            .principal = role.grant.principal,
                            .since = role.grant.since,
                            .until = role.grant.until,
                            .in_force = role.active && holds_on(role.grant, today)});
  }
  std::stable_sort(view.members.begin(), view.members.end(), [](const auto& left, const auto& right) {
    return std::pair(!left.in_force, left.role) < std::pair(!right.in_force, right.role);
  });
  for (const storage::Designation& made : storage::designations_of(session, process_id)) {
    view.documents.push_back(made.id + ": " + made.document + ", " +
                             cards::long_date(local_date(made.designated_at)));
  }
  for (const procedure::Lack lack : procedure::lacks_of(process_id, storage::active_people(session), today)) {
    view.lacking.push_back(lack_words(lack));
  }
  view.may_designate = procedure::may(viewer, Action::designate_liaison, process_id, "", today).has_value();
  return view;
}

// Those who have to know of a change of liaison, each once: the person, the liaisons, the leader, the
// advisor.
std::vector<Person> concerned(storage::Session& session, const Reference& reference,
                              const std::string& process_id, const std::vector<std::string>& persons,
                              Date today) {
  std::vector<std::string> ids = persons;
  for (const auto& [id, name] : liaisons_today(session, process_id, today)) ids.push_back(id);
  if (const procedure::Process* process = reference.process(process_id)) {
    ids.push_back(process->leader_id);
    ids.push_back(process->advisor_id);
  }
  std::vector<Person> people;
  for (const std::string& id : ids) {
    const bool known =
        std::any_of(people.begin(), people.end(), [&](const Person& other) { return other.id == id; });
    if (known) continue;
    if (auto person = storage::find_person(session, id); person && person->active)
      people.push_back(std::move(*person));
  }
  return people;
}

void tell(Reply& reply, const std::vector<Person>& people, const std::string& key, const std::string& subject,
          const std::string& doer_id, const cards::Card& card) {
  for (const Person& person : people) {
    if (person.id == doer_id) continue;
    reply.notices.push_back({.aad_object_id = person.aad_object_id,
                             .key = key + ":" + person.id,
                             .subject = subject,
                             .content = {.card = card}});
  }
}

// Who stops being liaison because somebody else begins.
struct Replaced {
  std::string name;
  std::optional<Date> returns_on;  // after a temporary replacement
};

// The former one keeps the day before; after a temporary replacement he or she is liaison again, as long as
// before. Nobody named: nobody is replaced.
Result<Replaced> replace(storage::Session& session, const Turn& turn,
                         const procedure::DesignationRequest& wanted, const std::string& replaced_id) {
  if (replaced_id.empty()) return Replaced{};
  const auto person = storage::find_person(session, replaced_id);
  std::optional<procedure::RoleGrant> before;
  for (const storage::ProcessRole& role : storage::roles_in_process(session, wanted.process_id)) {
    if (role.person_id == replaced_id && role.grant.role == Role::liaison &&
        holds_on(role.grant, wanted.since))
      before = role.grant;
  }
  const std::int64_t ended = storage::end_liaison(session, {.process_id = wanted.process_id,
                                                            .person_id = replaced_id,
                                                            .last_day = wanted.since - std::chrono::days{1},
                                                            .reason = "Reemplazo: " + wanted.document,
                                                            .ended_by = turn.person->id,
                                                            .ended_at = turn.at});
  if (!person || !before || ended == 0) {
    return fail(ErrorCode::invalid, "the replaced person is no liaison then",
                "La persona que reemplaza no es enlace del proceso en esa fecha.");
  }
  Replaced replaced{.name = person->name};
  if (!wanted.until || (before->until && *before->until <= *wanted.until)) return replaced;
  replaced.returns_on = *wanted.until + std::chrono::days{1};
  storage::add_designation(session, {.process_id = wanted.process_id,
                                     .person_id = replaced_id,
                                     .principal = before->principal,
                                     .since = *replaced.returns_on,
                                     .until = before->until,
                                     .document = wanted.document,
                                     .designated_by = turn.person->id,
                                     .designated_at = turn.at});
  return replaced;
}

std::string process_of(const Reference& reference, const Turn& turn, Date today) {
  if (!turn.value("proceso").empty()) return std::string(turn.value("proceso"));
  if (std::string named = process_in(reference, turn.text); !named.empty()) return named;
  for (const procedure::RoleGrant& grant : turn.person->roles) {
    if (grant.process_id.empty() || !holds_on(grant, today)) continue;
    if (procedure::may(*turn.person, Action::see_process_detail, grant.process_id, "", today))
      return grant.process_id;
  }
  return "";
}

}  // namespace

Result<Decision> RightsHandler::on_team(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Date today = local_date(turn.at);
  const std::string process_id = process_of(*reference, turn, today);
  if (!reference->process(process_id)) {
    return fail(ErrorCode::not_found, "no process to show",
                "Dígame de qué proceso. Escriba, por ejemplo, «equipo de gestión de comunicaciones».");
  }
  const Result<void> may = procedure::may(*turn.person, Action::see_process_detail, process_id, "", today);
  if (!may) return tl::unexpected<Error>(may.error());
  const auto view = database_.read([&](storage::Session& session) {
    return team_of(session, *reference, *turn.person, process_id, today);
  });
  if (!view) return tl::unexpected<Error>(view.error());
  return Decision(Reply{.content = {.card = cards::team_card(*view)},
                        .trace = {.outcome = "team_shown", .fields = {{"process", process_id}}}});
}

Result<Decision> RightsHandler::on_designation_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::string process_id(turn.value("proceso"));
  const Date today = local_date(turn.at);
  const auto liaisons =
      database_.read([&](storage::Session& session) { return liaisons_today(session, process_id, today); });
  if (!liaisons) return tl::unexpected<Error>(liaisons.error());
  return Decision(Reply{.content = {.card = cards::designation_form_card(
                                        {process_id, reference->process_name(process_id), *liaisons, today})},
                        .trace = {.outcome = "designation_form_shown", .fields = {{"process", process_id}}}});
}

Result<Decision> RightsHandler::on_designate(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Result<Date> since = day_of(turn, "desde", "inicio");
  if (!since) return tl::unexpected<Error>(since.error());
  procedure::DesignationRequest wanted{.process_id = std::string(turn.value("proceso")),
                                       .since = *since,
                                       .document = procedure::trimmed(turn.value("documento"))};
  if (!procedure::trimmed(turn.value("hasta")).empty()) {
    const Result<Date> until = day_of(turn, "hasta", "terminación");
    if (!until) return tl::unexpected<Error>(until.error());
    wanted.until = *until;
  }
  return Decision::storing([reference, turn, wanted](storage::Session& session) -> Result<Reply> {
    const Date today = local_date(turn.at);
    const std::optional<Person> person = person_named(session, procedure::trimmed(turn.value("persona")));
    if (!person) {
      return fail(ErrorCode::invalid, "no such person",
                  "No encontré a esa persona en el directorio. Escriba su correo institucional; si no está, "
                  "pida a la OAP que la registre.");
    }
    const Result<void> valid = procedure::check_designation(*person, wanted, today);
    if (!valid) return tl::unexpected<Error>(valid.error());
    std::string replaced_id(turn.value("reemplaza"));
    if (replaced_id == person->id) replaced_id.clear();
    Result<Replaced> replaced = replace(session, turn, wanted, replaced_id);
    if (!replaced) return tl::unexpected<Error>(replaced.error());
    const storage::Designation made =
        storage::add_designation(session, {.process_id = wanted.process_id,
                                           .person_id = person->id,
                                           .principal = turn.value("principal") != "no",
                                           .since = wanted.since,
                                           .until = wanted.until,
                                           .document = wanted.document,
                                           .designated_by = turn.person->id,
                                           .designated_at = turn.at});
    const cards::Card card =
        cards::designation_card({.id = made.id,
                                 .process_name = reference->process_name(made.process_id),
                                 .person_name = person->name,
                                 .principal = made.principal,
                                 .since = made.since,
                                 .until = made.until,
                                 .document = made.document,
                                 .leader_name = turn.person->name,
                                 .replaced_name = replaced->name,
                                 .returns_on = replaced->returns_on});
    Reply reply{.content = {.card = card},
                .trace = {.outcome = "liaison_designated",
                          .fields = {{"designation", made.id},
                                     {"process", made.process_id},
                                     {"person", person->id},
                                     {"from", replaced_id},
                                     {"to", person->id},
                                     {"since", iso_date(made.since)},
                                     {"until", made.until ? iso_date(*made.until) : ""},
                                     {"reason", made.document}}}};
    std::vector<std::string> told = {person->id};
    if (!replaced_id.empty()) told.push_back(replaced_id);
    tell(reply, concerned(session, *reference, made.process_id, told, today), "designation:" + made.id,
         "designation:" + made.id, turn.person->id, card);
    return reply;
  });
}

Result<Decision> RightsHandler::on_ending_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::string process_id(turn.value("proceso"));
  const Date today = local_date(turn.at);
  const auto liaisons =
      database_.read([&](storage::Session& session) { return liaisons_today(session, process_id, today); });
  if (!liaisons) return tl::unexpected<Error>(liaisons.error());
  return Decision(
      Reply{.content = {.card = cards::liaison_ending_form_card(
                            {process_id, reference->process_name(process_id), *liaisons, today})},
            .trace = {.outcome = "liaison_ending_form_shown", .fields = {{"process", process_id}}}});
}

Result<Decision> RightsHandler::on_ending(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Date today = local_date(turn.at);
  const Result<Date> last_day = day_of(turn, "ultimo_dia", "su último día");
  if (!last_day) return tl::unexpected<Error>(last_day.error());
  if (const Result<void> valid = procedure::check_ending(*last_day, today); !valid)
    return tl::unexpected<Error>(valid.error());
  const std::string reason = cards::shorten(procedure::trimmed(turn.value("motivo")), 500);
  if (reason.empty()) return fail(ErrorCode::invalid, "an ending without a reason", "Escriba el motivo.");
  return Decision::storing(
      [reference, turn, reason, today, last_day = *last_day](storage::Session& session) -> Result<Reply> {
        const std::string process_id(turn.value("proceso")), person_id(turn.value("persona"));
        const auto person = storage::find_person(session, person_id);
        const std::int64_t ended = person ? storage::end_liaison(session, {.process_id = process_id,
                                                                           .person_id = person_id,
                                                                           .last_day = last_day,
                                                                           .reason = reason,
                                                                           .ended_by = turn.person->id,
                                                                           .ended_at = turn.at})
                                          : 0;
        if (ended == 0) {
          return fail(ErrorCode::invalid, "the person is no liaison beyond that day",
                      "Esa persona no es enlace del proceso después de esa fecha.");
        }
        const OpenMatters open = open_matters(session, process_id, person_id, today);
        cards::LiaisonEndingView view{.process_name = reference->process_name(process_id),
                                      .person_name = person->name,
                                      .last_day = last_day,
                                      .reason = reason,
                                      .requests = open.requests,
                                      .items = open.items};
        for (const auto& [id, name] : liaisons_today(session, process_id, last_day + std::chrono::days{1}))
          view.heirs.push_back(name);
        const cards::Card card = cards::liaison_ending_card(view);
        Reply reply{.content = {.card = card},
                    .trace = {.outcome = "liaison_ended",
                              .fields = {{"process", process_id},
                                         {"person", person_id},
                                         {"until", iso_date(last_day)},
                                         {"reason", reason},
                                         {"open_requests", std::to_string(open.requests.size())}}}};
        const std::string key = "liaison-ending:" + process_id + ":" + person_id + ":" + iso_date(last_day);
        tell(reply, concerned(session, *reference, process_id, {person_id}, today), key, key, turn.person->id,
             card);
        return reply;
      });
}

Result<Decision> RightsHandler::on_gaps(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const auto gaps = database_.read(
      [&](storage::Session& session) { return unowned(session, *reference, local_date(turn.at)); });
  if (!gaps) return tl::unexpected<Error>(gaps.error());
  cards::GapsView view{.total = static_cast<int>(gaps->size())};
  view.page = page_of(turn, view.total, cards::gaps_page_size);
  const int first = view.page * cards::gaps_page_size;
  for (int i = first; i < std::min(view.total, first + cards::gaps_page_size); ++i) {
    const Unowned& gap = (*gaps)[static_cast<std::size_t>(i)];
    view.lines.push_back({reference->process_name(gap.process_id), gap_words(gap)});
  }
  return Decision(
      Reply{.content = {.card = cards::gaps_card(view)},
            .trace = {.outcome = "gaps_shown", .fields = {{"gaps", std::to_string(view.total)}}}});
}

}  // namespace pao::handlers::rights
