#include "handlers/alerts/digest_payload.hpp"

#include <sstream>

namespace pao::handlers::alerts {
namespace {

constexpr const char* further_mark = "+";

}  // namespace

std::string payload_of(const Digest& digest) {
  std::string payload;
  for (const ObligationLine& line : digest.lines) {
    payload += line.alert.obligation.process_id + " " + line.alert.key + "\n";
  }
  for (const DigestLine& line : digest.further) payload += std::string(further_mark) + " " + line.key + "\n";
  return payload;
}

Payload parse_payload(const std::string& text) {
  Payload payload;
  std::istringstream lines(text);
  for (std::string first, key; lines >> first && std::getline(lines >> std::ws, key);) {
    if (first == further_mark) {
      payload.further.insert(key);
    } else {
      payload.obligations[first][key.substr(0, key.find('|'))] = key;
    }
  }
  return payload;
}

std::string source_of(const std::string& key) {
  return key.substr(0, key.find('/'));
}

}  // namespace pao::handlers::alerts
