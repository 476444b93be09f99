// What somebody means by a line typed in the chat: a question on the guidelines, something to do, small talk,
// or nothing that this assistant is for.
//
// How it is decided: a logistic regression over the stems, pairs of stems, concepts and form of the sentence,
// learned from example sentences (storage/content/knowledge_utterances.txt and the phrasings of the
// criteria), and how like those sentences it is; then what the search finds in the guidelines weighs against
// "out of scope" (weights.hpp), so that a strange wording of a topic we know is not refused and a familiar
// wording of a topic we do not know is. A question on our topics is weighed once more: whether the best
// criterion answers it or only lies near it. There is no rule for a single sentence. The text is data:
// whatever it says, the result is only one of the values below.
#pragma once

#include "storage/knowledge/nearest_examples.hpp"
#include "storage/knowledge/search_index.hpp"
#include "storage/knowledge/text_classifier.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers {

enum class MessageKind { question, action, out_of_scope, greeting, help, thanks, empty };
enum class Intent { none, register_progress, open_ss, see_status, talk_to_advisor, validate_report };

// "register_progress", …; "" for none.
std::string_view to_string(Intent intent);

struct Understanding {
  MessageKind kind = MessageKind::empty;
  Intent intent = Intent::none;          // of an action
  double confidence = 0;                 // of the kind, 0…1
  double in_scope = 0;                   // 0…1: how surely the message is about the SUG and its practices
  storage::knowledge::ScopeSigns signs;  // what in_scope was computed from
  storage::knowledge::PassageSigns passage;  // of a question: what `answered` was computed from
  double answered = 1;   // 0…1: how surely the best hit answers the question, and is not merely near it
  std::string reason;    // of an out-of-scope message when known: "payroll", "injection", "unknown"
  std::string practice;  // the one named; empty when none or several are
  std::vector<std::string>
      ids;  // "SS-2026-0045", "PAI-TES-03", "IND-PRE-02": upper case, in order, each once
  std::vector<storage::knowledge::Hit> hits;  // what the search found, best first
};

// What was learned of messages, whatever the guidelines say. Immutable.
struct MessageModel {
  storage::knowledge::TextClassifier intents;
  storage::knowledge::NearestExamples examples;  // the same sentences
};

// Everything needed to understand and answer, made from the guidelines in force. Immutable: build a new one
// when a guideline is published and swap it in; share it between threads.
struct Knowledge {
  storage::knowledge::SearchIndex index;
  std::shared_ptr<const MessageModel> messages;  // never null
  storage::knowledge::Weights weights;
};

struct Utterance {
  std::string label;  // "question", "question/no_criterion" (asks for a detail that no guideline gives),
                      // "open_ss", "out_of_scope/payroll", …
  std::string text;
};

// "[label]" lines, each followed by utterances, one a line.
std::vector<Utterance> parse_utterances(std::string_view file);

// What the assistant knows about language; the defaults are the files compiled into the program. The lexicon
// must live as long as what is built with it, the others only while building.
struct Language {
  const storage::knowledge::Lexicon* lexicon = &storage::knowledge::default_lexicon();
  const std::vector<storage::knowledge::Phrasing>* phrasings = &storage::knowledge::default_phrasings();
  std::vector<Utterance> utterances;
  storage::knowledge::Weights weights = storage::knowledge::default_weights();
};
Language default_language();

Knowledge build_knowledge(std::vector<procedure::Criterion> criteria,
                          std::vector<procedure::PracticeRules> practices, const Language& language);
// With the default language, whose messages are learned once a program and shared.
Knowledge build_knowledge(std::vector<procedure::Criterion> criteria,
                          std::vector<procedure::PracticeRules> practices);

// `practice_hint`: practice of the conversation so far, empty when there is none. Never fails, whatever the
// bytes; text beyond the first 2,000 bytes is not read.
Understanding understand(std::string_view text, const Knowledge& knowledge,
                         std::string_view practice_hint = {});

}  // namespace pao::handlers
