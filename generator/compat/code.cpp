#include "compat/code.hpp"

#include <algorithm>
#include <unordered_set>

namespace bpfbuild::compat {

namespace {

constexpr std::string_view functions_section = ".text";  // where libbpf looks for what are no programs

}  // namespace

Code::Code(const object::Object& object) : object_(&object) {
  for (const object::Section& section : object.sections) {
    sections_.push_back(section.is_code ? decode(section.bytes, object.foreign_byte_order)
                                        : std::vector<Instruction>());
  }
  for (const object::Reference& reference : object.references) {
    if (reference.section >= sections_.size() || reference.symbol >= object.symbols.size()) continue;
    symbols_[{reference.section, reference.offset / instruction_size}] = reference.symbol;
  }
  add_functions();
}

void Code::add_functions() {
  std::unordered_set<std::string_view> of_static_linkage;
  for (btf::TypeId id = 1; id < object_->types.id_count(); ++id) {
    const btf::Type type = object_->types[id];
    constexpr std::uint32_t is_static = 0;
    if (type.kind() == btf::Kind::function && type.item_count() == is_static) {
      of_static_linkage.insert(type.name());
    }
  }
  for (const object::Symbol& symbol : object_->symbols) {
    if (!symbol.is_function || symbol.section >= sections_.size()) continue;
    const object::Section& section = object_->sections[symbol.section];
    const std::size_t begin = symbol.offset / instruction_size;
    const std::size_t end = std::min((symbol.offset + symbol.size) / instruction_size,
                                     std::uint64_t{sections_[symbol.section].size()});
    if (begin >= end) continue;
    Function function{symbol.name, {symbol.section, begin}, end, section.name != functions_section};
    function.is_optional = function.is_program && section.name.starts_with('?');
    function.is_verified_by_itself = !function.is_program && symbol.is_global && !symbol.is_hidden &&
                                     of_static_linkage.count(symbol.name) == 0;
    functions_.push_back(std::move(function));
  }
  std::sort(functions_.begin(), functions_.end(),
            [](const Function& a, const Function& b) { return a.begin < b.begin; });
}

const Function* Code::function_at(Position position) const {
  auto next = std::upper_bound(functions_.begin(), functions_.end(), position,
                               [](Position at, const Function& each) { return at < each.begin; });
  if (next == functions_.begin()) return nullptr;
  --next;
  return next->begin.section == position.section && position.index < next->end ? &*next : nullptr;
}

Instruction* Code::find(Position position) {
  if (position.section >= sections_.size()) return nullptr;
  std::vector<Instruction>& section = sections_[position.section];
  return position.index < section.size() ? &section[position.index] : nullptr;
}

const object::Symbol* Code::symbol_at(Position position) const {
  const auto found = symbols_.find(position);
  return found == symbols_.end() ? nullptr : &object_->symbols[found->second];
}

const Function* Code::callee_at(Position position) const {
  const Instruction& instruction = (*this)[position];
  const object::Symbol* const symbol = symbol_at(position);
  Position target = position;
  if (symbol == nullptr) {
    if (!instruction.is_call()) return nullptr;
    target.index += static_cast<std::size_t>(std::int64_t{instruction.immediate} + 1);
  } else {
    // A call counts in instructions from the one behind it, the load of an address in bytes.
    target.section = symbol->section;
    const std::int64_t immediate = instruction.immediate;
    const auto distance = static_cast<std::uint64_t>(instruction.is_call() ? (immediate + 1) * 8 : immediate);
    target.index = (symbol->offset + distance) / instruction_size;
  }
  const Function* const function = function_at(target);
  return function != nullptr && function->begin == target ? function : nullptr;
}

}  // namespace bpfbuild::compat
