#include "compat/compat.hpp"

#include <linux/bpf.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

#include "compat/attach_point.hpp"
#include "compat/externs.hpp"
#include "compat/helpers.hpp"
#include "compat/kernel_types.hpp"
#include "compat/maps.hpp"
#include "compat/patch.hpp"
#include "compat/reach.hpp"
#include "compat/struct_ops.hpp"
#include "core/resolve.hpp"
#include "proof/signature.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::compat {

namespace {

using object::CoreRelocation;

/// LINUX_KERNEL_VERSION of "6.1.0-44-amd64". The third number of a distribution's release is often none of
/// the kernel's own, so it may be any.
Value version_of(std::string_view release) {
  std::uint64_t version = 0;
  const char* at = release.data();
  const char* const end = at + release.size();
  for (int part = 0; part < 2; ++part) {
    std::uint8_t number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc() || (part == 0 && (next == end || *next != '.'))) return Value::of_bytes(4);
    version = version << 8 | number;
    at = part == 0 ? next + 1 : next;
  }
  return Value::range(version << 8, version << 8 | 0xff);
}

constexpr std::int32_t first_with_callback = BPF_FUNC_for_each_map_elem;

/// Since Linux 6.8 the verifier keeps in this field which global functions have been called.
bool verifies_uncalled_functions(const KernelTypes& kernel) {
  const auto id = kernel.find("bpf_func_info_aux", btf::Kind::struct_);
  return id && !kernel.member_of(*id, "called");
}

}  // namespace

/// One object on one kernel.
class Check {
 public:
  Check(const object::Object& object, const std::vector<CoreRelocation>& relocations, const Code& code,
        const object::Lines& lines, const btf::Kernel& kernel)
      : object_(object),
        relocations_(relocations),
        code_(code),
        lines_(lines),
        kernel_(kernel),
        types_(kernel),
        externs_(find_externs(code, types_)) {}

  std::vector<Finding> run() {
    resolve_relocations();
    for (const Extern& symbol : externs_) {
      const bool is_missing_kfunc = symbol.kind == Extern::Kind::kfunc && !symbol.reason.empty();
      for (const Position use : symbol.uses) {
        const Instruction* const instruction = code_.find(use);
        if (is_missing_kfunc && instruction != nullptr && instruction->is_call()) dead_.insert(use);
      }
    }
    follow_programs();

    add_maps();
    add_struct_ops();
    add_attach_points();
    add_externs();
    add_relocations();
    add_helpers();
    return std::move(found_);
  }

 private:
  /// What became of the relocation with the same index; nothing for code that is in no function.
  struct Result {
    Position position;
    const Function* function = nullptr;
    Patched patched = Patched::done;
    std::string reason;
  };

  /// In the order of libbpf, which leaves out programs that are not loaded.
  void resolve_relocations() {
    core::Resolver resolver(object_.types, relocations_, kernel_.types, kernel_.module_types);
    results_.resize(relocations_.size());
    for (const bool of_optional : {false, true}) {
      for (std::size_t i = 0; i < relocations_.size(); ++i) {
        const CoreRelocation& relocation = relocations_[i];
        Result& result = results_[i];
        result.position = position_of(relocation);
        result.function = code_.function_at(result.position);
        if (result.function == nullptr || result.function->is_optional != of_optional) continue;
        result.patched = patch(code_, result.position, resolver.resolve(relocation), result.reason);
        if (result.patched != Patched::done) dead_.insert(result.position);
      }
    }
  }

  [[nodiscard]] Position position_of(const CoreRelocation& relocation) const {
    const auto section = std::find_if(object_.sections.begin(), object_.sections.end(),
                                      [&](const auto& each) { return each.name == relocation.section; });
    return {static_cast<std::size_t>(section - object_.sections.begin()),
            relocation.offset / instruction_size};
  }

  void follow_programs() {
    const Reach::Surroundings surroundings{
        [this](const object::Symbol& symbol) {
          const auto found = std::find_if(externs_.begin(), externs_.end(),
                                          [&](const Extern& each) { return each.name == symbol.name; });
          return found == externs_.end() ? Value::unknown() : address_of(*found);
        },
        version_of(kernel_.release), verifies_uncalled_functions(types_)};
    loaded_.emplace(code_, dead_, surroundings);
    optional_.emplace(code_, dead_, surroundings);
    for (const Function& function : code_.functions()) {
      if (function.is_program) (function.is_optional ? optional_ : loaded_)->enter(function);
    }
  }

  /// Of something that an instruction needs and does not get.
  [[nodiscard]] Status status_at(Position position) const {
    if (loaded_->comes_to(position)) return Status::missing;
    return optional_->comes_to(position) ? Status::optional : Status::guarded;
  }

  [[nodiscard]] std::string place_of(Position position) const {
    return position.section < object_.sections.size()
               ? lines_.at(object_.sections[position.section].name, position.index * instruction_size)
               : std::string();
  }

  [[nodiscard]] std::string function_of(Position position) const {
    const Function* const function = code_.function_at(position);
    return function == nullptr ? std::string() : function->name;
  }

  void add_maps() {
    const auto known = types_.values_of_enum("bpf_map_type");
    for (const Map& map : find_maps(object_.types)) {
      const bool is_known = !known || known->count(map.type) != 0;
      found_.push_back({Subject::map_type,
                        format("map '{}'", map.name),
                        {},
                        {},
                        {},
                        is_known ? Status::resolved : Status::missing,
                        is_known ? "" : format("the kernel has no maps of type {}", map.type)});
    }
  }

  void add_struct_ops() {
    for (StructOps& each : check_struct_ops(object_, types_)) {
      const Status status = each.reason.empty() ? Status::resolved
                            : each.is_optional  ? Status::optional
                                                : Status::missing;
      found_.push_back(
          {Subject::struct_ops, std::move(each.name), {}, {}, {}, status, std::move(each.reason)});
    }
  }

  void add_attach_points() {
    for (const Function& function : code_.functions()) {
      if (!function.is_program) continue;
      const std::string& section = object_.sections[function.begin.section].name;
      auto reason = why_no_attach_point(section, types_);
      if (!reason) continue;
      const Status status = reason->empty()        ? Status::resolved
                            : function.is_optional ? Status::optional
                                                   : Status::missing;
      found_.push_back({Subject::attach_point,
                        format("SEC(\"{}\")", section),
                        {},
                        function.name,
                        place_of(function.begin),
                        status,
                        std::move(*reason)});
    }
  }

  void add_externs() {
    for (const Extern& symbol : externs_) {
      if (symbol.kind == Extern::Kind::configuration || !symbol.is_known || symbol.uses.empty()) continue;
      const bool is_kfunc = symbol.kind == Extern::Kind::kfunc;
      const auto add = [&](Position use, Status status) {
        found_.push_back({is_kfunc ? Subject::kfunc : Subject::variable,
                          format("{} {}", is_kfunc ? "kfunc" : "variable", symbol.name),
                          {},
                          function_of(use),
                          place_of(use),
                          status,
                          symbol.reason});
      };
      if (symbol.reason.empty() || !symbol.is_weak) {
        add(symbol.uses.front(), symbol.reason.empty() ? Status::resolved : Status::missing);
        continue;
      }
      bool is_called = false;
      for (const Position use : symbol.uses) {
        if (dead_.count(use) == 0) continue;
        add(use, status_at(use));
        is_called = true;
      }
      if (!is_called) add(symbol.uses.front(), Status::guarded);
    }
  }

  void add_relocations() {
    for (std::size_t i = 0; i < relocations_.size(); ++i) {
      const CoreRelocation& relocation = relocations_[i];
      const Result& result = results_[i];
      if (result.function == nullptr) continue;
      Status status = Status::resolved;
      if (result.patched == Patched::poisoned) status = status_at(result.position);
      if (result.patched == Patched::refused) {
        status = result.function->is_optional ? Status::optional : Status::missing;
      }
      found_.push_back({Subject::relocation,
                        proof::access_path(object_.types, relocation.type, relocation.access),
                        std::string(object::question(relocation.kind)), result.function->name,
                        place_of(result.position), status, result.reason});
    }
  }

  /// Kernels before 5.13, where the first helper came that calls a function back, take no program that has
  /// the address of one, be it in code that is never reached.
  void add_address(const Function& function, Position position, bool is_known) {
    const Function* const called_back = code_.callee_at(position);
    if (called_back == nullptr || is_known) return;
    found_.push_back({Subject::helper,
                      format("address of {}", called_back->name),
                      {},
                      function.name,
                      place_of(position),
                      function.is_optional ? Status::optional : Status::missing,
                      "the kernel has no helpers that call functions back, and takes no addresses of them"});
  }

  void add_helpers() {
    const auto known = types_.values_of_enum("bpf_func_id");
    if (!known) return;
    for (const Function& function : code_.functions()) {
      for (std::size_t i = function.begin.index; i < function.end; ++i) {
        const Position position{function.begin.section, i};
        const Instruction& instruction = code_[position];
        if (instruction.is_load_imm64()) {
          add_address(function, position, known->count(first_with_callback) != 0);
          ++i;
        }
        if (!instruction.is_call() || static_cast<Callee>(instruction.source) != Callee::helper) continue;
        const std::int32_t number = instruction.immediate;
        if (code_.symbol_at(position) != nullptr || has_replacement(number)) continue;
        const bool is_known = known->count(number) != 0;
        found_.push_back({Subject::helper,
                          name_of_helper(number),
                          {},
                          function.name,
                          place_of(position),
                          is_known ? Status::resolved : status_at(position),
                          is_known ? "" : "the kernel has no such helper"});
      }
    }
  }

  const object::Object& object_;
  const std::vector<CoreRelocation>& relocations_;
  Code code_;  // as the kernel's types make it
  const object::Lines& lines_;
  const btf::Kernel& kernel_;
  KernelTypes types_;
  std::vector<Extern> externs_;
  std::vector<Result> results_;
  std::set<Position> dead_;  // instructions that the verifier refuses
  std::optional<Reach> loaded_, optional_;
  std::vector<Finding> found_;
};

std::string_view name_of(Subject subject) {
  constexpr std::array<std::string_view, 7> names = {"relocation", "attach point", "kfunc",     "variable",
                                                     "helper",     "map type",     "struct_ops"};
  return names[static_cast<std::size_t>(subject)];
}

std::string_view name_of(Status status) {
  constexpr std::array<std::string_view, 4> names = {"resolved", "guarded", "optional", "missing"};
  return names[static_cast<std::size_t>(status)];
}

Candidate::Candidate(const std::filesystem::path& path) : Candidate(object::read(path)) {}

Candidate::Candidate(object::Object object)
    : object_(std::make_shared<const object::Object>(std::move(object))),
      relocations_(object::read_core_relocations(object_->btf_ext.view, object_->types)),
      code_(*object_),
      lines_(*object_) {}

std::vector<Finding> Candidate::check(const btf::Kernel& kernel) const {
  return Check(*object_, relocations_, code_, lines_, kernel).run();
}

}  // namespace bpfbuild::compat
