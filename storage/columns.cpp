#include "storage/columns.hpp"

#include "storage/database_failure.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <utility>

namespace pao::storage {

std::string texts_to_json(const std::map<std::string, std::string>& texts) {
  // Texts come from people: bytes that are no UTF-8 are replaced, never a reason to fail here.
  return nlohmann::json(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

namespace {

// Takes one flat object of texts and stops at anything else. Every item and record is read through it: no
// tree is built for what is a map already.
class TextsReader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::map<std::string, std::string> texts;

  bool start_object(std::size_t) override { return !std::exchange(inside_, true); }
  bool key(string_t& name) override {
    value_ = &texts[std::move(name)];
    return true;
  }
  bool string(string_t& text) override {
    if (!inside_) return false;
    *value_ = std::move(text);
    return true;
  }
  bool end_object() override { return true; }

  bool null() override { return false; }
  bool boolean(bool) override { return false; }
  bool number_integer(number_integer_t) override { return false; }
  bool number_unsigned(number_unsigned_t) override { return false; }
  bool number_float(number_float_t, const string_t&) override { return false; }
  bool binary(binary_t&) override { return false; }
  bool start_array(std::size_t) override { return false; }
  bool end_array() override { return false; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
    return false;
  }

 private:
  bool inside_ = false;
  std::string* value_ = nullptr;
};

}  // namespace

std::map<std::string, std::string> texts_from_json(std::string_view json) {
  TextsReader reader;
  if (!nlohmann::json::sax_parse(json, &reader))
    throw DatabaseFailure(ErrorCode::internal, "a column holds no JSON object of texts");
  return std::move(reader.texts);
}

std::string months_to_text(const std::vector<int>& months) {
  std::string text;
  for (const int month : months) {
    if (!text.empty()) text += ',';
    text += std::to_string(month);
  }
  return text;
}

std::vector<int> months_from_text(std::string_view text) {
  std::vector<int> months;
  while (!text.empty()) {
    int month = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), month);
    if (error != std::errc{}) throw DatabaseFailure(ErrorCode::internal, "a column holds no list of months");
    months.push_back(month);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with(',')) text.remove_prefix(1);
  }
  return months;
}

std::string day_text(std::optional<Date> day) {
  return day ? iso_date(*day) : std::string();
}

std::int64_t next_number(Session& session, std::string_view counter) {
  const auto number = session.first(
      "INSERT INTO counters (name, value) VALUES ($1, 1)"
      " ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
      {counter}, [](const Row& row) { return row.integer(0); });
  return number.value();
}

std::string numbered_id(std::string_view prefix, int year, std::int64_t number, std::size_t digits) {
  std::string count = std::to_string(number);
  if (count.size() < digits) count.insert(0, digits - count.size(), '0');
  return std::string(prefix) + "-" + std::to_string(year) + "-" + count;
}

}  // namespace pao::storage
