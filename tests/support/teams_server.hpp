// The HTTP server behind SimulatedTeams. Its state is guarded by `mutex`; the routes are in teams_server.cpp
// (identity, sending), teams_directory.cpp (who and what is there, mass sendings) and teams_files.cpp.
#pragma once

#include "tests/support/simulated_teams.hpp"

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

namespace pao::tests {

inline constexpr const char* json_type = "application/json; charset=utf-8";

std::string teams_error(const std::string& code, const std::string& message = "simulated");
bool is_faster_than(const std::vector<std::chrono::steady_clock::time_point>& times, std::size_t sends,
                    std::chrono::milliseconds span);

class SimulatedTeams::Server {
 public:
  using Clock = std::chrono::steady_clock;
  using Json = nlohmann::json;

  Server(std::string jwks, int port);
  ~Server();

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port); }

  int port = 0;
  mutable std::mutex mutex;  // guards everything below
  mutable std::condition_variable changed;
  std::string token = "simulated-token-1";
  std::deque<Fault> faults;
  std::map<std::string, std::pair<int, std::string>> refusing;  // conversation: status, code
  Weather weather;
  Storm storm;
  Limits limits;
  std::map<std::string, std::vector<std::string>> members;  // by conversation
  std::map<std::string, SimulatedTeam> teams;               // by id
  std::map<std::string, std::string> files;                 // by name: what a download gives
  std::map<std::string, std::string> uploads;               // by name: what was put
  std::vector<std::string> upload_ranges;                   // Content-Range of each part, in order
  std::vector<std::string> file_tokens;                     // Authorization of requests for files, if any
  bool redirects_files = false;
  std::vector<Delivered> delivered;
  std::vector<Changed> changes;
  std::vector<Reaction> reactions;
  std::vector<StreamStep> stream_steps;
  std::map<std::string, int> typing;  // by conversation
  std::vector<Clock::time_point> refused;
  std::string stream_refusal;  // message of the 403 that every step gets; "" none
  int requests = 0;
  int tokens = 0;
  int created = 0;

  void answer(httplib::Response& response, int status, const std::string& body) const;
  // Runs `accept` under the mutex unless the token is wrong, the conversation refuses, or a fault strikes.
  void handle(const httplib::Request& request, httplib::Response& response,
              const std::function<void()>& accept);

 private:
  struct Stream {
    std::string conversation;
    std::string text;
    int sequence = 0;
    bool has_text = false;
    bool ended = false;
    Clock::time_point started;
    Clock::time_point last;
  };
  struct Batch {
    Json activity;
    std::vector<std::string> reached, failed;
  };

  void add_identity_routes();
  void add_connector_routes();
  void add_directory_routes();
  void add_batch_routes();
  void add_file_routes();

  void send(const httplib::Request& request, httplib::Response& response);
  void keep(const httplib::Request& request, httplib::Response& response);
  void send_targeted(const httplib::Request& request, const Json& body, httplib::Response& response);
  void stream(const httplib::Request& request, const Json& body, const Json& info,
              httplib::Response& response);
  void end_stream(const httplib::Request& request, const Json& info, httplib::Response& response);
  void change(const httplib::Request& request, httplib::Response& response);
  void create(const httplib::Request& request, httplib::Response& response);
  void create_thread(const Json& body, httplib::Response& response);
  void answer_members(const httplib::Request& request, httplib::Response& response);
  void answer_member(const httplib::Request& request, httplib::Response& response);
  void start_batch(const httplib::Request& request, httplib::Response& response);

  std::optional<int> over_limit(const std::string& conversation);
  std::optional<Fault> next_fault(const std::string& conversation);
  std::optional<Fault> fault_of_weather(const httplib::Request& request);
  double share_of(const std::string& body, int attempt, int question) const;
  const Delivered* find_delivered(const std::string& conversation, const std::string& activity) const;

  std::string jwks_;
  std::map<std::string, int> tries_;  // of a body
  std::map<std::string, Stream> streams_;
  std::map<std::string, Batch> batches_;
  std::map<std::string, std::deque<Clock::time_point>> sent_at_;  // by conversation; "" the tenant
  std::map<std::string, std::string> parts_;                      // of files that are not whole yet
  std::set<std::string> removed_;                                 // conversation + activity
  httplib::Server http_;
  std::thread thread_;
};

}  // namespace pao::tests
