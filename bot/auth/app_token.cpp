#include "bot/auth/app_token.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace pao::bot::auth {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds longest_margin = 300s;
constexpr milliseconds shortest_wish = 60s;  // an issuer cannot have itself asked at every call
constexpr milliseconds first_pause = 1s;
constexpr milliseconds longest_pause = 60s;

}  // namespace

AppToken::AppToken(TokenSource source, std::function<Instant()> clock, std::function<double()> chance)
    : source_(std::move(source)), clock_(std::move(clock)), chance_(std::move(chance)) {
}

Result<std::string> AppToken::get() {
  const Instant now = clock_();
  Lock lock(mutex_);
  const bool alive = token_ && now < token_->expires;
  if (alive && (now < token_->refresh_at || !may_ask(now))) return token_->text;
  if (fetching_)
    fetched_.wait(lock, [this] { return !fetching_; });
  else if (may_ask(now))
    refresh(now, lock);
  if (token_ && now < token_->expires) return token_->text;
  return tl::unexpected(last_error_);
}

void AppToken::invalidate(std::string_view token) {
  std::lock_guard lock(mutex_);
  if (token_ && token_->text == token) token_.reset();
}

// Unlocks while the network works.
void AppToken::refresh(Instant now, Lock& lock) {
  fetching_ = true;
  lock.unlock();
  auto issued = source_(now);
  lock.lock();
  if (issued) {
    token_ = kept(std::move(*issued), now);
    failures_ = 0;
    not_before_.reset();
  } else {
    const milliseconds growing = std::min(longest_pause, first_pause * (1 << std::min(failures_, 6)));
    not_before_ = now + std::max(growing, issued.error().retry_after);
    last_error_ = std::move(issued.error().error);
    ++failures_;
  }
  fetching_ = false;
  fetched_.notify_all();
}

AppToken::Token AppToken::kept(IssuedToken issued, Instant now) const {
  const milliseconds margin = std::min(longest_margin, issued.lasts / 10);
  const milliseconds early{static_cast<std::int64_t>(static_cast<double>(margin.count()) * 0.2 * chance_())};
  const milliseconds latest = issued.lasts - margin;
  const milliseconds wished = std::max(issued.refresh_in.value_or(latest), shortest_wish);
  return Token{std::move(issued.text), now + std::min(wished, latest) - early, now + issued.lasts};
}

}  // namespace pao::bot::auth
