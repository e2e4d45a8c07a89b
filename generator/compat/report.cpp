#include "compat/report.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "printable.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::compat {

namespace {

constexpr std::array statuses = {Status::missing, Status::optional, Status::guarded, Status::resolved};

std::string shown(Status status) {
  return status == Status::missing ? "MISSING" : std::string(name_of(status));
}

std::string counts(const Report& report) {
  std::string text;
  for (const Status status : statuses) {
    const std::size_t count = report.count(status);
    if (count != 0) text += format("{}{} {}", text.empty() ? "" : ", ", count, name_of(status));
  }
  return text.empty() ? "wants nothing of it" : text;
}

}  // namespace

std::size_t Report::count(Status status) const {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(),
                                                [&](const Finding& each) { return each.status == status; }));
}

std::string text(const std::vector<Report>& reports, bool with_resolved) {
  std::string text;
  for (const Report& report : reports) {
    text += format("{}: {}: ", report.object, report.kernel);
    if (!report.release.empty()) text += report.release + ": ";
    text += counts(report) + "\n";
    std::vector<std::vector<std::string>> rows;
    for (const Finding& each : report.findings) {
      if (each.status == Status::resolved && !with_resolved) continue;
      std::vector<std::string> row = {printable(each.place), printable(each.function), printable(each.name),
                                      shown(each.status), printable(each.reason)};
      if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(std::move(row));
    }
    text += columns(rows, "  ");
  }
  return text;
}

std::string json(const std::vector<Report>& reports) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const Report& report : reports) {
    nlohmann::ordered_json findings = nlohmann::ordered_json::array();
    for (const Finding& each : report.findings) {
      findings.push_back({{"subject", name_of(each.subject)},
                          {"name", each.name},
                          {"question", each.question},
                          {"function", each.function},
                          {"place", each.place},
                          {"status", name_of(each.status)},
                          {"reason", each.reason}});
    }
    array.push_back({{"object", report.object},
                     {"btf", report.kernel},
                     {"release", report.release},
                     {"loads", report.count(Status::missing) == 0},
                     {"findings", std::move(findings)}});
  }
  // Objects and BTF may have names in no known encoding.
  return array.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace bpfbuild::compat
