#include "handlers/procedure/model.hpp"

#include "handlers/procedure/numbers.hpp"
#include "handlers/procedure/period.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pao::procedure;

TEST_CASE("periodicities are read in both languages") {
  CHECK(parse_periodicity("mensual") == Periodicity::monthly);
  CHECK(parse_periodicity("monthly") == Periodicity::monthly);
  CHECK(parse_periodicity("trimestral") == Periodicity::quarterly);
  CHECK(parse_periodicity("four_monthly") == Periodicity::four_monthly);
  CHECK(parse_periodicity("cuatrimestral") == Periodicity::four_monthly);
  CHECK(parse_periodicity("semestral") == Periodicity::semiannual);
  CHECK(parse_periodicity("annual") == Periodicity::annual);
  CHECK(parse_periodicity("none") == Periodicity::none);
  CHECK_FALSE(parse_periodicity("Mensual"));
  CHECK_FALSE(parse_periodicity(""));
}

TEST_CASE("the word of every value is read back") {
  for (int i = 0; i <= static_cast<int>(Role::administrator); ++i) {
    CHECK(parse_role(to_word(static_cast<Role>(i))) == static_cast<Role>(i));
  }
  for (int i = 0; i <= static_cast<int>(ItemKind::document); ++i) {
    CHECK(parse_item_kind(to_word(static_cast<ItemKind>(i))) == static_cast<ItemKind>(i));
  }
  for (int i = 0; i <= static_cast<int>(ObligationState::no_record_due); ++i) {
    CHECK(parse_obligation_state(to_word(static_cast<ObligationState>(i))) ==
          static_cast<ObligationState>(i));
  }
  for (int i = 0; i <= static_cast<int>(RequestState::withdrawn); ++i) {
    CHECK(parse_request_state(to_word(static_cast<RequestState>(i))) == static_cast<RequestState>(i));
  }
  for (int i = 0; i <= static_cast<int>(ReviewState::returned); ++i) {
    CHECK(parse_review_state(to_word(static_cast<ReviewState>(i))) == static_cast<ReviewState>(i));
  }
  for (int i = 0; i <= static_cast<int>(FilingState::confirmed); ++i) {
    CHECK(parse_filing_state(to_word(static_cast<FilingState>(i))) == static_cast<FilingState>(i));
  }
  for (int i = 0; i <= static_cast<int>(Periodicity::annual); ++i) {
    CHECK(parse_periodicity(to_word(static_cast<Periodicity>(i))) == static_cast<Periodicity>(i));
  }
}

TEST_CASE("the words are those of the procedure") {
  CHECK(to_word(ObligationState::met_late) == "cumplida_extemporanea");
  CHECK(to_word(ObligationState::no_record_due) == "no_exigible");
  CHECK(to_word(Timeliness::late) == "extemporaneo");
  CHECK(parse_role("coordinador_gesfo") == Role::coordination);
  CHECK(parse_request_state("en_espera_informacion") == RequestState::waiting_information);
  CHECK_FALSE(parse_role("gerente"));
}

TEST_CASE("periods are read, written and bounded") {
  struct Case {
    const char* text;
    const char* first;
    const char* last;
  };
  for (const Case& c :
       {Case{"2026-03", "2026-03-01", "2026-03-31"}, Case{"2024-02", "2024-02-01", "2024-02-29"},
        Case{"2026-12", "2026-12-01", "2026-12-31"}, Case{"2026-T4", "2026-10-01", "2026-12-31"},
        Case{"2026-C2", "2026-05-01", "2026-08-31"}, Case{"2026-S1", "2026-01-01", "2026-06-30"},
        Case{"2026", "2026-01-01", "2026-12-31"}}) {
    CAPTURE(c.text);
    const auto period = parse_period(c.text);
    REQUIRE(period);
    CHECK(to_text(*period) == c.text);
    CHECK(pao::iso_date(first_day(*period)) == c.first);
    CHECK(pao::iso_date(last_day(*period)) == c.last);
  }
  for (const char* text : {"", "2026-13", "2026-00", "2026-T5", "2026-T0", "2026-C4", "2026-S3", "2026-X1",
                           "2026-1", "26-03", "2026/03", "2026-t1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_period(text));
  }
  CHECK(periods_of_year(2026, Periodicity::four_monthly).size() == 3);
  CHECK(periods_of_year(2026, Periodicity::none).empty());
}

TEST_CASE("numbers are read with a comma or a point") {
  struct Case {
    const char* text;
    double number;
  };
  for (const Case& c : {Case{"93,5", 93.5}, Case{"93.5", 93.5}, Case{" 80 ", 80}, Case{"-4", -4},
                        Case{"0", 0}, Case{"1.234.567,89", 1234567.89}, Case{"1,234.5", 1234.5},
                        Case{"1.234.567", 1234567}, Case{"1.500", 1.5}}) {
    CAPTURE(c.text);
    const auto number = parse_number(c.text);
    REQUIRE(number);
    CHECK(*number == doctest::Approx(c.number));
  }
  for (const char* text : {"", "-", "abc", "1e5", "nan", "inf", "12a", "1.23.456", "1.234,5,6", ",5", "5,",
                           "--1", "0x10", "9999999999999999", "1 2", "１２"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_number(text));
  }
}

TEST_CASE("pesos are whole and may be grouped") {
  for (const char* text : {"1500000", "1.500.000", "$ 1,500,000", "1 500 000", "$1500000"}) {
    CAPTURE(text);
    CHECK(parse_pesos(text) == 1500000.0);
  }
  CHECK(parse_pesos("1.500") == 1500.0);
  for (const char* text : {"", "$", "1500,50", "-1", "1.50.000", "1.500,000", "mil"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_pesos(text));
  }
}

TEST_CASE("numbers are stored with a point and without trailing zeros") {
  CHECK(stored_number(93.5) == "93.5");
  CHECK(stored_number(100) == "100");
  CHECK(stored_number(-0.0) == "0");
  CHECK(stored_number(1500000) == "1500000");
  CHECK(stored_number(89.44) == "89.44");
}
