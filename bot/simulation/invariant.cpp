#include "bot/simulation/invariant.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pao::bot::simulation {

std::string_view invariant_text(std::string_view name) {
  using Text = std::pair<std::string_view, std::string_view>;
  // clang-format off: a table
  static constexpr std::array texts{
      Text{"due_dates", "every obligation is due on the day of an independent computation"},
      Text{"no_alert_outside_hours", "a digest arrives on a business day between 8:00 and 18:00"},
      Text{"at_most_one_digest", "nobody gets two digests on one day"},
      Text{"no_reminder_after_completion", "no digest offers to register what had been registered"},
      Text{"registro_without_gaps", "the numbers of the registro follow each other"},
      Text{"registro_chain", "the chain of hashes of the whole registro is intact"},
      Text{"nobody_without_owner", "each process has leader, liaison and advisor, each open SS an advisor"},
      Text{"delivery_sums", "of the digests of a day none arrived that was not enqueued"},
      Text{"no_unexplained_double", "a message arrives twice only after a send without receipt"},
      Text{"ss_clocks_replayable", "the events of an SS lead to its state and its due date"},
      Text{"ss_due_dates", "an SS is due on the day of an independent computation"},
      Text{"ss_waits_end", "no SS waits for information longer than five business days"},
      Text{"repeated_activity_same_answer", "an activity that arrives twice is answered twice the same"},
      Text{"window_of_ten_business_days",
           "a window ends on the tenth business day of an independent computation"},
      Text{"window_closed_at_its_second", "a window closes at its second, or early by the leader's word"},
      Text{"no_answer_outside_the_window", "each answer to a report was given inside its window"},
      Text{"report_line_traceable",
           "each line of a report leads to the record or the decision it comes from"},
      Text{"line_in_one_state", "each line that was sent is in the final report, once"},
      Text{"report_to_its_audience",
           "cards and mails of a report go to leader and liaisons of that day, to nobody else"},
      Text{"report_mail_exactly_once",
           "each of them has the mail once in the own mailbox, besides sends without receipt"},
      Text{"report_card_arrived", "a report card that is marked as sent arrived"},
      Text{"report_delivery_explained", "a report message that did not arrive says why"},
      Text{"report_delivery_ends", "no report message is on its way for ever"},
      Text{"no_mail_from_nowhere", "no mailbox has a mail that was not enqueued"},
      Text{"smgi_handed_over_once", "each content goes to the SMGI under one key and is marked so once"},
      Text{"smgi_same_content", "what is handed over again after a failure is the same"},
      Text{"smgi_knows_what_was_handed_over", "what is enviado lies in the SMGI"},
      Text{"smgi_confirmed_as_given", "what is confirmado has the number that the SMGI gave"},
      Text{"smgi_refused_as_given", "what counts as refused was refused by the SMGI"},
      Text{"smgi_confirmed_once", "nothing is confirmed twice, nor refused afterwards"},
      Text{"smgi_number_shown", "a confirmed record or SS shows the number of the SMGI"},
      Text{"smgi_record_confirmed", "a record is confirmado when its present content is, and only then"},
      Text{"smgi_nothing_left_behind", "after the last exchange of a day nothing waits to be handed over"},
      Text{"smgi_answers_taken", "what the SMGI answered is known two days later"},
  };
  // clang-format on
  const auto found =
      std::find_if(texts.begin(), texts.end(), [&](const Text& one) { return one.first == name; });
  return found == texts.end() ? std::string_view{} : found->second;
}

}  // namespace pao::bot::simulation
