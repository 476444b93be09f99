// Which files serve as evidence.
#include "handlers/procedure/file_rules.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pao::procedure;
using namespace std::string_view_literals;

TEST_CASE("a file's name decides what it counts as, the stated type only where there is no ending") {
  CHECK(evidence_file_type("Acta 3.PDF", "") == "pdf");
  CHECK(evidence_file_type("acta.pdf.exe", "pdf") == "");
  CHECK(evidence_file_type("acta", "DOCX") == "docx");
  CHECK(evidence_file_type("acta", "") == "");
  for (const char* runs : {"a.exe", "a.js", "a.bat", "a.html", "a.svg", "a.docm", "a.zip", "a."}) {
    CAPTURE(runs);
    CHECK(evidence_file_type(runs, "pdf") == "");
  }
  CHECK(evidence_file_types().find("pdf, docx") == 0);
}

TEST_CASE("bytes that begin otherwise are not of that type") {
  CHECK(begins_like("pdf", "%PDF-1.7"));
  CHECK_FALSE(begins_like("pdf", "MZ\x90"));
  CHECK_FALSE(begins_like("pdf", "%PD"));
  CHECK(begins_like("xlsx", "PK\x03\x04rest"));
  CHECK(begins_like("txt", "hola"));
  CHECK_FALSE(begins_like("txt", "MZ rest"));
  CHECK_FALSE(begins_like("csv", "a;\0b"sv));
  CHECK_FALSE(begins_like("exe", "MZ"));
  CHECK_FALSE(begins_like("txt", ""));
  CHECK(picture_type("\x89PNG\r\n") == "png");
  CHECK(picture_type("\xFF\xD8\xFF\xE0") == "jpg");
  CHECK(picture_type("GIF89a") == "gif");
  CHECK(picture_type("<svg/>") == "");
}

TEST_CASE("sizes are said as people say them") {
  CHECK(size_phrase(0) == "0 bytes");
  CHECK(size_phrase(1023) == "1023 bytes");
  CHECK(size_phrase(1024) == "1 KB");
  CHECK(size_phrase(655'360) == "640 KB");
  CHECK(size_phrase(2'202'010) == "2,1 MB");
  CHECK(size_phrase(20 * 1024 * 1024) == "20,0 MB");
}
