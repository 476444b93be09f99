#include "bot/delivery/end_reasons.hpp"

#include <algorithm>
#include <array>

namespace pao::bot::delivery {
namespace {

using storage::OutboxState;

constexpr OutboxState dead = OutboxState::dead;
constexpr OutboxState unreachable = OutboxState::unreachable;
constexpr OutboxState obsolete = OutboxState::obsolete;

constexpr std::string_view nothing_to_do = "No hay que hacer nada.";
constexpr std::string_view comes_by_itself = "No hay que hacer nada: se reintenta solo.";
constexpr std::string_view when_app_is_back =
    "Pida que instalen de nuevo la aplicación; si el aviso sigue vigente, sale solo cuando la persona la "
    "abra.";

constexpr std::array reasons{
    EndReason{
        Cause::malformed, "malformed", dead, "Teams no entendió el mensaje.",
        "Informe al equipo de desarrollo con el número del mensaje; reintentar sin un cambio no sirve."},
    EndReason{Cause::refused, "refused", dead, "Teams rechazó el mensaje sin decir la causa.",
              "Reintente más tarde. Si se repite, abra un caso en Microsoft con el MS-CV del registro."},
    EndReason{Cause::token_refused, "token_refused", dead, "Teams no aceptó la identidad del asistente.",
              "Revise identity.client_id y el secreto o certificado, y reintente."},
    EndReason{
        Cause::not_registered, "not_registered", dead, "Teams no conoce el registro del asistente.",
        "Revise en Azure que el bot exista, tenga el canal de Teams y use identity.client_id; reintente."},
    EndReason{Cause::tenant_suspended, "tenant_suspended", unreachable,
              "Un administrador de la entidad bloqueó la aplicación.",
              "Pida que la permitan en el centro de administración de Teams, y reintente."},
    EndReason{Cause::app_removed, "app_removed", unreachable,
              "La aplicación fue retirada de esa conversación.", when_app_is_back},
    EndReason{Cause::blocked, "blocked", unreachable, "La persona bloqueó o retiró la aplicación.",
              "Pida a la persona que la desbloquee; si el aviso sigue vigente, sale solo cuando escriba."},
    EndReason{Cause::not_installed, "not_installed", unreachable,
              "La persona no tiene instalada la aplicación.", when_app_is_back},
    EndReason{Cause::wrong_host, "wrong_host", dead, "Esa dirección de Teams no atiende a la entidad.",
              "Corrija connector.fallback_service_url según la nube de la entidad, y reintente."},
    EndReason{Cause::wrong_region, "wrong_region", dead, "La persona pertenece a otra región de Teams.",
              "Pida a la persona que escriba al asistente: así se conoce su región. Luego reintente."},
    EndReason{Cause::no_permission, "no_permission", dead,
              "A la aplicación le falta un permiso para escribir allí.",
              "Revise los permisos del paquete de la aplicación, actualícelo y reintente."},
    EndReason{Cause::streaming_refused, "streaming_refused", dead, "Teams no aceptó la respuesta por partes.",
              "Reintente: sale como un mensaje completo. Si se repite, informe al equipo de desarrollo."},
    EndReason{Cause::forbidden, "forbidden", dead, "Teams no permite escribir en esa conversación.",
              "Revise que la aplicación esté instalada y permitida allí, y reintente."},
    EndReason{Cause::conversation_not_found, "conversation_not_found", unreachable,
              "Teams ya no conoce esa conversación.",
              "Pida a la persona que abra la aplicación; si el aviso sigue vigente, sale solo."},
    EndReason{Cause::activity_not_found, "activity_not_found", dead,
              "El mensaje que se iba a cambiar ya no existe.", nothing_to_do},
    EndReason{Cause::not_found, "not_found", dead, "Teams no conoce el destino del mensaje.",
              "Pida a la persona que escriba al asistente: así se renueva la dirección. Luego reintente."},
    EndReason{Cause::not_allowed_here, "not_allowed_here", dead,
              "Teams no permite esa operación en esa clase de conversación.", nothing_to_do},
    EndReason{Cause::concurrent, "concurrent", dead, "Otra operación ocupaba la conversación en ese momento.",
              "Reintente."},
    EndReason{
        Cause::too_large, "too_large", dead, "El mensaje supera el tamaño que Teams admite.",
        "Informe al equipo de desarrollo con el número del mensaje; reintentar sin un cambio no sirve."},
    EndReason{Cause::throttled, "throttled", dead, "Teams pidió enviar más despacio.",
              "Reintente más tarde. Si se repite, baje delivery.requests_per_second."},
    EndReason{Cause::channel_failed, "channel_failed", dead,
              "Teams falló al recibir el mensaje; no se sabe si llegó.",
              "Pregunte a la persona si lo recibió; si no, reintente."},
    EndReason{Cause::gateway_failed, "gateway_failed", dead,
              "Un equipo intermedio de Teams falló; no se sabe si el mensaje llegó.",
              "Pregunte a la persona si lo recibió; si no, reintente."},
    EndReason{Cause::not_connected, "not_connected", dead, "No hubo conexión con Teams.",
              "Revise la red, el proxy y el nombre del servidor de Teams, y reintente."},
    EndReason{Cause::no_answer, "no_answer", dead,
              "Teams no respondió después de recibir el mensaje; no se sabe si llegó.",
              "Pregunte a la persona si lo recibió; si no, reintente."},
    EndReason{Cause::no_conversation_id, "no_conversation_id", dead,
              "Teams abrió una conversación sin decir cuál.", "Reintente."},
    EndReason{Cause::mail_refused, "mail_refused", dead, "El servidor de correo rechazó el mensaje.",
              "Revise la dirección de la persona y las claves mail.*, y reintente."},
    EndReason{Cause::mail_failed, "mail_failed", dead,
              "El servidor de correo no recibió el mensaje durante su plazo.",
              "Revise mail.smtp_url y la red, y reintente."},
    EndReason{Cause::mail_off, "mail_off", unreachable, "Este servicio no tiene un servidor de correo.",
              "Configure mail.smtp_url y mail.from, y reintente."},
    EndReason{Cause::mail_no_address, "mail_no_address", unreachable,
              "La persona no tiene una dirección de correo válida.",
              "Corrija la dirección en personas.csv, impórtela y reintente."},
    EndReason{Cause::expired, "expired", obsolete, "El plazo del mensaje pasó antes de poder enviarlo.",
              nothing_to_do},
    EndReason{Cause::no_longer_true, "no_longer_true", obsolete,
              "Lo que decía el mensaje ya no era cierto cuando le tocó el turno.", nothing_to_do},
    EndReason{Cause::never_opened, "never_opened", unreachable, "La persona nunca ha abierto la aplicación.",
              "Pida a la persona que la abra; si el aviso sigue vigente, sale solo."},
    EndReason{Cause::conversation_unknown, "conversation_unknown", unreachable,
              "No se conoce esa conversación.",
              "Pida a la persona que escriba al asistente; si el aviso sigue vigente, sale solo."},
    EndReason{Cause::target_waits, "target_waits", obsolete,
              "Espera a que salga el mensaje que debe cambiar.", comes_by_itself},
    EndReason{Cause::target_not_sent, "target_not_sent", obsolete,
              "El mensaje que debía cambiar o retirar no llegó a enviarse.", nothing_to_do},
    EndReason{Cause::withdrawn, "withdrawn", obsolete, "El mensaje se retiró antes de enviarlo.",
              nothing_to_do},
    EndReason{Cause::empty, "empty", dead, "El mensaje no tiene contenido.",
              "Informe al equipo de desarrollo con el número del mensaje."},
    EndReason{Cause::no_such_channel, "no_such_channel", dead, "Este servicio no envía por ese medio.",
              "Revise la configuración de ese medio, y reintente."},
    EndReason{Cause::not_rendered, "not_rendered", dead, "No se pudo preparar el contenido del mensaje.",
              "Busque el número del mensaje en el registro del servicio, corrija la causa y reintente."},
    EndReason{Cause::address_refused, "address_refused", dead,
              "La dirección de la conversación no está permitida.",
              "Si es legítima, agréguela a connector.allowed_hosts y reintente."},
    EndReason{Cause::no_token, "no_token", dead, "No se obtuvo la credencial para escribir en Teams.",
              "Revise identity.client_id, el secreto o certificado y la red, y reintente."},
    EndReason{Cause::kept_back, "kept_back", obsolete, "Espera para no superar el ritmo que Teams admite.",
              comes_by_itself},
    EndReason{Cause::service_stopped, "service_stopped", obsolete, "El servicio se detuvo antes de enviarlo.",
              comes_by_itself},
    EndReason{Cause::store_failed, "store_failed", obsolete,
              "No se pudo leer la base de datos al prepararlo.", comes_by_itself},
    EndReason{Cause::cancelled, "cancelled", OutboxState::cancelled, "Un operador canceló el mensaje.",
              "Si fue un error, reintente."},
};

}  // namespace

std::span<const EndReason> end_reasons() {
  return reasons;
}

const EndReason& end_reason(Cause cause) {
  return *std::find_if(reasons.begin(), reasons.end(),
                       [&](const EndReason& row) { return row.cause == cause; });
}

std::string reason_text(Cause cause, std::string_view detail) {
  std::string text{end_reason(cause).word};
  if (!detail.empty()) text += ": " + std::string(detail);
  return text;
}

const EndReason* end_reason_of(std::string_view stored_reason) {
  const std::string_view word = stored_reason.substr(0, stored_reason.find(':'));
  const auto* found =
      std::find_if(reasons.begin(), reasons.end(), [&](const EndReason& row) { return row.word == word; });
  return found == reasons.end() ? nullptr : found;
}

bool is_reason(std::string_view stored_reason, Cause cause) {
  const EndReason* reason = end_reason_of(stored_reason);
  return reason != nullptr && reason->cause == cause;
}

}  // namespace pao::bot::delivery
