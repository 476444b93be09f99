#include "storage/knowledge/guideline_file.hpp"

#include "handlers/procedure/conditions.hpp"
#include "storage/knowledge/content_lines.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <set>
#include <utility>

namespace pao::storage::knowledge {

namespace {

using Problems = std::vector<GuidelineProblem>;

struct Line {
  std::size_t number;
  std::string_view text;  // without the line end and trailing blanks
};

std::vector<Line> lines_of(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<Line> out;
  for (std::size_t at = 0, number = 1; at <= text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
      line.remove_suffix(1);
    out.push_back({number, line});
    at = end + 1;
  }
  return out;
}

// One "key: value", or "key:" with its items.
struct Entry {
  std::size_t line;
  std::string key;
  std::string value;
  std::vector<std::pair<std::size_t, std::string>> items;  // line, text
};

std::optional<int> parse_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

// The front matter's entries; `at` ends behind the closing "---".
std::vector<Entry> read_front_matter(const std::vector<Line>& lines, std::size_t& at, Problems& problems) {
  std::vector<Entry> entries;
  while (at < lines.size() && lines[at].text.empty()) ++at;
  if (at == lines.size() || lines[at].text != "---") {
    problems.push_back(
        {lines[std::min(at, lines.size() - 1)].number, "Falta el encabezado entre dos líneas «---»."});
    return entries;
  }
  for (++at; at < lines.size() && lines[at].text != "---"; ++at) {
    const auto [number, text] = lines[at];
    if (text.empty()) continue;
    if (trim(text).starts_with("- ")) {
      if (entries.empty() || !entries.back().value.empty()) {
        problems.push_back({number, "Este elemento de lista no sigue a una clave sin valor."});
        continue;
      }
      entries.back().items.emplace_back(number, std::string(trim(trim(text).substr(2))));
      continue;
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || text.front() == ' ') {
      problems.push_back({number, "Se esperaba «clave: valor»."});
      continue;
    }
    entries.push_back(
        {number, std::string(text.substr(0, colon)), std::string(trim(text.substr(colon + 1))), {}});
  }
  if (at == lines.size()) problems.push_back({0, "El encabezado no se cierra con «---»."});
  ++at;
  return entries;
}

// Reads each entry into its place; collects what does not fit.
class RulesReader {
 public:
  RulesReader(Guideline& out, Problems& problems) : out_(out), problems_(problems) {}

  void read(const Entry& entry);

 private:
  void complain(std::size_t line, std::string reason) { problems_.push_back({line, std::move(reason)}); }
  void text(const Entry& entry, std::string& into);
  void number(const Entry& entry, int& into);
  void truth(const Entry& entry, bool& into);
  void numbers(const Entry& entry, std::vector<int>& into);
  void names(const Entry& entry, std::vector<std::string>& into);
  void conditional_fields(const Entry& entry);
  void due_dates(const Entry& entry);
  void service_levels(const Entry& entry);
  void attention_levels(const Entry& entry);
  bool read_rule(const Entry& entry);

  Guideline& out_;
  Problems& problems_;
};

void RulesReader::text(const Entry& entry, std::string& into) {
  if (entry.value.empty()) return complain(entry.line, "La clave «" + entry.key + "» no tiene valor.");
  into = entry.value;
}

void RulesReader::number(const Entry& entry, int& into) {
  const std::optional<int> value = parse_number(entry.value);
  if (!value) return complain(entry.line, "La clave «" + entry.key + "» debe ser un número entero.");
  into = *value;
}

void RulesReader::truth(const Entry& entry, bool& into) {
  if (entry.value != "true" && entry.value != "false")
    return complain(entry.line, "La clave «" + entry.key + "» debe ser true o false.");
  into = entry.value == "true";
}

void RulesReader::numbers(const Entry& entry, std::vector<int>& into) {
  for (const std::string_view part : split_trimmed(entry.value, ',')) {
    const std::optional<int> value = parse_number(part);
    if (!value) return complain(entry.line, "La clave «" + entry.key + "» debe ser una lista de números.");
    into.push_back(*value);
  }
}

void RulesReader::names(const Entry& entry, std::vector<std::string>& into) {
  if (!entry.value.empty()) return complain(entry.line, "La clave «" + entry.key + "» debe ser una lista.");
  for (const auto& [line, item] : entry.items) into.push_back(item);
}

void RulesReader::conditional_fields(const Entry& entry) {
  static constexpr std::string_view when = " when ";
  for (const auto& [line, item] : entry.items) {
    const std::size_t at = item.find(when);
    if (at == std::string::npos) {
      complain(line, "Se esperaba «campo when condición».");
      continue;
    }
    const std::string condition = item.substr(at + when.size());
    if (!procedure::is_understood(condition)) {
      complain(line, "No se entiende la condición «" + condition +
                         "». Escriba, por ejemplo, «campo = palabra», «campo < número», «campo < 80% de lo "
                         "programado» o «campo in (palabra, palabra)».");
      continue;
    }
    out_.rules.conditional_fields.push_back({item.substr(0, at), condition});
  }
}

void RulesReader::due_dates(const Entry& entry) {
  for (const auto& [line, item] : entry.items) {
    const std::vector<std::string_view> parts = split_trimmed(item, ' ');
    const std::optional<Date> day = parts.size() == 2 ? parse_date(parts[1]) : std::nullopt;
    if (!day) {
      complain(line, "Se esperaba «PERIODO AAAA-MM-DD».");
      continue;
    }
    out_.due_dates.push_back({std::string(parts[0]), *day});
  }
}

void RulesReader::service_levels(const Entry& entry) {
  for (const auto& [line, item] : entry.items) {
    const std::vector<std::string_view> parts = split_trimmed(item, ' ');
    const std::optional<int> days = parts.size() == 3 ? parse_number(parts[2]) : std::nullopt;
    if (!days) {
      complain(line, "Se esperaba «TIPO nombre DÍAS».");
      continue;
    }
    out_.rules.service_levels.push_back({std::string(parts[0]), std::string(parts[1]), *days});
  }
}

void RulesReader::attention_levels(const Entry& entry) {
  for (const auto& [line, item] : entry.items) {
    const std::size_t first = item.find(' ');
    const std::size_t last = item.rfind(' ');
    const std::optional<int> level = parse_number(std::string_view(item).substr(0, first));
    const std::string answer = last == std::string::npos ? "" : item.substr(last + 1);
    const std::optional<int> days = parse_number(answer);
    if (!level || first == last || (!days && answer != "inmediato")) {
      complain(line, "Se esperaba «NIVEL nombre DÍAS» o «NIVEL nombre inmediato».");
      continue;
    }
    out_.rules.attention_levels.push_back({*level, item.substr(first + 1, last - first - 1), days});
  }
}

bool RulesReader::read_rule(const Entry& entry) {
  procedure::PracticeRules& rules = out_.rules;
  const std::map<std::string_view, std::function<void()>> readers = {
      {"practice", [&] { text(entry, rules.practice); }},
      {"name", [&] { text(entry, rules.name); }},
      {"prefix", [&] { text(entry, rules.prefix); }},
      {"vigencia", [&] { number(entry, rules.term); }},
      {"version", [&] { number(entry, rules.version); }},
      {"sample", [&] { truth(entry, rules.sample); }},
      {"smgi_module", [&] { text(entry, rules.smgi_module); }},
      {"periodicity",
       [&] {
         const auto value = procedure::parse_periodicity(entry.value);
         if (!value && entry.value != "none")
           complain(entry.line, "Periodicidad desconocida: «" + entry.value + "».");
         rules.periodicity = value.value_or(procedure::Periodicity::none);
       }},
      {"cutoff_rule",
       [&] {
         if (entry.value != "business_day_of_following_month")
           complain(entry.line, "Regla de corte desconocida: «" + entry.value + "».");
       }},
      {"cutoff_business_day", [&] { number(entry, rules.cutoff_business_day); }},
      {"alert_days_before", [&] { numbers(entry, rules.alert_days_before); }},
      {"alert_days_after", [&] { numbers(entry, rules.alert_days_after); }},
      {"required_fields", [&] { names(entry, rules.required_fields); }},
      {"conditional_fields", [&] { conditional_fields(entry); }},
      {"evidence_required", [&] { truth(entry, rules.evidence_required); }},
      {"evidence_kinds", [&] { names(entry, rules.evidence_kinds); }},
      {"due_dates", [&] { due_dates(entry); }},
      {"ss_service_levels", [&] { service_levels(entry); }},
      {"attention_levels", [&] { attention_levels(entry); }},
      {"ss_acknowledge_business_days", [&] { number(entry, rules.acknowledge_business_days); }},
      {"validation_window_business_days", [&] { number(entry, rules.validation_window_business_days); }},
  };
  const auto found = readers.find(entry.key);
  if (found == readers.end()) return false;
  found->second();
  return true;
}

void RulesReader::read(const Entry& entry) {
  static const std::set<std::string_view> further = {"owner",
                                                     "related",
                                                     "periodicity_override",
                                                     "report_cycle",
                                                     "report_send_business_day",
                                                     "report_final_business_days_after_window",
                                                     "event_deadline_business_days",
                                                     "formulation_business_days",
                                                     "minimum_per_year",
                                                     "meeting_business_day",
                                                     "test_report_business_days",
                                                     "max_age_years_without_review"};
  if (read_rule(entry)) return;
  if (!further.contains(entry.key)) return complain(entry.line, "Clave desconocida: «" + entry.key + "».");
  std::string value = entry.value;
  for (const auto& [line, item] : entry.items) value += (value.empty() ? "" : ", ") + item;
  out_.further[entry.key] = value;
}

void read_rules(const std::vector<Entry>& entries, Guideline& out, Problems& problems) {
  RulesReader reader(out, problems);
  std::set<std::string> seen;
  for (const Entry& entry : entries) {
    if (!seen.insert(entry.key).second)
      problems.push_back({entry.line, "La clave «" + entry.key + "» está repetida."});
    reader.read(entry);
  }
  for (const char* key : {"practice", "name", "prefix", "vigencia", "version", "periodicity"}) {
    if (!seen.contains(key))
      problems.push_back({0, std::string("Falta la clave «") + key + "» en el encabezado."});
  }
}

// "PLA-05": three capitals, hyphen, two digits.
bool is_code(std::string_view text) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() == 6 && std::all_of(text.begin(), text.begin() + 3, capital) && text[3] == '-' &&
         digit(text[4]) && digit(text[5]);
}

// The title, the notice and the criteria.
class BodyReader {
 public:
  BodyReader(Guideline& out, Problems& problems) : out_(out), problems_(problems) {}

  void read(const Line& line) {
    if (line.text.empty()) {
      paragraph_open_ = false;
    } else if (line.text.starts_with("### ")) {
      open_criterion(line);
    } else if (line.text.starts_with("## ")) {
      close_criterion();
      section_ = trim(line.text.substr(3));
    } else if (line.text.starts_with("# ")) {
      if (!out_.title.empty()) complain(line.number, "Hay más de un título «#».");
      out_.title = trim(line.text.substr(2));
    } else if (line.text.starts_with(">")) {
      if (!out_.notice.empty()) out_.notice += ' ';
      out_.notice += trim(line.text.substr(1));
    } else {
      add_text(line);
    }
  }

  void finish() {
    close_criterion();
    if (out_.title.empty()) complain(0, "Falta el título «#».");
    if (out_.rules.sample && out_.notice.empty())
      complain(0, "Un contenido de muestra debe llevar el aviso «>».");
    if (out_.criteria.empty()) complain(0, "No hay criterios «### CÓDIGO Título».");
  }

 private:
  void complain(std::size_t line, std::string reason) { problems_.push_back({line, std::move(reason)}); }

  void open_criterion(const Line& line) {
    close_criterion();
    const std::string_view rest = trim(line.text.substr(4));
    const std::string code(rest.substr(0, rest.find(' ')));
    const std::string title(rest.size() > code.size() ? trim(rest.substr(code.size())) : std::string_view{});
    if (!is_code(code)) return complain(line.number, "Código de criterio inválido: «" + code + "».");
    if (title.empty()) complain(line.number, "El criterio " + code + " no tiene título.");
    if (section_.empty()) complain(line.number, "El criterio " + code + " no está en una sección «##».");
    if (!out_.rules.prefix.empty() && code.substr(0, 3) != out_.rules.prefix)
      complain(line.number, "El código " + code + " no tiene el prefijo " + out_.rules.prefix + ".");
    if (!codes_.insert(code).second) complain(line.number, "El código " + code + " está repetido.");
    out_.criteria.push_back(
        {code, out_.rules.practice, section_, title, {}, out_.rules.term, out_.rules.version});
    criterion_line_ = line.number;
  }

  void add_text(const Line& line) {
    if (criterion_line_ == 0) return complain(line.number, "Este texto no pertenece a ningún criterio.");
    std::string& text = out_.criteria.back().text;
    if (!text.empty() && !paragraph_open_)
      return complain(line.number, "El criterio " + out_.criteria.back().code + " tiene más de un párrafo.");
    if (!text.empty()) text += ' ';
    text += trim(line.text);
    paragraph_open_ = true;
  }

  void close_criterion() {
    if (criterion_line_ != 0 && out_.criteria.back().text.empty())
      complain(criterion_line_, "El criterio " + out_.criteria.back().code + " no tiene texto.");
    criterion_line_ = 0;
    paragraph_open_ = false;
  }

  Guideline& out_;
  Problems& problems_;
  std::string section_;
  std::set<std::string> codes_;
  std::size_t criterion_line_ = 0;  // 0: no criterion is open
  bool paragraph_open_ = false;
};

}  // namespace

tl::expected<Guideline, std::vector<GuidelineProblem>> parse_guideline(std::string_view markdown) {
  Guideline out;
  Problems problems;
  const std::vector<Line> lines = lines_of(markdown);
  std::size_t at = 0;
  const std::vector<Entry> entries = read_front_matter(lines, at, problems);
  read_rules(entries, out, problems);
  BodyReader body(out, problems);
  for (; at < lines.size(); ++at) body.read(lines[at]);
  body.finish();
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return out;
}

}  // namespace pao::storage::knowledge
