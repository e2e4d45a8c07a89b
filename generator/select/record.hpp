/// The records that tracepoints hand to programs: from the fields that tracefs describes to declarations in
/// C.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "btf/type_table.hpp"
#include "select/fields.hpp"
#include "tracefs/format.hpp"

namespace bpfbuild::select {

/// A field as C for BPF declares it, at the size that it has in the record.
struct RecordField {
  std::string name;
  std::string before;    // what is in front of the base type: "const "
  std::string base;      // C's own types, records behind pointers: "unsigned int", "struct sock"
  btf::TypeId type = 0;  // instead of those, a type of BTF by its name
  std::string after;     // "*", "*const *"
  std::optional<std::uint32_t> count;  // of an array's elements
  std::uint32_t offset;
  std::uint32_t size;
  std::uint32_t element_size;
  std::string kernel_type;  // the field's type in the kernel, where it is not what is declared
};

struct Record {
  std::string category;
  std::string event;
  std::string name;  // of the struct: "sched_switch_args"
  std::vector<RecordField> fields;
};

/// Chooses the types of fields.
class RecordTypes {
 public:
  explicit RecordTypes(const btf::TypeTable& types) : types_(types) {}

  /// Each field has the type that it has in the kernel, if C or BTF has one of that name, of the field's
  /// size. Any other is an integer of its size and sign, or else bytes; behind a pointer it is void.
  Record record_of(std::string_view category, const tracefs::TracepointFormat& format);

  /// What the fields of all records so far mention of BTF.
  [[nodiscard]] const std::vector<Root>& roots() const { return roots_; }

 private:
  struct Spelling;

  RecordField field_of(const tracefs::Field& field);
  bool take_type(const tracefs::Field& field, RecordField& result);
  bool take_pointee(const Spelling& spelling, const tracefs::Field& field, RecordField& result);
  bool take_value(const Spelling& spelling, const tracefs::Field& field, RecordField& result);
  /// The one type of BTF with a name, and with a size if that is given; 0 for none and for several.
  btf::TypeId find(const Spelling& spelling, std::optional<std::uint32_t> size);

  const btf::TypeTable& types_;
  std::unordered_map<std::string, std::vector<btf::TypeId>> found_;  // by name
  std::vector<Root> roots_;
};

}  // namespace bpfbuild::select
