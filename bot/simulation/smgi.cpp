#include "bot/simulation/smgi.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

namespace pao::bot::simulation {
namespace {

namespace fs = std::filesystem;

constexpr const char* header = "clave,numero_smgi,motivo\n";
constexpr double refuses = 0.04;
constexpr std::uint64_t slowest_minutes = 6 * 24 * 60;

std::string contents_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string padded(std::size_t number) {
  const std::string digits = std::to_string(number);
  return std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

}  // namespace

Smgi::Smgi(fs::path folder, Faults faults, Dice dice)
    : folder_(std::move(folder)), faults_(faults), dice_(dice) {
  fs::create_directories(folder_ / "entrada");
}

// A file stands where the folder was, as when a share is not mounted.
void Smgi::away_until(Instant until, Instant now) {
  if (away_ || until <= now) return;
  away_ = true;
  away_until_ = until;
  fs::rename(folder_, folder_.string() + ".away");
  std::ofstream(folder_).close();
}

void Smgi::work(Instant now) {
  if (away_ && now < away_until_) return;
  if (std::exchange(away_, false)) {
    fs::remove(folder_);
    fs::rename(folder_.string() + ".away", folder_);
  }
  std::vector<fs::path> files;
  if (fs::exists(folder_ / "salida")) {
    for (const fs::directory_entry& each : fs::directory_iterator(folder_ / "salida"))
      if (each.path().extension() == ".json") files.push_back(each.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) load(file, now);
  answer(now);
}

void Smgi::load(const fs::path& file, Instant now) {
  const std::string key = file.stem().string();
  std::string content = contents_of(file);
  fs::remove(file);
  const auto json = nlohmann::json::parse(content, nullptr, false);
  if (!json.is_object() || json.value("clave", "") != key) {
    contradictions_.push_back(key + " cannot be read");
    return;
  }
  const auto known = filings_.find(key);
  if (known != filings_.end()) {
    ++loaded_again_;
    if (known->second.content != content)
      contradictions_.push_back(key + " was handed over with two contents");
    return;
  }
  filings_[key] = {.id = json.value("id", ""),
                   .content = std::move(content),
                   .decided_at = now + std::chrono::minutes(30 + dice_.below(slowest_minutes))};
  undecided_.insert(key);
}

// Some of what it refuses it takes after all, some days later.
void Smgi::decide(Filing& filing, Instant now) {
  filing.answered = true;
  if (!filing.considered_again && dice_.happens(refuses)) {
    ++refused_;
    filing.considered_again = dice_.happens(0.5);
    filing.decided_at = now + std::chrono::days(3);
    return;
  }
  std::string& number = numbers_[filing.id];
  if (number.empty()) number = "SMGI-" + padded(numbers_.size());
  filing.number = number;
}

void Smgi::answer(Instant now) {
  std::string rows;
  for (auto key = undecided_.begin(); key != undecided_.end();) {
    Filing& filing = filings_.at(*key);
    if (filing.decided_at > now) {
      ++key;
      continue;
    }
    decide(filing, now);
    const bool refused = filing.number.empty();
    rows += *key + "," + filing.number + "," + (refused ? "El soporte no abre." : "") + "\n";
    key = refused && filing.considered_again ? std::next(key) : undecided_.erase(key);
  }
  if (!rows.empty()) {
    if (dice_.happens(faults_.answers_twice)) later_.push_back(rows);
    put_down(rows);
  } else if (!later_.empty()) {
    write(header + later_.front());
    later_.pop_front();
  }
}

void Smgi::put_down(const std::string& rows) {
  if (dice_.happens(faults_.answers_broken)) write("clave;numero\n\"");
  const bool stray = dice_.happens(faults_.answers_stray);
  write(header + rows + (stray ? "AV-0000-000000.r1,SMGI-999999,\n" : ""));
}

// Written whole or not at all: the product reads what ends in .csv.
void Smgi::write(const std::string& content) {
  const std::string name = "respuestas-" + padded(static_cast<std::size_t>(++files_));
  const fs::path waiting = folder_ / "entrada" / (name + ".tmp");
  std::ofstream(waiting, std::ios::binary) << content;
  fs::rename(waiting, folder_ / "entrada" / (name + ".csv"));
}

}  // namespace pao::bot::simulation
