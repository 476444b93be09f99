#include "bot/simulation/habits.hpp"

#include "cards/verbs.hpp"

namespace pao::bot::simulation {

using procedure::Role;
namespace verb = cards::verb;

const std::vector<Habit>& habits() {
  // clang-format off: a table
  static const std::vector<Habit> list = {
      // name             role           opening                     buttons diligent late silent contesting
      {"register.digest",
       Role::liaison,
       "",
       {verb::progress_form, verb::progress_save},
       {0.95, 0.5, 0.1, 0.8},
       {},
       20},
      {"register.digest",
       Role::owner,
       "",
       {verb::progress_form, verb::progress_save},
       {0.7, 0.4, 0.05, 0.6},
       {},
       6},
      {"register",
       Role::liaison,
       "quiero registrar un avance",
       {verb::progress_form, verb::progress_save},
       {0.25, 0.05, 0.01, 0.2},
       {},
       8},
      {"ask",
       Role::liaison,
       "¿hasta cuándo puedo registrar el avance de mi plan?",
       {},
       {0.05, 0.05, 0.01, 0.05}},
      {"ask",
       Role::owner,
       "¿qué evidencias sirven para un control de riesgos?",
       {},
       {0.03, 0.02, 0.01, 0.03}},
      {"status", Role::leader, "¿qué me toca?", {}, {0.05, 0.02, 0.0, 0.05}},
      {"advice",
       Role::liaison,
       "quiero hablar con mi asesor",
       {verb::advisor_send},
       {0.01, 0.02, 0.005, 0.03}},
      {"advice.reply", Role::advisor, "", {verb::consult_reply}, {0.9, 0.6, 0.3, 0.8}},
      {"request",
       Role::liaison,
       "necesito cambiar la fecha de una tarea",
       {verb::request_form, verb::request_file},
       {0.01, 0.01, 0.0, 0.02}},
      {"request.endorse", Role::leader, "", {verb::request_endorse}, {0.9, 0.6, 0.2, 0.7}},
  };
  // clang-format on
  return list;
}

}  // namespace pao::bot::simulation
