#include "cards/texts.hpp"

#include "cards/card_builder.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::cards;

TEST_CASE("dates and times as they are read aloud in Bogotá (R-54)") {
  CHECK(long_date(make_date(2026, 4, 9)) == "9 de abril de 2026");
  CHECK(weekday_date(make_date(2026, 11, 9)) == "lunes 9 de noviembre de 2026");
  CHECK(weekday_date(make_date(2026, 11, 15)) == "domingo 15 de noviembre de 2026");
  const Date day = make_date(2026, 11, 12);
  using namespace std::chrono_literals;
  CHECK(long_instant(at_local_time(day, 9h + 5min)) == "12 de noviembre de 2026, 9:05 a. m.");
  CHECK(long_instant(at_local_time(day, 0h)) == "12 de noviembre de 2026, 12:00 a. m.");
  CHECK(long_instant(at_local_time(day, 12h + 30min)) == "12 de noviembre de 2026, 12:30 p. m.");
  CHECK(long_instant(at_local_time(day, 23h + 59min + 59s)) == "12 de noviembre de 2026, 11:59 p. m.");
}

TEST_CASE("numbers carry a decimal comma (R-54)") {
  struct Row {
    double number;
    const char* text;
  };
  for (const Row& row : {Row{93.5, "93,5"}, Row{0, "0"}, Row{-0.001, "0"}, Row{100, "100"},
                         Row{89.437, "89,44"}, Row{-4.5, "-4,5"}, Row{1613900000, "1613900000"}}) {
    CHECK(decimal(row.number) == row.text);
  }
}

TEST_CASE("periods by name; what is no period stays as it is") {
  struct Row {
    const char* period;
    const char* name;
  };
  for (const Row& row :
       {Row{"2026-10", "octubre de 2026"}, Row{"2026-01", "enero de 2026"},
        Row{"2026-T3", "tercer trimestre de 2026"}, Row{"2026-C1", "primer cuatrimestre de 2026"},
        Row{"2026-S2", "segundo semestre de 2026"}, Row{"2026", "vigencia 2026"}, Row{"2026-13", "2026-13"},
        Row{"2026-00", "2026-00"}, Row{"2026-T5", "2026-T5"}, Row{"2026-C4", "2026-C4"},
        Row{"2026-S3", "2026-S3"}, Row{"2026-X1", "2026-X1"}, Row{"2026/10", "2026/10"}, Row{"abc", "abc"},
        Row{"", ""}, Row{"2026-", "2026-"}}) {
    CHECK(period_name(row.period) == row.name);
  }
}

TEST_CASE("days left, in the singular too") {
  CHECK(days_left_phrase(0) == "vence hoy");
  CHECK(days_left_phrase(1) == "le queda 1 día hábil");
  CHECK(days_left_phrase(6) == "le quedan 6 días hábiles");
  CHECK(days_left_phrase(-1) == "venció hace 1 día hábil");
  CHECK(days_left_phrase(-3) == "venció hace 3 días hábiles");
  const Date day = make_date(2026, 11, 23);
  CHECK(due_phrase(day, 6) == "Vence el 23 de noviembre de 2026, le quedan 6 días hábiles");
  CHECK(due_phrase(day, 0) == "Vence hoy, 23 de noviembre de 2026");
  CHECK(due_phrase(day, -1) == "Venció el 23 de noviembre de 2026, hace 1 día hábil");
}

TEST_CASE("lists of names") {
  CHECK(enumerate({}).empty());
  CHECK(enumerate({"Ana"}) == "Ana");
  CHECK(enumerate({"Ana", "Luis", "Marta"}) == "Ana, Luis y Marta");
  CHECK(enumerate({"Ana", "Isabel"}) == "Ana e Isabel");
  CHECK(enumerate({"agua", "hielo"}) == "agua y hielo");
}

TEST_CASE("names of ids; an unknown id reads as itself or as its words") {
  CHECK(practice_name("mejoras-por-autocontrol") == "Mejoras por Autocontrol");
  CHECK(practice_name("otra-practica") == "Otra practica");
  CHECK(field_label("porcentaje_avance") == "Porcentaje de avance acumulado");
  CHECK(field_label("campo_nuevo") == "Campo nuevo");
  CHECK(evidence_kind_name("lista_asistencia") == "Lista de asistencia");
  CHECK(evidence_kind_name("foto_aerea") == "Foto aerea");
  CHECK(request_type_name("SS-2") == "Modificación");
  CHECK(request_type_name("SS-9") == "SS-9");
  CHECK(timeliness_name(procedure::Timeliness::late) == "Extemporáneo");
}

TEST_CASE("recorded values as they are shown") {
  struct Row {
    const char* field;
    const char* value;
    const char* text;
  };
  for (const Row& row :
       {Row{"porcentaje_avance", "93.5", "93,5 %"}, Row{"porcentaje_avance", "100", "100 %"},
        Row{"porcentaje_avance", "no sé", "no sé"}, Row{"pagos_cop", "1613900000", "$ 1.613.900.000"},
        Row{"pagos_cop", "900", "$ 900"}, Row{"numerador", "0.333", "0,333"},
        Row{"resultado", "89.44", "89,44"}, Row{"fecha_reunion", "2026-04-09", "9 de abril de 2026"},
        Row{"fecha_reunion", "ayer", "ayer"}, Row{"materializado", "si", "Sí"},
        Row{"control_ejecutado", "no_se_presento", "No se presentó la situación"},
        Row{"tipo_evidencia", "acta", "Acta"}, Row{"evidencia", "PAI_1.2.pdf", "PAI_1.2.pdf"},
        Row{"periodo", "2026-T1", "primer trimestre de 2026"}}) {
    CHECK(value_text(row.field, row.value) == row.text);
  }
}

TEST_CASE("a provisional request is pending in every state") {
  procedure::ServiceRequest request;
  request.state = procedure::RequestState::filed;
  CHECK(request_state_text(request) == "Pendiente de radicar");
  request.state = procedure::RequestState::in_review;
  CHECK(request_state_text(request) == "En revisión (pendiente de radicar)");
  request.provisional = false;
  CHECK(request_state_text(request) == "En revisión");
  request.state = procedure::RequestState::filed;
  CHECK(request_state_text(request) == "Radicada");
}

TEST_CASE("an error reads as its own message, or as the sentence of its code, with the reference") {
  CHECK(error_sentence({ErrorCode::refused, "x", "Solo el líder puede dar el aval."}, "") ==
        "Solo el líder puede dar el aval.");
  const std::string sentence = error_sentence({ErrorCode::unavailable, "disk full", ""}, "E-7F3A");
  CHECK(sentence.find("disk") == std::string::npos);
  CHECK(sentence.find("referencia E-7F3A.") != std::string::npos);
  for (const ErrorCode code : {ErrorCode::invalid, ErrorCode::not_found, ErrorCode::refused,
                               ErrorCode::conflict, ErrorCode::internal}) {
    CHECK(error_sentence({code, "", ""}, "").size() > 20);
  }
}

TEST_CASE("plain escapes what Markdown, HTML, mentions and cards would read, and nothing else") {
  struct Row {
    const char* typed;
    const char* escaped;
  };
  for (const Row& row :
       {Row{"PAI-DIR-01-T2, 93,5 % (listo) #3", "PAI-DIR-01-T2, 93,5 % (listo) #3"},
        Row{"**a** _b_ `c` ~d~", "\\*\\*a\\*\\* \\_b\\_ \\`c\\` \\~d\\~"},
        Row{"[a](http://b)", "\\[a\\](http://b)"}, Row{"a\\*b", "a\\\\\\*b"},
        Row{"<at>Ana</at>", "&lt;at>Ana&lt;/at>"}, Row{"80 < 90 & 3 > 2", "80 < 90 & 3 > 2"},
        Row{"&lt;b&gt;", "&amp;lt;b&amp;gt;"}, Row{"&#60;b", "&amp;#60;b"}, Row{"R&D;", "R&amp;D;"},
        Row{"{{DATE(x)}}", "{\\{DATE(x)}}"}, Row{"- a\n1. b\n# c\n> d", "\\- a\n1\\. b\n\\# c\n\\> d"},
        Row{"-5 grados", "-5 grados"}, Row{"2026. Fin", "2026\\. Fin"}, Row{"v1.2", "v1.2"},
        Row{"a\r\nb\tc\x01", "a\nb c"}, Row{"x\xE2\x80\xAEz", "xz"}, Row{"", ""}}) {
    CHECK(plain(row.typed) == row.escaped);
  }
}

TEST_CASE("cutting keeps whole characters and prefers a space") {
  CHECK(shorten("corto", 5) == "corto");
  CHECK(shorten("ñandú", 6) == "ña…");
  CHECK(shorten("ññññ", 6) == "ñ…");
  CHECK(shorten("una frase larga", 14) == "una frase…");
  CHECK(shorten("ññññ", 2) == "…");
}

TEST_CASE("a card that would be too long says so and stays usable") {
  build::Blocks body = {build::heading("Largo")};
  for (int i = 0; i < 100; ++i) body.push_back(build::text(std::string(500, 'x')));
  const Card card = build::finish({"Largo", body});
  CHECK(card.json.size() < 2000);
  CHECK(card.json.find("pendientes.ver") != std::string::npos);
}

TEST_CASE("bytes that are not UTF-8 do not stop a card") {
  CHECK(build::finish({"a\xFF", {build::heading("\xC3")}}).json.find("AdaptiveCard") != std::string::npos);
}
