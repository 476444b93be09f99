// What an SS must contain before it is filed (GEN-15, GEN-16).
#include "handlers/procedure/request_rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pao::procedure;

namespace {

ServiceRequest complete(const std::string& type) {
  return {.type = type,
          .subject = "Cambiar la fecha",
          .item_id = "PAI-DIR-01-T2",
          .current_value = "2026-12-30",
          .requested_value = type == "SS-5" ? "2026-10" : "2027-01-30",
          .justification = "Falta un insumo",
          .evidence = "oficio.pdf"};
}

struct Text {
  const char* field;
  std::string ServiceRequest::*member;
};

constexpr Text texts[] = {{request_field::subject, &ServiceRequest::subject},
                          {request_field::item, &ServiceRequest::item_id},
                          {request_field::current_value, &ServiceRequest::current_value},
                          {request_field::requested_value, &ServiceRequest::requested_value},
                          {request_field::justification, &ServiceRequest::justification},
                          {request_field::evidence, &ServiceRequest::evidence}};

}  // namespace

TEST_CASE("each type needs its own texts and no others") {
  struct Case {
    std::string type;
    std::string needed;  // a letter a text, in the order above: '1' when it may not be empty
  };
  const Case cases[] = {{"SS-1", "111111"}, {"SS-2", "111111"}, {"SS-3", "100111"}, {"SS-4", "100111"},
                        {"SS-5", "110110"}, {"SS-6", "110010"}, {"SS-7", "100010"}, {"SS-99", "100010"}};
  for (const Case& each : cases) {
    CAPTURE(each.type);
    CHECK(check_request(complete(each.type)).empty());
    for (std::size_t i = 0; i < std::size(texts); ++i) {
      const std::string field = texts[i].field;
      CAPTURE(field);
      const bool needed = each.needed[i] == '1';
      const auto required = required_request_fields(each.type);
      CHECK((std::find(required.begin(), required.end(), field) != required.end()) == needed);
      for (const char* blank : {"", "  \n\t"}) {
        ServiceRequest request = complete(each.type);
        request.*texts[i].member = blank;
        const auto problems = check_request(request);
        REQUIRE(problems.size() == (needed ? 1 : 0));
        if (needed) CHECK(problems.front().field == field);
        if (needed) CHECK(problems.front().sentence.back() == '.');
      }
    }
  }
}

TEST_CASE("texts are limited in characters, whether they are needed or not") {
  std::string longest;
  for (std::size_t i = 0; i < max_request_text_length; ++i) longest += "ñ";
  for (const Text& text : texts) {
    const std::string field = text.field;
    CAPTURE(field);
    ServiceRequest request = complete("SS-7");
    request.*text.member = longest;
    CHECK(check_request(request).empty());
    request.*text.member += "x";
    const auto problems = check_request(request);
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().field == field);
  }
}

TEST_CASE("every problem is told, in the order of the form") {
  const auto problems = check_request(ServiceRequest{.type = "SS-1"});
  REQUIRE(problems.size() == std::size(texts));
  for (std::size_t i = 0; i < std::size(texts); ++i) CHECK(problems[i].field == texts[i].field);
}
