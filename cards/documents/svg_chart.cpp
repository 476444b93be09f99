#include "cards/documents/svg_chart.hpp"

#include "cards/documents/xml_text.hpp"
#include "cards/texts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace pao::cards {
namespace {

constexpr int width = 720;
constexpr int margin = 16;
constexpr int title_height = 40;
constexpr int legend_height = 26;
constexpr int label_width = 220;  // bar charts: names to the left
constexpr int value_width = 110;  // bar charts: numbers to the right
constexpr int bar_height = 18;
constexpr int bar_gap = 4;
constexpr int group_gap = 12;
constexpr int line_height = 220;

// Dark enough on white for who reads it printed in grey; told apart by dashes and shapes as well.
constexpr std::array<const char*, max_chart_series> colours{"#1f4e79", "#b45f06", "#38761d", "#674ea7"};
constexpr std::array<const char*, max_chart_series> dashes{"", "6 3", "2 3", "8 3 2 3"};

std::string number(double value) {
  return decimal(std::round(value * 100) / 100);
}

// Pixels; a point as decimal mark.
std::string px(double value) {
  const long long tenths = std::llround(value * 10);
  return std::to_string(tenths / 10) +
         (tenths % 10 == 0 ? "" : "." + std::to_string(std::llabs(tenths % 10)));
}

std::string text_at(double x, double y, std::string_view words, const char* anchor = "start",
                    const char* more = "") {
  return "<text x=\"" + px(x) + "\" y=\"" + px(y) + "\" text-anchor=\"" + anchor + "\"" + more + ">" +
         xml_escaped(words) + "</text>\n";
}

double finite(double value) {
  return std::isfinite(value) ? std::max(0.0, value) : 0.0;
}

std::size_t labels_drawn(const Chart& chart) {
  return std::min(chart.labels.size(), max_chart_labels);
}
std::size_t series_drawn(const Chart& chart) {
  return std::min(chart.series.size(), max_chart_series);
}

std::optional<double> value_at(const Chart& chart, std::size_t series, std::size_t label) {
  const auto& values = chart.series[series].values;
  if (label >= values.size() || !values[label]) return std::nullopt;
  return finite(*values[label]);
}

double greatest_of(const Chart& chart) {
  double greatest = chart.greatest.value_or(0);
  if (!chart.greatest) {
    for (std::size_t s = 0; s < series_drawn(chart); ++s) {
      for (std::size_t i = 0; i < labels_drawn(chart); ++i)
        greatest = std::max(greatest, value_at(chart, s, i).value_or(0));
    }
  }
  return greatest > 0 ? greatest : 1;
}

std::string with_unit(const Chart& chart, double value) {
  return number(value) + (chart.unit.empty() ? "" : " " + chart.unit);
}

std::string opening(const Chart& chart, int height) {
  const std::string size = std::to_string(width) + " " + std::to_string(height);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + "\" width=\"" +
         std::to_string(width) + "\" height=\"" + std::to_string(height) +
         "\" role=\"img\" aria-labelledby=\"titulo descripcion\" lang=\"es\" font-family=\"sans-serif\" "
         "font-size=\"13\" fill=\"#222222\">\n<title id=\"titulo\">" +
         xml_escaped(chart.title) + "</title>\n<desc id=\"descripcion\">" + xml_escaped(chart.description) +
         "</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" +
         text_at(margin, 26, chart.title, "start", " font-size=\"16\" font-weight=\"bold\"");
}

int legend_space(const Chart& chart) {
  return series_drawn(chart) > 1 ? legend_height : 0;
}

std::string legend(const Chart& chart) {
  if (series_drawn(chart) < 2) return "";
  std::string out;
  const double step = static_cast<double>(width - 2 * margin) / static_cast<double>(series_drawn(chart));
  for (std::size_t s = 0; s < series_drawn(chart); ++s) {
    const double x = margin + step * static_cast<double>(s);
    out += "<rect x=\"" + px(x) + "\" y=\"" + px(title_height) + "\" width=\"12\" height=\"12\" fill=\"" +
           colours[s] + "\"/>\n" + text_at(x + 18, title_height + 11, shorten(chart.series[s].name, 40));
  }
  return out;
}

}  // namespace

std::string bar_chart_svg(const Chart& chart) {
  const std::size_t labels = labels_drawn(chart), series = std::max<std::size_t>(1, series_drawn(chart));
  const int group_height = static_cast<int>(series) * (bar_height + bar_gap) + group_gap;
  const int top = title_height + legend_space(chart) + 8;
  std::string out =
      opening(chart, top + std::max(1, static_cast<int>(labels)) * group_height + margin) + legend(chart);
  const double greatest = greatest_of(chart), room = width - 2 * margin - label_width - value_width;
  for (std::size_t i = 0; i < labels; ++i) {
    const double y = top + static_cast<double>(i) * group_height;
    out += text_at(margin, y + 13, shorten(chart.labels[i], 36));
    for (std::size_t s = 0; s < series_drawn(chart); ++s) {
      const std::optional<double> value = value_at(chart, s, i);
      const double bar_y = y + static_cast<double>(s) * (bar_height + bar_gap);
      const double length = value ? std::min(1.0, *value / greatest) * room : 0;
      if (value)
        out += "<rect x=\"" + px(margin + label_width) + "\" y=\"" + px(bar_y) + "\" width=\"" + px(length) +
               "\" height=\"" + px(bar_height) + "\" fill=\"" + colours[s] + "\"/>\n";
      out += text_at(margin + label_width + length + 6, bar_y + 13,
                     value ? with_unit(chart, *value) : "sin datos");
    }
  }
  if (labels == 0) out += text_at(margin, top + 13, "Sin datos en el periodo.");
  return out + "</svg>\n";
}

std::string line_chart_svg(const Chart& chart) {
  const std::size_t labels = labels_drawn(chart);
  const int top = title_height + legend_space(chart) + 24;
  std::string out = opening(chart, top + line_height + 3 * margin) + legend(chart);
  const double greatest = greatest_of(chart), left = margin + 50, room = width - left - 2 * margin;
  const double bottom = top + line_height;
  const auto x_of = [&](std::size_t i) {
    return labels < 2 ? left + room / 2
                      : left + room * static_cast<double>(i) / static_cast<double>(labels - 1);
  };
  const auto y_of = [&](double value) { return bottom - std::min(1.0, value / greatest) * line_height; };
  for (const double level : {0.0, greatest / 2, greatest}) {
    out += "<line x1=\"" + px(left) + "\" x2=\"" + px(left + room) + "\" y1=\"" + px(y_of(level)) +
           "\" y2=\"" + px(y_of(level)) + "\" stroke=\"#cccccc\"/>\n" +
           text_at(left - 8, y_of(level) + 4, number(level), "end");
  }
  if (!chart.unit.empty()) out += text_at(margin, top - 10, chart.unit);
  for (std::size_t s = 0; s < series_drawn(chart); ++s) {
    std::string path;
    bool drawing = false;
    for (std::size_t i = 0; i < labels; ++i) {
      const std::optional<double> value = value_at(chart, s, i);
      if (value) path += (drawing ? " L" : path.empty() ? "M" : " M") + px(x_of(i)) + " " + px(y_of(*value));
      drawing = value.has_value();
    }
    if (path.empty()) continue;
    out += "<path d=\"" + path + "\" fill=\"none\" stroke=\"" + colours[s] + "\" stroke-width=\"2\"" +
           (*dashes[s] ? std::string(" stroke-dasharray=\"") + dashes[s] + "\"" : std::string()) + "/>\n";
    for (std::size_t i = 0; i < labels; ++i) {
      const std::optional<double> value = value_at(chart, s, i);
      if (!value) continue;
      out += "<circle cx=\"" + px(x_of(i)) + "\" cy=\"" + px(y_of(*value)) + "\" r=\"3.5\" fill=\"" +
             colours[s] + "\"/>\n" + text_at(x_of(i), y_of(*value) - 8, number(*value), "middle");
    }
  }
  for (std::size_t i = 0; i < labels; ++i)
    out += text_at(x_of(i), bottom + 20, shorten(chart.labels[i], 14), "middle");
  if (labels == 0) out += text_at(left, top + 13, "Sin datos en el periodo.");
  return out + "</svg>\n";
}

}  // namespace pao::cards
