#include "handlers/procedure/service_level.hpp"

#include "tests/procedure/sample_ministry.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::procedure;

TEST_CASE("every SS of the sample ministry is due when expected") {
  const Calendar calendar = sample::entity_calendar();
  const Date today = make_date(2026, 11, 12);
  for (const auto& row : sample::ministry("solicitudes_ss.csv")) {
    CAPTURE(row.at("ss_id"));
    ServiceRequest request;
    request.state = *parse_request_state(row.at("estado"));
    request.filed_at = at_local_time(*parse_date(row.at("fecha_radicado")), std::chrono::hours{15});
    request.suspended_business_days = std::stoi(row.at("dias_habiles_suspendidos"));
    const ServiceLevel level{row.at("tipo"), "", std::stoi(row.at("nivel_servicio_dias"))};
    const auto due = service_due(request, level, calendar);
    REQUIRE(due);
    CHECK(iso_date(*due) == row.at("esperado_vence"));
    const auto answered = sample::date_of(row.at("fecha_respuesta"));
    const bool known = answered || service_status(*due, today, calendar).overdue;
    const char* in_time = !known ? "" : answered && answered_in_time(*due, *answered) ? "si" : "no";
    CHECK(in_time == row.at("esperado_en_tiempo"));
  }
}

TEST_CASE("the windows of the sample reports close when expected") {
  const Calendar calendar = sample::entity_calendar();
  for (const auto& row : sample::ministry("reportes_seguimiento.csv")) {
    if (row.at("enviado_en").empty()) continue;
    CAPTURE(row.at("reporte_id"));
    const Date sent = local_date(*parse_instant(row.at("enviado_en")));
    CHECK(iso_date(calendar.add_business_days(sent, 10)) == row.at("esperado_fecha_limite"));
  }
}

TEST_CASE("the clock starts with filing, or with the leader's endorsement") {
  ServiceRequest request;
  request.filed_at = *parse_instant("2026-11-10T04:30:00Z");
  request.state = RequestState::draft;
  CHECK_FALSE(clock_start(request));
  request.state = RequestState::filed;
  CHECK(clock_start(request) == make_date(2026, 11, 9));
  request.endorsement_pending = true;
  CHECK_FALSE(clock_start(request));
  CHECK_FALSE(service_due(request, {"SS-2", "modificacion", 5}, Calendar{}));
  request.endorsement_pending = false;
  request.endorsed_at = *parse_instant("2026-11-12T09:00:00-05:00");
  CHECK(clock_start(request) == make_date(2026, 11, 12));
  request.state = RequestState::withdrawn;
  CHECK_FALSE(clock_start(request));
}

TEST_CASE("the advisor is warned on the business day before, the coordination once the day has passed") {
  const Calendar calendar = sample::entity_calendar();
  const Date due = make_date(2026, 11, 17);  // Tuesday after a holiday Monday
  struct Case {
    unsigned day;
    int left;
    bool overdue, warn;
  };
  for (const Case& c : {Case{12, 2, false, false}, Case{13, 1, false, true}, Case{14, 1, false, false},
                        Case{16, 1, false, false}, Case{17, 0, false, false}, Case{18, -1, true, false}}) {
    CAPTURE(c.day);
    const auto status = service_status(due, make_date(2026, 11, c.day), calendar);
    CHECK(status.business_days_left == c.left);
    CHECK(status.overdue == c.overdue);
    CHECK(status.warn_today == c.warn);
  }
}

TEST_CASE("waiting for information stops the clock at most five business days") {
  const Calendar calendar;
  CHECK(suspension(make_date(2026, 11, 9), make_date(2026, 11, 11), calendar) == 2);
  CHECK(suspension(make_date(2026, 11, 9), make_date(2026, 11, 9), calendar) == 0);
  CHECK(suspension(make_date(2026, 11, 3), make_date(2026, 11, 30), calendar) == 5);
}

TEST_CASE("modifications and creations filed by a liaison need the leader's endorsement") {
  CHECK(needs_endorsement("SS-2", Role::liaison));
  CHECK(needs_endorsement("SS-3", Role::liaison));
  CHECK_FALSE(needs_endorsement("SS-2", Role::leader));
  CHECK_FALSE(needs_endorsement("SS-5", Role::liaison));
  for (const auto& row : sample::ministry("solicitudes_ss.csv")) {
    CAPTURE(row.at("ss_id"));
    CHECK(needs_endorsement(row.at("tipo"), Role::liaison) == (row.at("aval_lider") == "si"));
  }
}

TEST_CASE("the level of a type is found in the general guideline") {
  PracticeRules general;
  general.service_levels = {{"SS-1", "correccion_registro", 3}, {"SS-2", "modificacion", 5}};
  REQUIRE(find_service_level(general, "SS-2") != nullptr);
  CHECK(find_service_level(general, "SS-2")->business_days == 5);
  CHECK(find_service_level(general, "SS-9") == nullptr);
}
