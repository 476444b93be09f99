#include "bot/simulation/service.hpp"

#include "bot/delivery/mail_worker.hpp"
#include "bot/jobs.hpp"
#include "bot/smgi/file_gateway.hpp"
#include "storage/fleeting_database.hpp"

#include <stdexcept>
#include <utility>

namespace pao::bot::simulation {

namespace {

// Never connected to: the simulated server stands in its place.
delivery::MailOptions mail_options() {
  return {.smtp = {.url = "smtp://127.0.0.1"}, .from = {.address = "pao-teams@hacienda-demo.example.com"}};
}

// Where evidence is kept, as the service does.
storage::FileFolder contents_beside(const std::string& storage_url) {
  return storage::FileFolder(storage_url.substr(storage_url.find(':') + 1) + ".files");
}

}  // namespace

// In order of construction.
struct Service::Running {
  handlers::Features features;
  handlers::Router router;
  TurnMetrics metrics;
  TurnRunner runner;
  FileSmgiGateway smgi;
  Scheduler scheduler;
  delivery::MailWorker mail;

  Running(storage::Database& database, handlers::ReferenceSource& reference, const Outside& outside,
          const Clock& clock, Dice& dice)
      : features(database, reference, contents_beside(outside.storage_url)),
        router(handlers::make_routes(features), database, reference),
        runner(database, reference, router, clock, metrics, [] {}),
        smgi(outside.smgi_folder),
        scheduler(
            database, reference,
            all_jobs({.database = database, .reference = reference, .smgi = &smgi, .machine_clock = clock}),
            clock, [] {}),
        mail(
            database, mail_options(), clock, [&dice] { return dice.share(); },
            [clock, &server = outside.mail](const delivery::SmtpSettings&, const std::string&,
                                            const std::string& to, const std::string& message) {
              return server.take(to, message, clock());
            }) {}
};

Service::Service(Outside outside, Instant now, Faults faults, Dice dice)
    : outside_(std::move(outside)),
      now_(now),
      faults_(faults),
      dice_(dice),
      database_(std::make_unique<FaultyDatabase>(
          open_store(),
          [this] {
            using Fault = FaultyDatabase::Fault;
            if (!faults_allowed_ || !dice_.happens(faults_.store_away)) return Fault::none;
            ++store_faults_;
            constexpr Fault kinds[] = {Fault::before, Fault::middle, Fault::after};
            return kinds[dice_.below(3)];
          })),
      reference_(*database_) {
  start();
}

Service::~Service() = default;

std::unique_ptr<storage::Database> Service::open_store() const {
  Result<std::unique_ptr<storage::Database>> opened = storage::open_fleeting(outside_.storage_url);
  if (!opened) throw std::runtime_error("the store cannot be opened: " + opened.error().detail);
  return std::move(*opened);
}

void Service::start() {
  running_ = std::make_unique<Running>(
      *database_, reference_, outside_, [this] { return now_; }, dice_);
  const Result<void> loaded = reference_.refresh(now_);
  if (!loaded) throw std::runtime_error("the reference cannot be read: " + loaded.error().detail);
}

void Service::restart() {
  running_.reset();
  database_->close();
  database_->open(open_store());
  start();
}

Result<storage::ActivityOutcome> Service::receive(std::string_view activity_json) {
  Result<protocol::Activity> activity = protocol::parse_activity(activity_json);
  if (!activity) return tl::unexpected<Error>(activity.error());
  return running_->runner.run(*activity);
}

void Service::tick() {
  running_->scheduler.tick(now_);
}

bool Service::send_mails() {
  try {
    while (running_->mail.send_due() > 0) {
    }
    return true;
  } catch (const MailServer::SenderDies&) {
    return false;
  }
}

std::shared_ptr<const handlers::Reference> Service::current_reference() const {
  return reference_.current();
}

}  // namespace pao::bot::simulation
