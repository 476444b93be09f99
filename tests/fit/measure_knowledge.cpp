// How long a question takes and how much memory the index needs with many criteria:
//
//   measure_knowledge COUNT SET…
//
// A set is the name of a file in tests/data/questions.
// The corpus has the sample guidelines first and then generated criteria, each made of the sentences of two
// of them, up to COUNT.
#include "handlers/consult/ask.hpp"
#include "tests/handlers/consult/question_file.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>

using namespace pao;
using namespace pao::tests;

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Resident memory of this process in MB.
double resident() {
  std::ifstream file("/proc/self/statm");
  double total = 0;
  double pages = 0;
  file >> total >> pages;
  return pages * 4096 / 1e6;
}

// Of this thread: what other programs of the machine take is not in it.
double worked_milliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void show(const char* what, std::vector<double>& times) {
  std::sort(times.begin(), times.end());
  std::printf("%s: median %.2f ms, p99 %.2f ms, longest %.2f ms\n", what, times[times.size() / 2],
              times[times.size() * 99 / 100], times.back());
}

SampleGuidelines generated(std::size_t count) {
  SampleGuidelines out = sample_guidelines();
  const std::size_t known = out.criteria.size();
  for (std::size_t i = known; i < count; ++i) {
    procedure::Criterion made = out.criteria[i % known];
    const procedure::Criterion& other = out.criteria[(i * 7 + i / known) % known];
    made.code = "GEN" + std::to_string(i);
    made.title += " " + other.title;
    made.text = made.text.substr(0, made.text.find(". ") + 1) + " " + other.text;
    out.criteria.push_back(std::move(made));
  }
  return out;
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 1;
  SampleGuidelines corpus = generated(static_cast<std::size_t>(std::atol(words[1])));
  std::vector<std::string> questions;
  for (int i = 2; i < count; ++i) {
    for (const auto& each : read_questions(words[i])) questions.push_back(each.question);
  }
  if (questions.empty()) {
    std::fprintf(stderr, "no questions in these files of tests/data/questions\n");
    return 1;
  }
  const double before = resident();
  const auto start = Clock::now();
  const handlers::Knowledge knowledge =
      handlers::build_knowledge(std::move(corpus.criteria), std::move(corpus.practices));
  std::printf("%zu criteria built in %.0f ms, %.1f MB more resident\n", knowledge.index.criteria().size(),
              milliseconds_since(start), resident() - before);

  std::vector<double> took;
  std::vector<double> worked;
  std::size_t answered = 0;
  for (int round = 0; round < 5; ++round) {
    for (const std::string& question : questions) {
      const auto asked = Clock::now();
      const double before_it = worked_milliseconds();
      const auto answer = handlers::consult::ask(question, {make_date(2026, 11, 9)}, knowledge);
      worked.push_back(worked_milliseconds() - before_it);
      took.push_back(milliseconds_since(asked));
      answered += answer.kind == handlers::consult::AnswerKind::answer ? 1 : 0;
    }
  }
  std::printf("%zu questions, %zu answered\n", took.size(), answered);
  show("ask, by the clock", took);
  show("ask, processor time", worked);
  std::printf("resident in all: %.1f MB\n", resident());
  return 0;
}
