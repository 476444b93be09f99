#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/matches.hpp"
#include "handlers/routes.hpp"
#include "handlers/subjects.hpp"

namespace pao::handlers {

using procedure::Action;
namespace verb = cards::verb;

std::vector<Route> verification_routes(const Features& f) {
  using verification::VerificationHandler;
  constexpr Where own = Where::personal;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  const auto queue = call(f.verification, &VerificationHandler::on_queue);
  // clang-format off: a table
  return {
      {"verify.queue.text",
       says({"verificar", "verificar avances", "avances por verificar", "cola de verificacion"}),
       may(Action::verify_records), own, reads, queue},
      {"verify.queue", pressed(verb::verify_queue), may(Action::verify_records), own, reads, queue},
      {"verify.view", pressed(verb::verify_record), may(Action::verify_records, record_process), own, writes,
       call(f.verification, &VerificationHandler::on_view)},
      {"verify.accept", pressed(verb::verify_accept), may(Action::verify_records, record_process), own,
       writes, call(f.verification, &VerificationHandler::on_accept)},
      {"verify.return", pressed(verb::verify_return), may(Action::verify_records, record_process), own,
       writes, call(f.verification, &VerificationHandler::on_return)},
  };
  // clang-format on
}

}  // namespace pao::handlers
