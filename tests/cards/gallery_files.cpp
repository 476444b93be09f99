#include "cards/delivery_card.hpp"
#include "cards/file_card.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {
namespace {

FileReceiptView receipt() {
  return {.file_id = "AR-0123456789abcdef",
          .name = "Acta del comité 3.pdf",
          .size = 2'202'010,
          .sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
          .targets = {{"ss:PAO-2026-0001", "Solicitud PAO-2026-0001: Mover una fecha"},
                      {"avance:17", "Avance de PAI-DIR-01-T1, octubre de 2026"}}};
}

}  // namespace

void add_file_cards(std::vector<Sample>& all) {
  all.push_back({"file_receipt", file_receipt_card(receipt())});
  FileReceiptView linked = receipt();
  linked.linked_to = linked.targets[1].second;
  all.push_back({"file_receipt_linked", file_receipt_card(linked)});
  FileReceiptView alone = receipt();
  alone.targets.clear();
  all.push_back({"file_receipt_no_targets", file_receipt_card(alone)});
  FileReceiptView odd = receipt();
  odd.name = std::string(hostile) + ".pdf";
  odd.targets.assign(60, {"ss:PAO-2026-0001", hostile});
  all.push_back({"file_receipt_hostile_many", file_receipt_card(odd)});
  all.push_back(
      {"file_refused", file_refused_card("acta.exe", "El archivo está vacío. Revíselo y envíelo de nuevo.")});
  all.push_back({"file_refused_picture", file_refused_card("", "No pude traer el archivo en este momento.")});
  all.push_back({"too_large", card_too_large("Reporte de seguimiento de Direccionamiento", "123")});
  all.push_back({"too_large_hostile", card_too_large(hostile, "")});
}

}  // namespace pao::cards::gallery
