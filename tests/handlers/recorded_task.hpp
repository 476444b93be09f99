// A record that a liaison makes of a task of COM, for the tests of what happens to it afterwards.
#pragma once

#include "cards/verbs.hpp"
#include "storage/verification_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <string>

namespace pao::handlers::test {

inline constexpr const char* task = "PAI-COM-02-T2";  // of COM, open for October until 9 November 2026

inline Values plan_values() {
  return {{"elemento", task},
          {"periodo", "2026-10"},
          {"porcentaje_avance", "90"},
          {"descripcion_cualitativa", "Se publicaron los boletines de octubre"},
          {"evidencia", "boletin-octubre.pdf"},
          {"tipo_evidencia", "informe"}};
}

inline std::string save_task(const Assistant& assistant) {
  const Said saved = assistant.presses(liaison_com, cards::verb::progress_save, plan_values());
  REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
  return saved.field("record");
}

inline storage::StoredRecord stored(const Assistant& assistant, const std::string& id) {
  return *storage::test::reading(assistant.database(),
                                 [&](storage::Session& s) { return storage::find_record(s, id); });
}

}  // namespace pao::handlers::test
