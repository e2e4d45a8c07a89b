#include "compare/header_types.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "btf/file.hpp"
#include "btf/parser.hpp"
#include "emit/base_typedefs.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"
#include "support/text.hpp"

namespace bpfbuild::compare {

namespace {

namespace fs = std::filesystem;

std::string contents_of(const fs::path& path) {
  const Bytes bytes = InputFile(path).read();
  return {reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size()};
}

bool is_in_name(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The last name of a text, before whatever stands behind it.
std::string last_name(std::string_view text) {
  while (!text.empty() && !is_in_name(text.back())) text.remove_suffix(1);
  std::size_t start = text.size();
  while (start > 0 && is_in_name(text[start - 1])) --start;
  return std::string(text.substr(start));
}

/// What a typedef, of which this is the last line, calls its type: "typedef int (*name)(void);", "typedef
/// char name[4];", "} name;".
std::string typedef_name(std::string_view line) {
  constexpr std::string_view attribute = "__attribute__";
  if (line.starts_with('}')) return last_name(line);
  if (line.find(attribute) != std::string_view::npos) return last_name(line);
  const auto parenthesis = line.find('(');
  const bool is_pointer = line.substr(std::min(parenthesis, line.size())).starts_with("(*");
  return last_name(
      line.substr(0, is_pointer ? line.find_first_of(")[", parenthesis) : line.find_first_of("[(")));
}

/// "struct foo {" to its two words; an empty keyword for other lines.
NamedType opened_type(std::string_view line) {
  for (const std::string_view keyword : {"struct", "union", "enum"}) {
    if (line.starts_with(keyword) && line.ends_with(" {") && line.size() > keyword.size() + 3) {
      return {std::string(keyword), last_name(line)};
    }
  }
  return {};
}

/// A line of the provenance: "// request:    task_struct" to "task_struct".
std::string provenance(const std::string& text, std::string_view name) {
  const std::string label = format("\n// {}:", name);
  const auto at = text.find(label);
  if (at == std::string::npos) {
    throw Error(format("has no line '// {}:'", name), "expected a header that 'bpfbuild header' wrote");
  }
  const auto start = text.find_first_not_of(' ', at + label.size());
  return text.substr(start, text.find('\n', start) - start);
}

bool is_typedef(const NamedType& type) { return type.keyword == "typedef"; }

/// clang, and a directory for what it writes.
class Compiler {
 public:
  Compiler(std::string clang, const std::string& architecture)
      : start_{std::move(clang), "-target", "bpf", "-g", "-O2"} {
    if (!architecture.empty()) start_.push_back("-D__TARGET_ARCH_" + architecture);
  }

  /// What the preprocessor leaves of a file.
  [[nodiscard]] std::string preprocess(const fs::path& header) const {
    run_with({"-E", "-P", header.native(), "-o", directory_.file("text")});
    return contents_of(directory_.file("text"));
  }

  /// The BTF of a program.
  [[nodiscard]] btf::TypeTable compile(const std::string& program) const {
    write_if_changed(directory_.file("use.c"), program);
    run_with({"-c", directory_.file("use.c"), "-o", directory_.file("use.o")});
    return btf::parse(btf::read(btf::open(directory_.file("use.o"))).btf);
  }

 private:
  void run_with(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command = start_;
    command.insert(command.end(), arguments.begin(), arguments.end());
    const fs::path messages = directory_.file("messages");
    const auto exit_code = run(command, messages);
    if (!exit_code) {
      throw Error(format("cannot run '{}': {}", start_.front(), std::strerror(errno)),
                  "name a clang with --clang");
    }
    if (*exit_code == 0) return;
    const std::string text = contents_of(messages);
    const auto error = text.find("error: ");
    const std::string message = error == std::string::npos
                                    ? format("exit code {}", *exit_code)
                                    : text.substr(error, text.find('\n', error) - error);
    throw Error(format("clang cannot compile it: {}", message),
                message.find("__TARGET_ARCH_") == std::string::npos ? "" : "say which with --btf ARCH=FILE");
  }

  TemporaryDirectory directory_;
  std::vector<std::string> start_;
};

}  // namespace

std::vector<NamedType> defined_types(const std::string& text) {
  std::vector<NamedType> types;
  bool in_typedef = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    if (line.starts_with("#pragma clang attribute pop")) break;  // the kernel has no types of what follows
    if (line.starts_with("typedef ")) in_typedef = true;
    if (in_typedef && line.ends_with(';') && !line.starts_with('\t') && !line.starts_with(' ')) {
      types.push_back({"typedef", typedef_name(line)});
      in_typedef = false;
    } else if (NamedType opened = opened_type(line); !opened.name.empty()) {
      types.push_back(std::move(opened));
    }
  }
  const auto is_base = [](const NamedType& type) {
    return std::any_of(emit::base_typedefs.begin(), emit::base_typedefs.end(),
                       [&](const auto& base) { return is_typedef(type) && base.name == type.name; });
  };
  types.erase(std::remove_if(types.begin(), types.end(), is_base), types.end());
  return types;
}

Header::Header(fs::path path, std::string clang, std::string architecture)
    : path_(std::move(path)), clang_(std::move(clang)), architecture_(std::move(architecture)) {
  const std::string text = contents_of(path_);
  try {
    request_ = shell_split(provenance(text, "request"));
    regenerate_ = provenance(text, "regenerate");
    types_ = defined_types(Compiler(clang_, architecture_).preprocess(fs::absolute(path_)));
  } catch (const Error& error) {
    throw error.at(path_.native());
  }
}

void Header::for_each(
    const std::function<void(const btf::TypeTable&, btf::TypeId, const NamedType&)>& visit) const {
  const Compiler compiler(clang_, architecture_);
  // The time that clang takes for the BTF of an object grows with the square of its types.
  constexpr std::size_t types_at_a_time = 500;
  for (std::size_t first = 0; first < types_.size(); first += types_at_a_time) {
    const std::size_t end = std::min(first + types_at_a_time, types_.size());
    std::string program = format("#include \"{}\"\n", fs::absolute(path_).native());
    for (std::size_t i = first; i < end; ++i) {
      // A typedef may be of a function, which no variable has; clang leaves records behind pointers out.
      program += format("{} {}use_{};\n", types_[i].spelled(), is_typedef(types_[i]) ? "*" : "", i);
    }
    const btf::TypeTable compiled = compiler.compile(program);
    for (std::size_t i = first; i < end; ++i) {
      const std::string use = format("use_{}", i);
      const btf::Type used = compiled[compiled[compiled.find(use).front()].target()];
      visit(compiled, is_typedef(types_[i]) ? used.target() : used.id(), types_[i]);
    }
  }
}

}  // namespace bpfbuild::compare
