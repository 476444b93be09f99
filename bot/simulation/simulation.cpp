#include "bot/simulation/simulation.hpp"

#include "bot/simulation/habits.hpp"
#include "bot/simulation/invariants.hpp"
#include "handlers/procedure/permissions.hpp"
#include "storage/fleeting_database.hpp"
#include "storage/import/entity_import.hpp"
#include "storage/items_store.hpp"
#include "storage/sha256.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <functional>
#include <optional>
#include <utility>

namespace pao::bot::simulation {
namespace {

using namespace std::chrono_literals;
using procedure::Person;

// Who and what there is; not what was recorded on it, because that is what the simulated people do.
constexpr const char* ministry_files[] = {
    "procesos.csv",    "enlaces.csv", "actividades_plan.csv", "tareas_plan.csv", "proyectos.csv",
    "indicadores.csv", "riesgos.csv", "controles.csv",        "mejoras.csv",     "continuidad.csv"};

constexpr auto day_begins = 8h + 10min;
constexpr auto day_ends = 17h + 50min;
constexpr auto between_habits = 40s;
constexpr std::chrono::days tries_again_after{7};

// The people of the sample as they were during the year: who had left at its end, is there while the role
// lasts.
Result<std::filesystem::path> people_of_the_year(const Options& options) {
  std::ifstream rows(options.ministry / "personas.csv", std::ios::binary);
  const std::filesystem::path copy = options.folder / "personas.csv";
  std::ofstream written(copy, std::ios::binary);
  for (std::string row; std::getline(rows, row);) {
    while (row.ends_with('\r')) row.pop_back();
    if (row.ends_with(",no")) row.replace(row.size() - 2, 2, "si");
    written << row << "\n";
  }
  if (!written.flush()) return fail(ErrorCode::unavailable, "cannot write " + copy.string());
  return copy;
}

Result<void> load(const Options& options, const std::string& url) {
  Result<std::unique_ptr<storage::Database>> store = storage::open_fleeting(url);
  if (!store) return tl::unexpected<Error>(store.error());
  Result<std::filesystem::path> people = people_of_the_year(options);
  if (!people) return tl::unexpected<Error>(people.error());
  std::vector<std::filesystem::path> paths = {std::move(*people), options.guidelines};
  for (const char* file : ministry_files) paths.push_back(options.ministry / file);
  const auto report =
      storage::import::import_paths(**store, paths, {.now = at_local_time(options.from, -1h)});
  if (!report) return tl::unexpected<Error>(report.error());
  if (report->stored) return {};
  std::string first;
  if (!report->problems.empty())
    first = ": " + report->problems.front().file + ", " + report->problems.front().reason;
  return fail(ErrorCode::invalid, "the data of the simulation is not valid" + first);
}

struct Player {
  Person person;
  Trait trait;
  std::string item = {};  // a task of the process; empty: none
};

std::string month_before_last(Date today) {
  using namespace std::chrono;
  const year_month_day day{today};
  const year_month month = day.year() / day.month() - months{2};
  const unsigned number = static_cast<unsigned>(month.month());
  return std::to_string(static_cast<int>(month.year())) + (number < 10 ? "-0" : "-") + std::to_string(number);
}

// What happens at a moment of the day.
struct Event {
  std::chrono::milliseconds at;
  std::function<void()> happen;
};

class Simulation {
 public:
  Simulation(const Options& options, std::string url, Faults faults)
      : options_(options),
        dice_(options.seed),
        mail_(faults, Dice(dice_.next())),
        smgi_(options.folder / "smgi", faults, Dice(dice_.next())),
        service_({std::move(url), options.folder / "smgi", mail_}, at_local_time(options.from, 0h), faults,
                 Dice(dice_.next())),
        channel_(faults, Dice(dice_.next())),
        clients_(service_, channel_, faults, Dice(dice_.next())),
        invariants_({service_, clients_, channel_, mail_, smgi_}),
        faults_(faults) {}

  Outcome run();

 private:
  void meet_people();
  void live_through(Date day);
  std::vector<Event> events_of(Date day);
  void add_faults(Date day, std::vector<Event>& events);
  void work_day(const Player& player);
  bool has_role(const Player& player, procedure::Role role) const;
  std::string task_of(const Person& person);
  Values wishes(const Player& player, const Habit& habit);
  void follow(const Player& player, const Habit& habit);
  void answer_cards(const Player& player, const Habit& habit, double likely);
  bool press_through(const Player& player, const Habit& habit, const client::CardText& first, double likely);
  void count(const std::string& what, std::uint64_t more = 1) { counts_[what] += more; }
  Date today() const { return local_date(service_.now()); }
  void note_deliveries();
  void die();

  const Options options_;
  Dice dice_;
  MailServer mail_;
  Smgi smgi_;
  Service service_;
  Channel channel_;
  Clients clients_;
  Invariants invariants_;
  const Faults faults_;
  std::vector<Player> players_;
  std::map<std::string, std::uint64_t> counts_;
  std::map<std::string, Date> stuck_;  // what led nowhere, and from when on it is tried again
  bool died_ = false;                  // today
  std::string fingerprint_;
};

void Simulation::meet_people() {
  constexpr Trait kinds[] = {Trait::diligent, Trait::diligent,   Trait::diligent,
                             Trait::diligent, Trait::late,       Trait::late,
                             Trait::silent,   Trait::contesting, Trait::contesting};
  for (const Person& person : service_.current_reference()->people) {
    players_.push_back({person, kinds[dice_.below(std::size(kinds))], task_of(person)});
    clients_.install(person);
    clients_.install(person);
  }
  channel_.deliver(service_, 10min);
  clients_.read_deliveries();
  for (const Player& player : players_) {
    const auto& greeted = clients_.inbox(player.person.id);
    count("greetings", greeted.size());
    clients_.inbox(player.person.id).clear();
  }
}

bool Simulation::has_role(const Player& player, procedure::Role role) const {
  const auto reference = service_.current_reference();
  const Person* now = reference->person_by_aad(player.person.aad_object_id);
  return now && procedure::holds_role(*now, role, "", today());
}

bool is_step(const client::CardAction& action, const Step& step) {
  if (action.verb != step.verb || step.key[0] == '\0') return action.verb == step.verb;
  const nlohmann::json data = nlohmann::json::parse(action.data, nullptr, false);
  return data.is_object() && data.value(step.key, "") == step.value;
}

// A task in the first process in which the person has a role.
std::string Simulation::task_of(const Person& person) {
  const auto found = service_.store().read([&](storage::Session& session) {
    std::vector<std::string> tasks;
    for (const procedure::RoleGrant& grant : person.roles) {
      if (grant.process_id.empty() || !tasks.empty()) continue;
      for (const procedure::Item& item : storage::items_of(session, grant.process_id)) {
        if (item.kind == procedure::ItemKind::plan_task) tasks.push_back(item.id);
      }
    }
    return tasks;
  });
  return found && !found->empty() ? (*found)[dice_.below(found->size())] : "";
}

Values Simulation::wishes(const Player& player, const Habit& habit) {
  Values wanted = habit.wanted;
  for (auto& [name, value] : wanted) {
    if (value == own_item) value = player.item;
    if (value == later_day)
      value = iso_date(service_.current_reference()->calendar.add_business_days(
          today(), 10 + static_cast<int>(dice_.below(45))));
    if (value == colleague) value = players_[dice_.below(players_.size())].person.email;
    if (value == closed_period) value = month_before_last(today());
  }
  return wanted;
}

// Presses the buttons of one habit, beginning with those of the card `first`; false when it offers none.
bool Simulation::press_through(const Player& player, const Habit& habit, const client::CardText& first,
                               double likely) {
  if (habit.verbs.empty() || first.actions.empty()) return false;
  const auto begins = [&](const client::CardAction& action) { return is_step(action, habit.verbs.front()); };
  const Values wanted = wishes(player, habit);
  int times = 0;
  for (const client::CardAction& action : first.actions) {
    if (!begins(action) || times == habit.times) continue;
    const std::string which = player.person.id + " " + habit.name + " " + action.data;
    if (const auto before = stuck_.find(which); before != stuck_.end() && today() < before->second) continue;
    ++times;
    if (!dice_.happens(likely)) continue;
    client::CardText shown = first;
    client::CardAction pressed = action;
    for (std::size_t step = 0;; ++step) {
      const Values values = pressed.takes_inputs ? fill(shown.inputs, today(), wanted, dice_) : Values{};
      Pressed answer = clients_.press(player.person, pressed.verb, pressed.data, values);
      count(std::string("pressed ") + pressed.verb);
      service_.set_time(service_.now() + between_habits);
      if (step + 1 == habit.verbs.size()) {
        count(std::string("done ") + habit.name);
        break;
      }
      shown = std::move(answer.shown);
      const auto next = std::find_if(shown.actions.begin(), shown.actions.end(),
                                     [&](const auto& one) { return is_step(one, habit.verbs[step + 1]); });
      if (next == shown.actions.end()) {
        count(std::string("stuck ") + habit.name + " before " + habit.verbs[step + 1].verb);
        stuck_[which] = today() + tries_again_after;
        break;
      }
      pressed = *next;
    }
  }
  return times > 0;
}

void Simulation::answer_cards(const Player& player, const Habit& habit, double likely) {
  // Answering may bring more: that is for later.
  const std::deque<Delivered> waiting = clients_.inbox(player.person.id);
  for (const Delivered& one : waiting) press_through(player, habit, one.shown, likely);
}

void Simulation::follow(const Player& player, const Habit& habit) {
  const double likely = habit.likely[static_cast<std::size_t>(player.trait)];
  if (habit.opening[0] == '\0') return answer_cards(player, habit, likely);
  if (!dice_.happens(likely)) return;
  const Pressed answer = clients_.say(player.person, habit.opening);
  count(std::string("said ") + habit.name);
  service_.set_time(service_.now() + between_habits);
  press_through(player, habit, answer.shown, 0.9);
}

void Simulation::work_day(const Player& player) {
  clients_.read_deliveries();
  for (const Habit& habit : habits()) {
    if (has_role(player, habit.role)) follow(player, habit);
  }
  clients_.inbox(player.person.id).clear();
}

// What the world outside does between two looks of the scheduler.
void Simulation::note_deliveries() {
  channel_.deliver(service_, 2min);
  clients_.read_deliveries();
  (void)service_.send_mails();
  smgi_.work(service_.now());
}

// While it sends: what became of the last messages is not stored.
void Simulation::die() {
  channel_.die_while_sending(service_);
  mail_.kill_sender();
  (void)service_.send_mails();
  mail_.spare_sender();
  service_.restart();
  died_ = true;
}

void Simulation::add_faults(Date day, std::vector<Event>& events) {
  const auto sometime = [&] { return std::chrono::milliseconds(dice_.below(86'400'000)); };
  if (dice_.happens(faults_.killed)) {
    events.push_back({sometime(), [this] {
                        die();
                        count("fault kill");
                      }});
  }
  const auto goes_away = [&](double likely, const char* what, std::function<void(Instant until)> away) {
    if (!dice_.happens(likely)) return;
    const auto at = sometime();
    const auto until = at_local_time(day, at) + std::chrono::minutes(30 + dice_.below(240));
    events.push_back({at, [this, what, until, away = std::move(away)] {
                        away(until);
                        count(what);
                      }});
  };
  goes_away(faults_.outage, "fault outage", [this](Instant until) { channel_.away_until(until); });
  goes_away(faults_.mail_away, "fault mail away", [this](Instant until) { mail_.away_until(until); });
  goes_away(faults_.smgi_away, "fault smgi away",
            [this](Instant until) { smgi_.away_until(until, service_.now()); });
  if (dice_.happens(faults_.clock_jump)) {
    events.push_back({sometime(), [this] {
                        const Instant real = service_.now();
                        service_.set_time(dice_.happens(0.5) ? real - 3h : real + 3h);
                        service_.tick();
                        service_.set_time(real);
                        service_.tick();
                        count("fault clock jump");
                      }});
  }
  if (dice_.happens(faults_.blocked)) {
    const Player& player = players_[dice_.below(players_.size())];
    events.push_back({sometime(), [this, &player] {
                        clients_.remove(player.person);
                        count("fault blocked");
                      }});
    // Back the next morning: writing is what brings the app back.
    events.push_back({86'399'000ms, [this, &player] { clients_.install(player.person); }});
  }
}

std::vector<Event> Simulation::events_of(Date day) {
  std::vector<Event> events;
  const auto look = [this] {
    service_.allow_faults(true);
    service_.tick();
    service_.allow_faults(false);
    note_deliveries();
  };
  for (const std::chrono::milliseconds at : std::initializer_list<std::chrono::milliseconds>{
           0ms, 1s, 3h, 7h + 59min + 59s, 8h, 8h + 1s, 10h, 13h, 16h, 18h, 20h, 23h + 59min + 59s}) {
    events.push_back({at, look});
  }
  if (service_.current_reference()->calendar.is_business_day(day)) {
    for (const Player& player : players_) {
      const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(day_ends - day_begins).count();
      const auto at = day_begins + std::chrono::milliseconds(dice_.below(static_cast<std::uint64_t>(span)));
      events.push_back({at, [this, &player] { work_day(player); }});
    }
  }
  add_faults(day, events);
  std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.at < b.at; });
  return events;
}

void Simulation::live_through(Date day) {
  clients_.begin_day();
  for (const Event& event : events_of(day)) {
    service_.set_time(std::max(service_.now(), at_local_time(day, event.at)));
    event.happen();
  }
  clients_.read_deliveries();
  std::string arrived = fingerprint_;
  for (const Delivered& one : clients_.delivered_today())
    arrived += one.key + "@" + iso_instant(one.at) + "\n";
  fingerprint_ = storage::sha256_hex(arrived);
}

Outcome Simulation::run() {
  meet_people();
  for (Date day = options_.from; day <= options_.to; day += std::chrono::days{1}) {
    live_through(day);
    invariants_.check_day(day, day == options_.to            ? DayEnd::of_the_span
                               : std::exchange(died_, false) ? DayEnd::after_a_kill
                                                             : DayEnd::ordinary);
    count("days");
  }
  std::string outside = fingerprint_;
  for (const auto& [id, received] : mail_.mailboxes()) outside += id + " " + std::to_string(received.arrived);
  for (const auto& [key, filing] : smgi_.filings()) outside += key + " " + filing.number;
  Outcome outcome{.counts = std::move(counts_),
                  .invariants = invariants_.results(),
                  .hold = invariants_.hold(),
                  .fingerprint = storage::sha256_hex(outside)};
  outcome.counts["people"] = players_.size();
  outcome.counts["turns"] = clients_.turns();
  outcome.counts["turns repeated"] = clients_.repeated();
  outcome.counts["sends"] = channel_.sends();
  outcome.counts["sends arrived"] = channel_.arrivals();
  outcome.counts["sends cut"] = channel_.cut();
  outcome.counts["mails tried"] = mail_.tries();
  outcome.counts["mails arrived"] = mail_.arrivals();
  outcome.counts["smgi filings"] = smgi_.filings().size();
  outcome.counts["smgi filings loaded again"] = smgi_.loaded_again();
  outcome.counts["smgi filings refused"] = smgi_.refused();
  outcome.counts["fault store away"] = static_cast<std::uint64_t>(service_.store_faults());
  return outcome;
}

}  // namespace

Result<Outcome> simulate(const Options& options) {
  std::error_code error;
  std::filesystem::remove_all(options.folder, error);
  std::filesystem::create_directories(options.folder, error);
  if (error) return fail(ErrorCode::unavailable, "cannot make " + options.folder.string());
  const std::string url = "sqlite:" + (options.folder / "simulation.db").string();
  if (Result<void> loaded = load(options, url); !loaded) return tl::unexpected<Error>(loaded.error());
  return Simulation(options, url, options.faults ? Faults::usual() : Faults{}).run();
}

}  // namespace pao::bot::simulation
