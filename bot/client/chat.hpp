// `pao-teams chat`: a conversation with a running service from a terminal, over its real webhook, with a
// connector of our own for the replies. For trying the assistant and for support.
#pragma once

#include <istream>
#include <ostream>
#include <string>

namespace pao::bot::client {

struct ChatOptions {
  std::string url = "http://127.0.0.1:3978/api/messages";  // plain http; the service runs on this machine
  std::string aad_object_id;                               // who speaks, as in the directory
  std::string name;                                        // shown only
  std::string tenant_id;
  bool plain = false;  // no colours: for pipes and logs
};

// Reads lines until the end of `in` or "/salir" and writes the conversation to `out`. A line is sent as a
// message; the number of a button presses it and, when its card has fields, asks them one by one. Waits for
// the reply to each line, so that it works in a pipe. Messages that the service sends on its own are shown
// as they arrive.
//
// Returns 0 at the end of the conversation, 1 when the service cannot be reached.
int run_chat(const ChatOptions& options, std::istream& in, std::ostream& out);

}  // namespace pao::bot::client
