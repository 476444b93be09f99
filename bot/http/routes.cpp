#include "bot/http/routes.hpp"

#include <utility>

namespace pao::bot::http {

void Routes::add(Route route) {
  routes_.push_back(std::move(route));
}

const Route* Routes::match(std::string_view method, std::string_view path) const {
  for (const Route& route : routes_)
    if (route.path == path && (route.method == method || (method == "HEAD" && route.method == "GET")))
      return &route;
  return nullptr;
}

std::string Routes::allowed_methods(std::string_view path) const {
  std::string methods;
  for (const Route& route : routes_) {
    if (route.path != path) continue;
    if (!methods.empty()) methods += ", ";
    methods += route.method == "GET" ? "GET, HEAD" : route.method;
  }
  return methods;
}

tl::expected<const Route*, Refusal> Routes::find(const Head& head) const {
  const auto refuse = [](int status, std::string_view error, std::string extra = {}) {
    return tl::unexpected<Refusal>(Refusal{status, error, std::move(extra)});
  };
  const Route* route = match(head.method, head.path);
  if (!route) {
    const std::string allowed = allowed_methods(head.path);
    if (allowed.empty()) return refuse(404, "not found");
    return refuse(405, "method not allowed", "Allow: " + allowed + "\r\n");
  }
  if (route->max_body > 0 && !head.content_length) return refuse(411, "Content-Length is required");
  if (head.content_length.value_or(0) > route->max_body) return refuse(413, "body too large");
  return route;
}

}  // namespace pao::bot::http
