#include "commands/header.hpp"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "btf/sources.hpp"
#include "commands/kernel_files.hpp"
#include "commands/programs.hpp"
#include "commands/tracepoints.hpp"
#include "emit/architectures.hpp"
#include "emit/header.hpp"
#include "emit/records.hpp"
#include "select/kfuncs.hpp"
#include "select/lookup.hpp"
#include "select/selection.hpp"
#include "select/spec.hpp"
#include "support/error.hpp"
#include "support/format.hpp"
#include "support/privileges.hpp"
#include "support/text.hpp"

namespace bpfbuild::commands {

namespace {

/// What the header says of the kernel that its types are of; empty when there is nothing to say.
std::string kernel_line(const btf::Kernel& kernel) {
  if (!kernel.from_dwarf) return kernel.release;
  return format("{} (types from its DWARF, by pahole)", kernel.release.empty() ? "unknown" : kernel.release);
}

std::string_view closure_name(select::Closure closure) {
  const auto named = std::find_if(closures.begin(), closures.end(),
                                  [&](const auto& each) { return each.second == closure; });
  return named->first;
}

/// The command that writes the same header. It names no directory of the output: a header is the same
/// wherever it lies.
std::string equivalent_command(const HeaderOptions& options) {
  std::string command = "bpfbuild header";
  for (const std::string& file : options.btf) command += " --btf " + shell_quote(file);
  for (const std::string& file : options.base_btf) command += " --base-btf " + shell_quote(file);
  for (const std::string& type : options.types) command += " --type " + shell_quote(type);
  for (const std::string& kfunc : options.kfuncs) command += " --kfunc " + shell_quote(kfunc);
  for (const std::string& event : options.tracepoints) command += " --tracepoint " + shell_quote(event);
  for (const std::string& file : options.tracepoints_from) {
    command += " --tracepoints-from " + shell_quote(file);
  }
  if (options.full) command += " --full";
  for (const std::filesystem::path& file : options.sources) {
    command += " --source " + shell_quote(file.native());
  }
  for (const std::filesystem::path& file : options.compilations) {
    command += " --compilation " + shell_quote(file.native());
  }
  if (options.prove) command += " --prove";
  if (options.closure != select::Closure::value) {
    command += format(" --closure {}", closure_name(options.closure));
  }
  if (!options.output.empty()) command += " -o " + shell_quote(options.output.filename().native());
  if (!options.flags.empty()) command += " --";
  for (const std::string& flag : options.flags) command += " " + shell_quote(flag);
  return command;
}

void check_single_line(const std::string& command) {
  if (command.find_first_of("\r\n") == std::string::npos && (command.empty() || command.back() != '\\'))
    return;
  throw Error::usage("--regenerate-with: expected a single line that does not end with a backslash");
}

/// What the arguments name, or all.
std::vector<select::Root> named_roots(const btf::TypeTable& types, std::string_view source,
                                      const std::vector<select::TypeSpec>& specs,
                                      const HeaderOptions& options) {
  std::vector<select::Root> roots;
  if (options.full) {
    roots = select::every_type(types);
    for (const select::Root& root : select::every_kfunc(types)) roots.push_back(root);
  }
  for (const select::TypeSpec& spec : specs) {
    for (const select::Root& root : select::look_up(types, spec, source)) roots.push_back(root);
  }
  for (const std::string& kfunc : options.kfuncs) {
    for (const select::Root& root : select::look_up_kfuncs(types, kfunc, source)) roots.push_back(root);
  }
  return roots;
}

/// The file, in the directory that it is to be in.
OutputFile output_file(const std::filesystem::path& path) {
  std::error_code told_by_writing;
  if (!path.empty()) std::filesystem::create_directories(path.parent_path(), told_by_writing);
  return OutputFile(path);
}

/// What a header has of one kernel.
struct Contents {
  std::string body;
  std::string records;  // of tracepoints
};

/// The tracepoints of each kernel.
std::vector<Tracepoints> tracepoints_of(const std::vector<KernelFiles>& kernels,
                                        const HeaderOptions& options) {
  std::vector<Tracepoints> tracepoints;
  for (const KernelFiles& kernel : kernels) {
    if (kernels.size() > 1 && !options.tracepoints.empty() && kernel.tracepoints.empty()) {
      throw Error::usage(
          format("--tracepoint: the records of '{}' are not those of this machine", kernel.architecture),
          format("name a copy of the events of its tracefs: --tracepoints-from {}=DIR", kernel.architecture));
    }
    tracepoints.emplace_back(options.tracepoints, kernel.tracepoints);
  }
  return tracepoints;
}

/// What the records of all kernels are of, for the reader of the header.
std::string source_of(const std::vector<Tracepoints>& tracepoints, const std::vector<KernelFiles>& kernels) {
  if (tracepoints.size() == 1) return tracepoints.front().source();
  std::string text;
  for (std::size_t i = 0; i < tracepoints.size(); ++i) {
    text += format("{}{} ({})", text.empty() ? "" : ", ", tracepoints[i].source(), kernels[i].architecture);
  }
  return text;
}

Contents contents(const btf::TypeTable& types, std::string_view source, std::string_view architecture,
                  const std::vector<select::TypeSpec>& specs, const Tracepoints& tracepoints,
                  std::string_view source_of_records, Programs& programs, const HeaderOptions& options) {
  std::vector<select::Root> roots = named_roots(types, source, specs, options);
  const std::vector<select::Record> records = tracepoints.records(types, roots);
  emit::Reasons reasons;
  if (!programs.empty()) {
    for (const select::Root& root : roots) reasons.emplace(root.type, "named");
    Programs::Wanted wanted = programs.read(types, source, architecture, tracepoints);
    for (const select::Root& root : wanted.roots) {
      // An editor shows this of a type, but not the top of the header.
      if (options.regenerate_with.empty() || root.fields.all || !types[root.type].is_record()) continue;
      wanted.reasons[root.type] += "; new fields come by: " + options.regenerate_with;
    }
    roots.insert(roots.end(), wanted.roots.begin(), wanted.roots.end());
    reasons.merge(wanted.reasons);
  }
  emit::Names names(types);
  Contents contents{emit::body(types, select::close(types, roots, options.closure), names,
                               programs.empty() ? nullptr : &reasons),
                    {}};
  emit::append_records(contents.records, types, records, source_of_records, names);
  return contents;
}

}  // namespace

std::vector<std::string> request(const HeaderOptions& options) {
  std::vector<std::string> words;
  if (options.full) words.emplace_back("--full");
  words.insert(words.end(), options.types.begin(), options.types.end());
  const auto append = [&](std::string_view option, const std::vector<std::string>& values) {
    for (const std::string& value : values) words.insert(words.end(), {std::string(option), value});
  };
  append("--kfunc", options.kfuncs);
  append("--tracepoint", options.tracepoints);
  if (options.closure != select::Closure::value)
    append("--closure", {std::string(closure_name(options.closure))});
  return words;
}

void header(const HeaderOptions& options) {
  check_single_line(options.regenerate_with);
  const bool has_sources = !options.sources.empty() || !options.compilations.empty();
  if (options.sources.empty() && !options.flags.empty()) {
    throw Error::usage(format("unexpected argument '{}'", options.flags.front()),
                       "flags of clang go with --source");
  }
  if (options.prove && !has_sources) throw Error::usage("--prove: no sources", "name them with --source");
  if (options.types.empty() && options.kfuncs.empty() && options.tracepoints.empty() && !options.full &&
      !has_sources) {
    throw Error::usage("nothing to write",
                       "name types with --type, programs with --source, or write all types with --full");
  }
  std::vector<select::TypeSpec> specs;
  for (const std::string& type : options.types) specs.push_back(select::parse_type_spec(type));

  const std::vector<KernelFiles> files =
      kernel_files(options.btf, options.base_btf, options.tracepoints_from);
  std::vector<btf::Sources> sources;
  for (const KernelFiles& kernel : files) sources.emplace_back(kernel.btf, kernel.base);
  const std::vector<Tracepoints> tracepoints = tracepoints_of(files, options);
  give_up_root_of_sudo();
  Programs programs(options);

  emit::Provenance provenance{request(options), {}, options.regenerate_with, has_sources};
  if (provenance.regenerate.empty()) provenance.regenerate = equivalent_command(options);
  for (const std::string& name : programs.names()) {
    provenance.request.insert(provenance.request.end(), {"--source", name});
  }

  const std::string default_name = options.full || has_sources ? "vmlinux.h"
                                   : !specs.empty()            ? specs.front().name + ".h"
                                   : !options.kfuncs.empty()   ? "kfuncs.h"
                                                               : "tracepoints.h";
  const std::string file_name = options.output.empty() ? default_name : options.output.filename().native();
  if (files.size() == 1 && !has_sources && options.tracepoints.empty()) {
    const btf::Kernel kernel = sources[0].read();
    provenance.origins.push_back({files[0].architecture, kernel_line(kernel), kernel.hash});
    const select::Selection selection =
        options.full
            ? select::everything(kernel.types)
            : select::close(kernel.types, named_roots(kernel.types, sources[0].name(), specs, options),
                            options.closure);
    OutputFile file = output_file(options.output);
    emit::HeaderWriter writer(provenance, file_name, [&](std::string_view part) { file.write(part); });
    emit::Names names(kernel.types);
    emit::body(kernel.types, selection, names, [&](std::string_view part) { writer.add(part); });
    writer.finish();
    return file.finish();
  }

  std::vector<emit::ArchitectureBody> bodies;
  std::vector<emit::ArchitectureBody> records;
  const std::string source_of_records = source_of(tracepoints, files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const btf::Kernel kernel = sources[i].read();
    provenance.origins.push_back({files[i].architecture, kernel_line(kernel), kernel.hash});
    Contents found = contents(kernel.types, sources[i].name(), files[i].architecture, specs, tracepoints[i],
                              source_of_records, programs, options);
    bodies.push_back({files[i].architecture, std::move(found.body)});
    records.push_back({files[i].architecture, std::move(found.records)});
  }

  const bool is_single = bodies.size() == 1;
  const std::string text = emit::header(
      is_single ? bodies.front().text : emit::architecture_guard(bodies, file_name) + emit::merge(bodies),
      provenance, file_name, is_single ? records.front().text : emit::merge(records));
  if (options.prove) programs.prove(text);
  OutputFile file = output_file(options.output);
  file.write(text);
  file.finish();
}

}  // namespace bpfbuild::commands
