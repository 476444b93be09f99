#include "handlers/procedure/learning.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace pao::procedure {
namespace {

// Two questions are about the same thing when they share two words and half of the shorter one's, or when the
// shorter one has a single word and the other has it too.
constexpr std::size_t least_shared = 2;

std::size_t shared_count(const std::set<std::string>& a, const std::set<std::string>& b) {
  return static_cast<std::size_t>(
      std::count_if(a.begin(), a.end(), [&](const std::string& stem) { return b.contains(stem); }));
}

bool alike(const std::set<std::string>& a, const std::set<std::string>& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  if (shorter == 0) return false;
  const std::size_t shared = shared_count(a, b);
  return 2 * shared >= shorter && shared >= std::min(least_shared, shorter);
}

bool was_reworded(const AskedQuestion& first, const std::vector<AskedQuestion>& questions,
                  std::size_t after) {
  for (std::size_t i = after; i < questions.size() && questions[i].at - first.at <= reworded_within; ++i) {
    const AskedQuestion& next = questions[i];
    if (next.asked_by == first.asked_by && next.stems != first.stems && alike(first.stems, next.stems))
      return true;
  }
  return false;
}

struct Group {
  std::vector<Sign> signs;
  std::map<std::string, std::size_t> counts;  // stem → questions that have it

  void add(const Sign& sign) {
    signs.push_back(sign);
    for (const std::string& stem : sign.question->stems) ++counts[stem];
  }
  // The stems that at least half of its questions have.
  std::set<std::string> core() const {
    std::set<std::string> stems;
    for (const auto& [stem, count] : counts) {
      if (2 * count >= signs.size()) stems.insert(stem);
    }
    return stems;
  }
};

// Somebody who asks the same thing again within minutes asks once.
std::size_t times_asked(const std::vector<Sign>& signs) {
  std::size_t times = 0;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const AskedQuestion& question = *signs[i].question;
    const bool again =
        std::any_of(signs.begin(), signs.begin() + static_cast<std::ptrdiff_t>(i), [&](const Sign& earlier) {
          return earlier.question->asked_by == question.asked_by &&
                 question.at - earlier.question->at <= reworded_within;
        });
    times += again ? 0 : 1;
  }
  return times;
}

std::vector<std::string> by_frequency(const Group& group) {
  const std::set<std::string> core = group.core();
  std::vector<std::string> stems(core.begin(), core.end());
  std::stable_sort(stems.begin(), stems.end(), [&](const std::string& a, const std::string& b) {
    return group.counts.at(a) > group.counts.at(b);
  });
  return stems;
}

// The criterion that most of the group's answers rested on, when they are at least half of it.
std::string common_criterion(const Group& group) {
  std::map<std::string, std::size_t> cited;
  for (const Sign& sign : group.signs) {
    if (!sign.question->criterion.empty() && sign.question->outcome == "answered")
      ++cited[sign.question->criterion];
  }
  const auto most = std::max_element(cited.begin(), cited.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return most != cited.end() && 2 * most->second >= group.signs.size() ? most->first : "";
}

Proposal proposal_of(Group group) {
  Proposal proposal{.practice = group.signs.front().question->practice,
                    .criterion = common_criterion(group),
                    .shared = by_frequency(group)};
  proposal.kind = proposal.criterion.empty() ? ProposalKind::new_criterion : ProposalKind::clearer_criterion;
  proposal.signs = std::move(group.signs);
  return proposal;
}

}  // namespace

bool turned_away(std::string_view outcome, std::string_view reason) {
  return outcome == "abstained" && !reason.empty() && reason != "no_criterion" && reason != "unknown";
}

std::string_view to_word(Concern concern) {
  switch (concern) {
    case Concern::unanswered:
      return "sin_respuesta";
    case Concern::not_helped:
      return "no_sirvio";
    case Concern::reworded:
      return "reformulada";
    case Concern::escalated:
      return "escalada";
  }
  return {};
}

std::vector<Sign> signs_of(const std::vector<AskedQuestion>& questions) {
  std::vector<Sign> signs;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const AskedQuestion& question = questions[i];
    if (turned_away(question.outcome, question.reason)) continue;
    std::optional<Concern> concern;
    if (question.outcome == "abstained")
      concern = Concern::unanswered;
    else if (question.not_helped)
      concern = Concern::not_helped;
    else if (question.escalated)
      concern = Concern::escalated;
    else if (was_reworded(question, questions, i + 1))
      concern = Concern::reworded;
    if (concern) signs.push_back({&question, *concern});
  }
  return signs;
}

std::vector<Proposal> proposals_of(const std::vector<Sign>& signs) {
  std::map<std::string, std::vector<Group>> by_practice;
  for (const Sign& sign : signs) {
    std::vector<Group>& groups = by_practice[sign.question->practice];
    Group* best = nullptr;
    std::size_t most = 0;
    for (Group& group : groups) {
      const std::set<std::string> core = group.core();
      const std::size_t shared = shared_count(sign.question->stems, core);
      if (alike(sign.question->stems, core) && shared > most) {
        best = &group;
        most = shared;
      }
    }
    if (!best) best = &groups.emplace_back();
    best->add(sign);
  }
  std::vector<Proposal> proposals;
  for (auto& [practice, groups] : by_practice) {
    for (Group& group : groups) {
      if (times_asked(group.signs) >= least_signs) proposals.push_back(proposal_of(std::move(group)));
    }
  }
  std::stable_sort(proposals.begin(), proposals.end(),
                   [](const Proposal& a, const Proposal& b) { return a.signs.size() > b.signs.size(); });
  return proposals;
}

}  // namespace pao::procedure
