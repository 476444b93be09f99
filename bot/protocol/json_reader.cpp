#include "bot/protocol/json_reader.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <vector>

namespace pao::bot::protocol {
namespace {

using Json = nlohmann::json;

// Receives the parser's events. The parser keeps no stack of calls, so depth costs memory only, and that is
// bounded here.
class Collector {
 public:
  explicit Collector(KeepMember keep) : keep_(keep) {}

  Json& root() { return root_; }

  // The names below are the parser's.
  bool null() { return scalar(nullptr); }
  bool boolean(bool value) { return scalar(value); }
  bool number_integer(std::int64_t value) { return scalar(value); }
  bool number_unsigned(std::uint64_t value) { return scalar(value); }
  bool number_float(double value, const std::string&) { return scalar(value); }
  bool string(std::string& value) { return scalar(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(Json::value_t::object); }
  bool start_array(std::size_t) { return open(Json::value_t::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

  bool key(std::string& name) {
    if (skipped_above_ >= 0) return true;
    if (keep_ != nullptr && depth_ <= 2 && !keep_(depth_ == 1 ? std::string_view{} : top_, name)) {
      skipped_above_ = depth_;
      return true;
    }
    if (depth_ == 1) top_ = name;
    member_ = &(*open_.back())[std::move(name)];
    return true;
  }

 private:
  template <class Value>
  bool scalar(Value&& value) {
    if (skipped_above_ >= 0) {
      if (skipped_above_ == depth_) skipped_above_ = -1;
      return true;
    }
    place(Json(std::forward<Value>(value)));
    return true;
  }

  bool open(Json::value_t kind) {
    if (++depth_ > max_json_depth) return false;
    if (skipped_above_ < 0) open_.push_back(place(Json(kind)));
    return true;
  }

  bool close() {
    --depth_;
    if (skipped_above_ < 0) {
      open_.pop_back();
    } else if (skipped_above_ == depth_) {
      skipped_above_ = -1;
    }
    return true;
  }

  Json* place(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (open_.back()->is_array()) {
      open_.back()->push_back(std::move(value));
      return &open_.back()->back();
    }
    *member_ = std::move(value);
    return member_;
  }

  KeepMember keep_;
  Json root_;
  std::vector<Json*> open_;  // the path of containers to where the next value goes
  Json* member_ = nullptr;
  std::string top_;  // member of the outermost object that is being read
  int depth_ = 0;
  int skipped_above_ = -1;  // depth of the object whose member is being skipped; −1: none is
};

std::optional<Json> try_read(std::string_view text, KeepMember keep) {
  Collector collector(keep);
  if (!Json::sax_parse(text.data(), text.data() + text.size(), &collector)) return std::nullopt;
  return std::move(collector.root());
}

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// Length of the well-formed UTF-8 sequence at the front; 0 when there is none (Unicode table 3-7).
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (lead == 0xE0 && byte(1) < 0xA0) return 0;
    if (lead == 0xED && byte(1) > 0x9F) return 0;
    return continues(1) && continues(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (lead == 0xF0 && byte(1) < 0x90) return 0;
    if (lead == 0xF4 && byte(1) > 0x8F) return 0;
    return continues(1) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

// The value of `\uXXXX` at the front; −1 when it is something else.
int escaped_unit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return -1;
  int value = 0;
  for (const char c : text.substr(2, 4)) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

bool is_high(int unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low(int unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

// How many bytes of the escape at the front are copied as they are, and whether it is a lone surrogate.
std::size_t escape_length(std::string_view text, bool& lone) {
  lone = false;
  const int unit = escaped_unit(text);
  if (unit < 0) return text.size() < 2 ? 1 : 2;
  if (is_high(unit) && is_low(escaped_unit(text.substr(6)))) return 12;
  lone = is_high(unit) || is_low(unit);
  return 6;
}

}  // namespace

std::string repair_json_text(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  while (!text.empty()) {
    bool broken = false;
    std::size_t length = text[0] == '\\' ? escape_length(text, broken) : sequence_length(text);
    if (length == 0) {
      broken = true;
      length = 1;
    }
    out.append(broken ? replacement : text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

std::optional<Json> read_json(std::string_view text, KeepMember keep) {
  if (auto value = try_read(text, keep)) return value;
  // Only what failed pays for the repair; JSON that is right in the first place is read once.
  const std::string repaired = repair_json_text(text);
  if (repaired == text) return std::nullopt;
  return try_read(repaired, keep);
}

}  // namespace pao::bot::protocol
