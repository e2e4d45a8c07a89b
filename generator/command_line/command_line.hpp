/// The command line: which commands there are, and what options each of them has.
///
/// A command is a file here, which says its options and runs it, and a line in command_line.cpp. Nothing runs
/// before the whole is parsed, so the same definitions can also be read, for completions and the manual.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "commands/format.hpp"
#include "commands/header.hpp"

namespace bpfbuild::command_line {

/// The command line with all its commands. Parsing runs the one that is named: it throws what the command
/// throws, and CLI::RuntimeError with the exit code of one that has an answer rather than a failure.
/// `behind_dashes` is what stands behind --, which must not be parsed: to CLI11 a -- is just the end of the
/// values of the option in front of it.
std::unique_ptr<CLI::App> make_app(std::vector<std::string> behind_dashes = {});

void add_check(CLI::App& app);
void add_compat(CLI::App& app);
void add_completion(CLI::App& app);
void add_diff(CLI::App& app);
void add_doctor(CLI::App& app);
void add_fetch(CLI::App& app);
void add_header(CLI::App& app, std::vector<std::string> behind_dashes);
void add_link(CLI::App& app);
void add_log(CLI::App& app);
void add_manual(CLI::App& app);
void add_new(CLI::App& app);
void add_types(CLI::App& app);
void add_verify(CLI::App& app);
void add_vm(CLI::App& app, std::vector<std::string> behind_dashes);

/// What chooses the contents of a header.
void add_request(CLI::App& command, commands::HeaderOptions& options);

/// --output, for a command that writes a file. Empty is standard output.
void add_output(CLI::App& command, std::filesystem::path& output);

/// --format, for a command that prints a result.
void add_format(CLI::App& command, commands::Format& format);

}  // namespace bpfbuild::command_line
