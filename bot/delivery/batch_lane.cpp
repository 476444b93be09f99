#include "bot/delivery/batch_lane.hpp"

#include "bot/protocol/routes.hpp"
#include "bot/protocol/teams.hpp"

#include <algorithm>
#include <tuple>

namespace pao::bot::delivery {
namespace {

using std::chrono::milliseconds;
using What = BatchOutcome::What;

constexpr std::uint64_t tag_mark = std::uint64_t{1} << 62U;
constexpr milliseconds question_pause{1'000};
constexpr milliseconds longest_operation = std::chrono::minutes{10};

bool is_good(const Answer& answer) {
  return answer.status >= 200 && answer.status < 300;
}

// A failed entry carries a code and no status; the codes are those of a refused send.
Verdict verdict_of(const std::string& code, Instant now) {
  return judge({.status = 403, .body = "{\"error\":{\"code\":\"" + code + "\"}}"}, {}, true, now);
}

}  // namespace

bool BatchLane::is_ours(std::uint64_t tag) {
  return (tag & tag_mark) != 0;
}

std::vector<BatchLane::Call> BatchLane::take(std::vector<BatchEntry> entries) {
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<BatchEntry>> equal;
  for (BatchEntry& entry : entries) {
    equal[{entry.service_url, entry.tenant, entry.body}].push_back(std::move(entry));
  }
  std::vector<Call> calls;
  for (auto& [key, all] : equal) {
    for (std::size_t first = 0; all.size() - first >= least_batch_entries; first += most_batch_entries) {
      const std::size_t end = std::min(all.size(), first + most_batch_entries);
      Group group{.rows = {}, .service_url = std::get<0>(key), .lease_until = all[first].lease_until};
      std::vector<std::string> members;
      Call call{.tag = tag_mark | ++last_, .request = {}};
      for (std::size_t i = first; i < end; ++i) {
        // The same person twice would be one entry: the second message waits for its turn.
        if (!group.rows.emplace(all[i].member_id, all[i].id).second) continue;
        members.push_back(all[i].member_id);
        call.ids.push_back(all[i].id);
        group.lease_until = std::min(group.lease_until, all[i].lease_until);
      }
      if (members.size() >= least_batch_entries) {
        call.request.url = protocol::batch_url(group.service_url, protocol::BatchAudience::users);
        call.request.body = protocol::batch_body(members, std::get<1>(key), std::get<2>(key));
        groups_.emplace(call.tag, std::move(group));
        calls.push_back(std::move(call));
      }
      if (end == all.size()) break;
    }
  }
  return calls;
}

std::vector<BatchLane::Call> BatchLane::questions(Instant now) {
  std::vector<Call> calls;
  for (auto& [tag, group] : groups_) {
    if (group.phase != Phase::waiting || group.next_question > now) continue;
    group.phase = group.lists ? Phase::listing : Phase::asking;
    const std::string url =
        group.lists ? protocol::batch_failures_url(group.service_url, group.operation, group.continuation)
                    : protocol::batch_state_url(group.service_url, group.operation);
    calls.push_back({.tag = tag, .request = {.method = Method::get, .url = url}});
  }
  return calls;
}

std::vector<BatchOutcome> BatchLane::all_of(const Group& group, What what, const Verdict& verdict) const {
  std::vector<BatchOutcome> all;
  for (const auto& [member, id] : group.rows) {
    all.push_back({.id = id, .what = what, .verdict = verdict, .operation = group.operation});
  }
  return all;
}

std::vector<BatchOutcome> BatchLane::outcomes(const Group& group, Instant now) const {
  // It failed and nobody is named: nobody is known to have it.
  if (group.failed_whole && group.failures.empty())
    return all_of(group, What::failed, judge({.status = 500}, {}, false, now));
  std::vector<BatchOutcome> all;
  for (const auto& [member, id] : group.rows) {
    const auto failed = group.failures.find(member);
    BatchOutcome& one = all.emplace_back();
    one.id = id;
    one.operation = group.operation;
    if (failed == group.failures.end()) continue;
    one.what = What::failed;
    one.verdict = verdict_of(failed->second, now);
  }
  return all;
}

std::vector<BatchOutcome> BatchLane::posted(Group& group, const Answer& answer, Instant now) {
  if (is_good(answer)) {
    group.operation = answered_id(answer.body);
    if (group.operation.empty()) return all_of(group, What::sent, {});
    group.phase = Phase::waiting;
    group.accepted_at = now;
    group.next_question = now + question_pause;
    return {};
  }
  const Verdict verdict = judge(answer, {}, false, now);
  if (verdict.outcome == Outcome::retry) return all_of(group, What::failed, verdict);
  // A refused token concerns everybody and is renewed by the next ordinary send; any other refusal is the
  // group's.
  if (verdict.outcome != Outcome::renew_token) is_on_ = false;
  return all_of(group, What::by_itself, {});
}

std::vector<BatchOutcome> BatchLane::finish(std::uint64_t tag, const Answer& answer, Instant now) {
  const auto found = groups_.find(tag);
  if (found == groups_.end()) return {};
  Group& group = found->second;
  std::vector<BatchOutcome> all;
  bool has_ended = false;
  if (group.phase == Phase::posting) {
    all = posted(group, answer, now);
    has_ended = !all.empty();
  } else if (group.phase == Phase::asking) {
    group.phase = Phase::waiting;
    const auto state = is_good(answer) ? protocol::read_batch_state(answer.body) : std::nullopt;
    const auto is_success = [](const auto& entry) { return entry.first >= 200 && entry.first < 300; };
    const bool is_over = state && state->has_ended();
    group.failed_whole = is_over && state->state == "Failed" && state->entries.empty();
    has_ended = is_over && !group.failed_whole &&
                std::all_of(state->entries.begin(), state->entries.end(), is_success);
    group.lists = is_over && !has_ended;
    if (has_ended) all = outcomes(group, now);
    const milliseconds asked = std::chrono::seconds{
        state && state->retry_after_s ? std::min<std::int64_t>(*state->retry_after_s, 60) : 0};
    group.next_question = group.lists ? now : now + std::max(question_pause, asked);
  } else {
    group.phase = Phase::waiting;
    const auto page = is_good(answer) ? protocol::read_batch_failures(answer.body) : std::nullopt;
    if (page) {
      for (const auto& failure : page->failures) group.failures[failure.member_id] = failure.error;
      group.continuation = page->continuation_token;
      has_ended = group.continuation.empty();
      if (has_ended) all = outcomes(group, now);
    }
    group.next_question = page ? now : now + question_pause;
  }
  if (has_ended) groups_.erase(found);
  return all;
}

std::vector<std::int64_t> BatchLane::extend(Instant now, milliseconds reserve, Instant until) {
  std::vector<std::int64_t> ids;
  for (auto& [tag, group] : groups_) {
    if (group.phase == Phase::posting || group.lease_until > now + reserve) continue;
    group.lease_until = until;
    for (const auto& [member, id] : group.rows) ids.push_back(id);
  }
  return ids;
}

std::vector<BatchOutcome> BatchLane::run_out(Instant now, milliseconds reserve) {
  std::vector<BatchOutcome> all;
  for (auto it = groups_.begin(); it != groups_.end();) {
    const Group& group = it->second;
    if (group.phase == Phase::posting || now + reserve < group.accepted_at + longest_operation) {
      ++it;
      continue;
    }
    const std::vector<BatchOutcome> ended = outcomes(group, now);
    all.insert(all.end(), ended.begin(), ended.end());
    it = groups_.erase(it);
  }
  return all;
}

std::optional<Instant> BatchLane::next_question() const {
  std::optional<Instant> next;
  for (const auto& [tag, group] : groups_) {
    if (group.phase == Phase::waiting && (!next || group.next_question < *next)) next = group.next_question;
  }
  return next;
}

}  // namespace pao::bot::delivery
