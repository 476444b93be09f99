#include "handlers/renderers.hpp"

#include "handlers/alerts/digest.hpp"
#include "handlers/consult/late_answers.hpp"
#include "handlers/controls/control_handler.hpp"
#include "handlers/file_messages.hpp"
#include "handlers/files/files_handler.hpp"
#include "handlers/reports/report_views.hpp"
#include "handlers/reports/transitions.hpp"

namespace pao::handlers {

const std::vector<MessageRenderer>& message_renderers() {
  static const std::vector<MessageRenderer> renderers = {
      {alerts::digest_kind, alerts::render_digest},
      {consult::late_answer_kind, consult::render_late_answer},
      {controls::sample_kind, controls::render_sample},
      {reports::preventive_kind, reports::render_preventive},
      {reports::final_kind, reports::render_final},
      {file_receipt_kind, files::render_receipt},
  };
  return renderers;
}

Result<std::optional<Content>> render_message(storage::Session& session, const Reference& reference,
                                              const storage::OutboxMessage& message, Instant now) {
  for (const MessageRenderer& renderer : message_renderers()) {
    if (message.kind == renderer.kind) return renderer.render(session, reference, message, now);
  }
  return fail(ErrorCode::internal, "no renderer for kind " + message.kind);
}

}  // namespace pao::handlers
