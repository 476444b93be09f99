// A practice that exists as a content file only: its front matter makes its due dates, its form, its alerts
// and its verification, and no line of code knows its name.
#include "cards/verbs.hpp"
#include "handlers/alerts/digest.hpp"
#include "storage/import/guideline_import.hpp"
#include "storage/reference_revision.hpp"
#include "storage/verification_store.hpp"
#include "tests/handlers/assistant.hpp"
#include "tests/paths.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <span>
#include <string>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
using storage::test::writing;
namespace verb = pao::cards::verb;

namespace {

constexpr const char* subject = "INN-COM";  // the process as a whole

// The sample ministry with a ninth guideline, published like the others.
class NinePractices : public Assistant {
 public:
  NinePractices() { publish(); }

 private:
  void publish();
};

void NinePractices::publish() {
  std::ifstream in(std::string(tests::source_dir) + "/tests/data/ninth_practice/innovacion-publica.md");
  const std::string document{std::istreambuf_iterator<char>(in), {}};
  storage::import::ImportReport report;
  const auto source = storage::import::read_guideline_file("innovacion-publica.md", document, report);
  REQUIRE(source);
  writing(database(), [&](storage::Session& session) {
    storage::import::store_guidelines(session, std::span(&*source, 1), now(), report);
    session.run(
        "UPDATE guidelines SET state = 'published', published_at = 1, in_force_from = 1"
        " WHERE practice = 'innovacion-publica'",
        {});
    storage::touch_reference(session);
    return 0;
  });
  REQUIRE(report.problems.empty());
  move_to(storage::test::demo_morning);
  REQUIRE(reference().current()->rules_of("innovacion-publica", 2026));
}

Values good_values() {
  return {{"elemento", subject},
          {"periodo", "2026-10"},
          {"porcentaje_avance", "60"},
          {"descripcion", "Se probó el prototipo con doce personas"},
          {"aprendizaje_del_mes", "Las personas prefieren el formato corto"},
          {"evidencia", "prototipo.pdf"},
          {"tipo_evidencia", "prototipo_probado"}};
}

const alerts::ObligationLine* line_of(const std::vector<alerts::Digest>& digests, const std::string& person) {
  for (const alerts::Digest& digest : digests) {
    if (digest.person.id != person) continue;
    for (const alerts::ObligationLine& line : digest.lines) {
      if (line.alert.obligation.item_id == subject && line.alert.obligation.period == "2026-10") return &line;
    }
  }
  return nullptr;
}

std::vector<alerts::Digest> digests(const Assistant& assistant) {
  return reading(assistant.database(), [&](storage::Session& session) {
    return alerts::digests_due(session, *assistant.reference().current(), assistant.now());
  });
}

}  // namespace

TEST_CASE("a practice known by its content file only has due dates, a form and alerts (R-11, R-12, R-21)") {
  const NinePractices assistant;
  const Said status =
      assistant.presses(liaison_com, verb::explain_due,
                        {{"practica", "innovacion-publica"}, {"elemento", subject}, {"periodo", "2026-10"}});
  CHECK(status.shows("17 de noviembre de 2026"));  // the tenth business day; the 2nd and 16th are holidays
  const auto due = digests(assistant);
  const alerts::ObligationLine* line = line_of(due, liaison_com);
  REQUIRE(line != nullptr);
  CHECK(line->alert.step == 2);
  CHECK(line->alert.obligation.due_on == make_date(2026, 11, 17));
  CHECK(line_of(due, liaison_dir) == nullptr);

  const Said form =
      assistant.presses(liaison_com, verb::progress_form, {{"elemento", subject}, {"periodo", "2026-10"}});
  REQUIRE_MESSAGE(form.outcome() == "progress_form_shown", form.outcome());
  for (const char* part : {"porcentaje_avance", "aprendizaje_del_mes", "Aprendizaje del mes",
                           "prototipo_probado", "Prototipo probado"}) {
    CAPTURE(part);
    CHECK(form.shows(part));
  }
  CHECK_FALSE(form.shows("causa_retraso"));
}

TEST_CASE(
    "its required and conditional fields and its evidence are asked as the file says (R-12, R-14, R-15)") {
  const NinePractices assistant;
  for (const char* field : {"porcentaje_avance", "descripcion", "aprendizaje_del_mes", "evidencia"}) {
    CAPTURE(field);
    Values without = good_values();
    without[field] = " ";
    CHECK(assistant.presses(liaison_com, verb::progress_save, without).outcome() == "form_incomplete");
  }
  Values slow = good_values();
  slow["porcentaje_avance"] = "40";
  const Said asked = assistant.presses(liaison_com, verb::progress_save, slow);
  CHECK(asked.outcome() == "form_incomplete");
  CHECK(asked.shows("causa_retraso"));
  slow["causa_retraso"] = "Se aplazó la prueba con la ciudadanía";
  CHECK(assistant.presses(liaison_com, verb::progress_save, slow).outcome() == "progress_recorded");
  Values other_kind = good_values();
  other_kind["tipo_evidencia"] = "presentacion";
  CHECK(assistant.presses(liaison_com, verb::progress_save, other_kind).error);  // recorded already
}

TEST_CASE("its records are verified against its own criterion, and its alerts stop (R-19, R-20, R-23)") {
  const NinePractices assistant;
  const Said saved = assistant.presses(liaison_com, verb::progress_save, good_values());
  REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
  CHECK(line_of(digests(assistant), liaison_com) == nullptr);
  const std::string id = saved.field("record");
  const Said view = assistant.presses(advisor_com, verb::verify_record, {{"registro", id}});
  REQUIRE_MESSAGE(view.outcome() == "verification_shown", view.outcome());
  CHECK(view.shows("INN-03"));
  CHECK(view.shows("Las personas prefieren el formato corto"));
  Values marks = {{"registro", id}};
  for (const char* check : {"oportunidad", "completo", "evidencia", "descripcion", "cifras"}) {
    CAPTURE(check);
    CHECK(view.shows(std::string("punto_") + check));
    marks[std::string("punto_") + check] = "cumple";
  }
  const Said accepted = assistant.presses(advisor_com, verb::verify_accept, marks);
  REQUIRE_MESSAGE(accepted.outcome() == "record_accepted", accepted.outcome());
  const auto stored =
      reading(assistant.database(), [&](storage::Session& s) { return storage::find_record(s, id); });
  CHECK(stored->record.review == procedure::ReviewState::accepted);
}
