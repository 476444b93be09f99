// The SMGI reached through files alone: each filing becomes a file that somebody loads into the SMGI, and
// what the SMGI says comes back as a CSV file.
//
//   FOLDER/salida/AV-2026-000001.r1.json    handed over; written whole or not at all
//   FOLDER/entrada/*.csv                    columns clave, numero_smgi, motivo
//   FOLDER/procesados/*.csv                 answers that are stored
//   FOLDER/rechazados/*.csv                 files that cannot be read; nothing of them was stored
#pragma once

#include "handlers/smgi_gateway.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace pao::bot {

// Used by one thread.
class FileSmgiGateway : public handlers::SmgiGateway {
 public:
  explicit FileSmgiGateway(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<void> hand_over(const handlers::Filing& filing) override;
  Result<std::vector<handlers::FilingAnswer>> answers() override;
  Result<void> mark_read() override;

 private:
  Result<void> move(const std::filesystem::path& file, const char* to) const;

  std::filesystem::path folder_;
  std::vector<std::filesystem::path> read_;  // by the last answers()
};

}  // namespace pao::bot
