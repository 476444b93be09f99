// What a verified channel token says.
#pragma once

#include "bot/auth/key_document.hpp"
#include "handlers/procedure/bogota_time.hpp"

#include <memory>
#include <optional>
#include <string>

namespace pao::bot::auth {

struct Claims {
  std::optional<std::string> service_url;  // claim "serviceurl", as sent
  std::optional<Instant> not_before;
  Instant expires{};
  std::shared_ptr<const SigningKey> key;  // that signed it
  bool emulator = false;                  // a developer's tool on this machine, not the channel
};

}  // namespace pao::bot::auth
