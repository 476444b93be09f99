#include "handlers/sessions/commitment_handler.hpp"

#include "cards/texts.hpp"
#include "handlers/commitments.hpp"
#include "handlers/paging.hpp"
#include "handlers/procedure/item_changes.hpp"
#include "handlers/sessions/session_steps.hpp"
#include "storage/item_changes_store.hpp"
#include "storage/items_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::sessions {
namespace {

using procedure::Item;
using storage::Session;
namespace field = procedure::commitment_field;

// The open commitment of that id, when this person may mark it.
Result<Item> to_fulfil(Session& session, const Turn& turn, std::string_view id) {
  std::optional<Item> item = storage::find_item(session, id);
  if (!item || item->kind != procedure::ItemKind::commitment)
    return fail(ErrorCode::invalid, "card names an unknown commitment",
                "No encontré ese compromiso. Escriba «qué me toca» para ver los suyos.");
  if (const auto may =
          procedure::may_fulfil(*turn.person, item->owner_id, item->process_id, local_date(turn.at));
      !may)
    return tl::unexpected<Error>(may.error());
  if (const auto day = procedure::fulfilled_on(*item))
    return fail(ErrorCode::conflict, "the commitment was fulfilled before",
                "Ese compromiso ya está cumplido desde el " + cards::long_date(*day) + ".");
  if (!procedure::is_open_commitment(*item))
    return fail(ErrorCode::conflict, "the commitment was ended by an SS",
                "Ese compromiso terminó por una SS. No hay nada por cumplir.");
  return *std::move(item);
}

cards::CommitmentFormView form_of(Session& session, const Turn& turn, const Reference& reference,
                                  const Item& commitment) {
  return {.commitment = commitment_line(session, reference, commitment, local_date(turn.at)),
          .day = typed(turn, "fecha"),
          .evidence = typed(turn, "evidencia")};
}

// Where it was agreed: the working session, or the REPAC.
std::string agreed_in(const Item& commitment) {
  const std::string session_id = procedure::item_value(commitment, "mesa_id");
  return session_id.empty() ? commitment.parent_id : session_id;
}

Result<void> keep(Session& session, const Turn& turn, const Item& commitment, Date day,
                  const std::string& evidence) {
  Item fulfilled = commitment;
  fulfilled.attributes[field::fulfilled_on] = iso_date(day);
  fulfilled.attributes[field::evidence] = evidence;
  storage::ItemChange change{.request_id = agreed_in(commitment),
                             .item_id = commitment.id,
                             .field = field::fulfilled_on,
                             .old_value = "",
                             .new_value = iso_date(day),
                             .changed_by = turn.person->id,
                             .changed_at = turn.at};
  if (const Result<void> changed = storage::change_item(session, fulfilled, change); !changed) return changed;
  change.field = field::evidence;
  change.new_value = evidence;
  storage::note_change(session, change);
  return {};
}

}  // namespace

std::string CommitmentHandler::among(const std::vector<std::string>& ids) const {
  if (ids.empty()) return "";
  const Result<std::string> found = database_.read([&](Session& session) -> Result<std::string> {
    for (const std::string& id : ids) {
      const auto item = storage::find_item(session, id);
      if (item && item->kind == procedure::ItemKind::commitment) return id;
    }
    return std::string();
  });
  return found.value_or("");
}

Result<Decision> CommitmentHandler::on_list(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Date today = local_date(turn.at);
  return database_.read([&](Session& session) -> Result<Decision> {
    const std::vector<Item> open = open_commitments(session, *turn.person, today);
    cards::CommitmentListView view{.total = static_cast<int>(open.size())};
    view.page = page_of(turn, view.total, cards::commitment_page_size);
    const int first = view.page * cards::commitment_page_size;
    for (int i = first; i < std::min(view.total, first + cards::commitment_page_size); ++i)
      view.lines.push_back(commitment_line(session, *reference, open[static_cast<std::size_t>(i)], today));
    return Decision(
        Reply{.content = {.card = cards::commitment_list_card(view)},
              .trace = {.outcome = "commitments_shown", .fields = {{"open", std::to_string(view.total)}}}});
  });
}

Result<Decision> CommitmentHandler::on_form(const Turn& turn, const std::string& id) const {
  if (id.empty()) {
    const Result<std::vector<Item>> open = database_.read(
        [&](Session& session) { return open_commitments(session, *turn.person, local_date(turn.at)); });
    if (!open) return tl::unexpected<Error>(open.error());
    return open->size() == 1 ? on_form(turn, open->front().id) : on_list(turn);
  }
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](Session& session) -> Result<Decision> {
    const Result<Item> commitment = to_fulfil(session, turn, id);
    if (!commitment) return tl::unexpected<Error>(commitment.error());
    cards::CommitmentFormView view = form_of(session, turn, *reference, *commitment);
    if (view.day.empty()) view.day = iso_date(local_date(turn.at));
    return Decision(
        Reply{.content = {.card = cards::commitment_form_card(view)},
              .trace = {.outcome = "commitment_form_shown", .fields = {{"commitment", commitment->id}}}});
  });
}

Result<Decision> CommitmentHandler::on_save(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) -> Result<Reply> {
    const Result<Item> commitment = to_fulfil(session, turn, turn.value("compromiso"));
    if (!commitment) return tl::unexpected<Error>(commitment.error());
    cards::CommitmentFormView form = form_of(session, turn, *reference, *commitment);
    const std::optional<Date> day = parse_date(form.day);
    const auto problem =
        procedure::problem_with_fulfilment(*commitment, day, form.evidence, local_date(turn.at));
    if (problem != procedure::FulfilmentProblem::none) {
      form.problem = cards::fulfilment_problem_sentence(problem);
      return Reply{.content = {.card = cards::commitment_form_card(form)},
                   .trace = {.outcome = "form_incomplete", .fields = {{"commitment", commitment->id}}}};
    }
    if (const Result<void> kept = keep(session, turn, *commitment, *day, form.evidence); !kept)
      return tl::unexpected<Error>(kept.error());
    return Reply{.content = {.card = cards::commitment_receipt_card({.commitment = form.commitment,
                                                                     .fulfilled_on = *day,
                                                                     .evidence = form.evidence,
                                                                     .marked_by_name = turn.person->name})},
                 .trace = {.outcome = "commitment_fulfilled",
                           .fields = {{"commitment", commitment->id},
                                      {"process", commitment->process_id},
                                      {"from", "abierto"},
                                      {"to", "cumplido"},
                                      {"on", iso_date(*day)},
                                      {"reason", form.evidence}}}};
  });
}

}  // namespace pao::handlers::sessions
