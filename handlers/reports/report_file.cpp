#include "handlers/reports/report_file.hpp"

#include "cards/documents/report_html.hpp"
#include "cards/file_card.hpp"
#include "handlers/file_messages.hpp"
#include "handlers/oversight_reading.hpp"
#include "handlers/reports/report_model.hpp"
#include "handlers/reports/report_turns.hpp"
#include "handlers/reports/report_views.hpp"

#include <utility>

namespace pao::handlers::reports {
namespace {

using procedure::ReportKind;
using storage::FollowUpReport;

struct Document {
  std::string process_id;
  std::string name;   // "REP-DIR-2026-T3-preventivo.html"
  std::string title;  // of the report
  std::string page;
};

Result<Document> document_of(storage::Session& session, const Reference& reference, const Turn& turn) {
  const Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
  if (!report) return tl::unexpected<Error>(report.error());
  if (!may_see(turn, *report)) return tl::unexpected<Error>(report_named(session, "").error());
  const ReportKind kind = kind_to_read(*report);
  const auto model = build_model(session, reference, *report, kind, turn.at);
  if (!model) return tl::unexpected<Error>(model.error());
  return Document{.process_id = report->process_id,
                  .name = report->id + "-" + std::string(procedure::to_word(kind)) + ".html",
                  .title = cards::report_title(*model),
                  .page = cards::report_html(*model)};
}

}  // namespace

Result<Decision> ReportFile::on_offer(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const auto document =
      database_.read([&](storage::Session& session) { return document_of(session, *reference, turn); });
  if (!document) return tl::unexpected<Error>(document.error());
  const Result<std::string> kept = contents_.put(document->page);
  if (!kept) return tl::unexpected<Error>(kept.error());
  const OfferedFile file{.id = offer_id(turn),
                         .aad_object_id = turn.aad_object_id,
                         .name = document->name,
                         .description = document->title,
                         .sha256 = *kept,
                         .size = static_cast<std::int64_t>(document->page.size())};
  return Decision::storing(
      [file, turn, process_id = document->process_id](storage::Session& session) -> Result<Reply> {
        Result<Notice> offer = offer_file(session, file, turn.at);
        if (!offer) return tl::unexpected<Error>(offer.error());
        const std::string report(turn.value("reporte"));
        keep_reading(session, turn, {.what = "archivo", .process_id = process_id, .item_id = report});
        return Reply{.content = {.text = cards::file_asked_text()},
                     .notices = {*std::move(offer)},
                     .trace = {.outcome = "report_file_offered",
                               .fields = {{"report", report}, {"file", file.id}, {"sha256", file.sha256}}}};
      });
}

}  // namespace pao::handlers::reports
