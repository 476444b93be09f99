#include "handlers/learning/monthly_proposals.hpp"

#include "cards/texts.hpp"
#include "handlers/job_message.hpp"
#include "handlers/procedure/permissions.hpp"
#include "storage/consult_store.hpp"
#include "storage/registro_store.hpp"
#include "storage/review_needs_store.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pao::handlers::learning {
namespace {

using procedure::Person;
using procedure::Proposal;
using storage::Session;

constexpr const char* job = "job:learning.proposals";
constexpr std::size_t quoted_bytes = 200;

cards::ProposalView view_of(const Proposal& proposal) {
  cards::ProposalView view{
      .practice_name = proposal.practice.empty() ? "" : cards::practice_name(proposal.practice),
      .criterion = proposal.criterion,
      .shared = proposal.shared};
  for (const procedure::Sign& sign : proposal.signs)
    view.questions.push_back({sign.question->question, local_date(sign.question->at),
                              std::string(procedure::to_word(sign.concern))});
  return view;
}

// As the review shows it: what is missing, in the words of the first who asked.
storage::AskedNeed need_of(const Proposal& proposal) {
  const std::string quoted =
      "«" + cards::shorten(proposal.signs.front().question->question, quoted_bytes) + "»";
  return {.practice = proposal.practice.empty() ? procedure::practice::general : proposal.practice,
          .words = proposal.criterion.empty() ? "Falta un criterio para " + quoted
                                              : "Aclarar " + proposal.criterion + ": " + quoted,
          .questions = static_cast<std::int64_t>(proposal.signs.size())};
}

bool concerns(Session& session, const Proposal& proposal, const Person& person, Date today) {
  if (procedure::holds_role(person, procedure::Role::coordination, "", today)) return true;
  if (!procedure::holds_role(person, procedure::Role::advisor, "", today)) return false;
  if (storage::thematic_advisor_of(session, proposal.practice) == person.id) return true;
  return std::any_of(proposal.signs.begin(), proposal.signs.end(), [&](const procedure::Sign& sign) {
    const std::string& process = sign.question->process_id;
    return !process.empty() && procedure::holds_role(person, procedure::Role::advisor, process, today);
  });
}

bool tell(Session& session, const Person& person, const cards::ProposalsView& view, Instant now) {
  const std::string subject = "learning:" + view.month;
  return storage::enqueue(session, job_message({.aad_object_id = person.aad_object_id,
                                                .key = subject + ":" + person.id,
                                                .subject = subject,
                                                .content = {.card = cards::proposals_card(view)}},
                                               now));
}

void keep(Session& session, const std::string& month, std::size_t proposals, int told, Instant now) {
  storage::append_registro(session, {.at = now,
                                     .actor = job,
                                     .channel = "job",
                                     .kind = "learning.proposals_told",
                                     .subject = "learning:" + month,
                                     .content = R"({"proposals":)" + std::to_string(proposals) +
                                                R"(,"people":)" + std::to_string(told) + "}"});
}

}  // namespace

cards::ProposalsView proposals_view(const Month& month, int questions,
                                    const std::vector<Proposal>& proposals) {
  cards::ProposalsView view{
      .month = month.word(), .month_before = month.before(1).word(), .questions = questions};
  for (const Proposal& proposal : proposals) view.proposals.push_back(view_of(proposal));
  return view;
}

Result<int> tell_proposals(storage::Database& database, const Reference& reference, Instant now) {
  const Month month = month_of(now).before(1);
  const auto questions = database.read([&](Session& session) {
    return storage::has_asked_needs(session, month.word()) ? std::vector<procedure::AskedQuestion>{}
                                                           : questions_of(session, month);
  });
  if (!questions) return tl::unexpected<Error>(questions.error());
  const std::vector<Proposal> proposals = procedure::proposals_of(procedure::signs_of(*questions));
  if (proposals.empty()) return 0;
  std::vector<storage::AskedNeed> needs;
  std::transform(proposals.begin(), proposals.end(), std::back_inserter(needs), need_of);
  return database.write([&](Session& session) -> Result<int> {
    if (!storage::add_asked_needs(session, month.word(), needs, now)) return 0;
    int told = 0;
    for (const Person& person : reference.people) {
      std::vector<Proposal> theirs;
      std::copy_if(proposals.begin(), proposals.end(), std::back_inserter(theirs), [&](const auto& proposal) {
        return concerns(session, proposal, person, local_date(now));
      });
      if (!theirs.empty())
        told += tell(session, person, proposals_view(month, asked_in(*questions), theirs), now) ? 1 : 0;
    }
    keep(session, month.word(), proposals.size(), told, now);
    return told;
  });
}

}  // namespace pao::handlers::learning
