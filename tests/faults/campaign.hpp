// A mass sending through the real program while the channel fails and the program is killed: is anything
// lost, read twice without being counted, out of order, or faster than the platform allows?
#pragma once

#include "tests/support/simulated_teams.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace pao::tests {

struct CampaignOptions {
  std::string program;            // path of pao-teams
  std::filesystem::path folder;   // empty folder for the store and the log
  std::size_t recipients = 5000;  // each gets one message
  std::size_t talkative = 100;    // of them, get `conversation_length` messages, in order
  std::size_t conversation_length = 12;
  int requests_per_second = 40;
  int lease_seconds = 30;
  int kills = 3;  // kill -9, evenly over the deliveries
  Weather weather{.throttled = 0.10, .failing = 0.05, .resets = 0.05};
  std::chrono::seconds patience{1200};
};

struct CampaignResult {
  std::int64_t messages = 0;       // stored before the start
  std::int64_t in_some_state = 0;  // the sum of the stored outcomes: the same
  std::int64_t sent = 0, gave_up = 0, otherwise = 0;
  std::int64_t lost = 0;                // stored as sent and never delivered, or without an end
  std::int64_t delivered = 0;           // accepted by the channel, repetitions included
  std::int64_t repeated = 0;            // of those, second and later ones
  std::int64_t repeated_uncounted = 0;  // more than the message says about itself
  std::int64_t unconfirmed = 0;         // what the messages say: sends without a receipt
  std::int64_t out_of_order = 0;        // deliveries after a later message of the same conversation
  std::string too_fast = {};            // a conversation written to faster than its windows; "" is good
  std::size_t busiest_second = 0;       // sends; the platform allows 50
  int refused_by_limits = 0;            // requests that the channel refused because they came too fast
  int kills = 0;
  Storm storm = {};
  std::chrono::milliseconds took{0};

  bool is_good() const;
};

// Throws std::runtime_error when the campaign itself cannot be run, or does not end in time.
CampaignResult run_campaign(const CampaignOptions& options);

nlohmann::json to_json(const CampaignResult& result);

}  // namespace pao::tests
