// Working sessions (mesas de trabajo, R-10) in the chat: convened by the advisor on a consult or by process
// and practice, moved, cancelled, recorded with attendance, minutes and commitments that become items.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

namespace pao::handlers::sessions {

class SessionHandler {
 public:
  SessionHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  Result<Decision> on_list(const Turn& turn) const;
  Result<Decision> on_form(const Turn& turn) const;  // `consulta`
  // `consulta` or `proceso` and `practica`; `asunto`, `agenda`, `lugar`, `fecha`, `hora`, `duracion`,
  // `invitados`
  Result<Decision> on_convene(const Turn& turn) const;
  Result<Decision> on_view(const Turn& turn) const;       // `mesa`
  Result<Decision> on_move_form(const Turn& turn) const;  // `mesa`
  // `mesa`, `secuencia`, `lugar`, `fecha`, `hora`, `duracion`, `motivo`
  Result<Decision> on_move(const Turn& turn) const;
  Result<Decision> on_cancel(const Turn& turn) const;       // `mesa`, `secuencia`, `motivo`
  Result<Decision> on_record_form(const Turn& turn) const;  // `mesa`
  // `mesa`, `reunion`, `asistentes`, `acta`, `compromiso_N`, `responsable_N`, `plazo_N`
  Result<Decision> on_record(const Turn& turn) const;

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::sessions
