#include "commands/verify.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <optional>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "support/privileges.hpp"
#include "verifier/baseline.hpp"
#include "verifier/report.hpp"
#include "vm/debian_kernels.hpp"
#include "vm/kernel_image.hpp"

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

/// "x86=FILE", or "FILE"; a file whose name has a = can be written as "./a=b".
struct ObjectArgument {
  std::string architecture;
  std::filesystem::path file;

  explicit ObjectArgument(const std::string& text) : file(text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || text.find('/') < equals) return;
    architecture = text.substr(0, equals);
    file = text.substr(equals + 1);
  }
};

std::vector<std::filesystem::path> objects_for(const VerifyOptions& options,
                                               const vm::Architecture* architecture) {
  std::vector<std::filesystem::path> objects;
  for (const std::string& text : options.objects) {
    const ObjectArgument argument(text);
    if (argument.architecture.empty() ||
        (architecture != nullptr && argument.architecture == architecture->name))
      objects.push_back(argument.file);
  }
  if (objects.empty()) {
    throw Error(
        format("no object is for {}", architecture == nullptr ? "this machine" : architecture->machine),
        "add it to ARCH of add_bpf_object(), or name it as ARCH=OBJECT");
  }
  return objects;
}

std::vector<Verdict> verify_on(const std::string& kernel, const VerifyOptions& options) {
  std::vector<Verdict> verdicts;
  if (kernel == "host") {
    for (const std::filesystem::path& object : objects_for(options, vm::this_architecture()))
      std::ranges::move(verifier::verify(object, options.programs), std::back_inserter(verdicts));
    return verdicts;
  }
  vm::Options machine;
  machine.kernel = kernel;
  const vm::KernelImage image = vm::read_kernel_image(vm::find_kernel(kernel));
  return verifier::verify_in_machine(machine, objects_for(options, image.architecture), options.programs,
                                     options.guest_tools);
}

/// What is otherwise on the kernels that the baseline has something of.
std::vector<std::string> compare(const VerifyOptions& options, const Baseline& baseline,
                                 const std::vector<Verdict>& verdicts) {
  std::vector<Verdict> known;
  std::ranges::copy_if(verdicts, std::back_inserter(known),
                       [&](const Verdict& each) { return baseline.has_kernel(each.kernel); });
  return baseline.differences(known, options.tolerance);
}

/// Kernels of verdicts that the baseline has nothing of, each once.
std::vector<std::string> unknown_kernels(const Baseline& baseline, const std::vector<Verdict>& verdicts) {
  std::vector<std::string> kernels;
  for (const Verdict& verdict : verdicts) {
    if (!baseline.has_kernel(verdict.kernel) && std::ranges::find(kernels, verdict.kernel) == kernels.end())
      kernels.push_back(verdict.kernel);
  }
  return kernels;
}

/// Throws Error when there are refusals that no baseline knows, or differences from it.
void judge(const VerifyOptions& options, const Baseline& baseline, const std::vector<Verdict>& verdicts) {
  const auto refused = std::ranges::count_if(
      verdicts, [&](const Verdict& each) { return !each.accepted() && !baseline.has_kernel(each.kernel); });
  if (refused > 0) {
    throw Error(format("{} of {} programs refused", refused, verdicts.size()))
        .at(options.objects.size() == 1 ? ObjectArgument(options.objects.front()).file.native() : "objects");
  }
  if (options.baseline.empty()) return;
  const std::vector<std::string> differences = compare(options, baseline, verdicts);
  if (!differences.empty()) {
    std::string text = "\n";
    for (const std::string& difference : differences) text += difference + "\n";
    if (options.format == Format::text) write_to_standard_output(text);
    throw Error(
        format("{} differences, at most {} % of growth are tolerated", differences.size(), options.tolerance),
        "if they are meant, " + how_to_update(options))
        .at(options.baseline.native());
  }
  for (const std::string& kernel : unknown_kernels(baseline, verdicts)) {
    throw Error(format("has nothing of kernel '{}' to compare with", kernel), how_to_update(options),
                Error::Kind::unavailable)
        .at(options.baseline.native());
  }
}

}  // namespace

void verify(const VerifyOptions& options) {
  Baseline baseline;
  if (!options.baseline.empty()) baseline = read_baseline(options);
  const std::vector<std::string> kernels =
      options.kernels.empty() ? std::vector<std::string>{"host"} : options.kernels;

  std::vector<Verdict> verdicts;
  std::optional<Error> untried;
  for (const std::string& kernel : kernels) {
    try {
      std::ranges::move(verify_on(kernel, options), std::back_inserter(verdicts));
    } catch (const Error& error) {
      if (error.kind() != Error::Kind::unavailable) throw;
      if (untried) std::fprintf(stderr, "bpfbuild: %s\n", untried->what());
      untried = error;
    }
  }
  if (!verdicts.empty()) {
    write_to_standard_output(options.format == Format::json ? verifier::json(verdicts)
                                                            : verifier::table(verdicts, options.full_log));
  }
  if (options.update_baseline && !verdicts.empty()) {
    give_up_root_of_sudo();
    baseline.replace(verdicts);
    write_if_changed(options.baseline, baseline.text());
  } else {
    judge(options, baseline, verdicts);
  }
  if (untried) throw *untried;
}

}  // namespace bpfbuild::commands
