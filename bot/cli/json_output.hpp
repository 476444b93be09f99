// --json of the verbs: one document on standard output, nothing else.
#pragma once

#include <nlohmann/json.hpp>

#include <iostream>

namespace pao::bot::cli {

using Json = nlohmann::ordered_json;

inline void print(const Json& document) {
  std::cout << document.dump(2) << "\n";
}

}  // namespace pao::bot::cli
