#include "cards/shared_card.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {

void add_shared_cards(std::vector<Sample>& all) {
  procedure::Criterion criterion{
      "PLA-05",
      "planes",
      "Cuándo se registra",
      "Periodicidad mensual y fecha de corte",
      "El plazo son los primeros cinco (5) días hábiles del mes siguiente. Nombre el "
      "archivo como `PAI-TES-03_2026-03.pdf`.",
      2026,
      1};
  all.push_back({"shared_criterion", shared_criterion_card({criterion, "Planes institucionales"})});
  criterion.title = std::string(400, 'x') + hostile;
  criterion.text = std::string(20000, 'y') + hostile;
  all.push_back({"shared_criterion_hostile_long", shared_criterion_card({criterion, hostile, true})});

  procedure::ServiceRequest request;
  request.id = "SS-2026-0054";
  request.type = "SS-2";
  request.practice = "planes";
  request.process_id = "COM";
  request.subject = "Cambiar la fecha de una tarea";
  request.state = procedure::RequestState::in_review;
  request.due_on = make_date(2026, 11, 23);
  all.push_back({"shared_request", shared_request_card({request, "Comunicaciones", 6})});
  request.id = "PAO-2026-0001";
  request.provisional = true;
  request.state = procedure::RequestState::filed;
  request.subject = std::string(2000, 'x') + hostile;
  all.push_back({"shared_request_hostile_provisional", shared_request_card({request, hostile, 6})});

  all.push_back({"feedback_form_like", feedback_form_card("like")});
  all.push_back({"feedback_form_dislike", feedback_form_card("dislike")});
}

}  // namespace pao::cards::gallery
