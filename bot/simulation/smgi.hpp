// The simulated SMGI, on the other side of the folder of bot/smgi: somebody loads what lies there, the SMGI
// gives it a number or refuses it some days later, and the answers come back as files.
#pragma once

#include "bot/simulation/dice.hpp"
#include "bot/simulation/faults.hpp"
#include "handlers/procedure/bogota_time.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace pao::bot::simulation {

class Smgi {
 public:
  struct Filing {
    std::string id;       // of the record or the SS
    std::string content;  // as it was loaded
    Instant decided_at;   // when its answer is written
    bool answered = false;
    bool considered_again = false;  // after a refusal
    std::string number;             // of an answered one; empty: refused
  };

  Smgi(std::filesystem::path folder, Faults faults, Dice dice);

  // Loads what was handed over and puts down what has been decided. Does nothing while the folder is away.
  void work(Instant now);

  // The folder cannot be reached by either side before that instant.
  void away_until(Instant until, Instant now);
  bool is_away() const { return away_; }

  // By key. What was answered stands in a file that the product may not have read yet.
  const std::map<std::string, Filing>& filings() const { return filings_; }
  std::uint64_t loaded_again() const { return loaded_again_; }
  // Files that said something else than the one loaded before under the same key, or could not be read.
  const std::vector<std::string>& contradictions() const { return contradictions_; }
  std::uint64_t refused() const { return refused_; }

 private:
  void load(const std::filesystem::path& file, Instant now);
  void answer(Instant now);
  void decide(Filing& filing, Instant now);
  void put_down(const std::string& rows);
  void write(const std::string& content);

  const std::filesystem::path folder_;
  const Faults faults_;
  Dice dice_;
  bool away_ = false;
  Instant away_until_{};
  std::map<std::string, Filing> filings_;
  std::set<std::string> undecided_;             // keys
  std::map<std::string, std::string> numbers_;  // by id: a record keeps the number it got first
  std::deque<std::string> later_;               // answers that will be put down once more
  std::vector<std::string> contradictions_;
  std::uint64_t loaded_again_ = 0, refused_ = 0;
  int files_ = 0;
};

}  // namespace pao::bot::simulation
