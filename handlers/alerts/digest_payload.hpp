// What an enqueued digest carries: ids only, a line each. An obligation stands under its process ("COM
// planes/PAI-COM-02-T2/2026-10|-3"), what another source told under "+" ("+ reloj-ss/SS-2026-0070|80").
#pragma once

#include "handlers/alerts/digest.hpp"

#include <map>
#include <set>
#include <string>

namespace pao::handlers::alerts {

std::string payload_of(const Digest& digest);

struct Payload {
  // By process: obligation keys without the step, each with the whole key.
  std::map<std::string, std::map<std::string, std::string>> obligations;
  std::set<std::string> further;  // whole keys
};
// What is not a line of that form is left out.
Payload parse_payload(const std::string& text);

// The first part of a key, which names its source: "reloj-ss" of "reloj-ss/SS-2026-0070|80".
std::string source_of(const std::string& key);

}  // namespace pao::handlers::alerts
