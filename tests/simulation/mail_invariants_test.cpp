// The checks of report mails see what is wrong with audience, mailboxes and outbox, and nothing when nothing
// is.
#include "bot/simulation/mail_invariants.hpp"

#include "bot/delivery/mail_worker.hpp"
#include "storage/people_store.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>

#include <functional>

namespace pao::bot::simulation {
namespace {

using storage::Session;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;

// Of the sample: sent on 6 November to the leader and the liaison of that day.
const std::string stem = "report:REP-COM-2026-T3:v1";
const std::vector<std::string> audience = {"U-019", "U-020"};
const Instant sent_at = instant("2026-11-06T16:30:00-05:00");

storage::Mail mail_to(const std::string& person) {
  return {.key = stem + ":mail:" + person,
          .person_id = person,
          .about = "REP-COM-2026-T3",
          .subject = "Reporte",
          .text = "Este es su reporte.",
          .not_before = sent_at,
          .expires_at = sent_at + std::chrono::days{20},
          .created_at = sent_at};
}

std::string card_key(const std::string& person) {
  return stem + ":teams:" + person;
}

void enqueue_card(Session& session, const std::string& person) {
  storage::enqueue(session, {.key = card_key(person),
                             .kind = "notice",
                             .lane = "person:" + person,
                             .text = "reporte",
                             .not_before = sent_at,
                             .expires_at = sent_at + std::chrono::days{20},
                             .created_at = sent_at});
}

void mark_card_sent(Session& session, const std::string& person) {
  storage::mark_sent(session, storage::find_message(session, card_key(person))->id, "m-1", sent_at);
}

struct Scene {
  storage::test::DemoStore store;
  MailServer server{{}, Dice(1)};
  std::vector<Delivered> arrived;

  Scene() {
    writing(*store.database, [](Session& session) {
      for (const std::string& person : audience) {
        storage::enqueue_mail(session, mail_to(person));
        enqueue_card(session, person);
        mark_card_sent(session, person);
      }
    });
    for (const std::string& person : audience) arrived.push_back({.key = card_key(person), .at = sent_at});
    send_mails();
  }

  void send_mails() {
    delivery::MailWorker worker(
        *store.database, {.smtp = {.url = "smtp://127.0.0.1"}, .from = {.address = "pao@example.com"}},
        [] { return sent_at; }, [] { return 0.0; },
        [this](const delivery::SmtpSettings&, const std::string&, const std::string& to,
               const std::string& message) { return server.take(to, message, sent_at); });
    while (worker.send_due() > 0) {
    }
  }

  void arrives_by_itself(const storage::Mail& mail, const std::string& to) {
    server.take(to, delivery::mail_message(mail, {.address = "pao@example.com"}, {.address = to}, sent_at),
                sent_at);
  }

  std::string address_of(const std::string& person) {
    return reading(*store.database,
                   [&](Session& session) { return storage::find_person(session, person)->email; });
  }

  std::map<std::string, int> violations() {
    handlers::ReferenceSource reference(*store.database);
    REQUIRE(reference.refresh(sent_at));
    std::map<std::string, int> found;
    MailInvariants invariants;
    reading(*store.database, [&](Session& session) {
      invariants.check(session, *reference.current(), server, arrived, sent_at + std::chrono::hours{1},
                       [&](const char* name, bool holds, const std::string& example) {
                         const bool of_mail = std::string_view(name) == "no_mail_from_nowhere";
                         // The sample has other reports, which nobody mailed here.
                         if (!of_mail && example.find(stem) == std::string::npos) return;
                         CHECK_FALSE(invariant_text(name).empty());
                         found[name] += !holds;
                       });
      return true;
    });
    return found;
  }
};

}  // namespace

TEST_CASE("the checks of report mails find each thing that is wrong, and only that (R-28, C-04)") {
  struct Case {
    const char* wrong;
    const char* invariant;  // "" when all is well
    std::function<void(Scene&)> happens;
  };
  const auto change = [](std::function<void(Session&)> what) {
    return [what](Scene& scene) { writing(*scene.store.database, what); };
  };
  const Case cases[] = {
      {"nothing", "", [](Scene&) {}},
      {"a mailbox never got what counts as sent", "report_mail_exactly_once", change([](Session& session) {
         storage::mark_ended(session, storage::find_message(session, mail_to("U-020").key)->id,
                             storage::OutboxState::dead, "mail.failed: gave up", sent_at);
       })},
      {"a mail twice", "report_mail_exactly_once",
       [](Scene& scene) { scene.arrives_by_itself(mail_to("U-020"), scene.address_of("U-020")); }},
      {"a mail in another mailbox", "no_mail_from_nowhere",
       [](Scene& scene) { scene.arrives_by_itself(mail_to("U-020"), scene.address_of("U-024")); }},
      {"a mail of nobody", "no_mail_from_nowhere",
       [](Scene& scene) {
         storage::Mail stray = mail_to("U-020");
         stray.key = "stray";
         scene.arrives_by_itself(stray, "somebody@example.com");
       }},
      {"the liaison is left out", "report_to_its_audience", change([](Session& session) {
         session.run("DELETE FROM outbox WHERE key = $1", {std::string_view(card_key("U-020"))});
       })},
      {"somebody else gets a card", "report_to_its_audience",
       [](Scene& scene) {
         writing(*scene.store.database, [](Session& session) {
           enqueue_card(session, "U-024");
           mark_card_sent(session, "U-024");
         });
         scene.arrived.push_back({.key = card_key("U-024"), .at = sent_at});
       }},
      {"a card that counts as sent did not arrive", "report_card_arrived",
       [](Scene& scene) { scene.arrived.pop_back(); }},
      {"a card ended and nobody knows why", "report_delivery_explained", change([](Session& session) {
         session.run("UPDATE outbox SET state = 'dead', reason = '' WHERE key = $1",
                     {std::string_view(card_key("U-020"))});
       })},
  };
  for (const Case& each : cases) {
    CAPTURE(each.wrong);
    Scene scene;
    each.happens(scene);
    const auto found = scene.violations();
    for (const char* name : {"report_to_its_audience", "report_mail_exactly_once", "no_mail_from_nowhere"}) {
      CAPTURE(name);
      CHECK(found.contains(name));
    }
    for (const auto& [name, violations] : found) {
      CAPTURE(name);
      CHECK((violations > 0) == (name == each.invariant));
    }
  }
}

}  // namespace pao::bot::simulation
