// Bar and line charts as SVG text: readable without colours, with a title and a description for screen
// readers. The same values give the same bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace pao::cards {

struct ChartSeries {
  std::string name;                           // in the legend; shown when there are several
  std::vector<std::optional<double>> values;  // one a label; nothing: no value, a gap
};

struct Chart {
  std::string title;
  std::string description;          // one sentence for who cannot see it
  std::string unit;                 // "%", "días hábiles"; may be empty
  std::vector<std::string> labels;  // of the groups, or along the line; at most `max_chart_labels` are drawn
  std::vector<ChartSeries> series;  // at most `max_chart_series`
  std::optional<double> greatest = std::nullopt;  // end of the scale; none: from the values
};

inline constexpr std::size_t max_chart_labels = 24;
inline constexpr std::size_t max_chart_series = 4;

// Horizontal bars, a group a label, each with its value written at its end. Negative values are drawn as 0.
std::string bar_chart_svg(const Chart& chart);

// Lines over the labels from left to right, each value as a point with its number; a gap where there is none.
std::string line_chart_svg(const Chart& chart);

}  // namespace pao::cards
