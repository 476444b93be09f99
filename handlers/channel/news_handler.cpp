#include "handlers/channel/news_handler.hpp"

#include "cards/basic_card.hpp"
#include "cards/shared_card.hpp"
#include "storage/feedback_store.hpp"
#include "storage/file_consents_store.hpp"
#include "storage/meeting_attendance_store.hpp"

#include <utility>

namespace pao::handlers::channel {
namespace {

using storage::Feedback;

constexpr std::size_t max_reason_bytes = 2000;
constexpr auto believable_delay = std::chrono::hours{24};

Feedback feedback_of(const Turn& turn, const Rating& rating) {
  return {.conversation_id = turn.conversation_id,
          .answer_id = rating.answer_id,
          .person = turn.actor(),
          .source = rating.reaction ? "reaction" : "form",
          .question_id = {},
          .reaction = {},
          .reason = rating.reason,
          .at = turn.at};
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

// Keeps the feedback and says in the registro what it was about.
Reply keep(storage::Session& session, Feedback feedback, const Rating& rating) {
  const auto question = storage::question_of_answer(session, feedback.conversation_id, feedback.answer_id);
  if (!question && rating.reaction) return {.trace = {.outcome = "reaction_ignored"}};
  feedback.question_id = question.value_or("");
  for (const std::string& name : rating.withdrawn) {
    feedback.reaction = name;
    storage::withdraw_reaction(session, feedback);
  }
  for (const std::string& name : rating.given) {
    feedback.reaction = name;
    storage::save_feedback(session, feedback);
  }
  Reply reply{
      .trace = {.outcome = "feedback",
                .fields = {{"answer_id", feedback.answer_id}, {"question_id", feedback.question_id}}}};
  if (!rating.given.empty()) reply.trace.fields["reaction"] = joined(rating.given);
  if (!rating.withdrawn.empty()) reply.trace.fields["withdrawn"] = joined(rating.withdrawn);
  if (!feedback.reason.empty()) reply.trace.fields["reason"] = feedback.reason;
  return reply;
}

// When it happened: what the channel says, unless that cannot be.
Instant happened_at(const MeetingNews& news, Instant now) {
  const bool believable = news.at && *news.at <= now + believable_delay && *news.at >= now - believable_delay;
  return believable ? *news.at : now;
}

const char* word_of(MeetingNews::What what) {
  switch (what) {
    case MeetingNews::What::started:
      return "meeting_started";
    case MeetingNews::What::ended:
      return "meeting_ended";
    case MeetingNews::What::joined:
      return "meeting_joined";
    case MeetingNews::What::left:
      return "meeting_left";
  }
  return "";
}

}  // namespace

Result<Decision> NewsHandler::on_rating(const Turn& turn) const {
  const auto& rating = std::get<Rating>(turn.signal);
  return Decision::storing(
      [feedback = feedback_of(turn, rating), rating](storage::Session& session) -> Result<Reply> {
        return keep(session, feedback, rating);
      });
}

Result<Decision> NewsHandler::on_feedback_form(const Turn& turn) const {
  return Decision(Reply{.content = {.card = cards::feedback_form_card(std::string(turn.value("reaccion")))},
                        .trace = {.outcome = "feedback_form_shown"}});
}

Result<Decision> NewsHandler::on_feedback_save(const Turn& turn) const {
  const std::string reaction(turn.value("reaccion"));
  if ((reaction != "like" && reaction != "dislike") || turn.reply_to_id.empty()) {
    return fail(ErrorCode::invalid, "feedback: nothing rated",
                "No supe a qué respuesta se refiere. Use los pulgares que están debajo de la respuesta.");
  }
  Rating rating{.answer_id = turn.reply_to_id, .given = {reaction}};
  for (const char* part : {"motivo", "comentario"}) {
    const std::string_view said = turn.value(part);
    if (said.empty()) continue;
    if (!rating.reason.empty()) rating.reason += "; ";
    rating.reason += said;
  }
  if (rating.reason.size() > max_reason_bytes) {
    return fail(ErrorCode::invalid, "feedback: reason too long",
                "Su comentario es muy largo. Escríbalo en unas pocas frases.");
  }
  return Decision::storing(
      [feedback = feedback_of(turn, rating), rating](storage::Session& session) -> Result<Reply> {
        Reply reply = keep(session, feedback, rating);
        reply.content.text = "Gracias. Su opinión quedó registrada.";
        return reply;
      });
}

Result<Decision> NewsHandler::on_meeting(const Turn& turn) const {
  const auto& news = std::get<MeetingNews>(turn.signal);
  const Instant at = happened_at(news, turn.at);
  return Decision::storing(
      [news, at, conversation = turn.conversation_id](storage::Session& session) -> Result<Reply> {
        storage::Meeting meeting{.id = news.meeting_id, .conversation_id = conversation, .title = news.title};
        if (news.what == MeetingNews::What::started) meeting.started_at = at;
        if (news.what == MeetingNews::What::ended) meeting.ended_at = at;
        storage::save_meeting(session, meeting);
        for (const MeetingNews::Participant& person : news.people) {
          if (news.what == MeetingNews::What::joined)
            storage::record_join(session, meeting.id, person.aad_object_id, person.name, at);
          if (news.what == MeetingNews::What::left)
            storage::record_leave(session, meeting.id, person.aad_object_id, person.name, at);
        }
        return Reply{
            .trace = {.outcome = word_of(news.what),
                      .fields = {{"meeting", meeting.id}, {"people", std::to_string(news.people.size())}}}};
      });
}

namespace {

// In the place of the card that asked, so that nobody presses it again.
void say_declined(const storage::FileConsent& answered, Reply& reply) {
  const Content content{.text = "De acuerdo, no subo el archivo. Puede pedirlo de nuevo cuando lo necesite."};
  if (answered.card_id.empty()) {
    reply.content = content;
    return;
  }
  reply.notices.push_back({.conversation_id = answered.conversation_id,
                           .reply_to = answered.card_id,
                           .key = "declined:" + answered.id,
                           .subject = answered.id,
                           .content = content,
                           .operation = storage::OutboxOperation::update});
}

}  // namespace

Result<Decision> NewsHandler::on_file_answer(const Turn& turn) const {
  const auto& answer = std::get<FileAnswer>(turn.signal);
  storage::FileConsent answered{.id = answer.consent_id,
                                .aad_object_id = turn.aad_object_id,
                                .state = answer.accepted ? "accepted" : "declined",
                                .conversation_id = turn.conversation_id,
                                .card_id = turn.reply_to_id,
                                .upload_url = answer.upload_url,
                                .content_url = answer.content_url,
                                .unique_id = answer.unique_id,
                                .file_type = answer.file_type,
                                .answered_at = turn.at};
  return Decision::storing([answered](storage::Session& session) -> Result<Reply> {
    const auto offered = storage::find_file_consent(session, answered.id);
    if (!offered || offered->aad_object_id.empty() || offered->aad_object_id != answered.aad_object_id) {
      return fail(ErrorCode::refused, "file consent: not offered to this person",
                  "Ese archivo no está disponible para usted. Pídalo de nuevo desde su chat personal.");
    }
    Reply reply{.trace = {.outcome = "file_" + answered.state,
                          .fields = {{"consent", answered.id}, {"from", offered->state}}}};
    if (!storage::answer_file_consent(session, answered)) {
      reply.trace.outcome = "file_answered_before";
      return reply;
    }
    reply.trace.fields["to"] = answered.state;
    if (answered.state == "declined") say_declined(answered, reply);
    return reply;
  });
}

}  // namespace pao::handlers::channel
