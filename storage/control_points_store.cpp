#include "storage/control_points_store.hpp"

#include "handlers/procedure/obligations.hpp"
#include "storage/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace pao::storage {
namespace {

using procedure::ControlPoint;

#define PAO_CONFIRMATION_COLUMNS \
  "number, control, subject, process_id, result, note, confirmed_by, confirmed_at"

ControlConfirmation confirmation_of(const Row& row) {
  return {.number = row.integer(0),
          .control = known(procedure::parse_control_point(row.text(1))),
          .subject = row.string(2),
          .process_id = row.string(3),
          .result = known(procedure::parse_control_result(row.text(4))),
          .note = row.string(5),
          .confirmed_by = row.string(6),
          .confirmed_at = row.instant(7)};
}

std::string text_of(const nlohmann::json& content, const char* name) {
  const auto found = content.find(name);
  return found != content.end() && found->is_string() ? found->get<std::string>() : "";
}

bool is_an_answer(const std::string& outcome) {
  return outcome == "answered" || outcome == "abstained" || outcome == "clarified" || outcome == "escalated";
}

// Nothing for an entry that is no answer to a question.
std::optional<RegisterTurn> turn_of(const Row& row) {
  const auto content = nlohmann::json::parse(row.text(2), nullptr, false);
  if (!content.is_object()) return std::nullopt;
  RegisterTurn turn{.number = row.integer(0),
                    .at = row.instant(1),
                    .outcome = text_of(content, "outcome"),
                    .question = text_of(content, "question"),
                    .answer = text_of(content, "answer"),
                    .criteria = text_of(content, "criteria")};
  if (turn.answer.empty()) turn.answer = text_of(content, "card");
  if (!is_an_answer(turn.outcome) || turn.question.empty()) return std::nullopt;
  return turn;
}

bool ends_within(Date last, const procedure::Period& period) {
  return procedure::first_day(period) <= last && last <= procedure::last_day(period);
}

bool is_about(const ControlConfirmation& confirmation, const procedure::Period& period) {
  const auto subject = procedure::parse_control_subject(confirmation.subject);
  const auto about = subject ? procedure::parse_period(subject->period) : std::nullopt;
  return about && ends_within(procedure::last_day(*about), period);
}

// The last day of the period of a record, as a follow-up report counts it: a practice that records in October
// of the year itself (documentos) has its year end before.
Date end_of(const procedure::Period& period, std::string_view practice,
            const std::vector<procedure::PracticeRules>& rules) {
  const auto known = std::find_if(rules.begin(), rules.end(), [&](const auto& one) {
    return one.practice == practice && period.kind == procedure::Periodicity::annual;
  });
  return known == rules.end() ? procedure::last_day(period)
                              : procedure::opens_on(*known, period) - std::chrono::days{1};
}

}  // namespace

void add_confirmation(Session& session, const ControlConfirmation& confirmation) {
  session.run(
      "INSERT INTO control_confirmations (control, subject, process_id, result, note, confirmed_by,"
      " confirmed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {procedure::to_word(confirmation.control), std::string_view(confirmation.subject),
       text_or_null(confirmation.process_id), procedure::to_word(confirmation.result),
       std::string_view(confirmation.note), std::string_view(confirmation.confirmed_by),
       to_value(confirmation.confirmed_at)});
}

std::optional<ControlConfirmation> latest_confirmation(Session& session, std::string_view subject) {
  return session.first("SELECT " PAO_CONFIRMATION_COLUMNS
                       " FROM control_confirmations WHERE subject = $1 ORDER BY number DESC LIMIT 1",
                       {subject}, confirmation_of);
}

bool is_control_confirmed(Session& session, std::string_view subject) {
  const auto latest = latest_confirmation(session, subject);
  return latest && procedure::lets_next_step(latest->result);
}

std::vector<ControlConfirmation> confirmations_in(Session& session, ControlPoint control,
                                                  const procedure::Period& period) {
  const Instant from = start_of_day(procedure::first_day(period));
  const Instant until = start_of_day(procedure::last_day(period) + std::chrono::days{1});
  const bool by_subject = control == ControlPoint::advice || control == ControlPoint::verification;
  std::vector<ControlConfirmation> found;
  session.each("SELECT " PAO_CONFIRMATION_COLUMNS
               " FROM control_confirmations WHERE control = $1 ORDER BY number",
               {procedure::to_word(control)}, [&](const Row& row) {
                 ControlConfirmation one = confirmation_of(row);
                 const bool then = from <= one.confirmed_at && one.confirmed_at < until;
                 if (by_subject ? is_about(one, period) : then) found.push_back(std::move(one));
                 return true;
               });
  return found;
}

std::vector<RegisterTurn> answered_turns(Session& session, Instant from, Instant until) {
  std::vector<RegisterTurn> turns;
  session.each(
      "SELECT number, at, content FROM registro WHERE kind = 'turn' AND at >= $1 AND at < $2"
      " ORDER BY number",
      {to_value(from), to_value(until)}, [&](const Row& row) {
        if (auto turn = turn_of(row)) turns.push_back(std::move(*turn));
        return true;
      });
  return turns;
}

std::optional<RegisterSample> sample_of(Session& session, std::string_view period) {
  std::optional<RegisterSample> sample;
  session.each(
      "SELECT r.number, r.at, r.content, s.advisor_id FROM control_samples s"
      " JOIN registro r ON r.number = s.registro_number WHERE s.period = $1 ORDER BY s.position",
      {period}, [&](const Row& row) {
        if (!sample) sample = RegisterSample{std::string(period), row.string(3), {}};
        if (auto turn = turn_of(row)) sample->turns.push_back(std::move(*turn));
        return true;
      });
  return sample;
}

bool add_sample(Session& session, std::string_view period, std::string_view advisor_id,
                std::span<const std::int64_t> registro_numbers, Instant at) {
  const bool drawn =
      session
          .first("SELECT 1 FROM control_samples WHERE period = $1", {period}, [](const Row&) { return true; })
          .value_or(false);
  if (drawn) return false;
  int position = 0;
  for (const std::int64_t number : registro_numbers) {
    session.run(
        "INSERT INTO control_samples (period, advisor_id, position, registro_number, drawn_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        {period, advisor_id, to_value(++position), to_value(number), to_value(at)});
  }
  return true;
}

ReviewCounts review_counts(Session& session, std::string_view process_id, const procedure::Period& period,
                           const std::vector<procedure::PracticeRules>& rules) {
  struct Reviewed {
    std::string practice;
    std::string period;
    procedure::ReviewState state;
    std::int64_t count;
  };
  const auto all = session.all(
      "SELECT practice, period, review, COUNT(*) FROM progress_records WHERE process_id = $1"
      " GROUP BY practice, period, review",
      {process_id}, [](const Row& row) {
        return Reviewed{row.string(0), row.string(1), known(procedure::parse_review_state(row.text(2))),
                        row.integer(3)};
      });
  ReviewCounts counts;
  for (const Reviewed& one : all) {
    const auto recorded = procedure::parse_period(one.period);
    if (!recorded || !ends_within(end_of(*recorded, one.practice, rules), period)) continue;
    std::int64_t& count = one.state == procedure::ReviewState::accepted   ? counts.accepted
                          : one.state == procedure::ReviewState::returned ? counts.returned
                                                                          : counts.unreviewed;
    count += one.count;
  }
  return counts;
}

}  // namespace pao::storage
