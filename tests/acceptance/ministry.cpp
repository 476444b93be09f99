#include "tests/acceptance/ministry.hpp"

#include "bot/log.hpp"
#include "handlers/jobs.hpp"
#include "storage/import/entity_import.hpp"
#include "storage/jobs_store.hpp"
#include "storage/outbox_store.hpp"
#include "storage/people_store.hpp"
#include "tests/paths.hpp"

#include <doctest/doctest.h>
#include <httplib.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <thread>

namespace pao::tests {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;

constexpr auto patience = 30s;            // a loaded machine, under sanitizers
constexpr auto patience_with_jobs = 60s;  // all of a day, under sanitizers

std::string new_activity_id() {
  static std::atomic<long> last{1'700'000'000'000};
  return std::to_string(++last);
}

std::string upper_name(const std::string& key) {
  std::string name = "PAO_";
  for (const char c : key) name += c == '.' ? '_' : static_cast<char>(toupper(static_cast<unsigned char>(c)));
  return name;
}

std::unique_ptr<bot::App> start_service(const Settings& settings, const MovedClock& clock) {
  const std::map<std::string, std::string> environment = environment_of(settings);
  const auto config = bot::load_config("", false, [&](const std::string& name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  });
  if (!config) FAIL(config.error().detail);
  const auto fit = bot::check_serving(*config);
  if (!fit) FAIL(fit.error().detail);
  bot::log::set_level(config->log.level);
  auto app = bot::App::create(*config, [&clock] { return clock.now(); });
  if (!app) FAIL(app.error().detail);
  (*app)->start();
  return std::move(*app);
}

}  // namespace

const test::TestKey& channel_key() {
  static const test::TestKey key = test::TestKey::rsa("channel-1");
  return key;
}

void copy_demo_store(const std::filesystem::path& to) {
  static const storage::test::TemporaryFolder made;
  static const std::filesystem::path file = [] {
    const auto store = storage::test::open_store(made.url());
    const std::array<std::filesystem::path, 2> paths{
        std::string(pao::tests::source_dir) + "/tests/data/ministry",
        std::string(pao::tests::source_dir) + "/tests/data/guidelines"};
    const auto done =
        storage::import::import_paths(*store, paths, {.now = instant("2026-01-01T08:00:00-05:00")});
    if (!done) FAIL(done.error().detail);
    REQUIRE(done->stored);
    return made.path() / "store.db";
  }();
  std::filesystem::copy_file(file, to);
}

Settings service_settings(const SimulatedTeams& teams, const std::string& storage_url) {
  return {{"server.port", "0"},
          {"storage.url", storage_url},
          {"identity.mode", "bot-framework"},
          {"identity.client_id", test::test_app_id},
          {"identity.client_secret", "simulated-secret"},
          {"identity.tenant_id", demo_tenant},
          {"identity.issuer", test::test_issuer},
          {"identity.openid_metadata_url", teams.openid_metadata_url()},
          {"identity.token_url", teams.token_url()},
          {"connector.allow_loopback", "true"},
          {"connector.fallback_service_url", teams.service_url()},
          {"delivery.requests_per_second", "1000"},
          {"jobs.enabled", "false"},
          {"log.level", "error"},
          {"clock.start", demo_morning}};
}

std::map<std::string, std::string> environment_of(const Settings& settings) {
  std::map<std::string, std::string> environment;
  for (const auto& [key, value] : settings) environment[upper_name(key)] = value;
  return environment;
}

// ---- Person ----

Person::Person(Ministry& ministry, std::string aad)
    : ministry_(&ministry), aad_(std::move(aad)), conversation_("a:" + aad_) {
}

json Person::activity(const std::string& type) const {
  json conversation = {
      {"id", conversation_}, {"conversationType", conversation_type_}, {"tenantId", demo_tenant}};
  if (conversation_type_ != "personal") conversation["isGroup"] = true;
  return {{"type", type},
          {"id", new_activity_id()},
          {"timestamp", "2026-11-12T14:00:00.000Z"},
          {"channelId", "msteams"},
          {"serviceUrl", ministry_->teams_.service_url()},
          {"locale", "es-CO"},
          {"from", {{"id", "29:" + aad_}, {"name", "Quien escribe"}, {"aadObjectId", aad_}}},
          {"recipient", {{"id", std::string("28:") + test::test_app_id}, {"name", "PAO Teams"}}},
          {"conversation", conversation},
          {"channelData", {{"tenant", {{"id", demo_tenant}}}}}};
}

json Person::message(const std::string& text) const {
  json written = activity("message");
  written["textFormat"] = "plain";
  written["text"] = text;
  if (mentions_) {
    written["text"] = "<at>PAO Teams</at> " + text;
    written["entities"] =
        json::array({{{"type", "mention"},
                      {"text", "<at>PAO Teams</at>"},
                      {"mentioned", {{"id", written["recipient"]["id"]}, {"name", "PAO Teams"}}}}});
  }
  return written;
}

Seen Person::says(const std::string& text) const {
  const json written = message(text);
  REQUIRE(ministry_->post(written.dump()).status == 200);
  const std::string id = written["id"];
  const auto answer =
      ministry_->take(conversation_, [&](const Delivered& one) { return one.reply_to == id; });
  if (!answer) FAIL("no answer to: " << text);
  return Seen::message(answer->body);
}

int Person::sends(const std::string& text) const {
  return ministry_->post(message(text).dump()).status;
}

Pressed Person::presses(const std::string& verb, const Values& values) const {
  json invoke = activity("invoke");
  invoke["name"] = "adaptiveCard/action";
  invoke["value"] = {{"action", {{"type", "Action.Execute"}, {"verb", verb}, {"data", values}}},
                     {"trigger", "manual"}};
  const Answered answered = ministry_->post(invoke.dump());
  Pressed pressed{.status = answered.status};
  if (answered.status == 200) pressed.shown = Seen::invoke_answer(answered.body);
  return pressed;
}

Pressed Person::presses(const SeenButton& button, const Values& typed) const {
  Values values = button.data;
  for (const auto& [name, value] : typed) values[name] = value;
  return presses(button.verb, values);
}

int Person::opens_conversation(const std::string& event) const {
  json said = activity(event);
  if (event == "installationUpdate") {
    said["action"] = "add";
  } else {
    said["membersAdded"] = json::array({{{"id", said["recipient"]["id"]}}, {{"id", "29:" + aad_}}});
  }
  return ministry_->post(said.dump()).status;
}

Seen Person::receives(const std::string& part) const {
  const auto found = ministry_->take(
      conversation_, [&](const Delivered& one) { return Seen::message(one.body).shows(part); });
  if (!found) FAIL("never received: " << part);
  return Seen::message(found->body);
}

bool Person::hears_nothing_more() const {
  ministry_->settles();
  const std::vector<Delivered> all = ministry_->teams_.delivered();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].conversation != conversation_ || ministry_->taken_.contains(i)) continue;
    MESSAGE("heard: " << Seen::message(all[i].body).words());
    return false;
  }
  return true;
}

Person Person::in_group(const std::string& conversation) const {
  Person there = *this;
  there.conversation_ = conversation;
  there.conversation_type_ = "groupChat";
  return there;
}

Person Person::mentioning() const {
  Person here = *this;
  here.mentions_ = true;
  return here;
}

// ---- Ministry ----

Ministry::Ministry(const std::string& clock_start, const Settings& more,
                   void (*fill_store)(const std::filesystem::path& to))
    : teams_(json{{"keys", {channel_key().jwk()}}}.dump()) {
  fill_store(folder_.path() / "store.db");
  store_ = storage::test::open_store(folder_.url());
  token_ = "Bearer " + good_token();
  continues_at(clock_start, more);
}

Ministry::~Ministry() = default;

Person Ministry::person(const std::string& id) {
  const auto found =
      reading(*store_, [&](storage::Session& session) { return storage::find_person(session, id); });
  if (!found) FAIL("nobody in the directory is " << id);
  return {*this, found->aad_object_id};
}

Person Ministry::stranger(const std::string& aad_id) {
  return {*this, aad_id};
}

void Ministry::continues_at(const std::string& clock_start, const Settings& more) {
  app_.reset();
  Settings settings = service_settings(teams_, folder_.url());
  settings["clock.start"] = clock_start;
  for (const auto& [key, value] : more) settings[key] = value;
  has_jobs_ = settings["jobs.enabled"] == "true";
  clock_.runs_from(instant(clock_start));
  app_ = start_service(settings, clock_);
  jobs_are_done();
}

void Ministry::moves_to(const std::string& at) {
  clock_.runs_from(instant(at));
  jobs_are_done();
}

void Ministry::stands_at(const std::string& at) {
  clock_.stands_at(instant(at));
  jobs_are_done();
}

void Ministry::jobs_are_done() {
  if (!has_jobs_) return;
  handlers::ReferenceSource reference(*store_);
  REQUIRE(reference.refresh(clock_.now()));
  const std::vector<handlers::Job> jobs = handlers::make_jobs(*store_, reference);
  const auto is_due = [&](const handlers::Job& job) {
    const auto run =
        reading(*store_, [&](storage::Session& session) { return storage::last_run(session, job.name); });
    const auto last = run ? run->succeeded_at : std::nullopt;
    return handlers::is_due(job.schedule, last, clock_.now(), reference.current()->calendar);
  };
  const auto until = std::chrono::steady_clock::now() + patience_with_jobs;
  while (std::any_of(jobs.begin(), jobs.end(), is_due)) {
    if (std::chrono::steady_clock::now() > until) FAIL("jobs are due that nobody does");
    std::this_thread::sleep_for(10ms);
  }
}

void Ministry::day_begins_at(const std::string& clock_start) {
  continues_at(clock_start, {{"jobs.enabled", "true"}});
}

void Ministry::stops() {
  app_.reset();
}

void Ministry::settles() {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (reading(*store_, [](storage::Session& session) { return storage::count_waiting(session); }) > 0) {
    if (std::chrono::steady_clock::now() > until) FAIL("messages are left that nobody sends");
    std::this_thread::sleep_for(5ms);
  }
}

Answered Ministry::post(const std::string& body) const {
  return post(body, token_);
}

Answered Ministry::post(const std::string& body, const std::string& authorization) const {
  httplib::Client client("127.0.0.1", app_->port());
  client.set_tcp_nodelay(true);
  client.set_read_timeout(60s);
  httplib::Headers headers;
  if (!authorization.empty()) headers.emplace("Authorization", authorization);
  const auto result = client.Post("/api/messages", headers, body, "application/json; charset=utf-8");
  if (!result) FAIL("no answer from the service: " << to_string(result.error()));
  Answered answered{.status = result->status, .body = result->body};
  for (const auto& [name, value] : result->headers) {
    std::string lower;
    for (const char c : name) lower += static_cast<char>(tolower(static_cast<unsigned char>(c)));
    answered.headers[lower] = value;
  }
  return answered;
}

std::string Ministry::good_token(const json& claims, const json& header) const {
  json changes = {{"serviceurl", teams_.service_url()}};
  for (const auto& [name, value] : claims.items()) changes[name] = value;
  const Instant now = std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now());
  return channel_key().token(test::channel_claims(now, changes), header);
}

void Ministry::change(std::string_view sql) {
  writing(*store_, [&](storage::Session& session) { session.run(sql); });
}

std::vector<storage::RegistroEntry> Ministry::registro() {
  return reading(*store_, [](storage::Session& session) {
    std::vector<storage::RegistroEntry> entries;
    storage::each_registro(session, 1, [&](const storage::RegistroEntry& entry) {
      entries.push_back(entry);
      return true;
    });
    return entries;
  });
}

bool Ministry::registro_has(std::string_view part) {
  const auto entries = registro();
  return std::any_of(entries.begin(), entries.end(), [&](const storage::RegistroEntry& entry) {
    return entry.content.find(part) != std::string::npos;
  });
}

std::int64_t Ministry::registro_length() {
  return static_cast<std::int64_t>(registro().size());
}

std::string Ministry::state_of(const std::string& process, const std::string& item, const std::string& period,
                               const std::string& at) {
  const Instant now = instant(at);
  handlers::ReferenceSource reference(*store_);
  REQUIRE(reference.refresh(now));
  const auto tracked = reading(*store_, [&](storage::Session& session) {
    return handlers::track(session, *reference.current(), process, now);
  });
  for (const handlers::Tracked& one : tracked) {
    if (one.obligation.item_id == item && one.obligation.period == period)
      return std::string(procedure::to_word(one.assessment.state));
  }
  FAIL("no obligation " << item << " in " << period);
  return {};
}

template <class Fits>
std::optional<Delivered> Ministry::take(const std::string& conversation, Fits fits) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (true) {
    const std::vector<Delivered> all = teams_.delivered();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].conversation != conversation || taken_.contains(i) || !fits(all[i])) continue;
      taken_.insert(i);
      return all[i];
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left <= 0ms || !teams_.wait_for(all.size() + 1, left)) return std::nullopt;
  }
}

}  // namespace pao::tests
