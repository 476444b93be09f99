// Who holds which role in a process, naming its liaison, and what has nobody (procedure section 2, GEN-07).
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/model.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

struct TeamMember {
  std::string person_id;
  std::string name;
  procedure::Role role;
  bool principal = true;
  std::optional<Date> since;
  std::optional<Date> until;
  bool in_force = true;  // today; false: over, or still to begin
};

struct TeamView {
  std::string process_id;
  std::string process_name;
  std::vector<TeamMember> members;
  std::vector<std::string> documents;  // "DES-2026-0001: Memorando 12, 9 de abril de 2026", newest first
  std::vector<std::string> lacking;    // "Sin enlace activo"
  bool may_designate = false;
};
Card team_card(const TeamView& view);

struct DesignationFormView {
  std::string process_id;
  std::string process_name;
  std::vector<std::pair<std::string, std::string>> liaisons;  // who can be replaced: id and name
  Date today;
};
Card designation_form_card(const DesignationFormView& view);
Card liaison_ending_form_card(const DesignationFormView& view);

struct DesignationView {
  std::string id;
  std::string process_name;
  std::string person_name;
  bool principal = true;
  Date since;
  std::optional<Date> until;
  std::string document;
  std::string leader_name;
  std::string replaced_name;       // empty: nobody is
  std::optional<Date> returns_on;  // of who is replaced for a time
};
Card designation_card(const DesignationView& view);

struct LiaisonEndingView {
  std::string process_name;
  std::string person_name;
  Date last_day;
  std::string reason;
  std::vector<std::string> requests;  // numbers of what stays open
  std::vector<std::string> items;
  std::vector<std::string> heirs;  // who goes on: names; empty: nobody yet
};
Card liaison_ending_card(const LiaisonEndingView& view);

struct GapsView {
  struct Line {
    std::string process_name;
    std::string what;  // "No tiene enlace activo"
  };
  std::vector<Line> lines;  // of the page
  int page = 0;
  int total = 0;
};
inline constexpr int gaps_page_size = 12;
Card gaps_card(const GapsView& view);

std::string role_name(procedure::Role role);  // "Enlace"

}  // namespace pao::cards
