#include <map>
#include <string>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_request(CLI::App& command, commands::HeaderOptions& options) {
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
      ->transform(CLI::CheckedTransformer(commands::closures).description(""));
}

void add_output(CLI::App& command, std::filesystem::path& output) {
  command
      .add_option_function<std::string>(
          "-o,--output", [&output](const std::string& file) { output = file == "-" ? "" : file; },
          "File to write, if its contents change (default, and -: standard output)")
      ->type_name("FILE");
}

void add_format(CLI::App& command, commands::Format& format) {
  static const std::map<std::string, commands::Format> formats{{"text", commands::Format::text},
                                                               {"json", commands::Format::json}};
  command.add_option("--format", format, "How to print the result (default: text)")
      ->type_name("text|json")
      ->transform(CLI::CheckedTransformer(formats).description(""));
}

}  // namespace bpfbuild::command_line
