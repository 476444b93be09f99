// Where the sources and the program under test are. Their paths stand in one object file only, so that a
// compiler cache can serve all the others to a checkout in another folder.
#pragma once

namespace pao::tests {

extern const char* const source_dir;  // root of the project, without a slash at the end
extern const char* const program;     // the built pao-teams

}  // namespace pao::tests
