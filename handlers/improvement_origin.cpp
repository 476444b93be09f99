#include "handlers/improvement_origin.hpp"

#include "cards/texts.hpp"
#include "storage/recommendations_store.hpp"

#include <vector>

namespace pao::handlers {

std::string improvement_origin(storage::Session& session, const procedure::Item& item) {
  if (item.kind != procedure::ItemKind::improvement) return "";
  std::vector<std::string> ids;
  for (const storage::Recommendation& one : storage::recommendations_of_improvement(session, item.id))
    ids.push_back(one.id);
  if (ids.empty()) return "";
  return (ids.size() == 1 ? "Recomendación " : "Recomendaciones ") + cards::enumerate(ids);
}

}  // namespace pao::handlers
