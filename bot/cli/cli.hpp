// The command line: `pao-teams VERB`. One file a verb. Exit status 0 good, 1 refused or failed, 2 usage.
#pragma once

namespace pao::bot::cli {

int run(int argc, char** argv);

}  // namespace pao::bot::cli
