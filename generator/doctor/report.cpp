#include "doctor/report.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::doctor {

namespace {

using nlohmann::ordered_json;

struct Section {
  std::string_view name, title;
  std::vector<Finding> Report::*findings;
};

constexpr std::array sections = {
    Section{"needed", "To build", &Report::needed},
    Section{"useful", "To build, for some things", &Report::useful},
    Section{"running", "To run", &Report::running},
};

std::string label(const Finding& finding) {
  return finding.version.empty() ? finding.name : finding.name + " " + finding.version;
}

std::string_view name_of(State state) {
  constexpr std::array<std::string_view, 4> names = {"ok", "missing", "optional", "unknown"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view colour_of(State state) {
  constexpr std::array<std::string_view, 4> colours = {"\033[32m", "\033[31m", "\033[33m", "\033[33m"};
  return colours[static_cast<std::size_t>(state)];
}

bool is_missing(const Finding& finding) { return finding.state == State::missing; }

std::size_t count_missing(const std::vector<Finding>& findings) {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), is_missing));
}

/// Packages that bring what is not there, each once.
std::string packages(const std::vector<Finding>& findings, State state) {
  std::vector<std::string> names;
  for (const Finding& finding : findings) {
    if (finding.state == state && !finding.package.empty() &&
        std::find(names.begin(), names.end(), finding.package) == names.end())
      names.push_back(finding.package);
  }
  return joined(names, " ");
}

std::string verdict(const Report& report, const Distribution& distribution) {
  std::string text = can_build(report) ? "Objects can be built here" : "Objects cannot be built here";
  if (const std::string names = packages(report.needed, State::missing); !names.empty())
    text += format(": {}", distribution.install(names));
  const std::size_t missing = count_missing(report.running);
  text += missing == 0 ? "\nPrograms can be run here\n"
                       : format("\nTo run programs here, {} {} missing\n", missing,
                                missing == 1 ? "thing is" : "things are");
  return text;
}

}  // namespace

bool can_build(const Report& report) { return count_missing(report.needed) == 0; }

std::string text(const Report& report, const Distribution& distribution, bool coloured) {
  std::size_t width = 0;
  for (const Section& section : sections) {
    for (const Finding& finding : report.*section.findings) width = std::max(width, label(finding).size());
  }
  std::string text = format("bpfbuild {} on {}\n", BPFBUILD_VERSION, report.distribution);
  for (const Section& section : sections) {
    text += format("\n{}:\n", section.title);
    for (const Finding& finding : report.*section.findings) {
      std::string line =
          format("  {}{:8}{}  {:{}}  {}", coloured ? colour_of(finding.state) : "", name_of(finding.state),
                 coloured ? "\033[0m" : "", label(finding), width, finding.found);
      line.resize(line.find_last_not_of(' ') + 1);
      text += line + "\n";
      if (!finding.what_to_do.empty())
        text += format("  {:8}  {:{}}  -> {}\n", "", "", width, finding.what_to_do);
    }
  }
  return text + "\n" + verdict(report, distribution);
}

std::string json(const Report& report) {
  ordered_json object = {{"bpfbuild", BPFBUILD_VERSION},
                         {"distribution", report.distribution},
                         {"can_build", can_build(report)},
                         {"can_run", count_missing(report.running) == 0}};
  for (const Section& section : sections) {
    ordered_json findings = ordered_json::array();
    for (const Finding& finding : report.*section.findings) {
      findings.push_back({{"name", finding.name},
                          {"version", finding.version},
                          {"state", name_of(finding.state)},
                          {"found", finding.found},
                          {"what_to_do", finding.what_to_do},
                          {"package", finding.package}});
    }
    object[section.name] = std::move(findings);
  }
  if (report.features) {
    object["program_types"] = report.features->program_types;
    object["map_types"] = report.features->map_types;
    object["helpers"] = report.features->helpers;
  }
  // Paths may have names in no known encoding.
  return object.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace bpfbuild::doctor
