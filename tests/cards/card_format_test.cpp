// Adaptive Card 1.5 as Teams takes it: a property of the wrong type hides the whole card on some clients, so
// every card is checked against a list of what is allowed.
#include "cards/texts.hpp"
#include "tests/cards/gallery.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <map>
#include <regex>
#include <set>

namespace {

using nlohmann::json;

enum class Type { text, number, truth, list, object };

bool is(const json& value, Type type) {
  switch (type) {
    case Type::text:
      return value.is_string();
    case Type::number:
      return value.is_number_integer();
    case Type::truth:
      return value.is_boolean();
    case Type::list:
      return value.is_array();
    case Type::object:
      return value.is_object();
  }
  return false;
}

struct Element {
  std::map<std::string, Type> required;
  std::map<std::string, Type> optional;
};

const std::map<std::string, Element>& elements() {
  using enum Type;
  static const std::map<std::string, Element> table = {
      {"TextBlock",
       {{{"text", text}, {"wrap", truth}},
        {{"size", text}, {"weight", text}, {"color", text}, {"isSubtle", truth}, {"style", text}}}},
      {"FactSet", {{{"facts", list}}, {}}},
      {"Container", {{{"items", list}}, {{"style", text}}}},
      {"ColumnSet", {{{"columns", list}}, {}}},
      {"Column", {{{"items", list}, {"width", text}}, {{"verticalContentAlignment", text}}}},
      {"ActionSet", {{{"actions", list}}, {}}},
      {"Input.Text",
       {{{"id", text}, {"label", text}, {"maxLength", number}}, {{"regex", text}, {"isMultiline", truth}}}},
      {"Input.Date", {{{"id", text}, {"label", text}}, {}}},
      {"Input.ChoiceSet",
       {{{"id", text}, {"label", text}, {"choices", list}, {"style", text}},
        {{"placeholder", text}, {"wrap", truth}}}},
      {"Action.Execute",
       {{{"title", text}, {"verb", text}, {"data", object}, {"fallback", object}},
        {{"style", text}, {"associatedInputs", text}}}},
      {"Action.Submit", {{{"title", text}, {"data", object}}, {{"style", text}, {"associatedInputs", text}}}},
  };
  return table;
}

const std::map<std::string, std::set<std::string>>& words() {
  static const std::map<std::string, std::set<std::string>> table = {
      {"size", {"small", "default", "medium", "large"}},
      {"weight", {"default", "bolder"}},
      {"color", {"good", "warning", "attention"}},
      {"spacing", {"none", "small", "default", "medium", "large"}},
      {"width", {"auto", "stretch"}},
      {"verticalContentAlignment", {"center"}},
      {"associatedInputs", {"none"}},
  };
  return table;
}

const std::set<std::string>& styles(const std::string& type) {
  static const std::map<std::string, std::set<std::string>> table = {
      {"TextBlock", {"heading"}},
      {"Container", {"emphasis", "good", "warning", "attention"}},
      {"Input.ChoiceSet", {"compact", "expanded"}},
      {"Action.Execute", {"positive"}},
      {"Action.Submit", {"positive"}},
  };
  return table.at(type);
}

const std::set<std::string>& verbs() {
  static const std::set<std::string> all = {"mesa.lista",
                                            "mesa.formulario",
                                            "mesa.convocar",
                                            "mesa.ver",
                                            "mesa.mover.formulario",
                                            "mesa.mover",
                                            "mesa.cancelar",
                                            "mesa.acta.formulario",
                                            "mesa.acta",
                                            "avance.recientes",
                                            "avance.corregir",
                                            "avance.corregir.guardar",
                                            "avance.varios",
                                            "avance.varios.guardar",
                                            "verificar.cola",
                                            "verificar.ver",
                                            "verificar.aceptar",
                                            "verificar.devolver",
                                            "alerta.lista",
                                            "alerta.ver",
                                            "alerta.posponer",
                                            "alerta.justificar",
                                            "alerta.util",
                                            "eco",
                                            "ayuda",
                                            "consulta.elegir",
                                            "pendientes.ver",
                                            "pendientes.porque",
                                            "avance.elegir",
                                            "avance.formulario",
                                            "avance.guardar",
                                            "archivo.pedir",
                                            "archivo.vincular",
                                            "opinion.formulario",
                                            "opinion.guardar",
                                            "ss.tipos",
                                            "ss.formulario",
                                            "ss.radicar",
                                            "ss.aval",
                                            "ss.ver",
                                            "equipo.ver",
                                            "enlace.designar",
                                            "enlace.guardar",
                                            "enlace.retirar",
                                            "enlace.retirar_guardar",
                                            "equipo.sin_cargo",
                                            "oci.procesos",
                                            "oci.planes",
                                            "oci.actividad",
                                            "oci.reportes",
                                            "oci.lecturas",
                                            "ss.bandeja",
                                            "ss.mias",
                                            "ss.porque",
                                            "ss.tomar",
                                            "ss.paso",
                                            "ss.preguntar",
                                            "ss.informar",
                                            "ss.decidir",
                                            "ss.aplicar",
                                            "ss.cerrar",
                                            "ss.retirar",
                                            "ss.reasignar",
                                            "ss.radicado",
                                            "asesor.formulario",
                                            "asesor.enviar",
                                            "consulta.responder",
                                            "consulta.pedir_datos",
                                            "consulta.remitir",
                                            "consulta.reasignar",
                                            "consulta.enviar_datos",
                                            "consulta.sirvio",
                                            "consulta.no_sirvio",
                                            "reporte.lista",
                                            "reporte.ver",
                                            "reporte.aceptar",
                                            "reporte.justificar.formulario",
                                            "reporte.justificar",
                                            "reporte.recomendaciones",
                                            "recomendacion.formulario",
                                            "recomendacion.responder",
                                            "reporte.archivo",
                                            "reporte.final",
                                            "reporte.editar",
                                            "reporte.guardar",
                                            "recomendacion.editar",
                                            "recomendacion.guardar",
                                            "recomendacion.quitar",
                                            "recomendacion.comentar",
                                            "reporte.enviar",
                                            "reporte.resolver",
                                            "reporte.ajustar",
                                            "reporte.cerrar_ajustes",
                                            "reporte.publicar",
                                            "reporte.errata",
                                            "consulta.ver",
                                            "consulta.bandeja",
                                            "consulta.mias",
                                            "entrada.formulario",
                                            "entrada.proponer",
                                            "entrada.lista",
                                            "entrada.ver",
                                            "entrada.aprobar",
                                            "entrada.devolver",
                                            "entrada.retirar",
                                            "entrada.mantener",
                                            "compromiso.formulario",
                                            "compromiso.cumplir",
                                            "compromiso.lista",
                                            "respuesta.sirvio",
                                            "respuesta.no_sirvio",
                                            "respuesta.motivo",
                                            "aprendizaje.ver",
                                            "control.pendientes",
                                            "control.ver",
                                            "control.confirmar",
                                            "lineamientos.pendientes",
                                            "lineamientos.revision",
                                            "lineamientos.abrir",
                                            "lineamientos.ver",
                                            "lineamientos.texto",
                                            "lineamientos.diferencias",
                                            "lineamientos.tomar",
                                            "lineamientos.criterio",
                                            "lineamientos.guardar",
                                            "lineamientos.quitar",
                                            "lineamientos.enviar",
                                            "lineamientos.aprobar",
                                            "lineamientos.devolver",
                                            "lineamientos.publicar",
                                            "lineamientos.descartar",
                                            "lineamientos.enterado",
                                            "lineamientos.entrega",
                                            "socializacion.formulario",
                                            "socializacion.guardar",
                                            "socializacion.cobertura"};
  return all;
}

struct Walk {
  std::vector<std::string> faults;
  std::set<std::string> input_ids;
  std::vector<json> buttons;

  void expect(bool holds, const std::string& sentence) {
    if (!holds) faults.push_back(sentence);
  }

  void check(const json& element) {
    const std::string type = element.value("type", "");
    const auto found = elements().find(type);
    if (found == elements().end()) return expect(false, "element not allowed: " + type);
    for (const auto& [name, kind] : found->second.required)
      expect(element.contains(name) && is(element[name], kind), type + " needs " + name);
    for (const auto& [name, value] : element.items()) check_property(type, found->second, name, value);
    if (type.rfind("Input.", 0) == 0) check_input(element);
    if (type == "Action.Execute") check_button(element);
    if (type == "TextBlock") expect(!element["text"].get<std::string>().empty(), "empty text");
    for (const char* children : {"items", "columns", "actions"}) {
      if (!element.contains(children)) continue;
      expect(!element[children].empty(), std::string("nothing in ") + children);
      for (const json& child : element[children]) check(child);
    }
    for (const json& fact : element.value("facts", json::array()))
      expect(fact.size() == 2 && !fact.at("title").get<std::string>().empty() &&
                 !fact.at("value").get<std::string>().empty(),
             "a fact needs title and value");
  }

  void check_property(const std::string& type, const Element& element, const std::string& name,
                      const json& value) {
    static const std::map<std::string, Type> common = {
        {"type", Type::text},  {"spacing", Type::text},     {"separator", Type::truth},
        {"value", Type::text}, {"isRequired", Type::truth}, {"errorMessage", Type::text}};
    const bool input_only = name == "value" || name == "isRequired" || name == "errorMessage";
    const auto own = element.optional.find(name);
    if (own != element.optional.end()) {
      expect(is(value, own->second), type + "." + name + " has the wrong type");
    } else if (!element.required.contains(name)) {
      const auto shared = common.find(name);
      expect(shared != common.end() && is(value, shared->second) &&
                 (!input_only || type.rfind("Input.", 0) == 0),
             type + " does not know " + name);
    }
    if (const auto allowed = words().find(name); allowed != words().end())
      expect(allowed->second.contains(value.get<std::string>()), name + " cannot be " + value.dump());
    if (name == "style")
      expect(styles(type).contains(value.get<std::string>()), type + " style " + value.dump());
  }

  void check_input(const json& input) {
    const std::string id = input.at("id");
    static const std::regex id_form("[a-z_]+(_[1-9])?");  // numbered in a form of several items
    expect(std::regex_match(id, id_form), "id is not a plain name: " + id);
    expect(input_ids.insert(id).second, "id twice: " + id);
    expect(!input.at("label").get<std::string>().empty(), "no label: " + id);
    expect(!input.value("isRequired", false) || !input.value("errorMessage", "").empty(),
           "no errorMessage: " + id);
    for (const json& choice : input.value("choices", json::array()))
      expect(choice.size() == 2 && !choice.at("title").get<std::string>().empty() &&
                 !choice.at("value").get<std::string>().empty(),
             "a choice needs title and value: " + id);
    if (input.contains("regex")) expect_regex(input);
  }

  void expect_regex(const json& input) {
    expect(input.contains("errorMessage"), "a pattern needs an explanation");
    expect(std::regex_match("80", std::regex(input["regex"].get<std::string>())), "the pattern refuses 80");
  }

  void check_button(const json& button) {
    buttons.push_back(button);
    const std::string verb = button.value("verb", "");
    expect(verbs().contains(verb), "unknown verb: " + verb);
    for (const auto& [name, value] : button.at("data").items())
      expect(value.is_string() && name != "verb", "data must be texts: " + name);
    const json& fallback = button.at("fallback");
    check(fallback);
    json same = button.at("data");
    same["verb"] = verb;
    expect(fallback.value("type", "") == "Action.Submit" && fallback.at("data") == same &&
               fallback.at("title") == button.at("title"),
           "the fallback must carry the same");
    expect(button.at("title").get<std::string>().size() <= 48, "title too long");
  }
};

Walk walk(const pao::cards::Card& card) {
  const json json_card = json::parse(card.json);
  Walk walk;
  for (const auto& [name, value] : json_card.items()) {
    static const std::set<std::string> known = {"$schema",      "type",    "version", "lang",
                                                "fallbackText", "msteams", "body",    "actions"};
    walk.expect(known.contains(name), "card does not know " + name);
  }
  walk.expect(json_card.at("type") == "AdaptiveCard" && json_card.at("version") == "1.5" &&
                  json_card.at("lang") == "es",
              "frame");
  walk.expect(json_card.at("msteams") == json{{"width", "full"}}, "width");
  walk.expect(json_card.at("fallbackText").get<std::string>().size() > 10, "fallbackText");
  walk.expect(!json_card.at("body").empty(), "body");
  for (const json& element : json_card.at("body")) walk.check(element);
  walk.expect(json_card.at("body").at(0).value("style", "") == "heading", "the first block is the heading");
  for (const json& action : json_card.value("actions", json::array())) walk.check(action);
  // A button that carries the same name as an input would overwrite what the person typed, or be overwritten.
  for (const json& button : walk.buttons) {
    if (button.value("associatedInputs", "") == "none") continue;
    for (const auto& [name, value] : button.at("data").items())
      walk.expect(!walk.input_ids.contains(name), "button and input share " + name);
  }
  return walk;
}

}  // namespace

TEST_CASE(
    "every card is an Adaptive Card 1.5 that Teams accepts, with verbs, labels and fallbacks (checklist "
    "14)") {
  for (const auto& sample : pao::cards::gallery::samples()) {
    CAPTURE(sample.name);
    const Walk result = walk(sample.card);
    for (const std::string& fault : result.faults) FAIL_CHECK(fault);
    CHECK(result.faults.empty());
  }
}

TEST_CASE("every card stays within the size that Teams takes and keeps its buttons, also with long texts") {
  for (const auto& sample : pao::cards::gallery::samples()) {
    CAPTURE(sample.name);
    CHECK(sample.card.json.size() <= pao::cards::max_card_bytes);
    CHECK(sample.card.json.find("demasiado largo para mostrarlo") == std::string::npos);
  }
}

TEST_CASE("every card has one line for the notification") {
  for (const auto& sample : pao::cards::gallery::samples()) {
    CAPTURE(sample.name);
    CHECK(!sample.card.summary.empty());
    CHECK(sample.card.summary.size() <= 200);
    CHECK(sample.card.summary.find('\n') == std::string::npos);
  }
}
