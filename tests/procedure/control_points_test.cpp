// Control points: who may confirm what, and a sample that can be drawn again.
#include "handlers/procedure/control_points.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <set>

using namespace pao;
using namespace pao::procedure;

TEST_CASE("a subject is written and read back, anything else is nothing") {
  const auto guideline = parse_control_subject(guideline_subject("riesgos", 2026, 2));
  REQUIRE(guideline);
  CHECK(guideline->control == ControlPoint::guidelines);
  CHECK(guideline->practice == "riesgos");
  CHECK(guideline->term == 2026);
  CHECK(guideline->version == 2);
  CHECK(parse_control_subject(register_subject("2026-10"))->period == "2026-10");
  const auto verification = parse_control_subject(verification_subject("DIR", "2026-T3"));
  REQUIRE(verification);
  CHECK(verification->process_id == "DIR");
  CHECK(verification->period == "2026-T3");
  CHECK(parse_control_subject(request_subject("SS-2026-0070"))->request_id == "SS-2026-0070");
  for (const char* text :
       {"", ":", "guideline:riesgos:2026", "guideline:riesgos:2026:0", "guideline:riesgos:x:1",
        "guideline::2026:1", "register:2026-T3", "register:2026-13", "verification:DIR:ayer",
        "request:", "request:a:b", "otro:1", "guideline:riesgos:2026:1:2"}) {
    CAPTURE(text);
    CHECK(!parse_control_subject(text));
  }
}

TEST_CASE(
    "a control point is confirmed by another person, by name, with an observation when it is not "
    "conforming") {
  struct Case {
    const char* name;
    ControlClaim claim;
    std::optional<ErrorCode> refused;
  };
  using R = ControlResult;
  const Case cases[] = {
      {"conforming needs no note", {R::conforming, "", "U-004", {"U-003"}, 0}, {}},
      {"with remarks and their words", {R::with_remarks, "Falta el anexo.", "U-004", {"U-003"}, 0}, {}},
      {"with remarks but none written", {R::with_remarks, " \n", "U-004", {"U-003"}, 0}, ErrorCode::invalid},
      {"not conforming without a reason", {R::not_conforming, "", "U-004", {"U-003"}, 0}, ErrorCode::invalid},
      {"the own work", {R::conforming, "", "U-003", {"U-003"}, 0}, ErrorCode::refused},
      {"the own work among others'", {R::conforming, "", "U-003", {"U-015", "U-003"}, 0}, ErrorCode::refused},
      {"nobody", {R::conforming, "", "", {}, 0}, ErrorCode::invalid},
      {"conforming with records unseen", {R::conforming, "", "U-004", {}, 1}, ErrorCode::invalid},
      {"remarks name what is unseen", {R::with_remarks, "Falta una.", "U-004", {}, 1}, {}},
      {"too long", {R::with_remarks, std::string(2001, 'a'), "U-004", {}, 0}, ErrorCode::invalid},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const Result<void> checked = check_confirmation(each.claim);
    REQUIRE(checked.has_value() == !each.refused.has_value());
    if (each.refused) CHECK(checked.error().code == *each.refused);
  }
  CHECK(lets_next_step(R::conforming));
  CHECK(lets_next_step(R::with_remarks));
  CHECK(!lets_next_step(R::not_conforming));
}

TEST_CASE("words of control points and results are read back") {
  for (const char* word : {"1", "3", "4", "6"}) {
    REQUIRE(parse_control_point(word));
    CHECK(to_word(*parse_control_point(word)) == word);
    CHECK(!title_of(*parse_control_point(word)).empty());
  }
  for (const char* word : {"2", "5", "7", ""}) CHECK(!parse_control_point(word));
  for (const char* word : {"conforme", "no_conforme", "con_observaciones"}) {
    REQUIRE(parse_control_result(word));
    CHECK(to_word(*parse_control_result(word)) == word);
  }
  CHECK(!parse_control_result("bien"));
}

TEST_CASE("a sample is the same whenever it is drawn, another one in another month, and favours no entry") {
  std::vector<std::int64_t> entries(400);
  std::iota(entries.begin(), entries.end(), 1000);
  const auto drawn = draw_sample(entries, "2026-10", 12);
  CHECK(drawn.size() == 12);
  CHECK(drawn == draw_sample(entries, "2026-10", 12));
  CHECK(std::is_sorted(drawn.begin(), drawn.end()));
  CHECK(drawn != draw_sample(entries, "2026-11", 12));
  std::reverse(entries.begin(), entries.end());
  CHECK(drawn == draw_sample(entries, "2026-10", 12));
  CHECK(draw_sample(std::span(entries).first(5), "2026-10", 12).size() == 5);
  CHECK(draw_sample({}, "2026-10", 12).empty());
  // Over many months every quarter of the entries is drawn about equally often.
  std::vector<int> quarter(4);
  for (int year = 1; year <= 100; ++year) {
    for (const std::int64_t entry : draw_sample(entries, std::to_string(1900 + year) + "-01", 12)) {
      ++quarter[static_cast<std::size_t>((entry - 1000) / 100)];
    }
  }
  for (const int count : quarter) {
    CHECK(count > 240);
    CHECK(count < 360);
  }
}

TEST_CASE("advisors take the sample in turn") {
  std::set<std::size_t> seen;
  for (int month = 1; month <= 3; ++month) seen.insert(whose_turn({2026, Periodicity::monthly, month}, 3));
  CHECK(seen.size() == 3);
  CHECK(whose_turn({2027, Periodicity::monthly, 1}, 3) ==
        (whose_turn({2026, Periodicity::monthly, 12}, 3) + 1) % 3);
  CHECK(whose_turn({2026, Periodicity::monthly, 1}, 0) == 0);
}
