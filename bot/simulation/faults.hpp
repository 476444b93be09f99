// What goes wrong in a simulation, and how often. All zero without --faults.
#pragma once

namespace pao::bot::simulation {

struct Faults {
  // Of each activity.
  double repeated = 0;  // the channel delivers it a second time
  double store_away =
      0;  // the transaction is not stored: before it, in the middle, or its answer is lost after it
  // Of each send.
  double throttled = 0;  // 429 with Retry-After
  double failing = 0;    // 503
  double cut = 0;        // delivered, but no receipt came back
  // Of each mail; `failing` and `cut` are the mail server's too.
  double mailbox_full = 0;  // refused for good
  // Of each file of answers that the SMGI puts down.
  double answers_twice = 0;   // the same answers once more, later
  double answers_broken = 0;  // a file that cannot be read before it
  double answers_stray = 0;   // an answer about nothing that was handed over
  // Of each day.
  double killed = 0;      // the process dies, perhaps between claim and receipt, and starts again
  double outage = 0;      // the channel answers nothing for some hours
  double mail_away = 0;   // the mail server
  double smgi_away = 0;   // the folder of the SMGI
  double clock_jump = 0;  // the clock goes back, or ahead, and is put right
  double blocked = 0;     // somebody removes the app for some days

  static Faults usual() {
    return {.repeated = 0.03,
            .store_away = 0.01,
            .throttled = 0.05,
            .failing = 0.02,
            .cut = 0.01,
            .mailbox_full = 0.005,
            .answers_twice = 0.05,
            .answers_broken = 0.03,
            .answers_stray = 0.03,
            .killed = 0.10,
            .outage = 0.03,
            .mail_away = 0.03,
            .smgi_away = 0.03,
            .clock_jump = 0.03,
            .blocked = 0.02};
  }
};

}  // namespace pao::bot::simulation
