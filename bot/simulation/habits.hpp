// What simulated people do: one line a habit. A habit begins with something typed, or with a card that
// arrived, and goes on from button to button.
#pragma once

#include "bot/simulation/filling.hpp"
#include "handlers/procedure/model.hpp"

#include <array>
#include <string>
#include <vector>

namespace pao::bot::simulation {

// How a person takes the procedure; thrown once a person.
enum class Trait { diligent, late, silent, contesting };
inline constexpr std::size_t traits = 4;

// A button by its verb, and where several have it by something that it carries.
struct Step {
  Step(const char* named) : verb(named) {}  // NOLINT: a table of verbs reads better without the type
  Step(const char* named, const char* carried_key, const char* carried_value)
      : verb(named), key(carried_key), value(carried_value) {}

  const char* verb;
  const char* key = "";
  const char* value = "";
};

struct Habit {
  const char* name;  // counted under it
  procedure::Role role;
  const char* opening;      // what is typed; "" when it begins with a card that arrived
  std::vector<Step> verbs;  // buttons, one after the other; the inputs shown with each are filled in
  // Probability per business day, by trait in the order above. Of a habit that begins with a card: per card.
  std::array<double, traits> likely;
  // What goes into an input whatever else it would get: a value, or one of the words below.
  Values wanted = {};
  int times = 1;  // how many of the buttons of the first kind, one after the other
};

inline constexpr const char* own_item = "@item";         // a task of the person's process
inline constexpr const char* later_day = "@later";       // a business day some weeks ahead
inline constexpr const char* colleague = "@colleague";   // the address of somebody
inline constexpr const char* closed_period = "@period";  // the month before last

const std::vector<Habit>& habits();

}  // namespace pao::bot::simulation
