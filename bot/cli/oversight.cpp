#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "handlers/oversight/plan_view.hpp"
#include "handlers/ownership.hpp"
#include "storage/columns.hpp"
#include "storage/oversight_store.hpp"
#include "storage/registro_store.hpp"

#include <fmt/format.h>

#include <fstream>
#include <memory>

namespace pao::bot::cli {
namespace {

using handlers::oversight::PlanActivity;
using handlers::oversight::PlanPeriod;
using handlers::oversight::PlanTask;
using handlers::oversight::ProcessPlan;

Json number(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json to_json(const PlanPeriod& period) {
  return {{"periodo", period.period},
          {"porcentaje_programado", number(period.planned)},
          {"porcentaje_avance", number(period.reported)},
          {"fecha_limite", iso_date(period.due_on)},
          {"registrado_en", period.recorded_at ? iso_instant(*period.recorded_at) : ""},
          {"estado", procedure::to_word(period.state)},
          {"oportunidad", procedure::to_word(period.timeliness)},
          {"descripcion", period.description},
          {"justificacion", period.justification},
          {"evidencia", period.evidence}};
}

Json to_json(const ProcessPlan& plan, Instant now) {
  Json activities = Json::array();
  for (const PlanActivity& activity : plan.activities) {
    Json tasks = Json::array();
    for (const PlanTask& task : activity.tasks) {
      Json periods = Json::array();
      for (const PlanPeriod& period : task.periods) periods.push_back(to_json(period));
      tasks.push_back({{"tarea_id", task.id},
                       {"nombre", task.name},
                       {"peso", task.weight},
                       {"programado", number(task.planned)},
                       {"reportado", number(task.reported)},
                       {"periodos", std::move(periods)}});
    }
    activities.push_back({{"actividad_id", activity.id},
                          {"plan", activity.plan},
                          {"nombre", activity.name},
                          {"objetivo_estrategico", activity.objective},
                          {"meta", activity.goal},
                          {"peso", activity.weight},
                          {"programado", number(activity.planned)},
                          {"reportado", number(activity.reported)},
                          {"tareas", std::move(tasks)}});
  }
  return {{"aviso", handlers::oversight::oversight_notice},
          {"proceso_id", plan.process_id},
          {"vigencia", plan.year},
          {"corte", iso_instant(now)},
          {"programado", number(plan.planned)},
          {"reportado", number(plan.reported)},
          {"oportunos", plan.counts.on_time},
          {"extemporaneos", plan.counts.late},
          {"sin_registrar", plan.counts.missing},
          {"actividades", std::move(activities)}};
}

// One cell; what a spreadsheet would run as a formula is shown as text.
std::string cell(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
    text.insert(0, 1, '\'');
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string figure(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : "";
}

std::string to_csv(const ProcessPlan& plan) {
  std::string csv =
      "proceso_id,plan,actividad_id,actividad,tarea_id,tarea,periodo,porcentaje_programado,porcentaje_avance,"
      "fecha_limite,registrado_en,estado,oportunidad,descripcion,justificacion,evidencia,aviso\n";
  for (const PlanActivity& activity : plan.activities) {
    for (const PlanTask& task : activity.tasks) {
      for (const PlanPeriod& period : task.periods) {
        csv += fmt::format(
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", cell(plan.process_id),
            cell(activity.plan), cell(activity.id), cell(activity.name), cell(task.id), cell(task.name),
            cell(period.period), figure(period.planned), figure(period.reported), iso_date(period.due_on),
            period.recorded_at ? iso_instant(*period.recorded_at) : "", procedure::to_word(period.state),
            procedure::to_word(period.timeliness), cell(period.description), cell(period.justification),
            cell(period.evidence), cell(handlers::oversight::oversight_notice));
      }
    }
  }
  return csv;
}

struct Export {
  std::string process_id, year, format = "json", out;
};

// Whoever runs it reads as internal control does: the read is kept.
void export_plan(Context& context, const Export& options) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const Instant now = workspace->clock();
  handlers::ReferenceSource reference(*workspace->database);
  if (const Result<void> loaded = reference.refresh(now); !loaded) return report(context, loaded.error());
  if (!reference.current()->process(options.process_id)) {
    return report(context,
                  {ErrorCode::not_found, "--process: there is no process \"" + options.process_id + "\""});
  }
  const Result<int> term = workspace->database->read([&](storage::Session& session) {
    return handlers::oversight::term_named(session, options.year, local_date(now));
  });
  if (!term) {
    report(context, {term.error().code, "--year: " + term.error().detail});
    if (term.error().code == ErrorCode::invalid) context.status = usage;
    return;
  }
  const auto rules = handlers::oversight::reference_for(reference, *term);
  if (!rules) return report(context, rules.error());
  const auto plan = workspace->database->write([&](storage::Session& session) -> Result<ProcessPlan> {
    Result<ProcessPlan> read = handlers::oversight::plan_of(session, **rules, options.process_id, *term, now);
    if (!read) return read;
    storage::append_registro(
        session, {.at = now,
                  .actor = "cli",
                  .channel = "cli",
                  .kind = storage::oversight_read_kind,
                  .subject = options.process_id,
                  .content = storage::texts_to_json(
                      {{"what", "exportación de planes"}, {"item", ""}, {"term", std::to_string(*term)}})});
    return read;
  });
  if (!plan) return report(context, plan.error());
  const std::string text = options.format == "csv" ? to_csv(*plan) : to_json(*plan, now).dump(2) + "\n";
  if (options.out.empty()) {
    std::cout << text;
    return;
  }
  std::ofstream file(options.out, std::ios::trunc | std::ios::binary);
  if (!(file << text).flush()) report(context, {ErrorCode::unavailable, options.out + ": cannot be written"});
}

const char* word_of(handlers::Unowned::Kind kind) {
  using Kind = handlers::Unowned::Kind;
  switch (kind) {
    case Kind::no_leader:
      return "sin_lider";
    case Kind::no_liaison:
      return "sin_enlace";
    case Kind::no_advisor:
      return "sin_asesor";
    case Kind::request_without_advisor:
      return "ss_sin_asesor";
    case Kind::item_of_somebody_gone:
      return "responsable_inactivo";
  }
  return "";
}

void check_ownership(Context& context, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const Instant now = workspace->clock();
  handlers::ReferenceSource reference(*workspace->database);
  if (const Result<void> loaded = reference.refresh(now); !loaded) return report(context, loaded.error());
  const auto gaps = workspace->database->read([&](storage::Session& session) {
    return handlers::unowned(session, *reference.current(), local_date(now));
  });
  if (!gaps) return report(context, gaps.error());
  if (!gaps->empty()) context.status = failed;
  Json rows = Json::array();
  for (const handlers::Unowned& gap : *gaps)
    rows.push_back({{"proceso_id", gap.process_id}, {"falta", word_of(gap.kind)}, {"que", gap.what}});
  if (as_json) return print(rows);
  for (const handlers::Unowned& gap : *gaps)
    fmt::print("{} {:<22} {}\n", gap.process_id, word_of(gap.kind), gap.what);
  fmt::print("{} without an owner\n", gaps->size());
}

}  // namespace

void add_oversight(CLI::App& app, Context& context) {
  auto options = std::make_shared<Export>();
  CLI::App* oci = app.add_subcommand("oci", "what internal control reads");
  oci->require_subcommand(1);
  CLI::App* exported = oci->add_subcommand("export", "the plans of a process; the read is kept");
  exported->add_option("--process", options->process_id, "of this process")->required();
  exported->add_option(
      "--year", options->year,
      "vigencia; when left out this year, and until 31 March the one before if it has records");
  exported->add_option("--format", options->format, "csv or json")->check(CLI::IsMember({"csv", "json"}));
  exported->add_option("--out", options->out, "file; standard output when left out");
  exported->callback([&context, options] { export_plan(context, *options); });

  auto as_json = std::make_shared<bool>(false);
  CLI::App* rights = app.add_subcommand("rights", "roles in the processes");
  rights->require_subcommand(1);
  CLI::App* checked = rights->add_subcommand("check", "what has nobody in charge");
  checked->add_flag("--json", *as_json, "one JSON document");
  checked->callback([&context, as_json] { check_ownership(context, *as_json); });
}

}  // namespace pao::bot::cli
