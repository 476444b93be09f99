#include "handlers/procedure/commitments.hpp"

#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/item_changes.hpp"
#include "handlers/procedure/permissions.hpp"

namespace pao::procedure {

bool is_open_commitment(const Item& item) {
  return item.kind == ItemKind::commitment && item_value(item, commitment_field::fulfilled_on).empty() &&
         item_value(item, item_field::removed_by).empty();
}

std::optional<Date> fulfilled_on(const Item& commitment) {
  return parse_date(item_value(commitment, commitment_field::fulfilled_on));
}

FulfilmentProblem problem_with_fulfilment(const Item& commitment, std::optional<Date> day,
                                          std::string_view evidence, Date today) {
  if (!day) return FulfilmentProblem::no_date;
  if (*day > today) return FulfilmentProblem::in_the_future;
  if (commitment.starts_on && *day < *commitment.starts_on) return FulfilmentProblem::before_it_began;
  if (is_blank(evidence)) return FulfilmentProblem::no_evidence;
  if (count_characters(evidence) > longest_fulfilment_evidence) return FulfilmentProblem::long_evidence;
  return FulfilmentProblem::none;
}

Result<void> may_fulfil(const Person& person, std::string_view owner_id, std::string_view process_id,
                        Date today) {
  if (person.active && !owner_id.empty() && owner_id == person.id) return {};
  // An advisor records nothing in an assigned process, and internal control nowhere.
  if (auto records = may(person, Action::record_progress, process_id, "", today); !records) return records;
  if (holds_role(person, Role::leader, process_id, today) ||
      holds_role(person, Role::liaison, process_id, today))
    return {};
  return fail(ErrorCode::refused, "an owner marks own commitments only",
              "Este compromiso está a cargo de otra persona. Lo marca su responsable, el enlace o el líder.");
}

}  // namespace pao::procedure
