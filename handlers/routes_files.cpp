#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/matches.hpp"
#include "handlers/routes.hpp"

namespace pao::handlers {

std::vector<Route> file_routes(const Features& f) {
  using files::FilesHandler;
  constexpr Where own = Where::personal;
  constexpr Effect writes = Effect::writes;
  // clang-format off: a table
  return {
      {"files.received", is(TurnKind::file), known(), own, writes, call(f.files, &FilesHandler::on_files)},
      {"files.link", pressed(cards::verb::file_link), known(), own, writes,
       call(f.files, &FilesHandler::on_link)},
      {"files.request", pressed(cards::verb::file_request), known(), own, Effect::reads,
       call(f.files, &FilesHandler::on_request)},
  };
  // clang-format on
}

}  // namespace pao::handlers
