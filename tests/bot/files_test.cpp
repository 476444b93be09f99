// Files between the chat and the service: fetched without our token, from hosts of files only, kept under
// their SHA-256; offered files are uploaded in ranges.
#include "bot/files/file_worker.hpp"
#include "bot/protocol/extras.hpp"
#include "handlers/file_messages.hpp"
#include "handlers/turn.hpp"
#include "storage/outbox_store.hpp"
#include "storage/sha256.hpp"
#include "tests/bot/delivery_scene.hpp"
#include "tests/support/simulated_teams.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <vector>

using namespace pao;
using namespace pao::bot;
using namespace pao::bot::files;
using namespace std::chrono_literals;
using pao::tests::SimulatedTeams;

namespace {

FileHosts local_hosts() {
  FileHosts hosts;
  hosts.files = {.allowed = {"sharepoint.com"}, .allow_loopback = true};
  hosts.connector = {.allowed = {"smba.trafficmanager.net"}};
  return hosts;
}

struct Transfer {
  SimulatedTeams teams;
  auth::HttpClient http{{.allow_loopback = true, .public_addresses_only = true}};
  FileHosts hosts = local_hosts();
  TransferLimits limits;
  int tokens = 0;

  Result<std::string> fetch(const std::string& url, bool is_picture = false) {
    return fetch_file([this](const auth::HttpRequest& r) { return http.send(r); }, hosts, limits,
                      [this]() -> Result<std::string> {
                        ++tokens;
                        return std::string("our-token");
                      },
                      url, is_picture);
  }
  Result<void> upload(const std::string& url, std::string_view bytes) {
    UploadState state;
    return upload_file([this](const auth::HttpRequest& r) { return http.send(r); }, hosts, limits, url, bytes,
                       state);
  }
};

// The worker between a store, a folder and the simulated file store.
struct Office {
  tests::SceneFolder folder;
  SimulatedTeams teams;
  auth::HttpClient http{{.allow_loopback = true}};
  std::unique_ptr<storage::Database> database;
  storage::FileFolder contents{folder.path / "files"};
  std::atomic<int> woken{0};
  std::unique_ptr<FileWorker> worker;

  Office() {
    auto opened = storage::Database::open("sqlite:" + (folder.path / "store.db").string());
    REQUIRE(opened);
    database = std::move(*opened);
  }

  void start(TransferLimits limits = {}) {
    FileWorkerOptions options{.hosts = local_hosts(), .limits = limits, .tries = 3, .first_pause = 10ms};
    worker = std::make_unique<FileWorker>(
        *database, contents, [] { return Instant{1'000'000ms}; },
        FileAccess{[this](const auth::HttpRequest& r) { return http.send(r); },
                   []() -> Result<std::string> { return std::string("our-token"); }, [this] { ++woken; }},
        std::move(options));
  }

  template <class Work>
  auto write(Work work) {
    auto done = database->write(work);
    REQUIRE(done);
    return done;
  }

  void receive(const std::string& id, const std::string& name, const std::string& url,
               const std::string& type = std::string(handlers::file_download_type)) {
    storage::ReceivedFile file;
    file.id = id;
    file.aad_object_id = "ana";
    file.conversation_id = "a:1";
    file.activity_id = "17";
    file.name = name;
    file.content_type = type;
    file.url = url;
    write([&](storage::Session& session) { storage::add_received_file(session, file); });
  }

  storage::ReceivedFile ended(const std::string& id) {
    for (int i = 0; i < 2'000; ++i) {
      auto file = database->read([&](storage::Session& s) { return storage::find_received_file(s, id); });
      if (file && *file && (*file)->state != "waiting") return **file;
      std::this_thread::sleep_for(5ms);
    }
    FAIL("the file still waits");
    return {};
  }

  std::optional<storage::OutboxMessage> message(const std::string& key) {
    auto found = database->read([&](storage::Session& s) { return storage::find_message(s, key); });
    REQUIRE(found);
    return *found;
  }
};

}  // namespace

TEST_CASE("a file is fetched without our token, whole") {
  Transfer transfer;
  const std::string content = "%PDF-1.7 " + std::string(300'000, 'x');
  const auto bytes = transfer.fetch(transfer.teams.offer_download("acta.pdf", content));
  REQUIRE(bytes);
  CHECK(*bytes == content);
  CHECK(transfer.teams.tokens_at_files().empty());
  CHECK(transfer.tokens == 0);
}

TEST_CASE("nothing is fetched from hosts that are not for files, or through a redirect, or above the limit") {
  Transfer transfer;
  transfer.hosts.files.allow_loopback = false;
  for (const char* url :
       {"https://example.com/a.pdf", "http://entidad.sharepoint.com/a.pdf",
        "https://evil-sharepoint.com/a.pdf", "https://sharepoint.com.evil.co/a.pdf", "https://10.0.0.7/a.pdf",
        "https://[::1]/a.pdf", "https://u@entidad.sharepoint.com/a.pdf",
        "https://entidad.sharepoint.com:8443/a.pdf", "file:///etc/passwd",
        "https://smba.trafficmanager.net/amer/v3/attachments/1", ""}) {
    CAPTURE(url);
    const auto refused = transfer.fetch(url);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::refused);
    CHECK_FALSE(refused.error().message.empty());
  }
  transfer.hosts.files.allow_loopback = true;
  const std::string url = transfer.teams.offer_download("a.pdf", std::string(2'000, 'x'));
  transfer.limits.max_bytes = 1'999;
  const auto large = transfer.fetch(url);
  REQUIRE_FALSE(large);
  CHECK(large.error().code == ErrorCode::refused);
  CHECK(large.error().message.find("demasiado grande") != std::string::npos);
  transfer.limits.max_bytes = 2'000;
  CHECK(transfer.fetch(url));
  transfer.teams.redirect_files(true);
  const auto redirected = transfer.fetch(url);
  REQUIRE_FALSE(redirected);
  CHECK(redirected.error().code == ErrorCode::refused);
  transfer.teams.redirect_files(false);
  CHECK(transfer.fetch(transfer.teams.service_url()).error().code == ErrorCode::not_found);
  CHECK(transfer.tokens == 0);
}

TEST_CASE("a picture in a text is fetched with our token from attachments of the connector, and only there") {
  Transfer transfer;
  const std::string file = transfer.teams.offer_download("1", "\x89PNG");
  const std::string picture = transfer.teams.service_url() + "v3/attachments/1/views/original";
  REQUIRE(transfer.fetch(file, true));
  transfer.fetch(picture, true);
  CHECK(transfer.tokens == 0);  // hosts of files only
  transfer.hosts.connector.allow_loopback = true;
  REQUIRE(transfer.fetch(file, true));
  CHECK(transfer.tokens == 0);  // the right host, another place
  REQUIRE(transfer.fetch(picture, true));
  CHECK(transfer.teams.tokens_at_files() == std::vector<std::string>{"Bearer our-token"});
  transfer.fetch(picture, false);  // a file is not a picture, whatever its host
  CHECK(transfer.teams.tokens_at_files().size() == 1);
  transfer.hosts.files.allow_loopback = false;
  transfer.hosts.connector.allow_loopback = false;
  for (const char* elsewhere : {"https://entidad.sharepoint.com/v3/attachments/1/views/original",
                                "https://malo.example/v3/attachments/1",
                                "https://smba.trafficmanager.net.malo.example/v3/attachments/1"}) {
    CAPTURE(elsewhere);
    transfer.hosts.files.allowed = {"otro.example"};
    CHECK(transfer.fetch(elsewhere, true).error().code == ErrorCode::refused);
    CHECK(transfer.tokens == 1);
  }
}

TEST_CASE("an upload goes in ranges, each in its place, without our token") {
  Transfer transfer;
  transfer.limits.part_bytes = 100;
  std::string content;
  for (int i = 0; i < 250; ++i) content += static_cast<char>('a' + i % 26);
  REQUIRE(transfer.upload(transfer.teams.upload_url("r.pdf"), content));
  CHECK(transfer.teams.uploaded("r.pdf") == content);
  CHECK(transfer.teams.upload_ranges() ==
        std::vector<std::string>{"bytes 0-99/250", "bytes 100-199/250", "bytes 200-249/250"});
  CHECK(transfer.teams.tokens_at_files().empty());
  CHECK_FALSE(transfer.upload("https://example.com/up", content));
  CHECK_FALSE(transfer.upload(transfer.teams.upload_url("r2.pdf"), ""));
}

TEST_CASE("an upload that broke off goes on behind what the store has, whichever part was lost") {
  const std::string content(250, 'x');
  for (const int broken : {1, 2, 3}) {          // the part that does not come through
    for (const bool arrives : {false, true}) {  // its answer alone is lost
      CAPTURE(broken);
      CAPTURE(arrives);
      Transfer transfer;
      transfer.limits.part_bytes = 100;
      UploadState state;
      int puts = 0;
      const auto send = [&](const auth::HttpRequest& request) -> Result<auth::HttpReply> {
        const bool breaks = request.method == "PUT" && ++puts == broken;
        if (breaks && !arrives) return fail(ErrorCode::unavailable, "connection reset");
        const auto reply = transfer.http.send(request);
        if (breaks) return fail(ErrorCode::unavailable, "timed out");
        return reply;
      };
      const std::string url = transfer.teams.upload_url("r.pdf");
      const auto put = [&] {
        return upload_file(send, transfer.hosts, transfer.limits, url, content, state);
      };
      const auto first = put();
      REQUIRE_FALSE(first);
      CHECK(first.error().code == ErrorCode::unavailable);
      CHECK(put());
      CHECK(transfer.teams.uploaded("r.pdf") == content);
      CHECK(transfer.teams.upload_ranges() ==
            std::vector<std::string>{"bytes 0-99/250", "bytes 100-199/250", "bytes 200-249/250"});
    }
  }
}

TEST_CASE("a file that arrives is kept under its SHA-256 and its sender gets a receipt") {
  Office office;
  const std::string content = "%PDF-1.7 acta";
  office.receive("f1", "acta.pdf", office.teams.offer_download("acta.pdf", content));
  office.start();
  const auto file = office.ended("f1");
  CHECK(file.state == "kept");
  CHECK(file.size == static_cast<std::int64_t>(content.size()));
  CHECK(file.sha256 == storage::sha256_hex(content));
  CHECK(file.file_type == "pdf");
  CHECK(file.url.empty());  // it opened the file for whoever had it
  CHECK(office.contents.get(file.sha256) == content);
  const auto message = office.message("file:f1");
  REQUIRE(message);
  CHECK(message->kind == handlers::file_receipt_kind);
  CHECK(message->subject == "f1");
  CHECK(message->reply_to == "17");
  CHECK(office.woken >= 1);
}

TEST_CASE("what is not what it says, is empty, or has expired is refused with the reason") {
  Office office;
  office.receive("exe", "acta.pdf", office.teams.offer_download("a", "MZ\x90 not a pdf"));
  office.receive("empty", "b.txt", office.teams.offer_download("b", ""));
  office.receive("gone", "c.pdf", office.teams.service_url() + "nothing");
  office.receive("picture", "", office.teams.offer_download("d", "\x89PNG\r\n"), "image/*");
  office.receive("no-picture", "", office.teams.offer_download("e", "<svg/>"), "image/*");
  office.start();
  for (const char* id : {"exe", "empty", "gone", "no-picture"}) {
    CAPTURE(id);
    const auto file = office.ended(id);
    CHECK(file.state == "refused");
    CHECK(file.sha256 == "");
    CHECK(file.reason.size() > 20);
    CHECK(office.message(std::string("file:") + id));
  }
  const auto picture = office.ended("picture");
  CHECK(picture.state == "kept");
  CHECK(picture.name == "imagen.png");
}

TEST_CASE("a transfer that fails in passing is tried again, and given up after the third time") {
  Office office;
  office.receive("f1", "acta.pdf", "http://127.0.0.1:9/nobody-listens");
  office.start();
  const auto file = office.ended("f1");
  CHECK(file.state == "refused");
  CHECK(file.reason.find("en unos minutos") != std::string::npos);
}

TEST_CASE("an accepted offer is uploaded, and its card becomes the file") {
  Office office;
  const std::string content = "%PDF-1.7 reporte";
  const auto sha256 = office.contents.put(content);
  REQUIRE(sha256);
  office.write([&](storage::Session& session) {
    const auto notice = handlers::offer_file(session,
                                             {.id = "of-1",
                                              .aad_object_id = "ana",
                                              .name = "reporte.pdf",
                                              .description = "Reporte preventivo",
                                              .sha256 = *sha256,
                                              .size = static_cast<std::int64_t>(content.size())},
                                             Instant{});
    REQUIRE(notice);
    CHECK(notice->key == "offer:of-1");
    const auto card = nlohmann::json::parse(bot::protocol::file_attachment_json(notice->content));
    CHECK(card["contentType"] == "application/vnd.microsoft.teams.card.file.consent");
    CHECK(card["name"] == "reporte.pdf");
    CHECK(card["content"]["sizeInBytes"] == content.size());
    CHECK(card["content"]["acceptContext"]["id"] == "of-1");
    CHECK(card["content"]["declineContext"]["id"] == "of-1");
    storage::FileConsent answered;
    answered.id = "of-1";
    answered.state = "accepted";
    answered.conversation_id = "a:1";
    answered.card_id = "card-7";
    answered.upload_url = office.teams.upload_url("reporte.pdf");
    answered.content_url = "https://entidad.sharepoint.com/reporte.pdf";
    answered.unique_id = "U1";
    answered.file_type = "pdf";
    answered.answered_at = Instant{};
    REQUIRE(storage::answer_file_consent(session, answered));
  });
  office.start();
  std::optional<storage::OutboxMessage> message;
  for (int i = 0; i < 2'000 && !message; ++i) {
    message = office.message("upload:of-1");
    std::this_thread::sleep_for(5ms);
  }
  REQUIRE(message);
  CHECK(office.teams.uploaded("reporte.pdf") == content);
  CHECK(message->operation == storage::OutboxOperation::update);
  CHECK(message->reply_to == "card-7");
  handlers::Content shown;
  bot::protocol::restore_extras(message->extras, shown);
  const auto card = nlohmann::json::parse(bot::protocol::file_attachment_json(shown));
  CHECK(card["contentType"] == "application/vnd.microsoft.teams.card.file.info");
  CHECK(card["contentUrl"] == "https://entidad.sharepoint.com/reporte.pdf");
  CHECK(card["content"] == nlohmann::json{{"uniqueId", "U1"}, {"fileType", "pdf"}});
}

TEST_CASE("the same content is kept once, and a changed one is noticed") {
  tests::SceneFolder folder;
  const storage::FileFolder contents(folder.path / "deep" / "files");
  const auto name = contents.put("hola");
  REQUIRE(name);
  CHECK(contents.put("hola") == *name);
  CHECK(contents.get(*name) == "hola");
  for (const char* wrong : {"", "../../etc/passwd", "0123"}) CHECK_FALSE(contents.get(wrong));
  CHECK(contents.get(std::string(64, 'a')).error().code == ErrorCode::not_found);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path)) {
    if (entry.is_regular_file()) std::filesystem::resize_file(entry.path(), 3);
  }
  CHECK(contents.get(*name).error().code == ErrorCode::internal);
}
