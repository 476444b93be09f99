#include "bot/auth/expiry_watch.hpp"

#include <doctest/doctest.h>

#include <map>
#include <vector>

using namespace pao;
using namespace pao::bot::auth;
using namespace std::chrono_literals;

namespace {

const Date end = make_date(2027, 3, 1);

Instant days_before(int days) {
  return at_local_time(end - std::chrono::days{days}, 8h);
}

}  // namespace

TEST_CASE("days left are Bogotá days, negative after the end") {
  const Expiry secret{"client_secret", end};
  CHECK(days_left(secret, days_before(60)).days == 60);
  CHECK(days_left(secret, at_local_time(end, 23h + 59min)).days == 0);
  CHECK(days_left(secret, at_local_time(end + std::chrono::days{1}, 0h)).days == -1);
}

TEST_CASE("with a look a day there are warnings at 60 and 30 days and every day from 7 on") {
  ExpiryWatch watch({{"client_secret", end}});
  std::vector<int> warned;
  for (int days = 90; days >= -2; --days)
    for (const auto& warning : watch.look(days_before(days))) warned.push_back(warning.days);
  CHECK(warned == std::vector<int>{60, 30, 7, 6, 5, 4, 3, 2, 1, 0, -1, -2});
}

TEST_CASE("the first look tells what is near, and a day that nobody looked at is made up for") {
  ExpiryWatch watch({{"client_secret", end}, {"certificate", end + std::chrono::days{100}}});
  const auto first = watch.look(days_before(45));
  REQUIRE(first.size() == 1);
  CHECK(first[0].what == "client_secret");
  CHECK(first[0].days == 45);
  CHECK(watch.look(days_before(44)).empty());
  const auto later = watch.look(days_before(28));
  REQUIRE(later.size() == 1);
  CHECK(later[0].days == 28);
  const auto all = watch.all(days_before(45));
  REQUIRE(all.size() == 2);
  CHECK(all[1].what == "certificate");
  CHECK(all[1].days == 145);
  CHECK(ExpiryWatch({}).look(days_before(0)).empty());
}
