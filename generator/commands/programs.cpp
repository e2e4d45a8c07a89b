#include "commands/programs.hpp"

#include <algorithm>
#include <utility>

#include "emit/functions.hpp"
#include "emit/header.hpp"
#include "emit/records.hpp"
#include "proof/compare.hpp"
#include "select/kfuncs.hpp"
#include "select/selection.hpp"
#include "support/error.hpp"
#include "support/format.hpp"
#include "usage/reader.hpp"

namespace bpfbuild::commands {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view name_missing =
    "what is missing can be named with --type (TYPES of bpf_generate_bindings())";

/// A source as it is compiled for an architecture. Where that has either byte order, the source's own flags
/// tell which.
usage::Source for_architecture(usage::Source source, std::string_view architecture) {
  if (architecture.empty()) return source;
  static constexpr std::string_view definition = "-D__TARGET_ARCH_";
  std::vector<std::string>& flags = source.flags;
  flags.erase(std::remove_if(flags.begin(), flags.end(),
                             [](const std::string& flag) { return flag.starts_with(definition); }),
              flags.end());
  flags.push_back(format("{}{}", definition, architecture));
  if (architecture == "x86" || architecture == "riscv" || architecture == "loongarch") {
    flags.emplace_back("--target=bpfel");  // the last one counts
  } else if (architecture == "s390") {
    flags.emplace_back("--target=bpfeb");
  }
  return source;
}

/// A header with all types.
std::string everything(const btf::TypeTable& types, const Tracepoints& tracepoints, emit::Places& places) {
  std::vector<select::Root> roots = select::every_type(types);
  for (const select::Root& kfunc : select::every_kfunc(types)) roots.push_back(kfunc);
  const std::vector<select::Record> records = tracepoints.records(types, roots);
  emit::Names names(types);
  std::string body =
      emit::body(types, select::close(types, roots, select::Closure::value), names, nullptr, &places);
  body += emit::ksym_macros;  // also where a kernel has no functions for programs
  std::string text_of_records;
  emit::append_records(text_of_records, types, records, tracepoints.source(), names);
  emit::Provenance provenance;
  provenance.for_programs = true;
  const std::string header = emit::header(body, provenance, "vmlinux.h", text_of_records);
  places.move(0, header.find(body));
  // Other generated headers, which may be included as well, leave alone what this one has.
  return header + "#undef BPFBUILD_KERNEL_TYPES\n#define BPFBUILD_ALL_KERNEL_TYPES\n";
}

/// Whether a program does not compile because it declares functions of the kernel itself, and not as BTF has
/// them.
bool is_declared_otherwise(const Error& error) {
  const std::string_view text = error.what();
  for (const std::string_view message :
       {": conflicting types for '", " follows non-static declaration", " as different kind of symbol"}) {
    if (text.find(message) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

Programs::Programs(const HeaderOptions& options) : proves_(options.prove) {
  for (const fs::path& file : options.sources) sources_.push_back({fs::absolute(file), options.flags});
  for (const fs::path& file : options.compilations) {
    for (usage::Source& source : usage::read_compilation(file)) sources_.push_back(std::move(source));
  }
  for (const usage::Source& source : sources_) {
    if (!fs::exists(source.path)) throw Error("no such source").at(source.path.native());
  }
  if (!sources_.empty()) stage_.emplace(options.clang, options.output, sources_);
}

std::vector<std::string> Programs::names() const {
  std::vector<std::string> names;
  for (const usage::Source& source : sources_) names.push_back(source.name());
  return names;
}

Programs::Wanted Programs::read(const btf::TypeTable& types, std::string_view name,
                                std::string_view architecture, const Tracepoints& tracepoints) {
  emit::Places places;
  stage_->put(everything(types, tracepoints, places));

  const usage::LibClang clang(stage_->resources());
  usage::Usage used(types);
  for (const usage::Source& each : sources_) {
    usage::Source source = for_architecture(each, architecture);
    try {
      read_one(clang, source, places, used);
    } catch (const Error& error) {
      throw Error(error.what(), clang.why_it_differs())
          .at(format("{}: does not compile with all types of '{}'", source.name(), name));
    }
    if (!proves_) continue;
    const std::string where = architecture.empty() ? "" : format(" on {}", architecture);
    expected_.push_back({source, where, compile(source, "all types" + where)});
  }
  return {used.roots(), used.reasons()};
}

void Programs::read_one(const usage::LibClang& clang, usage::Source& source, const emit::Places& places,
                        usage::Usage& used) const {
  const auto read = [&] { return usage::read_source(clang, *stage_, source, places, used); };
  try {
    if (read() || !stage_->can_replace_usual_name()) return;
    // It includes vmlinux.h, and not, by way of that, the header.
    stage_->replace_usual_name(source);
    read();
  } catch (const Error& error) {
    if (!is_declared_otherwise(error)) throw;
    source.flags.emplace_back("-DBPF_NO_KFUNC_PROTOTYPES");
    read();
  }
}

proof::Object Programs::compile(const usage::Source& source, std::string_view types,
                                std::string_view what_to_do) const {
  try {
    const fs::path object = stage_->directory().file("object");
    stage_->compile(source, object);
    return proof::read_object(object);
  } catch (const Error& error) {
    throw Error(error.what(), what_to_do).at(format("{}: does not compile with {}", source.name(), types));
  }
}

void Programs::prove(std::string_view header) const {
  stage_->put(header);
  for (const Expected& expected : expected_) {
    const auto difference = proof::difference(
        expected.object, compile(expected.source, "this header" + expected.where, name_missing));
    if (!difference) continue;
    throw Error(*difference, name_missing)
        .at("is not the same with this header as with all types" + expected.where)
        .at(expected.source.name());
  }
}

}  // namespace bpfbuild::commands
