// The assistant in one process and one thread, without network: everything between a parsed activity and a
// stored outgoing message, its mail worker and its exchange with the SMGI, with a clock that the simulation
// moves.
#pragma once

#include "bot/metrics.hpp"
#include "bot/protocol/activity.hpp"
#include "bot/scheduler.hpp"
#include "bot/simulation/dice.hpp"
#include "bot/simulation/faults.hpp"
#include "bot/simulation/faulty_database.hpp"
#include "bot/simulation/mail_server.hpp"
#include "bot/turn_runner.hpp"
#include "handlers/reference.hpp"
#include "handlers/router.hpp"
#include "handlers/routes.hpp"
#include "storage/database.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace pao::bot::simulation {

class Service {
 public:
  struct Outside {
    std::string storage_url;
    std::filesystem::path smgi_folder;
    MailServer& mail;  // outlives the service
  };

  // Opens the store. Throws std::runtime_error when it cannot: a simulation without a store has no meaning.
  Service(Outside outside, Instant now, Faults faults, Dice dice);
  ~Service();

  Instant now() const { return now_; }
  void set_time(Instant now) { now_ = now; }

  // The process dies and comes back: whatever was only in memory is gone. What was learned of the guidelines
  // stays, because it would come out the same and takes a third of a second.
  void restart();

  // The body of a request as the channel sends it; what the channel reads as the answer. `unavailable` when
  // the channel has to send it again.
  Result<storage::ActivityOutcome> receive(std::string_view activity_json);

  // One look of the scheduler.
  void tick();

  // Hands all mails that are due to the mail server. False when the process died over one: restart() it.
  bool send_mails();

  // While true, faults of the store happen as configured; the checks of the simulation read without them.
  void allow_faults(bool allowed) { faults_allowed_ = allowed; }

  storage::Database& store() { return *database_; }
  std::shared_ptr<const handlers::Reference> current_reference() const;

  int store_faults() const { return store_faults_; }

 private:
  struct Running;
  std::unique_ptr<storage::Database> open_store() const;
  void start();

  const Outside outside_;
  Instant now_;
  const Faults faults_;
  Dice dice_;
  bool faults_allowed_ = false;
  int store_faults_ = 0;
  std::unique_ptr<FaultyDatabase> database_;
  handlers::ReferenceSource reference_;
  std::unique_ptr<Running> running_;
};

}  // namespace pao::bot::simulation
