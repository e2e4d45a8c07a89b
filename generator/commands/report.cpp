#include "commands/report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::commands {

namespace {

using compare::Change;
using compare::Difference;

std::string describe(const Difference& difference) {
  const std::string name(compare::name_of(difference.change));
  switch (difference.change) {
    case Change::missing:
      return name;
    case Change::renamed:
      return format("{} to '{}'?", name, difference.after);
    case Change::added:
      return difference.after.empty() ? name : format("{}: {}", name, difference.after);
    default:
      return format("{} from {} to {}", name, difference.before, difference.after);
  }
}

std::string_view verdict(const Difference& difference) {
  if (difference.change == Change::added) return "new";
  return difference.bridged ? "bridged" : "BREAKS";
}

std::string table(const std::vector<KernelReport>& reports, std::string_view same) {
  std::string text;
  for (const KernelReport& report : reports) {
    text += format("{}{}{}: ", report.architecture, report.architecture.empty() ? "" : "=", report.file);
    if (!report.release.empty()) text += format("{}: ", report.release);
    if (report.differences.empty()) {
      text += format("{}\n", same);
      continue;
    }
    text += format("{} difference{}, {} not bridged by CO-RE\n", report.differences.size(),
                   report.differences.size() == 1 ? "" : "s", count_breaks(report.differences));
    std::vector<std::vector<std::string>> rows;
    for (const Difference& difference : report.differences) {
      rows.push_back(
          {difference.type, difference.member, describe(difference), std::string(verdict(difference))});
    }
    text += columns(rows, "  ");
  }
  return text;
}

std::string json(const std::vector<KernelReport>& reports) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const KernelReport& report : reports) {
    nlohmann::ordered_json differences = nlohmann::ordered_json::array();
    for (const Difference& difference : report.differences) {
      differences.push_back({{"type", difference.type},
                             {"member", difference.member},
                             {"change", compare::name_of(difference.change)},
                             {"before", difference.before},
                             {"after", difference.after},
                             {"bridged", difference.bridged}});
    }
    array.push_back({{"btf", report.file},
                     {"architecture", report.architecture},
                     {"release", report.release},
                     {"differences", std::move(differences)}});
  }
  // BTF may have names in no known encoding.
  return array.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string report(const std::vector<KernelReport>& reports, Format format, std::string_view same) {
  return format == Format::json ? json(reports) : table(reports, same);
}

std::size_t count_breaks(const std::vector<Difference>& differences) {
  return static_cast<std::size_t>(std::count_if(differences.begin(), differences.end(),
                                                [](const Difference& each) { return !each.bridged; }));
}

}  // namespace bpfbuild::commands
