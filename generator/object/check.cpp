#include "object/check.hpp"

#include <algorithm>
#include <set>

#include "object/lines.hpp"
#include "object/program_sections.hpp"
#include "support/format.hpp"

namespace bpfbuild::object {

namespace {

using btf::Kind;

/// The line of the code that needs a symbol; empty when unknown.
std::string place_of_use(const Object& object, const Lines& lines, std::size_t symbol) {
  for (const Reference& reference : object.references) {
    if (reference.symbol != symbol || reference.section >= object.sections.size()) continue;
    std::string place = lines.at(object.sections[reference.section].name, reference.offset);
    if (!place.empty()) return place;
  }
  return {};
}

class Check {
 public:
  Check(const Object& object, std::string_view name) : object_(object), name_(name), lines_(object) {}

  std::vector<Finding> run() {
    check_references();
    check_programs();
    check_license();
    return std::move(found_);
  }

 private:
  void add(std::string place, std::string text, bool is_error = false) {
    found_.push_back({std::move(place), std::move(text), is_error});
  }

  [[nodiscard]] std::string place_of(const Symbol& symbol) const {
    return lines_.at(object_.sections[symbol.section].name, symbol.offset);
  }

  [[nodiscard]] bool has_section(std::string_view name) const {
    return std::any_of(object_.sections.begin(), object_.sections.end(),
                       [&](const Section& section) { return section.name == name; });
  }

  /// The names that the kernel resolves: those in .ksyms, and the configuration in .kconfig.
  [[nodiscard]] std::set<std::string_view> names_of_kernel() const {
    std::set<std::string_view> names;
    for (btf::TypeId id = 1; id < object_.types.id_count(); ++id) {
      const btf::Type section = object_.types[id];
      if (section.kind() != Kind::data_section) continue;
      if (section.name() != ".ksyms" && section.name() != ".kconfig") continue;
      for (std::uint32_t i = 0; i < section.item_count(); ++i) {
        names.insert(object_.types[section.items()[3 * i]].name());
      }
    }
    return names;
  }

  void check_references() {
    const std::set<std::string_view> of_kernel = names_of_kernel();
    for (std::size_t i = 0; i < object_.symbols.size(); ++i) {
      const Symbol& symbol = object_.symbols[i];
      if (symbol.section != 0 || symbol.name.empty() || of_kernel.count(symbol.name) != 0) continue;
      add(place_of_use(object_, lines_, i),
          format("'{}' is defined in no source of '{}'; add the source or library that defines it, or "
                 "say __ksym or __kconfig if the kernel does",
                 symbol.name, name_),
          true);
    }
  }

  void check_programs() {
    const Symbol* other_function = nullptr;
    for (const Symbol& symbol : object_.symbols) {
      if (!symbol.is_function || symbol.section == 0 || symbol.section >= object_.sections.size()) continue;
      const Section& section = object_.sections[symbol.section];
      if (!section.is_code) continue;
      if (section.name == ".text") {
        other_function = &symbol;
      } else {
        has_programs_ = true;
        if (symbol.is_global) check_program(symbol, section.name);
      }
    }
    const bool has_data =
        std::any_of(object_.sections.begin(), object_.sections.end(), [](const Section& section) {
          return section.name == ".maps" || section.name.substr(0, 4) == ".bss" ||
                 section.name.substr(0, 5) == ".data" || section.name.substr(0, 7) == ".rodata";
        });
    if (has_programs_ || has_data) return;
    add(other_function != nullptr ? place_of(*other_function) : "",
        format("'{}' has no program and no map; say what a function is for, as in SEC(\"xdp\")", name_));
  }

  void check_program(const Symbol& program, const std::string& section) {
    if (!is_program_section(section)) {
      const std::string suggestion = suggest_program_section(section);
      add(place_of(program),
          format("libbpf knows no programs of SEC(\"{}\"); {}", section,
                 suggestion.empty() ? "see https://docs.kernel.org/bpf/libbpf/program_types.html, or set "
                                      "the type of '" +
                                          program.name + "' before it is loaded"
                                    : suggestion));
    } else if (const std::string flaw = flaw_of_program_section(section); !flaw.empty()) {
      add(place_of(program), format("libbpf cannot attach SEC(\"{}\") by itself; {}", section, flaw));
    }
  }

  void check_license() {
    if (!has_programs_ || has_section("license")) return;
    add({},
        "no license, so the kernel refuses the helpers that are GPL only; add: char LICENSE[] "
        "SEC(\"license\") = \"GPL\";");
  }

  const Object& object_;
  std::string_view name_;
  Lines lines_;
  bool has_programs_ = false;
  std::vector<Finding> found_;
};

/// The names of functions and variables that an object has types of.
std::set<std::string_view> declared_names(const Object& object) {
  std::set<std::string_view> names;
  for (btf::TypeId id = 1; id < object.types.id_count(); ++id) {
    const btf::Type type = object.types[id];
    if (type.kind() == Kind::function || type.kind() == Kind::variable) names.insert(type.name());
  }
  return names;
}

}  // namespace

std::vector<Finding> check_declarations(const std::vector<Object>& inputs, std::string_view name) {
  std::set<std::string_view> defined;
  for (const Object& input : inputs) {
    for (const Symbol& symbol : input.symbols) {
      if (symbol.section != 0 && symbol.is_global) defined.insert(symbol.name);
    }
  }
  std::vector<Finding> found;
  for (const Object& input : inputs) {
    const Lines lines(input);
    const std::set<std::string_view> declared = declared_names(input);
    for (std::size_t i = 0; i < input.symbols.size(); ++i) {
      const std::string& missing = input.symbols[i].name;
      if (input.symbols[i].section != 0 || missing.empty() || declared.count(missing) != 0) continue;
      std::string text =
          defined.count(missing) != 0
              ? format(
                    "'{}' is defined in another source of '{}' but not declared here; declare it, and call "
                    "it by that name",
                    missing, name)
              : format(
                    "'{}' is neither declared here nor defined in a source of '{}'; include the header "
                    "that has it, or define it: there is no C library",
                    missing, name);
      found.push_back({place_of_use(input, lines, i), std::move(text), true});
    }
  }
  return found;
}

std::vector<Finding> check(const Object& object, std::string_view name) { return Check(object, name).run(); }

}  // namespace bpfbuild::object
