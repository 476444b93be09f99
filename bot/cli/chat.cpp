#include "bot/client/chat.hpp"

#include "bot/cli/commands.hpp"
#include "storage/people_store.hpp"

#include <unistd.h>

#include <iostream>
#include <memory>

namespace pao::bot::cli {
namespace {

using client::ChatOptions;

// Fills in who speaks from the directory: a person id ("U-020") or an Entra object id.
bool find_speaker(Context& context, const std::string& who, ChatOptions& options) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return false;
  const auto person = workspace->database->read(
      [&](storage::Session& session) { return storage::find_person_named(session, who); });
  if (!person) {
    report(context, person.error());
    return false;
  }
  options.aad_object_id = *person ? (*person)->aad_object_id : who;
  options.name = *person ? (*person)->name : "Persona sin registrar";
  if (options.tenant_id.empty()) options.tenant_id = workspace->config.identity.tenant_id;
  return true;
}

}  // namespace

void add_chat(CLI::App& app, Context& context) {
  auto options = std::make_shared<ChatOptions>();
  auto who = std::make_shared<std::string>();
  CLI::App* chat = app.add_subcommand("chat", "a conversation with a running service, in the terminal");
  chat->add_option("--as", *who, "who speaks: person id or Entra object id; somebody unknown is allowed")
      ->required();
  chat->add_option("--url", options->url, "the service's webhook")->capture_default_str();
  chat->add_flag("--plain", options->plain, "no colours");
  chat->callback([&context, options, who] {
    if (!find_speaker(context, *who, *options)) return;
    if (!isatty(STDOUT_FILENO)) options->plain = true;
    context.status = client::run_chat(*options, std::cin, std::cout);
  });
}

}  // namespace pao::bot::cli
