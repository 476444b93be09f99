#include "bot/app.hpp"

#include "bot/answers/answer_stage.hpp"
#include "bot/answers/answer_writer.hpp"
#include "bot/answers/model_client.hpp"
#include "bot/auth/app_token.hpp"
#include "bot/auth/expiry_watch.hpp"
#include "bot/auth/http_client.hpp"
#include "bot/auth/signing_keys.hpp"
#include "bot/credential.hpp"
#include "bot/delivery/mail_worker.hpp"
#include "bot/delivery/outbox_worker.hpp"
#include "bot/delivery/typing_indicator.hpp"
#include "bot/expiry_job.hpp"
#include "bot/files/file_worker.hpp"
#include "bot/http/server.hpp"
#include "bot/jobs.hpp"
#include "bot/log.hpp"
#include "bot/messages_endpoint.hpp"
#include "bot/reference_watch.hpp"
#include "bot/scheduler.hpp"
#include "bot/smgi/file_gateway.hpp"
#include "bot/status_endpoints.hpp"
#include "handlers/renderers.hpp"
#include "handlers/routes.hpp"

#include <atomic>
#include <optional>
#include <random>
#include <thread>
#include <utility>

namespace pao::bot {
namespace {

// What the platform allows an app in a tenant. Who configures more for a channel on this machine is talking
// to a test channel, which has no limits per conversation either (reference 6.2).
constexpr int platform_requests_per_second = 50;

double random_share() {
  thread_local std::mt19937_64 generator{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(generator);
}

auth::HostRules connector_hosts(const Config& config) {
  return {.allowed = config.connector.allowed_hosts, .allow_loopback = config.connector.allow_loopback};
}

// Where Teams keeps the files of people: their OneDrive, and what it uploads through.
auth::HostRules file_hosts(const Config& config) {
  return {.allowed = config.files.allowed_hosts, .allow_loopback = config.connector.allow_loopback};
}

// Where our own token may go.
std::function<Result<void>(const std::string& url)> address_check(const Config& config) {
  return [rules = connector_hosts(config)](const std::string& url) -> Result<void> {
    const auto address = auth::check_service_url(url, rules);
    if (!address) return tl::unexpected<Error>(address.error());
    return {};
  };
}

http::Settings server_settings(const Config& config) {
  http::Settings settings;
  settings.limits.body_bytes = static_cast<std::size_t>(config.server.max_body_bytes);
  settings.workers = static_cast<unsigned>(config.server.workers);
  return settings;
}

auth::ValidatorSettings validator_settings(const Config& config) {
  return {.app_id = config.identity.client_id,
          .issuer = config.identity.issuer,
          .require_service_url_claim = config.identity.strict_service_url,
          .hosts = connector_hosts(config),
          .tenant_id = config.identity.tenant_id};
}

files::FileWorkerOptions file_options(const Config& config) {
  files::FileWorkerOptions options;
  options.hosts.files = file_hosts(config);
  options.hosts.connector = connector_hosts(config);
  options.limits.max_bytes = static_cast<std::size_t>(config.files.max_megabytes) * 1024 * 1024;
  return options;
}

delivery::WorkerOptions delivery_options(const Config& config) {
  delivery::WorkerOptions options;
  options.sender = {.bot_id = "28:" + config.identity.client_id,
                    .tenant_id = config.identity.tenant_id,
                    .fallback_service_url = config.connector.fallback_service_url};
  options.connector.max_connections = static_cast<std::size_t>(config.delivery.parallel_sends);
  options.connector.ca_file = config.network.ca_file;
  options.connector.https_proxy = config.network.https_proxy;
  options.batch = config.delivery.batch;
  options.lease = std::chrono::seconds{config.delivery.lease_seconds};
  options.throttle.requests_per_second = config.delivery.requests_per_second;
  options.throttle.conversation_windows =
      !config.connector.allow_loopback || config.delivery.requests_per_second <= platform_requests_per_second;
  return options;
}

delivery::MailOptions mail_options(const Config& config) {
  delivery::MailOptions options;
  options.smtp.url = config.mail.smtp_url;
  options.smtp.username = config.mail.username;
  options.smtp.password = config.mail.password;
  options.smtp.require_tls =
      config.mail.starttls == "required" || !delivery::is_loopback_smtp(config.mail.smtp_url);
  options.smtp.ca_file = config.mail.ca_file.empty() ? config.network.ca_file : config.mail.ca_file;
  if (auto from = delivery::parse_mail_address(config.mail.from)) options.from = std::move(*from);
  return options;
}

answers::ModelOptions model_options(const Config& config) {
  const auto& generation = config.generation;
  return {.endpoint = generation.endpoint,
          .azure = generation.style == "azure",
          .model = generation.model,
          .api_version = generation.api_version,
          .key = generation.key,
          .hosts = {.allowed = generation.allowed_hosts, .allow_loopback = config.connector.allow_loopback},
          .timeout = std::chrono::seconds{generation.timeout_seconds}};
}

handlers::consult::LateAnswersOptions late_answers(const Config& config) {
  return {.enabled = !config.generation.endpoint.empty(),
          .wait = std::chrono::seconds{config.generation.wait_seconds}};
}

}  // namespace

// In order of construction; torn down in reverse.
struct App::Parts {
  Config config;
  Clock clock;
  const Clock machine_clock = make_clock(std::nullopt);  // tokens and certificates know no other
  TurnMetrics metrics;
  std::unique_ptr<storage::Database> database;
  handlers::ReferenceSource reference;
  handlers::Features features;
  handlers::Router router;
  auth::HttpClient http_client;
  std::optional<auth::SigningKeys> keys;
  std::optional<auth::SigningKeys> emulator_keys;  // development only
  std::optional<auth::TokenValidator> validator;
  std::optional<auth::AppToken> app_token;
  std::optional<auth::ExpiryWatch> expiry_watch;  // when an end is known
  std::atomic<bool> stopping{false};
  auth::HttpClient file_client;  // carries no token, and goes nowhere but out
  storage::FileFolder file_folder;
  auth::HttpClient model_http;  // to the language model
  std::optional<delivery::OutboxWorker> delivery;
  std::optional<delivery::MailWorker> mail;
  std::optional<files::FileWorker> file_worker;
  std::optional<answers::ModelClient> model;  // when one writes answers
  std::optional<answers::AnswerWriter> writer;
  TurnRunner runner;
  MessagesEndpoint endpoint;
  http::Server server;
  std::optional<FileSmgiGateway> smgi;  // when its folder is configured
  std::optional<Scheduler> scheduler;
  std::optional<ReferenceWatch> reference_watch;

  Parts(const Config& given, Clock given_clock, std::unique_ptr<storage::Database> opened)
      : config(given),
        clock(given_clock ? std::move(given_clock) : make_clock(given.clock.start)),
        database(std::move(opened)),
        reference(*database),
        features(*database, reference, storage::FileFolder(given.effective_files_folder()),
                 late_answers(given)),
        router(handlers::make_routes(features), *database, reference),
        http_client({.ca_file = given.network.ca_file,
                     .proxy = given.network.https_proxy,
                     .allow_loopback = given.connector.allow_loopback}),
        file_client({.ca_file = given.network.ca_file,
                     .proxy = given.network.https_proxy,
                     .allow_loopback = given.connector.allow_loopback,
                     .public_addresses_only = true,
                     .is_cancelled = [this] { return stopping.load(); }}),
        file_folder(given.effective_files_folder()),
        model_http({.ca_file = given.network.ca_file,
                    .proxy = given.network.https_proxy,
                    .allow_loopback = given.connector.allow_loopback,
                    .is_cancelled = [this] { return stopping.load(); }}),
        runner(*database, reference, router, clock, metrics, [this] { wake_workers(); }),
        endpoint(prepare_validator(),
                 {given.identity.allowed_tenants, connector_hosts(given), file_hosts(given)}, *database,
                 runner, machine_clock, metrics, show_typing()),
        server(server_settings(given)) {}

  // Null when tokens are not asked for.
  auth::TokenValidator* prepare_validator() {
    if (config.identity.mode == "none") return nullptr;
    const auto make_keys = [this](std::optional<auth::SigningKeys>& made, const std::string& metadata_url) {
      made.emplace(auth::SigningKeySettings{.metadata_url = metadata_url, .hosts = connector_hosts(config)},
                   sender(), machine_clock);
    };
    make_keys(keys, config.identity.openid_metadata_url);
    if (config.identity.allow_emulator) make_keys(emulator_keys, config.identity.emulator_metadata_url);
    validator.emplace(validator_settings(config), *keys, emulator_keys ? &*emulator_keys : nullptr);
    return &*validator;
  }

  auth::HttpSend sender() {
    return [this](const auth::HttpRequest& request) { return http_client.send(request); };
  }

  // How we prove who we are, unless nobody asks.
  Result<void> prepare_credential() {
    if (config.identity.mode == "none") return {};
    Result<Credential> credential = make_credential(config, sender());
    if (!credential) return tl::unexpected<Error>(credential.error());
    app_token.emplace(std::move(credential->source), machine_clock, random_share);
    if (!credential->expiries.empty()) expiry_watch.emplace(std::move(credential->expiries));
    return {};
  }

  std::vector<auth::DaysLeft> credentials_left() const {
    return expiry_watch ? expiry_watch->all(machine_clock()) : std::vector<auth::DaysLeft>();
  }

  void start_delivery() {
    auto last_token = std::make_shared<std::string>();  // used on the delivery thread only
    delivery::ConnectorAccess access;
    access.token = [this, last_token]() -> Result<std::string> {
      if (!app_token) return std::string();
      Result<std::string> token = app_token->get();
      if (token) *last_token = *token;
      return token;
    };
    access.forget_token = [this, last_token] {
      if (app_token) app_token->invalidate(*last_token);
    };
    access.check_address = address_check(config);
    delivery.emplace(*database, delivery_options(config), delivery::WorkerEnvironment{clock, random_share},
                     std::move(access),
                     [this](const storage::OutboxMessage& message) { return render(message); });
  }

  Result<std::string> token() { return app_token ? app_token->get() : Result<std::string>(std::string()); }

  // For calls beside the outbox, with our token.
  delivery::ConnectorCall connector_call(auth::HttpSend send, std::chrono::milliseconds patience) {
    return delivery::make_connector_call(std::move(send),
                                         {.token = [this] { return token(); },
                                          .forget_token =
                                              [this](const std::string& refused) {
                                                if (app_token) app_token->invalidate(refused);
                                              },
                                          .check_address = address_check(config)},
                                         patience);
  }

  // Nobody waits long for the indicator.
  delivery::ShowTyping show_typing() {
    return [call = connector_call(sender(), std::chrono::seconds{3})](storage::Conversation conversation) {
      return std::make_unique<delivery::TypingIndicator>(std::move(conversation), call);
    };
  }

  // What a message without content of its own says today.
  Result<std::optional<handlers::Content>> render(const storage::OutboxMessage& message) {
    return database->read([&](storage::Session& session) {
      return handlers::render_message(session, *reference.current(), message, clock());
    });
  }

  // Answers are streamed on connections of the writer's own.
  handlers::consult::StageFor stages() {
    return answers::make_stages(*database, connector_call(model_sender(), std::chrono::seconds{10}), clock,
                                [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); });
  }

  auth::HttpSend model_sender() {
    return [this](const auth::HttpRequest& request) { return model_http.send(request); };
  }

  void start_writer() {
    if (config.generation.endpoint.empty()) return;
    model.emplace(model_options(config), model_sender(), [] { return std::chrono::steady_clock::now(); });
    writer.emplace(
        *database, reference,
        [this](const auto& task, const auto& on_draft) { return model->write(task, on_draft); }, stages(),
        clock, [this] { wake_delivery(); });
    writer->start(config.generation.parallel);
  }

  void wake_delivery() {
    if (delivery) delivery->wake();  // mail looks by itself once a second
  }

  // After a turn: it may have enqueued messages, or brought files.
  void wake_workers() {
    if (writer) writer->wake();
    wake_delivery();
    if (file_worker) file_worker->wake();
  }

  // Without the jobs of the procedure it still notices what was published.
  void start_scheduler() {
    if (!config.smgi.folder.empty()) smgi.emplace(config.smgi.folder);
    scheduler.emplace(*database, reference,
                      all_jobs({.database = *database,
                                .reference = reference,
                                .smgi = smgi ? &*smgi : nullptr,
                                .expiry_watch = expiry_watch ? &*expiry_watch : nullptr,
                                .finish_late = [this](Instant before) { return runner.finish_late(before); },
                                .machine_clock = machine_clock,
                                .procedure = config.jobs.enabled}),
                      clock, [this] { wake_delivery(); });
    scheduler->start();
  }

  void start_files() {
    files::FileAccess access{
        .send = [this](const auth::HttpRequest& request) { return file_client.send(request); },
        .token = [this] { return token(); },
        .wake_delivery = [this] { wake_delivery(); },
        .show_typing = show_typing()};
    file_worker.emplace(*database, file_folder, clock, std::move(access), file_options(config));
  }

  void add_routes() {
    server.route("POST", "/api/messages", [this](const http::Request& request, http::Response& response) {
      endpoint.on_post(request, response);
    });
    server.route("GET", "/healthz", [](const http::Request&, http::Response& response) {
      response.content_type = "application/json";
      response.body = R"({"alive":true,"version":")" PAO_VERSION R"("})";
    });
    server.route("GET", "/readyz", [this](const http::Request&, http::Response& response) {
      Readiness readiness = check_readiness(*database, credentials_left());
      response.status = readiness.ready ? 200 : 503;
      response.content_type = "application/json";
      response.body = std::move(readiness.body);
    });
    server.route("GET", "/metrics", [this](const http::Request&, http::Response& response) {
      response.content_type = "text/plain; version=0.0.4; charset=utf-8";
      response.body = metrics_text(metrics, delivery ? delivery->counters() : delivery::DeliveryCounters{},
                                   mail ? mail->counters() : delivery::DeliveryCounters{}, server.stats(),
                                   *database, credentials_left());
    });
  }
};

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {
}

App::~App() {
  stop();
}

Result<std::unique_ptr<App>> App::create(const Config& config, Clock clock) {
  Result<std::unique_ptr<storage::Database>> database = storage::Database::open(config.storage.url);
  if (!database) return tl::unexpected<Error>(database.error());
  auto parts = std::make_unique<Parts>(config, std::move(clock), std::move(*database));
  if (const Result<void> loaded = parts->reference.refresh(parts->clock()); !loaded) {
    return tl::unexpected<Error>(loaded.error());
  }
  if (const Result<void> prepared = parts->prepare_credential(); !prepared) {
    return tl::unexpected<Error>(prepared.error());
  }
  parts->add_routes();
  if (const Result<void> listening = parts->server.listen(config.server.host, config.server.port);
      !listening) {
    return tl::unexpected<Error>(listening.error());
  }
  return std::unique_ptr<App>(new App(std::move(parts)));
}

void App::start() {
  parts_->start_delivery();
  if (const Result<int> finished = parts_->runner.finish_late(Instant::max()); !finished)
    log::error("turn.late_not_finished", {{"cause", finished.error().detail}});
  parts_->mail.emplace(*parts_->database, mail_options(parts_->config), parts_->clock, random_share);
  parts_->mail->start();
  parts_->start_files();
  parts_->start_writer();
  parts_->server.start();
  if (parts_->expiry_watch) warn_of_expiry(*parts_->expiry_watch, parts_->machine_clock());
  parts_->start_scheduler();
  parts_->reference_watch.emplace(parts_->reference, parts_->clock);
  parts_->reference_watch->start();
}

void App::stop() {
  if (!parts_->server.stop()) log::warn("service.requests_cut");
  parts_->stopping = true;  // ends calls under way
  if (parts_->writer) parts_->writer->stop();
  parts_->reference_watch.reset();
  parts_->scheduler.reset();
  parts_->file_worker.reset();
  if (parts_->delivery) parts_->delivery->stop();
  if (parts_->mail) parts_->mail->stop();
}

int App::port() const {
  return parts_->server.port();
}

}  // namespace pao::bot
