/// The command line: what there is to say, and how a run ends.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <string_view>

#include "commands/check.hpp"
#include "commands/diff.hpp"
#include "commands/header.hpp"
#include "commands/link.hpp"
#include "commands/log.hpp"
#include "commands/types.hpp"
#include "commands/verify.hpp"
#include "support/error.hpp"

namespace {

enum ExitCode { breaks = 1, usage_error = 2, internal_error = 3 };

/// What chooses the contents of a header.
void add_request(CLI::App& command, bpfbuild::commands::HeaderOptions& options) {
  command
      .add_option("--type", options.types,
                  "Type to write: NAME, 'struct NAME', or NAME:FIELD,... for some fields, such as "
                  "task_struct:mm.exe_file; NAME and FIELD may have wildcards: 'bpf_*'. enum:NAME brings the "
                  "enum of an enumerator. May be repeated")
      ->type_name("SPEC");
  command
      .add_option("--kfunc", options.kfuncs,
                  "Function that the kernel has for programs to call, such as bpf_task_from_pid, or several: "
                  "'bpf_cpumask_*'. May be repeated")
      ->type_name("NAME");
  command
      .add_option("--tracepoint", options.tracepoints,
                  "Tracepoint whose arguments to write as a struct: CATEGORY:EVENT,..., such as "
                  "syscalls:sys_enter_openat, also with wildcards. May be repeated")
      ->type_name("SPEC");
  command.add_flag("--full", options.full, "Write every type and kfunc, as the classic vmlinux.h")
      ->excludes("--type")
      ->excludes("--kfunc");
  command
      .add_option(
          "--closure", options.closure,
          "How far to follow a whole type: fields (what it embeds has its size, but no fields), value "
          "(what it embeds is whole, what it points to only declared; the default), pointer (both are "
          "whole)")
      ->type_name("fields|value|pointer")
      ->transform(CLI::CheckedTransformer(bpfbuild::commands::closures).description(""));
}

void add_header(CLI::App& app, bpfbuild::commands::HeaderOptions& options) {
  CLI::App* const command =
      app.add_subcommand("header", "Write a C header with the kernel types that BPF programs use");
  command
      ->add_option("--btf", options.btf,
                   "Kernel or modules to read: raw BTF, ELF (vmlinux, .ko), or a kernel image (vmlinuz), "
                   "compressed or not; may be repeated (default: the running kernel). ARCH=FILE, such as "
                   "arm64=vmlinuz, for a header that is for several architectures")
      ->type_name("[ARCH=]FILE");
  command
      ->add_option(
          "--base-btf", options.base_btf,
          "Kernel of the modules, in any of these forms (default: the running kernel, for modules in "
          "/sys/kernel/btf)")
      ->type_name("[ARCH=]FILE");
  add_request(*command, options);
  command
      ->add_option("--tracepoints-from", options.tracepoints_from,
                   "Copy of tracefs or its events, or a single format file (default: the running kernel's "
                   "tracefs)")
      ->type_name("DIR|FILE")
      ->needs("--tracepoint");
  command
      ->add_option("--source", options.sources,
                   "BPF program, of which the header gets all that it uses; flags of clang for it stand "
                   "behind --. May be repeated")
      ->type_name("FILE");
  command
      ->add_option("--compilation", options.compilations,
                   "File with more sources and flags, an argument on each line: FILE... -- FLAG... May be "
                   "repeated")
      ->type_name("FILE");
  command->add_option("--clang", options.clang, "The clang that compiles the sources (default: clang)")
      ->type_name("PROGRAM");
  command->add_flag(
      "--prove", options.prove,
      "Compile the sources with all types and with the header, and write it only if the objects "
      "are the same but for offsets that CO-RE relocates");
  command
      ->add_option("-o,--output", options.output,
                   "File to write, if its contents change, in a directory that is made if needed (default: "
                   "standard output)")
      ->type_name("FILE");
  command
      ->add_option("--regenerate-with", options.regenerate_with,
                   "Command that the header names for writing it anew (default: this one)")
      ->type_name("COMMAND");
  command->footer(
      "Example:\n"
      "  bpfbuild header --type task_struct:real_parent,tgid trace_event_raw_sys_enter -o task_struct.h\n"
      "  bpfbuild header --source tracer.bpf.c --prove -o vmlinux.h -- -D__TARGET_ARCH_x86 -Iinclude");
  command->callback([&options] { bpfbuild::commands::header(options); });
}

void add_format(CLI::App& command, bpfbuild::commands::Format& format) {
  static const std::map<std::string, bpfbuild::commands::Format> formats{
      {"table", bpfbuild::commands::Format::table}, {"json", bpfbuild::commands::Format::json}};
  command.add_option("--format", format, "How to print the result (default: table)")
      ->type_name("table|json")
      ->transform(CLI::CheckedTransformer(formats).description(""));
}

void add_check(CLI::App& app, bpfbuild::commands::CheckOptions& options, int& exit_code) {
  CLI::App* const command = app.add_subcommand("check",
                                               "Tell what kernels have otherwise than a header; exit with 1 "
                                               "on what CO-RE does not bridge. With options "
                                               "that choose contents: whether it was made for these");
  command->add_option("header", options.header, "Header that 'bpfbuild header' wrote")
      ->type_name("HEADER")
      ->required();
  command
      ->add_option(
          "--btf", options.btf,
          "Kernel to compare with, in any form that 'bpfbuild header' reads, or a directory of them; "
          "ARCH=FILE for a header of several architectures; may be repeated (default: the running "
          "kernel)")
      ->type_name("[ARCH=]FILE");
  command->add_option("--base-btf", options.base_btf, "Kernel of those that are modules")
      ->type_name("[ARCH=]FILE");
  command->add_option("--clang", options.clang, "The clang that reads the header (default: clang)")
      ->type_name("FILE");
  add_request(*command, options.wanted);
  add_format(*command, options.format);
  command->footer(
      "Example:\n  bpfbuild check task_struct.h --btf /boot/vmlinuz-6.1.0-44-amd64 --btf kernels/");
  command->callback([&options, &exit_code] { exit_code = bpfbuild::commands::check(options) ? 0 : breaks; });
}

void add_diff(CLI::App& app, bpfbuild::commands::DiffOptions& options) {
  CLI::App* const command = app.add_subcommand("diff", "Tell what changed in types between two kernels");
  command->add_option("before", options.before, "Kernel, in any form that 'bpfbuild header' reads")
      ->type_name("FILE")
      ->required();
  command->add_option("after", options.after, "Kernel to compare with it")->type_name("FILE")->required();
  command
      ->add_option("--type", options.types,
                   "Type to compare, as for 'bpfbuild header'; may be repeated (default: all types)")
      ->type_name("SPEC");
  add_format(*command, options.format);
  command->footer(
      "Example:\n  bpfbuild diff /boot/vmlinuz-6.1.0-44-amd64 /sys/kernel/btf/vmlinux --type task_struct");
  command->callback([&options] { bpfbuild::commands::diff(options); });
}

void add_link(CLI::App& app, bpfbuild::commands::LinkOptions& options) {
  CLI::App* const command = app.add_subcommand(
      "link", "Link compiled BPF files to an object, and tell what a loader would find wrong");
  command->add_option("--bpftool", options.bpftool, "bpftool, the linker (default: that in PATH)")
      ->type_name("FILE");
  command
      ->add_option("--source-dir", options.source_directories,
                   "Directory that names of sources in messages are relative to; may be repeated")
      ->type_name("DIRECTORY")
      ->allow_extra_args(false);
  command->add_flag("--warnings-are-errors", options.warnings_are_errors, "Fail on anything that is wrong");
  command->add_option("object", options.output, "File to write")->type_name("OBJECT")->required();
  command->add_option("inputs", options.inputs, "Files that clang compiled")->type_name("FILE")->required();
  command->footer("Example:\n  bpfbuild link tracer.bpf.o tracer.bpf.c.o events.bpf.c.o");
  command->callback([&options] { bpfbuild::commands::link(options); });
}

void add_types(CLI::App& app, bpfbuild::commands::TypesOptions& options) {
  CLI::App* const command = app.add_subcommand(
      "types", "Write a C and C++ header with the types that a BPF object shares with user space");
  command->add_option("object", options.object, "BPF object to read")->type_name("OBJECT")->required();
  command
      ->add_option(
          "--type", options.types,
          "Type to write: NAME, 'struct NAME', map:NAME for the key and value of a map, variable:NAME; "
          "NAME may have wildcards. May be repeated")
      ->type_name("SPEC");
  command
      ->add_option("--shared-header", options.shared_headers,
                   "Header that defines the types for both sides: include it, and check that user space sees "
                   "them as the object does. May be repeated")
      ->type_name("FILE");
  command
      ->add_option("-o,--output", options.output,
                   "File to write, if its contents change (default: standard output)")
      ->type_name("FILE");
  command->footer("Example:\n  bpfbuild types tracer.bpf.o --type exec_event map:counts -o tracer.types.h");
  command->callback([&options] { bpfbuild::commands::types(options); });
}

/// `text` or `json`.
void add_format(CLI::App* command, bool& json) {
  command->add_option("--format", json, "Output (default: text)")
      ->type_name("text|json")
      ->transform(CLI::CheckedTransformer(std::map<std::string, bool>{{"text", false}, {"json", true}})
                      .description(""));
}

void add_verify(CLI::App& app, bpfbuild::commands::VerifyOptions& options) {
  CLI::App* const command = app.add_subcommand(
      "verify", "Tell whether the running kernel takes the programs of an object, and at what cost");
  command->add_option("object", options.object, "Object, such as tracer.bpf.o")
      ->type_name("OBJECT")
      ->required();
  command->add_option("--program", options.programs, "Program to verify (default: all). May be repeated")
      ->type_name("NAME");
  command->add_flag("--full-log", options.full_log,
                    "Print all that the verifier says of programs that it refuses");
  add_format(command, options.json);
  command->footer("Example:\n  sudo bpfbuild verify tracer.bpf.o");
  command->callback([&options] { bpfbuild::commands::verify(options); });
}

void add_log(CLI::App& app, bpfbuild::commands::LogOptions& options) {
  CLI::App* const command =
      app.add_subcommand("log", "Print what running programs log with <bpfbuild/log.bpf.h>, until Ctrl-C");
  command
      ->add_option("object", options.object,
                   "Object whose programs to follow (default: all programs that log)")
      ->type_name("OBJECT");
  command->add_option("--map", options.map, "The ring buffer: its id, or where it is pinned (default: found)")
      ->type_name("ID|PATH");
  add_format(command, options.json);
  command->footer(
      "A log has one reader: where the program that loaded it reads it, this takes records away from it.\n"
      "BPF_LOG=info,tracer=debug in the environment narrows down what is shown.\n"
      "\n"
      "Example:\n  sudo bpfbuild log tracer.bpf.o");
  command->callback([&options] { bpfbuild::commands::log(options); });
}

int run(int argc, char** argv) {
  CLI::App app("Makes eBPF programs build: small C headers out of kernel BTF.", "bpfbuild");
  app.set_version_flag("--version", "bpfbuild " BPFBUILD_VERSION);
  app.require_subcommand(1);
  int exit_code = 0;
  bpfbuild::commands::CheckOptions check_options;
  add_check(app, check_options, exit_code);
  bpfbuild::commands::DiffOptions diff_options;
  add_diff(app, diff_options);
  bpfbuild::commands::HeaderOptions header_options;
  add_header(app, header_options);
  bpfbuild::commands::LinkOptions link_options;
  add_link(app, link_options);
  bpfbuild::commands::TypesOptions types_options;
  add_types(app, types_options);
  // To CLI11 a -- would be the end of the values of the option in front of it.
  char** const flags = std::find(argv, argv + argc, std::string_view("--"));
  if (flags != argv + argc) header_options.flags.assign(flags + 1, argv + argc);
  bpfbuild::commands::VerifyOptions verify_options;
  add_verify(app, verify_options);
  bpfbuild::commands::LogOptions log_options;
  add_log(app, log_options);
  try {
    app.parse(static_cast<int>(flags - argv), argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    const bool in_subcommand = !app.get_subcommands().empty();
    std::fprintf(stderr, "bpfbuild: %s; see 'bpfbuild%s --help'\n", error.what(),
                 in_subcommand ? (" " + app.get_subcommands().front()->get_name()).c_str() : "");
    return usage_error;
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const bpfbuild::Error& error) {
    std::fprintf(stderr, "bpfbuild: %s\n", error.what());
    return error.exit_code();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bpfbuild: internal error: %s\n", error.what());
    return internal_error;
  }
}
