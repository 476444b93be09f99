// The steps of 5.1 that people take, and who is told of each.
#include "cards/guideline_notice.hpp"
#include "cards/texts.hpp"
#include "handlers/guideline_publication.hpp"
#include "handlers/guidelines/guideline_handler.hpp"
#include "handlers/guidelines/guideline_views.hpp"
#include "handlers/procedure/control_points.hpp"
#include "storage/control_points_store.hpp"
#include "storage/people_store.hpp"

#include <utility>

namespace pao::handlers::guidelines {
namespace {

using procedure::GuidelineEvent;
using procedure::GuidelineState;
using storage::GuidelineKey;
using storage::GuidelineVersion;

// What the others read when a version has moved; nothing for a step that concerns nobody else.
struct Telling {
  const char* title;
  std::string sentence;
  bool to_author;  // else to coordination
};
std::string published_sentence(int term, Instant now) {
  if (procedure::rules_from(term, now) == now) return "Ya respondo con esta versión.";
  return "Respondo con esta versión desde el 1 de enero de " + std::to_string(term) + ".";
}

std::optional<Telling> telling_of(GuidelineEvent event, int term, Instant now) {
  switch (event) {
    case GuidelineEvent::submit:
      return Telling{"Lineamientos por aprobar", "Una revisión de los lineamientos espera su decisión.",
                     false};
    case GuidelineEvent::send_back:
      return Telling{"Le devolvieron una revisión", "Corrija el borrador y envíelo de nuevo.", true};
    case GuidelineEvent::approve:
      return Telling{"Aprobaron su revisión", "Falta el punto de control de la actividad 1 y la publicación.",
                     true};
    case GuidelineEvent::publish:
      return Telling{"Publicaron su revisión", published_sentence(term, now), true};
    case GuidelineEvent::discard:
      return Telling{"Descartaron una revisión", "Este borrador ya no se publicará.", true};
    case GuidelineEvent::edit:
    case GuidelineEvent::replace:
      break;
  }
  return std::nullopt;
}

std::vector<procedure::Person> told_of(storage::Session& session, const Telling& telling,
                                       const GuidelineVersion& version, Date today) {
  if (!telling.to_author) return storage::people_with_role(session, procedure::Role::coordination, "", today);
  std::vector<procedure::Person> people;
  if (auto author = storage::find_person(session, version.author_id)) people.push_back(std::move(*author));
  return people;
}

void add_notices(storage::Session& session, const Turn& turn, const GuidelineVersion& version,
                 GuidelineEvent event, const std::string& reason, Reply& reply) {
  const std::optional<Telling> telling = telling_of(event, version.key.term, turn.at);
  if (!telling) return;
  const cards::Card card =
      cards::guideline_turn_card({ref_of(version.key), telling->title, telling->sentence, reason});
  const std::string subject =
      procedure::guideline_subject(version.key.practice, version.key.term, version.key.version);
  const std::size_t step = storage::history_of(session, version.key).size();  // the same step may come again
  for (const procedure::Person& person : told_of(session, *telling, version, local_date(turn.at))) {
    if (person.id == turn.person->id) continue;
    reply.notices.push_back(
        {.aad_object_id = person.aad_object_id,
         .key = "guideline-step:" + subject + ":" + std::to_string(step) + ":" + person.id,
         .subject = subject,
         .content = {.card = card}});
  }
}

}  // namespace

Result<Decision> GuidelineHandler::on_step(const Turn& turn, GuidelineEvent event) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const auto key = key_of(turn);
  if (!key) {
    return fail(ErrorCode::invalid, "guideline: stale or foreign values",
                "Esta tarjeta ya no es válida. Escriba «lineamientos» para empezar de nuevo.");
  }
  return Decision::storing([reference, turn, event, key = *key](storage::Session& session) -> Result<Reply> {
    const auto version = storage::find_version(session, key);
    if (!version || !may_see(*turn.person, *version, local_date(turn.at))) {
      return fail(ErrorCode::not_found, "no such guideline version",
                  "No encontré esa versión de los lineamientos.");
    }
    const std::string reason(turn.value("razon"));
    const std::string control = procedure::guideline_subject(key.practice, key.term, key.version);
    const Result<GuidelineState> next =
        procedure::decide({.state = version->state,
                           .event = event,
                           .author_id = version->author_id,
                           .actor_id = turn.person->id,
                           .actor_coordinates = coordinates(*turn.person, local_date(turn.at)),
                           .has_reasons = !storage::reasons_of(session, key).empty(),
                           .control_confirmed = storage::is_control_confirmed(session, control),
                           .reason = reason});
    const auto shown = [&](const std::string& problem) {
      auto view =
          version_view(session, *reference, *storage::find_version(session, key), *turn.person, turn.at);
      view.problem = problem;
      return cards::guideline_version_card(view);
    };
    if (!next) {
      if (next.error().code != ErrorCode::invalid) return tl::unexpected<Error>(next.error());
      return Reply{.content = {.card = shown(next.error().message)}, .trace = {.outcome = "form_incomplete"}};
    }
    const Result<void> moved = storage::move_guideline(
        session, {key, version->state, *next, turn.person->id, "teams", reason, turn.at});
    if (!moved) return tl::unexpected<Error>(moved.error());
    Reply reply{.trace = {.outcome = "guideline_moved",
                          .fields = {{"practice", key.practice},
                                     {"term", std::to_string(key.term)},
                                     {"version", std::to_string(key.version)},
                                     {"from", std::string(procedure::to_word(version->state))},
                                     {"to", std::string(procedure::to_word(*next))},
                                     {"reason", reason}}}};
    if (event == GuidelineEvent::publish) {
      const std::size_t told = announce(session, *reference, key, turn.at);
      reply.trace.fields.emplace("told", std::to_string(told));
    }
    add_notices(session, turn, *version, event, reason, reply);
    reply.content.card = shown("");
    return reply;
  });
}

}  // namespace pao::handlers::guidelines
