// Everything wired together: configuration in, running service out. Usable inside a test (port 0 works).
#pragma once

#include "bot/clock.hpp"
#include "bot/config.hpp"

#include <memory>

namespace pao::bot {

class App {
 public:
  // Opens the store, reads the guidelines, takes the port. Nothing runs yet. `clock`: the time it goes by
  // (tests move it); without one, the one that the configuration asks for.
  static Result<std::unique_ptr<App>> create(const Config& config, Clock clock = {});

  ~App();  // stops

  void start();

  // Accepts no more, finishes what is in flight, keeps everything unsent in the outbox; under a second.
  void stop();

  int port() const;

 private:
  struct Parts;
  explicit App(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace pao::bot
