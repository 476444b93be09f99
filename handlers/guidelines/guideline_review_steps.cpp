// Opening a review and working on its draft.
#include "cards/texts.hpp"
#include "handlers/guideline_review.hpp"
#include "handlers/guidelines/guideline_handler.hpp"
#include "handlers/guidelines/guideline_views.hpp"
#include "handlers/procedure/permissions.hpp"
#include "storage/knowledge/guideline_edit.hpp"
#include "storage/review_needs_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::guidelines {
namespace {

using procedure::GuidelineState;
using storage::GuidelineKey;
using storage::GuidelineVersion;

constexpr std::size_t needs_shown = 8;
constexpr std::size_t asked_shown = 4;

tl::unexpected<Error> old_card() {
  return fail(ErrorCode::invalid, "guideline: stale or foreign values",
              "Esta tarjeta ya no es válida. Escriba «lineamientos» para empezar de nuevo.");
}

std::string carried(const Turn& turn, const char* name) {
  return std::string(turn.value(name));
}

cards::ReviewFormView form_of(storage::Session& session, const Reference& reference, const Turn& turn) {
  cards::ReviewFormView view{.practice = carried(turn, "practica"),
                             .this_term = reference.term,
                             .reason_kind = carried(turn, "motivo"),
                             .detail = carried(turn, "detalle"),
                             .report_id = carried(turn, "reporte"),
                             .term = carried(turn, "vigencia")};
  if (view.term.empty()) view.term = std::to_string(working_term(local_date(turn.at)));
  for (const procedure::PracticeRules& rules : reference.rules)
    view.practices.emplace_back(rules.practice, rules.name);
  if (const auto key = key_of(turn)) view.take = ref_of(*key);
  // The needs of the vigencia before the one that is written.
  const int before = working_term(local_date(turn.at)) - 1;
  for (const auto& need : storage::review_needs(session, view.practice, before)) {
    if (view.needs.size() == needs_shown) break;
    view.needs.emplace_back(storage::in_words(need), need.first_report_id);
  }
  const auto asked = storage::asked_needs(session, view.practice, before);
  for (std::size_t i = 0; i < std::min(asked.size(), asked_shown); ++i)
    view.needs.emplace_back(storage::in_words(asked[i]), "");
  return view;
}

Reply form_again(cards::ReviewFormView view, const std::string& problem) {
  view.problem = problem;
  return {.content = {.card = cards::review_form_card(view)}, .trace = {.outcome = "form_incomplete"}};
}

// The reason as typed; a sentence when it will not do.
Result<procedure::ReviewReason> reason_of(const Turn& turn) {
  const auto kind = procedure::parse_review_reason(turn.value("motivo"));
  if (!kind) return fail(ErrorCode::invalid, "no kind of reason", "Elija por qué se revisa.");
  procedure::ReviewReason reason{*kind, carried(turn, "detalle"), carried(turn, "reporte")};
  if (const Result<void> checked = procedure::check_reason(reason); !checked) {
    return tl::unexpected<Error>(checked.error());
  }
  return reason;
}

Reply version_reply(storage::Session& session, const Reference& reference, const GuidelineKey& key,
                    const Turn& turn, const char* outcome, const std::string& from, const std::string& to) {
  const auto version = storage::find_version(session, key);
  const auto view = version_view(session, reference, *version, *turn.person, turn.at);
  return {.content = {.card = cards::guideline_version_card(view)},
          .trace = {.outcome = outcome,
                    .fields = {{"practice", key.practice},
                               {"term", std::to_string(key.term)},
                               {"version", std::to_string(key.version)},
                               {"from", from},
                               {"to", to}}}};
}

// Whether somebody works on that practice and vigencia already.
std::optional<GuidelineVersion> open_review(storage::Session& session, const std::string& practice,
                                            int term) {
  for (GuidelineVersion& one : storage::guideline_versions(session, practice, term)) {
    if (one.state == GuidelineState::draft || one.state == GuidelineState::in_review ||
        one.state == GuidelineState::approved) {
      return std::move(one);
    }
  }
  return std::nullopt;
}

int wanted_term(const Turn& turn, const Reference& reference) {
  const std::string_view typed = turn.value("vigencia");
  for (const int term : {reference.term, reference.term + 1}) {
    if (typed == std::to_string(term)) return term;
  }
  return 0;
}

}  // namespace

Result<Decision> GuidelineHandler::on_start(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    return Decision(Reply{.content = {.card = cards::review_form_card(form_of(session, *reference, turn))},
                          .trace = {.outcome = "review_form_shown"}});
  });
}

Result<Decision> GuidelineHandler::on_open(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const int term = wanted_term(turn, *reference);
  const std::string practice = carried(turn, "practica");
  if (term == 0 || reference->rules_of(practice) == nullptr) return old_card();
  const Result<procedure::ReviewReason> reason = reason_of(turn);
  if (!reason) {
    return database_.read([&](storage::Session& session) -> Result<Decision> {
      return Decision(form_again(form_of(session, *reference, turn), reason.error().message));
    });
  }
  return Decision::storing(
      [reference, turn, term, practice, reason = *reason](storage::Session& session) -> Result<Reply> {
        if (const auto open = open_review(session, practice, term)) {
          return fail(ErrorCode::conflict, "a review of that practice and vigencia is open",
                      "Ya hay una revisión abierta: versión " + std::to_string(open->key.version) + " de " +
                          std::to_string(term) + ". Escriba «lineamientos» para verla.");
        }
        const auto base = in_force(session, {practice, term, 0}, turn.at);
        if (!base) return old_card();
        const int version = storage::next_version_number(session, practice, term);
        const std::string document =
            storage::knowledge::with_version(storage::guideline_document(session, *base), term, version);
        const auto guideline = storage::knowledge::parse_guideline(document);
        if (!guideline) return fail(ErrorCode::internal, "a copied guideline cannot be read");
        const GuidelineKey key{practice, term, version};
        const std::string source = "a partir de la vigencia " + std::to_string(base->term) + ", versión " +
                                   std::to_string(base->version);
        storage::add_draft(session, {&*guideline, document, source, turn.person->id, "teams"}, turn.at);
        storage::set_reasons(session, key, {&reason, 1});
        return version_reply(session, *reference, key, turn, "guideline_review_opened", "", "borrador");
      });
}

Result<Decision> GuidelineHandler::on_take(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const auto key = key_of(turn);
  if (!key) return old_card();
  const Result<procedure::ReviewReason> reason = reason_of(turn);
  if (!reason) {
    return database_.read([&](storage::Session& session) -> Result<Decision> {
      return Decision(form_again(form_of(session, *reference, turn), reason.error().message));
    });
  }
  return Decision::storing(
      [reference, turn, key = *key, reason = *reason](storage::Session& session) -> Result<Reply> {
        const Result<void> taken = storage::take_draft(session, key, turn.person->id, turn.at);
        if (!taken) return tl::unexpected<Error>(taken.error());
        storage::set_reasons(session, key, {&reason, 1});
        return version_reply(session, *reference, key, turn, "guideline_taken", "borrador", "borrador");
      });
}

Result<Decision> GuidelineHandler::on_criterion(const Turn& turn) const {
  const auto key = key_of(turn);
  if (!key) return old_card();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const auto version = storage::find_version(session, *key);
    if (!version || version->state != GuidelineState::draft || version->author_id != turn.person->id)
      return old_card();
    cards::CriterionFormView view{.ref = ref_of(*key), .code = carried(turn, "codigo")};
    if (view.code == "nuevo") {
      view.is_new = true;
      view.code.clear();
    }
    const auto criteria = storage::criteria_of(session, *key);
    for (const auto& criterion : criteria) {
      view.criteria.emplace_back(criterion.code, criterion.title);
      if (std::find(view.sections.begin(), view.sections.end(), criterion.section) == view.sections.end()) {
        view.sections.push_back(criterion.section);
      }
      if (criterion.code != view.code) continue;
      view.title = criterion.title;
      view.text = criterion.text;
      view.section = criterion.section;
    }
    if (!view.is_new && view.title.empty()) view.code.clear();
    return Decision(Reply{.content = {.card = cards::criterion_form_card(view)},
                          .trace = {.outcome = "criterion_form_shown"}});
  });
}

Result<Decision> GuidelineHandler::on_save(const Turn& turn) const {
  const auto key = key_of(turn);
  if (!key) return old_card();
  const procedure::Criterion criterion{.code = carried(turn, "codigo"),
                                       .section = carried(turn, "seccion"),
                                       .title = carried(turn, "titulo"),
                                       .text = carried(turn, "texto")};
  const auto document =
      database_.read([&](storage::Session& session) { return storage::guideline_document(session, *key); });
  if (!document) return tl::unexpected<Error>(document.error());
  const Result<std::string> changed = storage::knowledge::with_criterion(*document, criterion);
  if (changed) return change_draft(turn, *key, *changed, criterion.code);
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    cards::CriterionFormView view{.ref = ref_of(*key),
                                  .code = criterion.code,
                                  .title = criterion.title,
                                  .text = criterion.text,
                                  .section = criterion.section,
                                  .problem = changed.error().message};
    view.is_new = true;
    for (const auto& one : storage::criteria_of(session, *key)) {
      if (one.code == criterion.code) view.is_new = false;
      if (std::find(view.sections.begin(), view.sections.end(), one.section) == view.sections.end()) {
        view.sections.push_back(one.section);
      }
    }
    return Decision(Reply{.content = {.card = cards::criterion_form_card(view)},
                          .trace = {.outcome = "form_incomplete"}});
  });
}

Result<Decision> GuidelineHandler::on_remove(const Turn& turn) const {
  const auto key = key_of(turn);
  if (!key) return old_card();
  const auto document =
      database_.read([&](storage::Session& session) { return storage::guideline_document(session, *key); });
  if (!document) return tl::unexpected<Error>(document.error());
  const Result<std::string> changed = storage::knowledge::without_criterion(*document, turn.value("codigo"));
  if (!changed) return tl::unexpected<Error>(changed.error());
  return change_draft(turn, *key, *changed, carried(turn, "codigo"));
}

Result<Decision> GuidelineHandler::change_draft(const Turn& turn, const GuidelineKey& key,
                                                const std::string& document, const std::string& code) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const auto guideline = storage::knowledge::parse_guideline(document);
  if (!guideline) return old_card();
  return Decision::storing([reference, turn, key, document, code,
                            guideline = *guideline](storage::Session& session) -> Result<Reply> {
    const auto version = storage::find_version(session, key);
    if (!version) return old_card();
    const auto allowed = procedure::decide({.state = version->state,
                                            .event = procedure::GuidelineEvent::edit,
                                            .author_id = version->author_id,
                                            .actor_id = turn.person->id});
    if (!allowed) return tl::unexpected<Error>(allowed.error());
    const Result<void> replaced = storage::replace_draft(session, key, guideline, document);
    if (!replaced) return tl::unexpected<Error>(replaced.error());
    Reply reply = version_reply(session, *reference, key, turn, "guideline_edited", "borrador", "borrador");
    reply.trace.fields.emplace("criterion", code);
    return reply;
  });
}

}  // namespace pao::handlers::guidelines
