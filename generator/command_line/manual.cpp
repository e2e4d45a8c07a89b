#include "command_line/manual.hpp"

#include "support/format.hpp"

namespace bpfbuild::command_line {

namespace {

/// For roff, in which a backslash, a hyphen, and a point or an apostrophe that begins a line say something
/// else.
std::string escaped(std::string_view text) {
  std::string result;
  bool begins_line = true;
  for (const char c : text) {
    if (begins_line && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if (c == '\'') {
      result += "\\(aq";
    } else {
      result += c;
    }
    begins_line = c == '\n';
  }
  return result;
}

std::string bold(std::string_view text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + escaped(text) + "\\fR"; }

std::string value(const OptionDefinition& option) {
  return option.values == Values::choices && option.value_name.find('|') != std::string::npos
             ? bold(option.value_name)
             : italic(option.value_name);
}

std::string entry(const OptionDefinition& option) {
  std::string head;
  for (const std::string& name : option.names) head += (head.empty() ? "" : ", ") + bold(name);
  if (!option.value_name.empty()) head += (head.empty() ? "" : " ") + value(option);
  return format(".TP\n{}\n{}.\n", head, escaped(option.description));
}

std::string synopsis(const std::string& program, const CommandDefinition& command) {
  std::string text = format(".B {} {}\n", program, command.name);
  if (!command.options.empty()) text += "[\\fIOPTION\\fR]...\n";
  for (const OptionDefinition& positional : command.positionals) {
    const std::string name = value(positional) + (positional.takes_several ? "..." : "");
    text += positional.is_required ? name + "\n" : "[" + name + "]\n";
  }
  return text;
}

/// The footer: paragraphs, and examples as they are typed.
std::string notes(const std::string& footer) {
  const std::size_t start = footer.find("Example:\n");
  std::string text;
  if (start != 0 && !footer.empty()) text += ".PP\n" + escaped(footer.substr(0, start)) + "\n";
  while (text.find("\n\n") != std::string::npos) text.replace(text.find("\n\n"), 2, "\n");
  if (start != std::string::npos)
    text += ".PP\nExample:\n.PP\n.nf\n" + escaped(footer.substr(start + 9)) + "\n.fi\n";
  return text;
}

}  // namespace

std::string manual_page(const std::vector<CommandDefinition>& definitions) {
  const CommandDefinition& program = definitions.front();
  std::string text = format(
      ".\\\" Written by '{0} manual'.\n"
      ".TH BPFBUILD 1 \"\" \"{0} {1}\" \"User Commands\"\n"
      ".SH NAME\n{0} \\- the tool of BpfBuild, eBPF for projects that build with CMake\n"
      ".SH SYNOPSIS\n.B {0}\n\\fICOMMAND\\fR [\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...\n"
      ".SH DESCRIPTION\n{2}\n",
      program.name, BPFBUILD_VERSION, escaped(program.description));
  for (const OptionDefinition& option : program.options) text += entry(option);
  text += ".SH COMMANDS\n";
  for (std::size_t i = 1; i < definitions.size(); ++i) {
    const CommandDefinition& command = definitions[i];
    text += format(".SS {}\n{}.PP\n{}.\n", command.name, synopsis(program.name, command),
                   escaped(command.description));
    for (const OptionDefinition& positional : command.positionals) text += entry(positional);
    for (const OptionDefinition& option : command.options) text += entry(option);
    text += notes(command.footer);
  }
  text +=
      ".SH EXIT STATUS\n"
      ".TP\n.B 0\nSuccess.\n"
      ".TP\n.B 1\nWhat was read is not as it must be, or the answer of a command is no.\n"
      ".TP\n.B 2\nThe command line is wrong.\n"
      ".TP\n.B 3\nInternal error.\n"
      ".SH ENVIRONMENT\n"
      ".TP\n.B BPF_LOG\nWhat\n.B bpfbuild log\nshows, such as info,tracer=debug.\n"
      ".TP\n.B NO_COLOR\\fR, \\fBCLICOLOR\\fR, \\fBCLICOLOR_FORCE\nWhether output is coloured; by default on "
      "terminals.\n"
      ".TP\n.B BPFCC\nThe clang that\n.B bpfbuild doctor\nlooks at.\n"
      ".SH SEE ALSO\n.BR clang (1),\n.BR cmake (1),\n.BR bpftool (8)\n";
  return text;
}

}  // namespace bpfbuild::command_line
