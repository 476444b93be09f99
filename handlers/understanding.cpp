#include "handlers/understanding.hpp"

#include "handlers/message_features.hpp"
#include "handlers/story.hpp"
#include "storage/embedded.hpp"
#include "storage/knowledge/content_lines.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace pao::handlers {

namespace {

namespace knowledge = storage::knowledge;

constexpr std::size_t longest_text = 2000;
constexpr std::size_t hits_wanted = 10;

constexpr std::string_view out_of_scope_prefix = "out_of_scope/";
// A question for a detail that no guideline gives; whether one gives it after all, the search knows.
constexpr std::string_view detail_question = "question/no_criterion";

constexpr double in_scope_needed = 0.5;
constexpr double asked_share = 0.6;    // of the sentence that asks against the whole story
constexpr double likeness_weight = 3;  // log-odds of a label whose example is the message itself

knowledge::SearchIndex build_index(std::vector<procedure::Criterion> criteria,
                                   std::vector<procedure::PracticeRules> practices,
                                   const Language& language) {
  knowledge::SearchIndex::Sources sources;
  sources.criteria = std::move(criteria);
  sources.practices = std::move(practices);
  sources.lexicon = language.lexicon;
  sources.phrasings = language.phrasings;
  sources.weights = language.weights.ranking;
  for (const Utterance& each : language.utterances) {
    for (std::string& word : knowledge::fold_words(each.text)) sources.known_words.push_back(std::move(word));
  }
  return knowledge::SearchIndex(std::move(sources));
}

// The sentences that messages are learned from, as a classifier and as a likeness reads them.
struct MessageExamples {
  std::vector<knowledge::Example> plain;
  std::vector<knowledge::Example> like;
};

MessageExamples message_examples(const Language& language) {
  MessageExamples out;
  const auto add = [&](const std::string& label, const std::string& text) {
    const knowledge::Analysis analysis = language.lexicon->analyse(text);
    out.plain.push_back({label, message_features(analysis, mentioned_ids(text))});
    out.like.push_back({label, likeness_features(out.plain.back().features, analysis)});
  };
  for (const Utterance& each : language.utterances) add(each.label, each.text);
  for (const knowledge::Phrasing& each : *language.phrasings) add("question", each.text);
  return out;
}

std::shared_ptr<const MessageModel> learn_messages(const Language& language) {
  const MessageExamples examples = message_examples(language);
  return std::make_shared<const MessageModel>(
      MessageModel{knowledge::TextClassifier(examples.plain), knowledge::NearestExamples(examples.like)});
}

constexpr std::array<std::pair<Intent, std::string_view>, 5> intent_names{{
    {Intent::register_progress, "register_progress"},
    {Intent::open_ss, "open_ss"},
    {Intent::see_status, "see_status"},
    {Intent::talk_to_advisor, "talk_to_advisor"},
    {Intent::validate_report, "validate_report"},
}};

Intent intent_of(std::string_view label) {
  const auto found = std::find_if(intent_names.begin(), intent_names.end(),
                                  [&](const auto& each) { return each.second == label; });
  return found == intent_names.end() ? Intent::none : found->first;
}

MessageKind kind_of(std::string_view label) {
  if (label == "question" || label == detail_question) return MessageKind::question;
  if (label == "greeting") return MessageKind::greeting;
  if (label == "help") return MessageKind::help;
  if (label == "thanks") return MessageKind::thanks;
  return intent_of(label) == Intent::none ? MessageKind::out_of_scope : MessageKind::action;
}

double log_odds(double probability) {
  const double p = std::clamp(probability, 1e-4, 1 - 1e-4);
  return std::log(p / (1 - p));
}

// The one practice that the words name, or none.
std::string practice_of(const knowledge::Analysis& analysis) {
  std::string best;
  double strongest = 0;
  bool several = false;
  for (const auto& [practice, evidence] : analysis.practices) {
    several = evidence == strongest || (several && evidence < strongest);
    if (evidence > strongest) best = practice;
    strongest = std::max(strongest, evidence);
  }
  return several ? std::string() : best;
}

// Criteria named by their code come first, whatever the words say. True when there was one.
bool put_named_first(const std::vector<std::string>& ids, const knowledge::SearchIndex& index,
                     std::vector<knowledge::Hit>& hits) {
  std::vector<knowledge::Hit> named;
  for (const std::string& id : ids) {
    const procedure::Criterion* criterion = index.find(id);
    if (criterion == nullptr) continue;
    const auto at = static_cast<std::size_t>(criterion - index.criteria().data());
    std::erase_if(hits, [&](const knowledge::Hit& hit) { return hit.criterion == at; });
    named.push_back({at, 1.0, {}});
  }
  hits.insert(hits.begin(), named.begin(), named.end());
  return !named.empty();
}

// Sums of the learned probabilities by kind, and the best label of each side.
struct Belief {
  double out_of_scope = 0;
  double detail = 0;  // that a question, if it is one, asks for a detail that no guideline gives
  double nearer = 0;  // the nearest example of ours against the nearest of the others
  knowledge::LabelProbability best_inside{"question", 0};
  knowledge::LabelProbability best_outside{"out_of_scope/unknown", 0};
};

// What was learned and what the message is like, as one probability by label.
std::vector<knowledge::LabelProbability> weighed(std::vector<knowledge::LabelProbability> learned,
                                                 const std::vector<knowledge::LabelSimilarity>& like) {
  std::unordered_map<std::string_view, double> similarity;
  for (const knowledge::LabelSimilarity& each : like) similarity[each.label] = each.similarity;
  double all = 0;
  for (knowledge::LabelProbability& each : learned)
    all += each.probability *= std::exp(likeness_weight * similarity[each.label]);
  for (knowledge::LabelProbability& each : learned) each.probability /= all;
  return learned;
}

Belief belief_of(const knowledge::Query& query, const std::vector<std::string>& ids,
                 const Knowledge& knowledge) {
  const std::vector<std::string> features = message_features(query.analysis, ids);
  const auto learned = knowledge.messages->intents.classify(features);
  const auto like = knowledge.messages->examples.nearest(likeness_features(features, query.analysis));
  Belief out;
  double question = 0;
  double detail = 0;
  for (const knowledge::LabelProbability& each : weighed(learned, like)) {
    const MessageKind kind = kind_of(each.label);
    if (kind == MessageKind::out_of_scope) out.out_of_scope += each.probability;
    if (kind == MessageKind::question) question += each.probability;
    if (each.label == detail_question) detail = each.probability;
    knowledge::LabelProbability& best =
        kind == MessageKind::out_of_scope ? out.best_outside : out.best_inside;
    if (each.probability > best.probability) best = each;
  }
  if (question > out.best_inside.probability) out.best_inside = {"question", question};
  out.detail = detail / std::max(1e-9, question);
  double ours = 0;
  double theirs = 0;
  for (const knowledge::LabelSimilarity& each : like) {
    double& nearest = kind_of(each.label) == MessageKind::out_of_scope ? theirs : ours;
    nearest = std::max(nearest, each.similarity);
  }
  out.nearer = ours - theirs;
  return out;
}

knowledge::ScopeSigns signs_of(const knowledge::Query& query, const Belief& belief, MessageKind inside,
                               const std::vector<knowledge::Hit>& hits) {
  knowledge::ScopeSigns out;
  out.utterance = log_odds(1 - belief.out_of_scope);
  out.nearest = belief.nearer;
  out.known = query.content_words == 0 ? 1 : query.known;
  out.action = inside == MessageKind::action ? 1 : 0;
  if (inside != MessageKind::question) return out;
  out.question = 1;
  if (hits.empty()) return out;
  out.found = hits.front().score;
  out.covered = hits.front().signals.covered;
  out.example = hits.front().signals.example;
  return out;
}

knowledge::PassageSigns passage_signs(const Belief& belief, const std::vector<knowledge::Hit>& hits) {
  knowledge::PassageSigns out;
  out.always = 1;
  if (hits.empty()) return out;
  const knowledge::Hit& best = hits.front();
  out.detail = log_odds(belief.detail) * (1 - best.signals.complete);
  out.complete = best.signals.complete;
  out.focus = best.signals.focus;
  out.found = best.score;
  out.covered = best.signals.covered;
  out.ahead = hits.size() > 1 ? best.score - hits[1].score : best.score;
  return out;
}

double probability_of(double log_odds) {
  return 1 / (1 + std::exp(-log_odds));
}

}  // namespace

std::string_view to_string(Intent intent) {
  const auto found = std::find_if(intent_names.begin(), intent_names.end(),
                                  [&](const auto& each) { return each.first == intent; });
  return found == intent_names.end() ? std::string_view{} : found->second;
}

std::vector<Utterance> parse_utterances(std::string_view file) {
  std::vector<Utterance> out;
  std::string label;
  for (const std::string_view line : knowledge::content_lines(file)) {
    if (line.front() == '[') {
      label = line.substr(1, line.find(']') - 1);
    } else {
      out.push_back({label, std::string(line)});
    }
  }
  return out;
}

Language default_language() {
  Language out;
  out.utterances = parse_utterances(storage::embedded_file("knowledge_utterances.txt"));
  return out;
}

Knowledge build_knowledge(std::vector<procedure::Criterion> criteria,
                          std::vector<procedure::PracticeRules> practices, const Language& language) {
  return {build_index(std::move(criteria), std::move(practices), language), learn_messages(language),
          language.weights};
}

Knowledge build_knowledge(std::vector<procedure::Criterion> criteria,
                          std::vector<procedure::PracticeRules> practices) {
  static const Language language = default_language();
  static const std::shared_ptr<const MessageModel> messages = learn_messages(language);
  return {build_index(std::move(criteria), std::move(practices), language), messages, language.weights};
}

namespace {

// The hits of a story: those of the sentence that asks, and of all that was told.
std::vector<knowledge::Hit> merged(const std::vector<knowledge::Hit>& asked,
                                   const std::vector<knowledge::Hit>& told) {
  std::vector<knowledge::Hit> out;
  for (const knowledge::Hit& hit : asked)
    out.push_back({hit.criterion, asked_share * hit.score, hit.signals});
  for (const knowledge::Hit& hit : told) {
    const double share = (1 - asked_share) * hit.score;
    const auto found = std::find_if(out.begin(), out.end(),
                                    [&](const auto& each) { return each.criterion == hit.criterion; });
    if (found == out.end()) {
      out.push_back({hit.criterion, share, hit.signals});
    } else {
      found->score += share;
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  out.resize(std::min(out.size(), hits_wanted));
  return out;
}

constexpr std::string_view office_in_charge = "other_management";

// The reason whose channel the words name; of the office in charge otherwise.
std::string channel_named(std::string_view text) {
  using namespace storage::knowledge;
  const std::string said = " " + fold(text) + " ";
  for (const std::string_view line : content_lines(storage::embedded_file("knowledge_channels.txt"))) {
    const auto [reason, names] = key_and_value(line, ':');
    for (const std::string_view name : split_trimmed(names, ';'))
      if (said.find(" " + std::string(name) + " ") != std::string::npos) return std::string(reason);
  }
  return std::string(office_in_charge);
}

Understanding understand_message(std::string_view text, const Knowledge& knowledge,
                                 std::string_view practice_hint) {
  Understanding out;
  const knowledge::Query query = knowledge.index.read(text);
  if (query.analysis.tokens.empty()) return out;
  out.ids = mentioned_ids(text);
  out.practice = practice_of(query.analysis);
  out.hits = knowledge.index.search(query, {hits_wanted, std::string(practice_hint)});

  if (put_named_first(out.ids, knowledge.index, out.hits)) {
    out.kind = MessageKind::question;
    out.confidence = out.in_scope = 1;
    return out;
  }

  const Belief belief = belief_of(query, out.ids, knowledge);
  const MessageKind inside = kind_of(belief.best_inside.label);
  out.signs = signs_of(query, belief, inside, out.hits);
  out.in_scope = probability_of(weighted(knowledge.weights.scope, out.signs));

  if (out.in_scope < in_scope_needed) {
    out.kind = MessageKind::out_of_scope;
    out.confidence = 1 - out.in_scope;
    const bool known_reason = belief.best_outside.probability >= 0.2;
    out.reason = known_reason ? belief.best_outside.label.substr(out_of_scope_prefix.size()) : "unknown";
    if (out.reason == office_in_charge) out.reason = channel_named(text);
    return out;
  }
  out.kind = inside;
  if (inside == MessageKind::question) {
    out.passage = passage_signs(belief, out.hits);
    out.answered = probability_of(weighted(knowledge.weights.passage, out.passage));
  }
  out.intent = intent_of(belief.best_inside.label);
  out.confidence = out.in_scope * belief.best_inside.probability / std::max(1e-9, 1 - belief.out_of_scope);
  return out;
}

}  // namespace

Understanding understand(std::string_view text, const Knowledge& knowledge, std::string_view practice_hint) {
  text = text.substr(0, longest_text);
  Understanding whole = understand_message(text, knowledge, practice_hint);
  const std::string_view question = question_within(text);
  if (question.empty()) return whole;
  // What was told is what the question is about, unless it says so itself.
  Understanding asked = understand_message(
      question, knowledge, whole.practice.empty() ? practice_hint : std::string_view(whole.practice));
  asked.hits = merged(asked.hits, whole.hits);
  if (asked.practice.empty()) asked.practice = whole.practice;
  asked.ids = whole.ids;
  if (asked.kind == MessageKind::question) return asked;
  whole.hits = std::move(asked.hits);
  return whole;
}

}  // namespace pao::handlers
