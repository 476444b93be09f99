#include "handlers/procedure/control_points.hpp"

#include "handlers/procedure/characters.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pao::procedure {
namespace {

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(':', at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::optional<int> number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

bool is_month(std::string_view period) {
  const auto parsed = parse_period(period);
  return parsed && parsed->kind == Periodicity::monthly;
}

// FNV-1a over the period and the number, then mixed: an order that has nothing to do with the entries.
std::uint64_t order_of(std::int64_t entry, std::string_view period) {
  std::uint64_t hash = 1469598103934665603ULL;
  const auto take = [&](unsigned char byte) { hash = (hash ^ byte) * 1099511628211ULL; };
  for (const char c : period) take(static_cast<unsigned char>(c));
  for (int shift = 0; shift < 64; shift += 8) {
    take(static_cast<unsigned char>((static_cast<std::uint64_t>(entry) >> shift) & 0xFFU));
  }
  hash ^= hash >> 30U;
  hash *= 0xbf58476d1ce4e5b9ULL;
  hash ^= hash >> 27U;
  hash *= 0x94d049bb133111ebULL;
  return hash ^ (hash >> 31U);
}

}  // namespace

std::string_view to_word(ControlPoint control) {
  switch (control) {
    case ControlPoint::guidelines:
      return "1";
    case ControlPoint::advice:
      return "3";
    case ControlPoint::verification:
      return "4";
    case ControlPoint::adjustment:
      return "6";
  }
  return {};
}

std::optional<ControlPoint> parse_control_point(std::string_view word) {
  for (const ControlPoint control : {ControlPoint::guidelines, ControlPoint::advice,
                                     ControlPoint::verification, ControlPoint::adjustment}) {
    if (to_word(control) == word) return control;
  }
  return std::nullopt;
}

std::string_view title_of(ControlPoint control) {
  switch (control) {
    case ControlPoint::guidelines:
      return "Revisar y ajustar los lineamientos";
    case ControlPoint::advice:
      return "Asesorar a los procesos";
    case ControlPoint::verification:
      return "Verificar lo registrado";
    case ControlPoint::adjustment:
      return "Revisar la pertinencia de las solicitudes";
  }
  return {};
}

std::string_view to_word(ControlResult result) {
  switch (result) {
    case ControlResult::conforming:
      return "conforme";
    case ControlResult::not_conforming:
      return "no_conforme";
    case ControlResult::with_remarks:
      return "con_observaciones";
  }
  return {};
}

std::optional<ControlResult> parse_control_result(std::string_view word) {
  for (const ControlResult result :
       {ControlResult::conforming, ControlResult::not_conforming, ControlResult::with_remarks}) {
    if (to_word(result) == word) return result;
  }
  return std::nullopt;
}

bool lets_next_step(ControlResult result) {
  return result != ControlResult::not_conforming;
}

std::string guideline_subject(std::string_view practice, int term, int version) {
  return "guideline:" + std::string(practice) + ":" + std::to_string(term) + ":" + std::to_string(version);
}

std::string register_subject(std::string_view month) {
  return "register:" + std::string(month);
}

std::string verification_subject(std::string_view process_id, std::string_view period) {
  return "verification:" + std::string(process_id) + ":" + std::string(period);
}

std::string request_subject(std::string_view request_id) {
  return "request:" + std::string(request_id);
}

std::optional<ControlSubject> parse_control_subject(std::string_view subject) {
  const std::vector<std::string_view> parts = parts_of(subject);
  ControlSubject out;
  const bool complete = std::none_of(parts.begin(), parts.end(), [](auto part) { return part.empty(); });
  if (!complete) return std::nullopt;
  if (parts[0] == "guideline" && parts.size() == 4) {
    const std::optional<int> term = number_of(parts[2]), version = number_of(parts[3]);
    if (!term || !version) return std::nullopt;
    out.control = ControlPoint::guidelines;
    out.practice = parts[1];
    out.term = *term;
    out.version = *version;
    return out;
  }
  if (parts[0] == "register" && parts.size() == 2 && is_month(parts[1])) {
    out.control = ControlPoint::advice;
    out.period = parts[1];
    return out;
  }
  if (parts[0] == "verification" && parts.size() == 3 && parse_period(parts[2])) {
    out.control = ControlPoint::verification;
    out.process_id = parts[1];
    out.period = parts[2];
    return out;
  }
  if (parts[0] == "request" && parts.size() == 2) {
    out.control = ControlPoint::adjustment;
    out.request_id = parts[1];
    return out;
  }
  return std::nullopt;
}

Result<void> check_confirmation(const ControlClaim& claim) {
  if (claim.confirmed_by.empty()) {
    return fail(ErrorCode::invalid, "a control point is confirmed by a named person",
                "El punto de control lo confirma una persona con nombre.");
  }
  if (std::find(claim.made_by.begin(), claim.made_by.end(), claim.confirmed_by) != claim.made_by.end()) {
    return fail(ErrorCode::refused, "nobody confirms the own work",
                "Esto lo hizo usted. El punto de control lo confirma otra persona.");
  }
  if (claim.result != ControlResult::conforming && is_blank(claim.note)) {
    return fail(ErrorCode::invalid, "the note is missing",
                "Escriba qué encontró: el resultado elegido necesita una observación.");
  }
  if (count_characters(claim.note) > max_control_note_length) {
    return fail(ErrorCode::invalid, "the note is too long",
                "La observación es muy larga. Use máximo 2.000 caracteres.");
  }
  if (claim.result == ControlResult::conforming && claim.unreviewed > 0) {
    return fail(ErrorCode::invalid, "records wait for review",
                "Aún hay registros sin revisar (" + std::to_string(claim.unreviewed) +
                    "). Revíselos primero, o confirme con observaciones y diga cuáles faltan.");
  }
  return {};
}

std::vector<std::int64_t> draw_sample(std::span<const std::int64_t> entries, std::string_view period,
                                      std::size_t size) {
  std::vector<std::pair<std::uint64_t, std::int64_t>> ordered;
  ordered.reserve(entries.size());
  for (const std::int64_t entry : entries) ordered.emplace_back(order_of(entry, period), entry);
  std::sort(ordered.begin(), ordered.end());
  ordered.resize(std::min(ordered.size(), size));
  std::vector<std::int64_t> drawn;
  for (const auto& [order, entry] : ordered) drawn.push_back(entry);
  std::sort(drawn.begin(), drawn.end());
  return drawn;
}

std::size_t whose_turn(const Period& month, std::size_t advisors) {
  if (advisors == 0) return 0;
  return static_cast<std::size_t>(month.year * 12 + month.index - 1) % advisors;
}

}  // namespace pao::procedure
