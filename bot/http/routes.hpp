// Which handler answers which method and path.
#pragma once

#include "bot/http/message.hpp"
#include "bot/http/request_head.hpp"

#include <tl/expected.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::http {

struct Route {
  std::string method;
  std::string path;
  Handler handler;
  std::size_t max_body = 0;  // bytes
};

class Routes {
 public:
  void add(Route route);

  // The route of a request, or 404, 405 with Allow, 411 (a body is expected and has no length), 413.
  // Paths are compared byte for byte. HEAD is answered by the GET route. Pointers stay valid until `add`.
  tl::expected<const Route*, Refusal> find(const Head& head) const;

 private:
  const Route* match(std::string_view method, std::string_view path) const;
  std::string allowed_methods(std::string_view path) const;

  std::vector<Route> routes_;
};

}  // namespace pao::bot::http
