#include "compat/externs.hpp"

#include "compat/reach.hpp"
#include "core/names.hpp"
#include "core/types_match.hpp"
#include "support/format.hpp"

namespace bpfbuild::compat {

namespace {

using btf::Kind;
using btf::Type;
using btf::TypeId;

constexpr std::string_view kernel_version = "LINUX_KERNEL_VERSION";

/// What the object declares in a section of this name.
std::map<std::string_view, TypeId> declared_in(const btf::TypeTable& types, std::string_view section) {
  std::map<std::string_view, TypeId> declared;
  for (TypeId id = 1; id < types.id_count(); ++id) {
    const Type type = types[id];
    if (type.kind() != Kind::data_section || type.name() != section) continue;
    for (std::uint32_t i = 0; i < type.item_count(); ++i) {
      const TypeId each = type.items()[3 * i];
      declared[types[each].name()] = each;
    }
  }
  return declared;
}

bool is_compatible(core::TypeRef local, core::TypeRef target) {
  try {
    return core::types_are_compatible(local, target);
  } catch (const core::Refusal&) {
    return false;
  }
}

void look_up_kfunc(Extern& symbol, core::TypeRef declared, const KernelTypes& kernel) {
  const std::string_view name = core::essential(symbol.name);
  const auto found = kernel.find(name, Kind::function);
  if (!found) {
    symbol.reason = format("no kfunc '{}'", name);
  } else if (!is_compatible(declared.at(declared.type().target()),
                            {&kernel.table(), kernel.table()[*found].target()})) {
    symbol.reason = format("the kernel's '{}' has other arguments", name);
  }
}

void look_up_variable(Extern& symbol, core::TypeRef declared, const KernelTypes& kernel) {
  const core::TypeRef type = declared.at(declared.type().target()).resolved();
  if (type.type().kind() == Kind::void_) {
    symbol.is_known = false;  // only its address is wanted, which the loader finds in /proc/kallsyms
    return;
  }
  const auto found = kernel.find(symbol.name, Kind::variable);
  if (!found) {
    symbol.reason = format("no variable '{}'", symbol.name);
  } else if (const core::TypeRef target{&kernel.table(), kernel.table()[*found].target()};
             !is_compatible(type, target.resolved())) {
    symbol.reason = format("the kernel's '{}' has another type", symbol.name);
  }
}

}  // namespace

std::vector<Extern> find_externs(const Code& code, const KernelTypes& kernel) {
  const object::Object& object = code.object();
  const auto of_kernel = declared_in(object.types, ".ksyms");
  const auto of_configuration = declared_in(object.types, ".kconfig");
  std::vector<Extern> all;
  for (std::size_t i = 0; i < object.symbols.size(); ++i) {
    const object::Symbol& symbol = object.symbols[i];
    if (symbol.section != 0 || symbol.name.empty()) continue;
    Extern found{symbol.name, Extern::Kind::configuration, symbol.is_weak, {}, true, {}};
    for (const object::Reference& reference : object.references) {
      if (reference.symbol == i) {
        found.uses.push_back({reference.section, reference.offset / instruction_size});
      }
    }
    if (const auto declared = of_kernel.find(symbol.name); declared != of_kernel.end()) {
      const core::TypeRef type{&object.types, declared->second};
      if (type.type().kind() == Kind::function) {
        found.kind = Extern::Kind::kfunc;
        look_up_kfunc(found, type, kernel);
      } else if (type.type().kind() == Kind::variable) {
        found.kind = Extern::Kind::variable;
        look_up_variable(found, type, kernel);
      }
    } else if (of_configuration.count(symbol.name) == 0) {
      continue;  // which no loader resolves
    }
    all.push_back(std::move(found));
  }
  return all;
}

Value address_of(const Extern& symbol) {
  if (symbol.kind == Extern::Kind::configuration) {
    return symbol.name == kernel_version ? Value{Value::Kind::data, Reach::version_section, 0, 0}
                                         : Value::unknown();
  }
  if (!symbol.reason.empty()) return Value::number(0);
  // Of a variable's address the verifier does not take for granted that it is not null.
  return symbol.kind == Extern::Kind::kfunc ? Value{Value::Kind::data, 0, 0, 0} : Value::unknown();
}

}  // namespace bpfbuild::compat
