#include "handlers/consult/generated_answer.hpp"

#include "handlers/consult/claims.hpp"
#include "handlers/procedure/characters.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

namespace pao::handlers::consult {
namespace {

using Strings = std::set<std::string>;

constexpr std::size_t most_sentences = 12;
// Of a sentence's words with meaning, the part that must be those of the criteria.
constexpr std::size_t least_supported_percent = 60;
// From this part on, a clause of a criterion is what the sentence says.
constexpr std::size_t same_clause_percent = 75;

// Marks and the words around them: "[1]", "[1][2]", "[1, 2]".
struct Marked {
  std::string words;  // without the marks
  std::vector<std::size_t> marks;
  bool broken = false;  // brackets with something else in them
};

bool read_marks(std::string_view inside, std::vector<std::size_t>& marks) {
  for (std::size_t at = 0; at < inside.size();) {
    while (at < inside.size() && (inside[at] == ' ' || inside[at] == ',')) ++at;
    if (at == inside.size()) break;
    std::size_t mark = 0;
    const auto [end, error] = std::from_chars(inside.data() + at, inside.data() + inside.size(), mark);
    if (error != std::errc{} || mark == 0) return false;
    marks.push_back(mark);
    at = static_cast<std::size_t>(end - inside.data());
    if (at < inside.size() && inside[at] != ' ' && inside[at] != ',') return false;
  }
  return !marks.empty();
}

Marked marked(std::string_view sentence) {
  Marked out;
  for (std::size_t at = 0; at < sentence.size();) {
    const std::size_t open = std::min(sentence.find('[', at), sentence.size());
    out.words += sentence.substr(at, open - at);
    if (open == sentence.size()) break;
    const std::size_t close = sentence.find(']', open);
    if (close == std::string_view::npos ||
        !read_marks(sentence.substr(open + 1, close - open - 1), out.marks)) {
      out.broken = true;
      break;
    }
    at = close + 1;
  }
  // The blank before a mark goes with it.
  std::string tidy;
  for (const char c : out.words) {
    if ((c == '.' || c == ',') && tidy.ends_with(' ')) tidy.pop_back();
    if (c != ' ' || !tidy.ends_with(' ')) tidy += c;
  }
  while (tidy.ends_with(' ')) tidy.pop_back();
  out.words = std::move(tidy);
  return out;
}

bool has_markup(std::string_view words) {
  static constexpr std::array parts{"<",    ">",    "{",  "}",  "|",   "\\", "`",
                                    "http", "www.", "](", "&#", "&lt", "@"};
  return std::any_of(parts.begin(), parts.end(),
                     [&](const char* part) { return words.find(part) != std::string_view::npos; });
}

// By their beginnings: what the procedure left behind with its fourth version (section 1).
bool grades(const std::string& folded) {
  static constexpr std::array beginnings{"califi", "puntaj", "puntua", "rankin"};
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const char* part) { return folded.find(part) != std::string::npos; });
}

bool within(const Strings& some, const Strings& all) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

std::size_t shared(const Strings& a, const Strings& b) {
  return static_cast<std::size_t>(
      std::count_if(a.begin(), a.end(), [&](const auto& one) { return b.contains(one); }));
}

// The same number of the same: units that the source has may not be added or exchanged, and business days
// stay business days.
bool supports_numbers(const Claims& source, const Claims& said) {
  for (const auto& [number, units] : said.numbers) {
    const auto [first, last] = source.numbers.equal_range(number);
    const bool found = std::any_of(first, last, [&, &wanted = units](const auto& one) {
      return within(wanted, one.second) && (!one.second.contains("habil") || wanted.contains("habil"));
    });
    if (!found) return false;
  }
  return true;
}

bool share_number(const Claims& a, const Claims& b, const std::string& unit) {
  return std::any_of(a.numbers.begin(), a.numbers.end(), [&](const auto& one) {
    return one.second.contains(unit) && b.numbers.contains(one.first);
  });
}

Strings units_of(const Claims& claims) {
  Strings units;
  for (const auto& [number, of] : claims.numbers) units.insert(of.begin(), of.end());
  return units;
}

// A word that stands in one clause only brings that clause's number: who has 3 days is not said to have the 1
// day of somebody else.
bool keeps_numbers_apart(const Claims& said, std::string_view source_text) {
  if (said.numbers.empty()) return true;
  std::vector<Claims> clauses;
  for (const std::string& clause : clauses_of(source_text, {"; ", ": ", ", ", " y ", " o "}))
    clauses.push_back(claims_of(clause));
  for (const std::string& stem : said.stems) {
    const auto has_it = [&](const Claims& clause) { return clause.stems.contains(stem); };
    if (std::count_if(clauses.begin(), clauses.end(), has_it) != 1) continue;
    const Claims& clause = *std::find_if(clauses.begin(), clauses.end(), has_it);
    for (const std::string& unit : units_of(said)) {
      if (units_of(clause).contains(unit) && !share_number(clause, said, unit)) return false;
    }
  }
  return true;
}

// Nothing denied that the source does not deny, and nothing said that it denies.
bool keeps_sense(const Claims& source, const Claims& said, std::string_view source_text) {
  if (!within(said.negated, source.negated)) return false;
  if (said.negates && !source.negates) return false;
  for (const std::string& stem : said.plain) {
    if (source.negated.contains(stem) && !source.plain.contains(stem)) return false;
  }
  // The clause that says nearly the same must say it with the same sign.
  std::vector<Claims> clauses;
  for (const std::string& clause : clauses_of(source_text, {"; ", ": "}))
    clauses.push_back(claims_of(clause));
  const Claims* nearest = nullptr;
  std::size_t most = 0;
  for (const Claims& clause : clauses) {
    const std::size_t common = shared(said.stems, clause.stems);
    if (common > most) {
      most = common;
      nearest = &clause;
    }
  }
  const bool says_it = nearest && 100 * most >= same_clause_percent * said.stems.size() && most > 1;
  return !says_it || nearest->negates == said.negates;
}

std::string text_of(const Support& support) {
  return support.code + ". " + support.title + ". " + support.text;
}

Flaw flaw_in_words(const std::string& words, const std::string& source_text) {
  if (has_markup(words)) return Flaw::markup;
  if (procedure::count_characters(words) > longest_sentence) return Flaw::too_long;
  if (grades(storage::knowledge::fold(words))) return Flaw::grading;
  const Claims source = claims_of(source_text), said = claims_of(words);
  if (!within(said.codes, source.codes)) return Flaw::invented_code;
  if (!supports_numbers(source, said) || !keeps_numbers_apart(said, source_text))
    return Flaw::invented_number;
  if (!within(said.dates, source.dates)) return Flaw::invented_date;
  if (!within(said.limits, source.limits)) return Flaw::changed_limit;
  const std::vector<std::string> known = storage::knowledge::fold_words(source_text);
  const Strings source_words(known.begin(), known.end());
  if (!within(said.names, source_words)) return Flaw::invented_name;
  if (!keeps_sense(source, said, source_text)) return Flaw::changed_sense;
  if (said.stems.empty() ||
      100 * shared(said.stems, source.stems) < least_supported_percent * said.stems.size())
    return Flaw::unsupported;
  return Flaw::none;
}

Flaw flaw_of(const Marked& sentence, std::span<const Support> support) {
  if (sentence.broken) return Flaw::markup;
  if (sentence.marks.empty()) return Flaw::no_mark;
  std::string source;
  for (const std::size_t mark : sentence.marks) {
    if (mark > support.size()) return Flaw::unknown_mark;
    source += text_of(support[mark - 1]) + "\n";
  }
  return flaw_in_words(sentence.words, source);
}

// Emphasis and headings mean nothing here, and would be shown.
std::string without_emphasis(std::string_view draft) {
  std::string out;
  for (const char c : draft) {
    if (c != '*' && c != '_' && c != '#' && c != '~') out += c;
  }
  return out;
}

// "El avance se registra cada mes [1]."
std::string with_marks(std::string words, const std::vector<std::size_t>& marks) {
  std::string end;
  if (words.ends_with('.') || words.ends_with('!') || words.ends_with('?')) {
    end = words.back();
    words.pop_back();
  }
  words += " ";
  for (const std::size_t mark : marks) words += "[" + std::to_string(mark) + "]";
  return words + (end.empty() ? "." : end);
}

}  // namespace

std::string_view to_word(Flaw flaw) {
  switch (flaw) {
    case Flaw::none:
      return "none";
    case Flaw::no_mark:
      return "no_mark";
    case Flaw::unknown_mark:
      return "unknown_mark";
    case Flaw::markup:
      return "markup";
    case Flaw::too_long:
      return "too_long";
    case Flaw::invented_code:
      return "invented_code";
    case Flaw::invented_number:
      return "invented_number";
    case Flaw::invented_date:
      return "invented_date";
    case Flaw::invented_name:
      return "invented_name";
    case Flaw::changed_limit:
      return "changed_limit";
    case Flaw::changed_sense:
      return "changed_sense";
    case Flaw::unsupported:
      return "unsupported";
    case Flaw::grading:
      return "grading";
  }
  return {};
}

Flaw flaw_of(std::string_view sentence, std::span<const Support> support) {
  return flaw_of(marked(sentence), support);
}

CheckedAnswer check_sentences(std::span<const std::string> sentences, std::span<const Support> support) {
  CheckedAnswer answer;
  const auto number_of = [&](std::size_t at) {
    auto found = std::find(answer.cited.begin(), answer.cited.end(), at);
    if (found == answer.cited.end()) found = answer.cited.insert(found, at);
    return static_cast<std::size_t>(found - answer.cited.begin()) + 1;
  };
  for (const std::string& sentence : sentences) {
    const Marked read = marked(sentence);
    const Flaw flaw =
        static_cast<std::size_t>(answer.kept) == most_sentences ? Flaw::too_long : flaw_of(read, support);
    if (flaw != Flaw::none) {
      answer.flaws.push_back(flaw);
      continue;
    }
    std::vector<std::size_t> marks;
    for (const std::size_t mark : read.marks) {
      const std::size_t number = number_of(mark - 1);
      if (std::find(marks.begin(), marks.end(), number) == marks.end()) marks.push_back(number);
    }
    answer.text += (answer.text.empty() ? "" : " ") + with_marks(read.words, marks);
    ++answer.kept;
  }
  if (answer.flaws.size() > static_cast<std::size_t>(answer.kept)) answer.text.clear();
  if (answer.text.empty()) answer.cited.clear();
  return answer;
}

CheckedAnswer check_answer(std::string_view draft, std::span<const Support> support) {
  return check_sentences(sentences_of(without_emphasis(draft)), support);
}

std::vector<std::string> whole_sentences(std::string_view draft) {
  std::vector<std::string> sentences = sentences_of(without_emphasis(draft));
  if (!sentences.empty()) sentences.pop_back();
  return sentences;
}

}  // namespace pao::handlers::consult
