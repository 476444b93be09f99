// What the verbs share: how each adds itself to the command line, and how it opens configuration and store.
#pragma once

#include "bot/clock.hpp"
#include "bot/config.hpp"
#include "handlers/reference.hpp"
#include "storage/database.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace pao::bot::cli {

inline constexpr int good = 0;
inline constexpr int failed = 1;
inline constexpr int usage = 2;

// Given to every verb; the one that ran sets `status`.
struct Context {
  std::string config_path;
  bool config_named = false;  // the person named the file, so it must exist
  int status = good;
};

// Configuration and store of a verb that works on the data.
struct Workspace {
  Config config;
  std::unique_ptr<storage::Database> database;
  Clock clock;
};

// Says what is wrong on standard error and gives null when it cannot be opened.
std::unique_ptr<Workspace> open_workspace(Context& context);

// Prints "pao-teams: <detail>" and sets the status to failed.
void report(Context& context, const Error& error);

// The day written with --on, or the clock's Bogotá day when empty; nothing (reported) when it is not a date.
std::optional<Date> day_or_today(Context& context, const std::string& text, const Clock& clock);

// The instant to judge by: now when the day is today, else 09:00 in Bogotá of that day.
Instant instant_on(Date day, const Clock& clock);

void add_serve(CLI::App& app, Context& context);
void add_chat(CLI::App& app, Context& context);
void add_import(CLI::App& app, Context& context);
void add_ask(CLI::App& app, Context& context);
void add_evaluate(CLI::App& app, Context& context);
void add_business_days(CLI::App& app, Context& context);
void add_obligations(CLI::App& app, Context& context);
void add_figures(CLI::App& app, Context& context);
void add_learning(CLI::App& app, Context& context);
void add_questions(CLI::App& app, Context& context);
void add_alerts(CLI::App& app, Context& context);
void add_guidelines(CLI::App& app, Context& context);
void add_evidence_pack(CLI::App& app, Context& context);
void add_report(CLI::App& app, Context& context);
void add_jobs(CLI::App& app, Context& context);
void add_registro(CLI::App& app, Context& context);
void add_requests(CLI::App& app, Context& context);
void add_oversight(CLI::App& app, Context& context);
void add_outbox(CLI::App& app, Context& context);
void add_config(CLI::App& app, Context& context);
void add_simulate(CLI::App& app, Context& context);
void add_version(CLI::App& app, Context& context);

}  // namespace pao::bot::cli
