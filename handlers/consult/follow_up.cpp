#include "handlers/consult/follow_up.hpp"

#include "handlers/consult/asked_day.hpp"
#include "handlers/consult/short_reply.hpp"
#include "handlers/message_features.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace pao::handlers::consult {
namespace {

namespace knowledge_of = storage::knowledge;
using knowledge_of::Hit;
using knowledge_of::SearchIndex;

constexpr std::size_t longest_continuation = 12;  // words
constexpr std::size_t longest_fragment = 5;
constexpr double own_words = 0.55;         // of a follow-up against the question before
constexpr double answered_already = 0.06;  // less for what was just answered: the person asks for more
constexpr double stands_alone = 0.5;       // score from which a question needs no context
constexpr double surely_unanswered = 0.15;
constexpr double surely_something_else = 0.7;  // confidence from which an order or a foreign topic is one
constexpr std::size_t enough_words = 3;        // content words of a question that may stand alone
constexpr std::size_t hits_looked_at = 40;
constexpr std::size_t hits_kept = 10;

template <std::size_t Count>
bool begins_with(const std::vector<std::string>& words,
                 const std::array<std::string_view, Count>& beginnings) {
  return !words.empty() && std::find(beginnings.begin(), beginnings.end(), words.front()) != beginnings.end();
}

bool is_about_the_person(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 14> own{"mi",    "mis",     "mio",    "mia",     "mios",
                                                        "mias",  "me",      "nos",    "tengo",   "debo",
                                                        "falta", "nuestro", "quiero", "necesito"};
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return std::find(own.begin(), own.end(), word) != own.end();
  });
}

// The words of a question without those that name a practice.
std::string without_practices(std::string_view question, const SearchIndex& index) {
  std::string out;
  for (const std::string& word : knowledge_of::fold_words(question)) {
    if (!index.lexicon().analyse(word).practices.empty()) continue;
    out += (out.empty() ? "" : " ") + word;
  }
  return out;
}

// The most likely by the new words and, less, by the question before.
std::vector<Hit> merged(const std::vector<Hit>& own, const std::vector<Hit>& both, const Hit* answered) {
  std::map<std::size_t, Hit> by_criterion;
  for (const Hit& hit : own) {
    Hit part = hit;
    part.score *= own_words;
    by_criterion.emplace(hit.criterion, part);
  }
  for (const Hit& hit : both) {
    const auto [place, added] = by_criterion.emplace(hit.criterion, hit);
    place->second.score = (added ? 0 : place->second.score) + (1 - own_words) * hit.score;
    place->second.signals = hit.signals;
  }
  std::vector<Hit> out;
  for (auto& [criterion, hit] : by_criterion) {
    if (answered != nullptr && answered->criterion == criterion) hit.score -= answered_already;
    out.push_back(hit);
  }
  std::stable_sort(out.begin(), out.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
  out.resize(std::min(out.size(), hits_kept));
  return out;
}

// "¿Y si el líder está de vacaciones?": a case of what was asked, whatever it speaks of.
bool is_a_condition(std::string_view text) {
  const std::vector<std::string> words = knowledge_of::fold_words(text);
  return (!words.empty() && words[0] == "si") || (words.size() > 1 && words[1] == "si");
}

std::size_t content_words(std::string_view text, const SearchIndex& index) {
  return index.read(text).content_words;
}

}  // namespace

bool leans_on_before(std::string_view text) {
  static constexpr std::array<std::string_view, 9> continues{"y",  "e",     "pero",    "entonces", "o",
                                                             "ah", "igual", "tambien", "aja"};
  static constexpr std::array<std::string_view, 19> fragment{
      "para",  "pa",  "con",   "en",    "cuando", "cuanto", "cuantos", "quien", "quienes", "como",
      "donde", "por", "hasta", "desde", "cada",   "si",     "cual",    "que",   "aplica"};
  const std::vector<std::string> words = knowledge_of::fold_words(text);
  if (words.empty() || is_about_the_person(words) || says_yes(text)) return false;
  if (begins_with(words, continues)) return words.size() >= 2 && words.size() <= longest_continuation;
  return words.size() <= longest_fragment && begins_with(words, fragment);
}

bool stands_by_itself(std::string_view text, const Understanding& understood) {
  if (!std::all_of(understood.ids.begin(), understood.ids.end(), is_request_kind)) return true;
  const bool surely = understood.confidence >= surely_something_else;
  switch (understood.kind) {
    case MessageKind::greeting:
    case MessageKind::thanks:
      return true;
    case MessageKind::help:
      return surely;
    case MessageKind::action:
      return surely && understood.intent != Intent::see_status;
    case MessageKind::out_of_scope:
      return surely && understood.reason != "unknown" && !is_a_condition(text) && !asks_for_today(text);
    case MessageKind::question:
    case MessageKind::empty:
      break;
  }
  return false;
}

bool is_recent(const storage::ConversationContext& context, Instant now) {
  return now - context.at <= context_life;
}

bool is_alive(const storage::ConversationContext& context, Instant now) {
  const bool has_a_topic = !context.criterion.empty() || !context.options.empty();
  return has_a_topic && context.follow_ups < most_follow_ups && is_recent(context, now);
}

FollowUp understand_follow_up(std::string_view text, const storage::ConversationContext& before,
                              const Knowledge& knowledge) {
  const SearchIndex& index = knowledge.index;
  FollowUp out{understand(text, knowledge, before.practice), std::string(text)};
  const bool alone = out.understood.kind == MessageKind::question && !out.understood.practice.empty() &&
                     content_words(text, index) > enough_words && !out.understood.hits.empty() &&
                     out.understood.hits.front().score >= stands_alone;
  // A detail that no guideline gives stays without an answer, whatever it goes on from.
  const bool unanswered =
      out.understood.kind == MessageKind::question && out.understood.answered < surely_unanswered;
  if (alone || unanswered) return out;

  const bool other_practice = !out.understood.practice.empty() && out.understood.practice != before.practice;
  const std::string practice = other_practice ? out.understood.practice : before.practice;
  // The first line is the question that all go on from: a detail asked for since ("¿y si es anual?") is none
  // of another practice.
  const std::string_view first = std::string_view(before.question).substr(0, before.question.find('\n'));
  out.question = other_practice ? without_practices(first, index) + " " + std::string(text)
                                : std::string(first) + "\n" + std::string(text);
  const std::vector<Hit> both = index.search(out.question, {hits_looked_at, practice});
  if (other_practice) {
    out.understood.hits = both;
    // Asked about another practice: an answer from the earlier one would be none.
    std::erase_if(out.understood.hits, [&](const Hit& hit) {
      const std::string& of = index.criteria()[hit.criterion].practice;
      return of != practice && of != procedure::practice::general;
    });
    out.understood.hits.resize(std::min(out.understood.hits.size(), hits_kept));
  } else {
    const procedure::Criterion* criterion = index.find(before.criterion);
    const Hit answered{
        criterion == nullptr ? 0 : static_cast<std::size_t>(criterion - index.criteria().data()), 0, {}};
    out.understood.hits = merged(index.search(text, {hits_looked_at, practice}), both,
                                 criterion == nullptr ? nullptr : &answered);
  }
  out.understood.kind = MessageKind::question;
  out.understood.intent = Intent::none;
  out.understood.practice = practice;
  out.understood.in_scope = 1;  // what it goes on from was in scope
  out.understood.answered = 1;
  return out;
}

}  // namespace pao::handlers::consult
