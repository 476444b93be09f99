#include "bot/smgi/file_gateway.hpp"

#include "bot/log.hpp"
#include "storage/import/csv_reader.hpp"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

namespace pao::bot {
namespace {

namespace fs = std::filesystem;
using handlers::Filing;
using handlers::FilingAnswer;

constexpr std::uintmax_t max_answer_bytes = 4u << 20;

tl::unexpected<Error> away(const fs::path& path, const std::string& why) {
  return fail(ErrorCode::unavailable, "smgi folder: " + path.filename().string() + ": " + why);
}

bool is_file_name(const std::string& key) {
  return !key.empty() && key.size() <= 80 && key.front() != '.' &&
         std::all_of(key.begin(), key.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                  c == '.';
         });
}

std::string to_json(const Filing& filing) {
  const nlohmann::ordered_json json = {{"clave", filing.key},
                                       {"clase", filing.kind},
                                       {"id", filing.id},
                                       {"proceso_id", filing.process_id},
                                       {"practica", filing.practice},
                                       {"elemento_id", filing.item_id},
                                       {"periodo", filing.period},
                                       {"presentado", iso_instant(filing.submitted_at)},
                                       {"presentado_por", filing.submitted_by},
                                       {"canal", filing.channel},
                                       {"valores", filing.values}};
  return json.dump(2) + "\n";
}

// On the disk when it returns: what is marked as handed over is not lost with the power.
Result<void> write_durably(const fs::path& path, const std::string& bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (file < 0) return away(path, std::strerror(errno));
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t part = ::write(file, bytes.data() + written, bytes.size() - written);
    if (part < 0 && errno == EINTR) continue;
    if (part <= 0) break;
    written += static_cast<std::size_t>(part);
  }
  const bool kept = written == bytes.size() && ::fsync(file) == 0;
  const std::string why = kept ? "" : std::strerror(errno);
  ::close(file);
  if (!kept) return away(path, why);
  return {};
}

Result<std::vector<FilingAnswer>> read_answers(const fs::path& file) {
  std::error_code error;
  if (fs::file_size(file, error) > max_answer_bytes || error)
    return fail(ErrorCode::invalid, "too large or not readable");
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) return away(file, "cannot be read");
  const auto table = storage::import::read_csv(bytes);
  if (!table) return fail(ErrorCode::invalid, table.error().reason);
  if (table->header != std::vector<std::string>{"clave", "numero_smgi", "motivo"})
    return fail(ErrorCode::invalid, "the columns are not clave, numero_smgi, motivo");
  std::vector<FilingAnswer> answers;
  for (const auto& row : table->rows) {
    if (row.cells.size() != 3)
      return fail(ErrorCode::invalid, "line " + std::to_string(row.line) + " has not three cells");
    answers.push_back({row.cells[0], row.cells[1], row.cells[2]});
  }
  return answers;
}

}  // namespace

Result<void> FileSmgiGateway::hand_over(const Filing& filing) {
  if (!is_file_name(filing.key)) return fail(ErrorCode::internal, "filing key is no file name");
  const fs::path folder = folder_ / "salida";
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return away(folder, error.message());
  const fs::path waiting = folder / ("." + filing.key + ".tmp");
  if (const Result<void> written = write_durably(waiting, to_json(filing)); !written) return written;
  fs::rename(waiting, folder / (filing.key + ".json"), error);
  if (error) return away(folder, error.message());
  return {};
}

Result<std::vector<FilingAnswer>> FileSmgiGateway::answers() {
  read_.clear();
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator each(folder_ / "entrada", error), end; !error && each != end;
       each.increment(error)) {
    if (each->path().extension() == ".csv" && each->is_regular_file()) files.push_back(each->path());
  }
  if (error && error != std::errc::no_such_file_or_directory)
    return away(folder_ / "entrada", error.message());
  std::sort(files.begin(), files.end());
  std::vector<FilingAnswer> all;
  for (const fs::path& file : files) {
    Result<std::vector<FilingAnswer>> answers = read_answers(file);
    if (!answers) {
      if (answers.error().code != ErrorCode::invalid) return answers;
      log::warn("smgi.answers_refused",
                {{"file", file.filename().string()}, {"cause", answers.error().detail}});
      if (const Result<void> moved = move(file, "rechazados"); !moved)
        return tl::unexpected<Error>(moved.error());
      continue;
    }
    std::move(answers->begin(), answers->end(), std::back_inserter(all));
    read_.push_back(file);
  }
  return all;
}

Result<void> FileSmgiGateway::mark_read() {
  for (const fs::path& file : std::exchange(read_, {})) {
    if (const Result<void> moved = move(file, "procesados"); !moved) return moved;
  }
  return {};
}

Result<void> FileSmgiGateway::move(const fs::path& file, const char* to) const {
  std::error_code error;
  fs::create_directories(folder_ / to, error);
  if (!error) fs::rename(file, folder_ / to / file.filename(), error);
  if (error) return away(file, error.message());
  return {};
}

}  // namespace pao::bot
