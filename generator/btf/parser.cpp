#include "btf/parser.hpp"

#include <utility>

#include "btf/check.hpp"
#include "btf/walk.hpp"
#include "support/error.hpp"

namespace bpfbuild::btf {

class Parser {
 public:
  explicit Parser(Sections sections) : words_(sections.words) {
    if (sections.strings.empty()) throw Error("string table is empty").at(".BTF");
    if (sections.is_split()) {
      throw Error("string table does not begin with the empty string",
                  "the BTF of a module continues that of its kernel and cannot be read alone")
          .at(".BTF");
    }
    table_.words_ = words_.data();
    table_.strings_ = sections.strings;
    table_.owners_ = std::move(sections.owners);
  }

  TypeTable parse() {
    index();
    guess_pointer_size();
    check(table_);
    return std::move(table_);
  }

 private:
  /// Finds where each type starts, and that it ends within the section.
  void index() {
    table_.starts_.reserve(words_.size() / 6);  // about what kernels need
    table_.starts_.push_back(0);
    for_each_type(words_, 1, [this](std::uint32_t position) { table_.starts_.push_back(position); });
  }

  /// The one type whose size follows the pointers of every kernel and every compiler for BPF is `long`.
  void guess_pointer_size() {
    for (TypeId id = 1; id < table_.id_count(); ++id) {
      const Type type = table_[id];
      if (type.kind() != Kind::integer || type.name_offset() >= table_.strings_.size()) continue;
      const std::string_view name = type.name();
      if (name != "long int" && name != "long unsigned int" && name != "long" && name != "unsigned long") {
        continue;
      }
      if (type.size() == 4 || type.size() == 8) table_.pointer_size_ = type.size();
      return;
    }
  }

  std::span<const std::uint32_t> words_;
  TypeTable table_;
};

TypeTable parse(Sections sections) { return Parser(std::move(sections)).parse(); }

TypeTable parse(const Bytes& bytes) { return parse(read_sections(bytes)); }

}  // namespace bpfbuild::btf
