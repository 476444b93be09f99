// The words that stand for enum values in the database: part of the stored format, so they never change. The
// procedure's own enums are stored by their words of handlers/procedure/model.hpp.
#pragma once

#include "storage/database_failure.hpp"
#include "storage/guidelines_store.hpp"
#include "storage/outbox_store.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace pao::storage {

template <class Enum>
struct Word {
  Enum value;
  std::string_view word;
};

inline constexpr std::array outbox_state_words{
    Word<OutboxState>{OutboxState::pending, "pending"},
    Word<OutboxState>{OutboxState::sending, "sending"},
    Word<OutboxState>{OutboxState::sent, "sent"},
    Word<OutboxState>{OutboxState::obsolete, "obsolete"},
    Word<OutboxState>{OutboxState::unreachable, "unreachable"},
    Word<OutboxState>{OutboxState::dead, "dead"},
    Word<OutboxState>{OutboxState::cancelled, "cancelled"},
};

inline constexpr std::array outbox_operation_words{
    Word<OutboxOperation>{OutboxOperation::post, "post"},
    Word<OutboxOperation>{OutboxOperation::update, "update"},
    Word<OutboxOperation>{OutboxOperation::remove, "remove"},
};

inline constexpr std::array guideline_state_words{
    Word<GuidelineState>{GuidelineState::draft, "draft"},
    Word<GuidelineState>{GuidelineState::in_review, "in_review"},
    Word<GuidelineState>{GuidelineState::approved, "approved"},
    Word<GuidelineState>{GuidelineState::published, "published"},
    Word<GuidelineState>{GuidelineState::replaced, "replaced"},
    Word<GuidelineState>{GuidelineState::discarded, "discarded"},
};

template <class Enum, std::size_t count>
constexpr std::string_view word_of(const std::array<Word<Enum>, count>& words, Enum value) {
  for (const Word<Enum>& entry : words) {
    if (entry.value == value) return entry.word;
  }
  return {};
}

// What was read from the database and must be a known word: known(procedure::parse_role(row.text(0))).
// Anything else there means that the store is damaged.
template <class Value>
Value known(std::optional<Value> parsed) {
  if (!parsed) throw DatabaseFailure(ErrorCode::internal, "an unknown word is stored");
  return *std::move(parsed);
}

template <class Enum, std::size_t count>
std::optional<Enum> value_of(const std::array<Word<Enum>, count>& words, std::string_view word) {
  for (const Word<Enum>& entry : words) {
    if (entry.word == word) return entry.value;
  }
  return std::nullopt;
}

}  // namespace pao::storage
