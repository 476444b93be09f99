#include "cards/delivery_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pao::cards {
namespace {

using Words = std::pair<std::string_view, std::string_view>;

constexpr std::array causes{
    Words{"mail_off", "el servicio no tiene un servidor de correo"},
    Words{"mail_no_address", "falta una dirección de correo válida"},
    Words{"mail_refused", "el servidor de correo rechazó el mensaje"},
    Words{"mail_failed", "el servidor de correo no recibió el mensaje a tiempo"},
    Words{"never_opened", "nunca se ha abierto la aplicación"},
    Words{"not_installed", "la aplicación no está instalada"},
    Words{"app_removed", "la aplicación no está instalada"},
    Words{"blocked", "la aplicación está bloqueada"},
    Words{"tenant_suspended", "un administrador de la entidad bloqueó la aplicación"},
    Words{"expired", "el plazo del mensaje pasó antes de poder enviarlo"},
    Words{"no_longer_true", "el mensaje ya no era cierto cuando le tocó el turno"},
    Words{"withdrawn", "el mensaje se retiró antes de enviarlo"},
    Words{"cancelled", "un operador canceló el mensaje"},
};

}  // namespace

std::string_view delivery_cause(std::string_view stored_reason) {
  if (stored_reason.empty()) return {};
  const std::string_view word = stored_reason.substr(0, stored_reason.find(':'));
  const auto* found =
      std::find_if(causes.begin(), causes.end(), [&](const Words& row) { return row.first == word; });
  return found == causes.end() ? "hubo una falla técnica" : found->second;
}

}  // namespace pao::cards
