// The mail that goes with the card of a publication (activity 2, R-04).
#pragma once

#include "cards/guideline_notice.hpp"

#include <string>

namespace pao::cards {

std::string publication_mail_subject(const PublicationView& view);
std::string publication_mail_text(const PublicationView& view);
std::string publication_mail_html(const PublicationView& view);

}  // namespace pao::cards
