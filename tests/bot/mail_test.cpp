// Mails: how they are written, and that a real server takes them (R-28). The server is Debian's aiosmtpd.
#include "bot/delivery/mail_worker.hpp"
#include "cards/delivery_words.hpp"
#include "storage/people_store.hpp"
#include "tests/bot/captured_log.hpp"
#include "tests/storage/demo_store.hpp"
#include "tests/support/smtp_server.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace pao;
using namespace pao::bot::delivery;
using storage::OutboxState;
using storage::Session;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;

namespace {

constexpr const char* morning = "2026-11-12T09:00:00-05:00";

storage::Mail report_mail(const std::string& key = "mail:1") {
  storage::Mail mail{.key = key, .person_id = "U-014", .about = "REP-DIR-2026-T3"};
  mail.subject = "Reporte de seguimiento: respóndalo hasta el 20 de noviembre de 2026, señor líder";
  mail.text = "Su reporte está listo.\n.\nUna línea con punto solo.\n";
  mail.html = "<p>Su reporte está <b>listo</b>.</p>";
  mail.not_before = instant(morning);
  mail.expires_at = instant(morning) + std::chrono::hours{24};
  mail.created_at = instant(morning);
  return mail;
}

struct Office {
  storage::test::DemoStore store;
  Instant now = instant(morning);
  MailOptions options;
  std::vector<MailOutcome> outcomes;  // of a server that is not there
  std::vector<std::string> asked;

  Office() { options.from = {"pao@hacienda-demo.example.com", "PAO Teams"}; }

  void put(const storage::Mail& mail) {
    writing(*store.database, [&](Session& s) { REQUIRE(storage::enqueue_mail(s, mail)); });
  }
  storage::OutboxMessage row() {
    return reading(*store.database, [](Session& s) { return storage::list_outbox(s, {}, 1); }).at(0);
  }
  int send() {
    MailWorker worker(
        *store.database, options, [this] { return now; }, [] { return 0.0; });
    return worker.send_due();
  }
  // With a server that answers as the test says.
  int send_pretending(MailOutcome outcome) {
    MailWorker worker(
        *store.database, options, [this] { return now; }, [] { return 0.0; },
        [&](const SmtpSettings&, const std::string&, const std::string& to, const std::string&) {
          asked.push_back(to);
          return outcome;
        });
    return worker.send_due();
  }
};

}  // namespace

TEST_CASE(
    "a mail goes to the person's address over STARTTLS with a password, and reads as it was written (R-28)") {
  REQUIRE_MESSAGE(pao::tests::has_smtp_server(), "install python3-aiosmtpd");
  Office office;
  const pao::tests::SmtpServer server(office.store.folder.path() / "smtp", {"tls", "auth"});
  office.options.smtp = {.url = server.url(), .username = "pao", .password = "secreto"};
  office.options.smtp.ca_file = server.certificate();
  storage::Mail mail = report_mail();
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  mail.attachments = {{"reporte \"1\".pdf", "application/pdf", bytes},
                      {"mesa.ics", "text/calendar; charset=utf-8; method=REQUEST", "BEGIN:VCALENDAR\r\n"}};
  office.put(mail);
  CHECK(office.send() == 1);
  CHECK(office.row().state == OutboxState::sent);

  const auto mails = server.mails();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].tls);
  CHECK(mails[0].user == "pao");
  const auto leader =
      reading(*office.store.database, [](Session& s) { return storage::find_person(s, "U-014"); });
  CHECK(mails[0].to == std::vector<std::string>{leader->email});
  CHECK(mails[0].from == "pao@hacienda-demo.example.com");
  const auto read = pao::tests::read_mail(office.store.folder.path(), mails[0].message);
  CHECK(read.subject == mail.subject);
  CHECK(read.from == "PAO Teams <pao@hacienda-demo.example.com>");
  CHECK(read.text.find("Su reporte está listo.") == 0);
  CHECK(read.text.find("\n.\n") != std::string::npos);
  CHECK(read.html.find("<b>listo</b>") != std::string::npos);
  REQUIRE(read.attachments.size() == 2);
  CHECK(read.attachments[0].first == "reporte--1-.pdf");
  CHECK(read.attachments[0].second == bytes);
  CHECK(office.send() == 0);  // nothing is sent twice
}

TEST_CASE("without TLS nothing is sent where TLS is required, and a wrong password is final") {
  REQUIRE_MESSAGE(pao::tests::has_smtp_server(), "install python3-aiosmtpd");
  Office office;
  {
    const pao::tests::SmtpServer plain(office.store.folder.path() / "plain");
    office.options.smtp = {.url = plain.url()};
    office.put(report_mail());
    office.send();
    CHECK(office.row().state == OutboxState::dead);
    CHECK(office.row().reason.find("mail_refused") == 0);
    CHECK(plain.mails().empty());
  }
  const pao::tests::SmtpServer server(office.store.folder.path() / "smtp", {"tls", "auth"});
  office.options.smtp = {.url = server.url(), .username = "pao", .password = "otro"};
  office.options.smtp.ca_file = server.certificate();
  office.put(report_mail("mail:2"));
  office.send();
  CHECK(office.row().state != OutboxState::sent);
  CHECK(server.mails().empty());
}

TEST_CASE("a server on this machine may do without TLS, another one never") {
  REQUIRE_MESSAGE(pao::tests::has_smtp_server(), "install python3-aiosmtpd");
  Office office;
  const pao::tests::SmtpServer server(office.store.folder.path() / "smtp");
  office.options.smtp = {.url = server.url(), .require_tls = false};
  office.put(report_mail());
  office.send();
  CHECK(office.row().state == OutboxState::sent);
  CHECK(server.mails().size() == 1);
  const MailOutcome elsewhere =
      send_mail({.url = "smtp://192.0.2.1:25", .require_tls = false}, "a@b.co", "c@d.co", "x");
  CHECK(elsewhere.kind == MailOutcome::Kind::permanent);
  CHECK(is_loopback_smtp("smtp://user:p@ss@localhost:2525/pao"));
  CHECK_FALSE(is_loopback_smtp("smtp://localhost.example.com"));
}

TEST_CASE("4xx is tried again later, 5xx ends as a dead letter that an operator can retry") {
  REQUIRE_MESSAGE(pao::tests::has_smtp_server(), "install python3-aiosmtpd");
  Office office;
  const pao::tests::SmtpServer busy(office.store.folder.path() / "busy", {"refuse=451"});
  office.options.smtp = {.url = busy.url(), .require_tls = false};
  office.put(report_mail());
  office.send();
  CHECK(office.row().state == OutboxState::pending);
  CHECK(office.row().reason.find("mail_failed") == 0);
  CHECK(office.row().not_before == office.now + std::chrono::minutes{1});
  CHECK(office.send() == 0);  // not yet
  busy.accept_from_now_on();
  office.now += std::chrono::minutes{1};
  office.send();
  CHECK(office.row().state == OutboxState::sent);
  CHECK(busy.mails().size() == 1);

  const pao::tests::SmtpServer strict(office.store.folder.path() / "strict", {"refuse=550"});
  office.options.smtp = {.url = strict.url(), .require_tls = false};
  office.put(report_mail("mail:2"));
  office.send();
  CHECK(office.row().state == OutboxState::dead);
  strict.accept_from_now_on();
  const std::int64_t id = office.row().id;
  writing(*office.store.database, [&](Session& s) { REQUIRE(storage::retry_message(s, id, office.now)); });
  office.send();
  CHECK(office.row().state == OutboxState::sent);
}

TEST_CASE("what cannot be mailed ends with a sentence that says why") {
  Office office;
  office.put(report_mail());
  office.send();  // no server configured
  CHECK(office.row().state == OutboxState::unreachable);
  CHECK(end_reason_of(office.row().reason)->cause == Cause::mail_off);

  office.options.smtp.url = "smtp://127.0.0.1:1";
  writing(*office.store.database,
          [](Session& s) { s.run("UPDATE people SET email = 'no es una dirección' WHERE id = 'U-014'"); });
  office.put(report_mail("mail:2"));
  office.send_pretending({.kind = MailOutcome::Kind::sent});
  CHECK(office.asked.empty());
  CHECK(end_reason_of(office.row().reason)->cause == Cause::mail_no_address);

  writing(*office.store.database, [](Session& s) {
    s.run("UPDATE people SET email = 'nueva@hacienda-demo.example.com' WHERE id = 'U-014'");
  });
  office.put(report_mail("mail:3"));
  office.send_pretending({.kind = MailOutcome::Kind::sent});
  CHECK(office.asked == std::vector<std::string>{"nueva@hacienda-demo.example.com"});

  writing(*office.store.database,
          [](Session& s) { s.run("UPDATE people SET active = 0 WHERE id = 'U-014'"); });
  office.put(report_mail("mail:4"));
  office.send_pretending({.kind = MailOutcome::Kind::sent});
  CHECK(office.row().state == OutboxState::obsolete);
}

TEST_CASE("what waited for a mail server or an address leaves when the operator puts all of it back") {
  Office office;
  office.put(report_mail("report:1"));
  office.put(report_mail("report:2"));
  for (int look = 0; look < 2; ++look) office.send();  // one after the other: they are the same person's
  const auto put_back = [&](Cause cause) {
    return writing(*office.store.database, [&](Session& s) {
      return storage::retry_undelivered(s, "report:", end_reason(cause).word, office.now);
    });
  };
  CHECK(put_back(Cause::mail_no_address) == 0);
  CHECK(put_back(Cause::mail_off) == 2);
  office.options.smtp.url = "smtp://127.0.0.1:1";
  for (int look = 0; look < 2; ++look) office.send_pretending({.kind = MailOutcome::Kind::sent});
  CHECK(office.asked.size() == 2);
  CHECK(put_back(Cause::mail_off) == 0);

  writing(*office.store.database,
          [](Session& s) { s.run("UPDATE people SET email = '' WHERE id = 'U-014'"); });
  office.put(report_mail("report:3"));
  office.send_pretending({.kind = MailOutcome::Kind::sent});
  CHECK(put_back(Cause::mail_no_address) == 1);
}

TEST_CASE("the office that sent a mail reads why it did not arrive, for every way a mail can end") {
  const std::string_view general = cards::delivery_cause("malformed: HTTP 400");
  for (const Cause cause : {Cause::mail_off, Cause::mail_no_address, Cause::mail_refused, Cause::mail_failed,
                            Cause::expired, Cause::no_longer_true, Cause::cancelled}) {
    const std::string stored = reason_text(cause, "detail");
    CAPTURE(stored);
    CHECK_FALSE(cards::delivery_cause(stored).empty());
    CHECK(cards::delivery_cause(stored) != general);
  }
  CHECK(cards::delivery_cause("").empty());
}

TEST_CASE("an operator is warned of a service without mail and of a server that does not take it, by ids") {
  Office office;
  const auto log_of = [&](const auto& happens) {
    const bot::test::CapturedLog captured;
    happens();
    return captured.text();
  };
  const auto starts = [&] {
    MailWorker worker(
        *office.store.database, office.options, [&] { return office.now; }, [] { return 0.0; });
    worker.start();
    worker.stop();
  };
  CHECK(log_of(starts).find(" warning mail.off missing=mail.smtp_url") != std::string::npos);
  office.options.smtp.url = "smtp://127.0.0.1:1";
  CHECK(log_of(starts).find("mail.off") == std::string::npos);

  office.put(report_mail());
  const std::string busy = log_of([&] {
    office.send_pretending({.kind = MailOutcome::Kind::temporary, .code = 421, .detail = "SMTP 421"});
  });
  CHECK(busy.find(" warning mail.put_back message=" + std::to_string(office.row().id)) != std::string::npos);
  CHECK(busy.find("SMTP 421") != std::string::npos);
  CHECK(busy.find('@') == std::string::npos);
}

TEST_CASE("what became of the mails is counted") {
  Office office;
  office.options.smtp.url = "smtp://127.0.0.1:1";
  MailOutcome outcome{.kind = MailOutcome::Kind::temporary, .left = true, .detail = "no reply"};
  MailWorker worker(
      *office.store.database, office.options, [&] { return office.now; }, [] { return 0.0; },
      [&](const SmtpSettings&, const std::string&, const std::string&, const std::string&) {
        return outcome;
      });
  office.put(report_mail("mail:1"));
  worker.send_due();
  CHECK(worker.counters().retried == 1);
  CHECK(worker.counters().unconfirmed == 1);
  outcome = {.kind = MailOutcome::Kind::sent};
  office.now += std::chrono::minutes{1};
  worker.send_due();
  CHECK(worker.counters().sent == 1);
  outcome = {.kind = MailOutcome::Kind::permanent, .code = 550, .detail = "SMTP 550"};
  office.put(report_mail("mail:2"));
  worker.send_due();
  CHECK(worker.counters().dead == 1);
}

TEST_CASE("pauses grow and a mail that cannot leave before its end is given up") {
  Office office;
  office.options.smtp.url = "smtp://127.0.0.1:1";
  office.put(report_mail());
  const MailOutcome busy{.kind = MailOutcome::Kind::temporary, .code = 421, .detail = "SMTP 421"};
  std::vector<int> minutes;
  for (int tries = 0; tries < 60 && office.row().state == OutboxState::pending; ++tries) {
    office.send_pretending(busy);
    const storage::OutboxMessage row = office.row();
    if (row.state != OutboxState::pending) break;
    minutes.push_back(static_cast<int>(
        std::chrono::duration_cast<std::chrono::minutes>(row.not_before - office.now).count()));
    office.now = row.not_before;
  }
  REQUIRE(minutes.size() > 8);
  CHECK(std::vector<int>(minutes.begin(), minutes.begin() + 7) == std::vector<int>{1, 2, 4, 8, 16, 32, 64});
  CHECK(office.row().state == OutboxState::dead);
}

TEST_CASE("no text breaks out of a header") {
  storage::Mail mail = report_mail();
  mail.subject = "Hola\r\nBcc: todos@example.com\r\n\r\nOtro cuerpo";
  mail.attachments = {{"a\"\r\nX: y.pdf", "application/pdf\r\nX-Otra: si", "x"}};
  const std::string message = mail_message(mail, {"a@b.co", "Nombre\r\nCc: x@y.z"}, {"c@d.co", "Ñandú"}, {});
  CHECK(message.find("\r\nBcc:") == std::string::npos);
  CHECK(message.find("\r\nCc:") == std::string::npos);
  CHECK(message.find("\r\nX:") == std::string::npos);
  CHECK(message.find("\r\nX-Otra:") == std::string::npos);
  CHECK(message == mail_message(mail, {"a@b.co", "Nombre\r\nCc: x@y.z"}, {"c@d.co", "Ñandú"}, {}));
  for (std::size_t at = 0, end = 0; at < message.size(); at = end + 2) {
    end = std::min(message.find("\r\n", at), message.size());
    CHECK(end - at <= 998);
  }
}

TEST_CASE("what is a mail address") {
  for (const char* good : {"a@b.co", "ana.perez+x@hacienda-demo.example.com"}) CHECK(is_mail_address(good));
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c.co", "a@b.co\r\nRCPT TO:<x@y.z>", "<a@b.co>",
                          "a@b.co,c@d.co", "ñ@b.co"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_mail_address(bad));
  }
  const auto named = parse_mail_address("PAO Teams <pao@b.co>");
  REQUIRE(named);
  CHECK(named->name == "PAO Teams");
  CHECK(named->address == "pao@b.co");
  CHECK_FALSE(parse_mail_address("PAO <pao@b.co> x"));
}
