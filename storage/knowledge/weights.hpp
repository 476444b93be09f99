// How much each sign counts: for a criterion as the answer, and for a message as one of ours. The numbers are
// data (storage/content/knowledge_weights.txt), fitted on question sets by the program tests/fit.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace pao::storage::knowledge {

// Why a criterion was found, each 0…1. As weights: how much each counts; none negative, together 1.
struct Signals {
  double words = 0;     // BM25F against the best any criterion could reach for this question
  double sentence = 0;  // most similar sentence
  double title = 0;     // the title
  double example = 0;   // most similar example phrasing
  double letters = 0;   // share of the letter groups of the question; bridges typos and word forms
  double learned = 0;   // what the phrasings of all criteria taught to tell them apart
  double taught = 0;    // how probable the criterion is by a classifier that phrasings and sentences taught:
                        // 0.5 when no more than any other, 0.1 more or less for each factor e
  double practice = 0;  // how surely the question is about the criterion's practice, by names and by learning
  double covered = 0;  // share of the question's meaning (by rarity of its words) that the criterion mentions
  double complete =
      0;             // 1 when it mentions every word; less by the rarity of the rarest one that it does not
  double focus = 0;  // the same of the one word that is asked for ("cuántos decimales", "de qué color")
};

inline constexpr std::array<std::pair<std::string_view, double Signals::*>, 11> signal_names{{
    {"words", &Signals::words},
    {"sentence", &Signals::sentence},
    {"title", &Signals::title},
    {"example", &Signals::example},
    {"letters", &Signals::letters},
    {"learned", &Signals::learned},
    {"taught", &Signals::taught},
    {"practice", &Signals::practice},
    {"covered", &Signals::covered},
    {"complete", &Signals::complete},
    {"focus", &Signals::focus},
}};

// The sum of all signals, each by its weight.
double weighted(const Signals& weights, const Signals& signals);

// What speaks for "this message is for us". As weights: log-odds per unit of the sign.
struct ScopeSigns {
  double utterance = 0;  // log-odds that the examples of messages give
  double nearest = 0;    // how like the nearest example of ours it is, less how like the nearest of others
  double known = 0;      // share of content words that the guidelines or the lexicon know
  double action = 0;     // 1 when it reads like something to do, 0 otherwise
  double question = 0;   // 1 when it reads like a question; the next are 0 when it does not
  double found = 0;      // score of the best criterion
  double covered = 0;    // `covered` of the best criterion
  double example = 0;    // `example` of the best criterion
};

inline constexpr std::array<std::pair<std::string_view, double ScopeSigns::*>, 8> scope_sign_names{{
    {"utterance", &ScopeSigns::utterance},
    {"nearest", &ScopeSigns::nearest},
    {"known", &ScopeSigns::known},
    {"action", &ScopeSigns::action},
    {"question", &ScopeSigns::question},
    {"found", &ScopeSigns::found},
    {"covered", &ScopeSigns::covered},
    {"example", &ScopeSigns::example},
}};

double weighted(const ScopeSigns& weights, const ScopeSigns& signs);

// What speaks for "the best criterion answers this question", of a question on our topics. As weights:
// log-odds per unit of the sign.
struct PassageSigns {
  double always = 0;    // 1 of every question
  double detail = 0;    // log-odds by the examples that it asks for a detail which no guideline gives, in so
                        // far as the criterion leaves a word of it out
  double complete = 0;  // these four: of the best criterion
  double focus = 0;
  double found = 0;  // its score
  double covered = 0;
  double ahead = 0;  // its score less that of the next one
};

inline constexpr std::array<std::pair<std::string_view, double PassageSigns::*>, 7> passage_sign_names{{
    {"always", &PassageSigns::always},
    {"detail", &PassageSigns::detail},
    {"complete", &PassageSigns::complete},
    {"focus", &PassageSigns::focus},
    {"found", &PassageSigns::found},
    {"covered", &PassageSigns::covered},
    {"ahead", &PassageSigns::ahead},
}};

double weighted(const PassageSigns& weights, const PassageSigns& signs);

struct Weights {
  Signals ranking;
  ScopeSigns scope;
  PassageSigns passage;
};

// "ranking.words = 0.51" lines; a name that is left out weighs 0, an unknown one is ignored.
Weights parse_weights(std::string_view file);
std::string to_text(const Weights& weights);

// knowledge_weights.txt.
const Weights& default_weights();

}  // namespace pao::storage::knowledge
