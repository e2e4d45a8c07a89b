/// The BPF programs that a header is made for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "btf/type_table.hpp"
#include "commands/header.hpp"
#include "commands/tracepoints.hpp"
#include "emit/header.hpp"
#include "emit/places.hpp"
#include "proof/object.hpp"
#include "select/fields.hpp"
#include "usage/libclang.hpp"
#include "usage/source.hpp"
#include "usage/stage.hpp"
#include "usage/usage.hpp"

namespace bpfbuild::commands {

class Programs {
 public:
  /// Those that the options name. Throws Error.
  explicit Programs(const HeaderOptions& options);

  [[nodiscard]] bool empty() const { return sources_.empty(); }
  [[nodiscard]] std::vector<std::string> names() const;

  struct Wanted {
    std::vector<select::Root> roots;
    emit::Reasons reasons;  // why each of them is wanted
  };
  /// What the programs use of all types of a kernel. `name` is that of the BTF; `architecture`, if not empty,
  /// is the one to compile for, and the records of `tracepoints` are there as well. With a proof to come, the
  /// programs are compiled as well. Throws Error "SOURCE: WHAT".
  Wanted read(const btf::TypeTable& types, std::string_view name, std::string_view architecture,
              const Tracepoints& tracepoints);

  /// Compiles what was read with the header, and compares the objects with those that all types gave. Throws
  /// Error when they differ.
  void prove(std::string_view header) const;

 private:
  struct Expected {
    usage::Source source;
    std::string where;  // " on arm64", where there are several architectures
    proof::Object object;
  };

  /// Reads a source, and sets how it is to be compiled.
  void read_one(const usage::LibClang& clang, usage::Source& source, const emit::Places& places,
                usage::Usage& used) const;
  [[nodiscard]] proof::Object compile(const usage::Source& source, std::string_view types,
                                      std::string_view what_to_do = {}) const;

  std::vector<usage::Source> sources_;
  std::optional<usage::Stage> stage_;
  bool proves_ = false;
  std::vector<Expected> expected_;
};

}  // namespace bpfbuild::commands
