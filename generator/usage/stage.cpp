#include "usage/stage.hpp"

#include <cerrno>
#include <cstring>
#include <optional>
#include <set>
#include <utility>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "support/process.hpp"

namespace bpfbuild::usage {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view usual_name = "vmlinux.h";

std::string contents_of(const fs::path& file) {
  const Bytes bytes = InputFile(file).read();
  return {reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size()};
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string json_quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

/// What clang calls a virtual file system overlay: where it takes which file from instead.
std::string overlay(const std::set<fs::path>& places, const fs::path& file) {
  std::string roots;
  for (const fs::path& place : places) {
    roots += format("{}\n  {{\"type\": \"file\", \"name\": {}, \"external-contents\": {}}}",
                    roots.empty() ? "" : ",", json_quote(place.native()), json_quote(file.native()));
  }
  return format("{{\"version\": 0, \"case-sensitive\": \"true\", \"roots\": [{}\n]}}\n", roots);
}

/// The first error in what clang has printed: "FILE:LINE:COLUMN: MESSAGE".
std::string first_error(const std::string& output) {
  for (const std::string_view mark : {" fatal error: ", " error: "}) {
    const auto at = output.find(mark);
    if (at == std::string::npos) continue;
    const auto line = output.rfind('\n', at) + 1;  // 0 without one
    return output.substr(line, at + 1 - line) + first_line(output.substr(at + mark.size()));
  }
  return first_line(output);
}

}  // namespace

Stage::Stage(std::string clang, const fs::path& header, const std::vector<Source>& sources)
    : clang_(std::move(clang)), has_other_name_(!header.empty() && header.filename() != usual_name) {
  const fs::path output = directory_.file("output");
  const std::optional<int> exit_code = run({clang_, "-print-resource-dir"}, output);
  if (!exit_code) {
    throw Error(format("cannot run '{}': {}", clang_, std::strerror(errno)), "name clang with --clang");
  }
  resources_ = first_line(contents_of(output));
  if (*exit_code != 0 || !fs::is_directory(resources_)) {
    throw Error(format("'{}' is not clang", clang_), "name clang with --clang");
  }

  // In this folder the header is found by its name, in the stage itself as vmlinux.h.
  const fs::path name = has_other_name_ ? header.filename() : fs::path(usual_name);
  fs::create_directory(directory_.file("by_name"));
  fs::create_symlink(file(), directory_.file("by_name") / name);
  std::set<fs::path> places, usual_places;
  if (!header.empty()) places.insert(fs::absolute(header).lexically_normal());
  for (const Source& source : sources) {
    places.insert((source.path.parent_path() / name).lexically_normal());
    usual_places.insert((source.path.parent_path() / usual_name).lexically_normal());
  }
  write_if_changed(directory_.file("overlay"), overlay(places, file()));
  write_if_changed(directory_.file("usual_overlay"), overlay(usual_places, file()));
}

void Stage::replace_usual_name(Source& source) const {
  source.flags.insert(source.flags.begin(), {"-ivfsoverlay", directory_.file("usual_overlay").native(),
                                             "-I" + file().parent_path().native()});
}

void Stage::put(std::string_view text) const { write_if_changed(file(), text); }

std::vector<std::string> Stage::arguments(const Source& source) const {
  std::vector<std::string> arguments{"--target=bpf",
                                     "-g",
                                     "-O2",
                                     "-w",
                                     "-resource-dir",
                                     resources_.native(),
                                     "-ivfsoverlay",
                                     directory_.file("overlay").native(),
                                     "-I" + directory_.file("by_name").native(),
                                     "-idirafter",
                                     file().parent_path().native()};
  for (const std::string& flag : source.flags) {
    // Whether the whole program is optimised later makes no difference here.
    if (flag != "-emit-llvm" && flag != "-c") arguments.push_back(flag);
  }
  return arguments;
}

void Stage::compile(const Source& source, const fs::path& object) const {
  std::vector<std::string> command{clang_};
  for (std::string& argument : arguments(source)) command.push_back(std::move(argument));
  command.insert(command.end(), {"-x", "c", "-c", source.path.native(), "-o", object.native()});
  const fs::path output = directory_.file("output");
  const std::optional<int> exit_code = run(command, output);
  if (!exit_code) throw Error(format("cannot run '{}': {}", clang_, std::strerror(errno)));
  if (*exit_code != 0) throw Error(first_error(contents_of(output)));
}

}  // namespace bpfbuild::usage
