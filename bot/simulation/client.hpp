// A person's Teams: writes, presses, and reads what came back. The channel between person and service repeats
// some activities and tries again what the service could not store.
#pragma once

#include "bot/client/card_text.hpp"
#include "bot/simulation/channel.hpp"
#include "bot/simulation/dice.hpp"
#include "bot/simulation/service.hpp"
#include "handlers/procedure/model.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace pao::bot::simulation {

// What a pressed button answered.
struct Pressed {
  bool stored = false;     // false: the service was away all the time
  client::CardText shown;  // empty when a sentence came instead
  std::string text;
};

class Clients {
 public:
  Clients(Service& service, Channel& channel, Faults faults, Dice dice)
      : service_(service), channel_(channel), faults_(faults), dice_(dice) {}

  // Opens the personal conversation; a second time, as Teams does, says nothing new.
  void install(const procedure::Person& person);
  void remove(const procedure::Person& person);

  // Writes, and reads what arrives on it. The last card that arrived, or a sentence.
  Pressed say(const procedure::Person& person, const std::string& text);

  Pressed press(const procedure::Person& person, const std::string& verb, const std::string& data_json,
                const std::map<std::string, std::string>& inputs);

  // Sorts what the channel delivered into the inboxes.
  void read_deliveries();

  // What arrived since it was last looked at.
  std::deque<Delivered>& inbox(const std::string& person_id) { return inboxes_[person_id]; }

  // Everything that was delivered today, for the checks.
  const std::vector<Delivered>& delivered_today() const { return today_; }
  void begin_day() { today_.clear(); }

  std::uint64_t turns() const { return turns_; }
  std::uint64_t repeated() const { return repeated_; }
  // Activities delivered twice whose second answer was not the first one.
  const std::vector<std::string>& differing_answers() const { return differing_; }

  static std::string conversation_of(const procedure::Person& person) { return "a:" + person.id; }

 private:
  std::string next_id() { return "sim-" + std::to_string(++ids_); }
  std::optional<storage::ActivityOutcome> send(const std::string& id, const std::string& body);

  Service& service_;
  Channel& channel_;
  const Faults faults_;
  Dice dice_;
  std::map<std::string, std::deque<Delivered>> inboxes_;  // by person id
  std::vector<Delivered> today_;
  std::uint64_t ids_ = 0, turns_ = 0, repeated_ = 0;
  std::vector<std::string> differing_;
};

}  // namespace pao::bot::simulation
