#include "commands/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/privileges.hpp"
#include "verifier/baseline.hpp"
#include "verifier/report.hpp"

namespace bpfbuild::commands {

namespace {

using verifier::Baseline;
using verifier::Verdict;

std::string how_to_update(const VerifyOptions& options) {
  return "run: " + (options.update_with.empty() ? "the same with --update-baseline" : options.update_with);
}

Baseline read_baseline(const VerifyOptions& options) {
  if (!std::filesystem::exists(options.baseline)) {
    if (options.update_baseline) return {};
    throw Error("there is no such baseline yet", how_to_update(options)).at(options.baseline.native());
  }
  return Baseline::read(options.baseline);
}

void compare(const VerifyOptions& options, const Baseline& baseline, const std::vector<Verdict>& verdicts) {
  const std::string& kernel = verdicts.front().kernel;
  if (!baseline.has_kernel(kernel)) {
    throw Error(fmt::format("has nothing of kernel '{}' to compare with", kernel), how_to_update(options),
                Error::Kind::unavailable)
        .at(options.baseline.native());
  }
  const std::vector<std::string> differences = baseline.differences(verdicts, options.tolerance);
  if (differences.empty()) return;
  std::string text = "\n";
  for (const std::string& difference : differences) text += difference + "\n";
  if (options.format == Format::text) write_to_standard_output(text);
  throw Error(fmt::format("{} differences, at most {} % of growth are tolerated", differences.size(),
                          options.tolerance),
              "if they are meant, " + how_to_update(options))
      .at(options.baseline.native());
}

}  // namespace

void verify(const VerifyOptions& options) {
  Baseline baseline;
  if (!options.baseline.empty()) baseline = read_baseline(options);

  std::vector<Verdict> verdicts;
  for (const std::filesystem::path& object : options.objects)
    std::ranges::move(verifier::verify(object, options.programs), std::back_inserter(verdicts));
  write_to_standard_output(options.format == Format::json ? verifier::json(verdicts)
                                                          : verifier::table(verdicts, options.full_log));

  if (options.update_baseline) {
    give_up_root_of_sudo();
    baseline.replace(verdicts);
    write_if_changed(options.baseline, baseline.text());
    return;
  }
  const bool compares = !options.baseline.empty();
  const auto refused = std::ranges::count_if(verdicts, [](const Verdict& each) { return !each.accepted(); });
  if (refused > 0 && !(compares && baseline.has_kernel(verdicts.front().kernel)))
    throw Error(fmt::format("{} of {} programs refused", refused, verdicts.size()))
        .at(options.objects.size() == 1 ? options.objects.front().native() : "objects");
  if (compares) compare(options, baseline, verdicts);
}

}  // namespace bpfbuild::commands
