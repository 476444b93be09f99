// The configuration: one table of keys with type, default, range and whether it is secret. Values come from
// the file (JSON with comments), then from the environment (`server.port` → PAO_SERVER_PORT), which wins.
#pragma once

#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pao::bot {

struct Config {
  struct {
    std::string host;
    int port;
    int workers;
    int max_body_bytes;
  } server;
  struct {
    std::string url;
  } storage;
  struct {
    std::string mode;  // "bot-framework" or "none"
    std::string client_id;
    std::string client_secret;
    std::string client_secret_expires_on;  // "2027-03-01"; empty: not known
    std::string certificate_file;
    std::string certificate_key_file;  // empty: the key is in certificate_file
    std::string assertion_algorithm;   // "PS256" or "RS256"
    bool certificate_send_chain;
    std::string managed_identity;  // "none", "imds" or "app-service"
    std::string managed_identity_client_id;
    std::string federated_token_file;
    std::string imds_endpoint;
    std::string app_service_endpoint;
    std::string app_service_header;
    std::string tenant_id;
    std::string cloud;  // a name of auth::clouds(); what it sets is filled in when the key is empty
    std::string issuer;
    std::string openid_metadata_url;
    std::string emulator_metadata_url;
    std::string scope;
    std::string token_url;  // empty: the cloud's, made of tenant_id
    bool allow_emulator;
    std::vector<std::string> allowed_tenants;
    bool strict_service_url;
  } identity;
  struct {
    std::vector<std::string> allowed_hosts;
    bool allow_loopback;
    std::string fallback_service_url;  // for people who never wrote first
  } connector;
  struct {
    std::string ca_file;
    std::string https_proxy;
  } network;
  struct {
    int requests_per_second;
    int parallel_sends;
    int lease_seconds;
    bool batch;
  } delivery;
  struct {
    std::string folder;  // of what people send; empty: the database's path with ".files" behind it
    std::vector<std::string> allowed_hosts;
    int max_megabytes;
  } files;
  struct {
    bool enabled;
  } jobs;
  struct {
    std::string smtp_url;
    std::string from;
    std::string username;
    std::string password;
    std::string starttls;  // "required", or "loopback": a server on this machine may do without
    std::string ca_file;
  } mail;
  // Answers that a language model writes; off while `endpoint` is empty.
  struct {
    std::string endpoint;
    std::string style;  // "openai" or "azure"
    std::string model;  // azure: the deployment
    std::string api_version;
    std::string key;
    std::vector<std::string> allowed_hosts;
    int timeout_seconds;
    int wait_seconds;
    int parallel;
  } generation;
  struct {
    std::string folder;  // the exchange by files; empty: none, records wait as captured
  } smgi;
  struct {
    std::string level;
  } log;
  struct {
    std::optional<Instant> start;  // demo and tests: the service's clock begins here
  } clock;

  // Where the bot asks for its own token.
  std::string effective_token_url() const;
  std::string effective_files_folder() const;
};

using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// The process's environment.
Environment process_environment();

// Reads the file (a missing one is an error only when `file_required`), applies the environment, checks every
// value and how they fit together. An error's detail lists each problem on its own line: key, what is wrong,
// remedy.
Result<Config> load_config(const std::string& path, bool file_required, const Environment& environment);

// What the service needs beyond that: an identity, and addresses that fit it. Commands that only read and
// write the store do without. Lists problems as load_config does, with the remedy.
Result<void> check_serving(const Config& config);

// Every key with its effective value, secrets redacted; one line each.
std::string describe_config(const Config& config);

// Every key with type, default and meaning, for `config check --help` and the README.
std::string config_reference();

}  // namespace pao::bot
